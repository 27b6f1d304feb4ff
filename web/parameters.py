"""The parameters of an act a person starts: those its form knows, of the kinds it knows, and no others."""

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_TEXT = 20_000
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip


def wrong_parameters(given: object, schema: Mapping[str, Any]) -> str:
    """Why these values do not fill in the form with this JSON Schema, as sentences; empty where they do."""
    if not isinstance(given, dict):
        return "The parameters must be an object with one value for each field of the form."
    known: Mapping[str, Any] = schema.get("properties") or {}
    missing = [name for name in schema.get("required") or () if name not in given]
    strange = [name for name in given if name not in known]
    sentences = [f"“{name}” is missing." for name in missing]
    sentences += [f"This form has no field “{str(name)[:60]}”." for name in strange]
    sentences += [words for name, value in given.items() if name in known for words in _wrong(name, value, known[name])]
    return " ".join(sentences[:10])


def _wrong(name: str, value: object, form: Mapping[str, Any]) -> Iterator[str]:
    kinds = [form["type"]] if isinstance(form.get("type"), str) else []
    allowed = tuple(kind for one in kinds for kind in _KINDS.get(one, ())) or (str, int, float, bool, type(None))
    if not isinstance(value, allowed) or (isinstance(value, bool) and kinds and "boolean" not in kinds):
        yield f"“{name}” is not written as this form wants it."
    elif "enum" in form and value not in form["enum"]:
        yield f"“{name}” must be one of: {'; '.join(str(one) for one in form['enum'])}."
    elif "const" in form and value != form["const"]:
        yield f"“{name}” must be: {form['const']}."
    elif isinstance(value, str) and len(value) > LONGEST_TEXT:
        yield f"“{name}” is longer than {LONGEST_TEXT} characters."
