"""One field of a form, and the two that nearly every form has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form. Every value is text; empty text means none."""

    name: str
    title: str
    hint: str
    required: bool


DECISION = FormField("decision", "Decision", "Choose what happens next.", True)
NOTE = FormField("note", "Note", "A reason or a remark; needed to skip, to write off and to withdraw.", False)
