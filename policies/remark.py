"""A remark that an answer leaves behind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddNote:
    """A remark for the customer's file."""

    text: str
