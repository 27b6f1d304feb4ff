"""Twilio's published description of its interface, and whether an exchange is as it says."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator

DESCRIPTION = Path(__file__).parents[3] / "shared" / "corpora" / "twilio" / "oai" / "twilio_api_v2010.json"
ABSENT = "Twilio's API description is not beside the checkout (../shared/corpora/twilio)"


@lru_cache(maxsize=1)
def described() -> dict[str, Any] | None:
    """The description; None where it is not beside the checkout."""
    return json.loads(DESCRIPTION.read_text(encoding="utf-8")) if DESCRIPTION.exists() else None


def operation(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    """The operation a request asks for, with its path; None when Twilio has none such."""
    known = described()
    assert known is not None, ABSENT
    for template, methods in known["paths"].items():
        pattern = "".join(
            "[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", template)
        )
        if method.lower() in methods and re.fullmatch(pattern, path):
            return template, methods[method.lower()]
    return None


def wrong_request(
    method: str, path: str, query: Iterable[tuple[str, str]], form: Iterable[tuple[str, str]], content_type: str
) -> list[str]:
    """What is not as described: the path, a name, a value, something missing or said twice."""
    found = operation(method, path)
    if found is None:
        return [f"there is no {method} {path}"]
    template, asked = found
    parameters = {(one["in"], one["name"]): one for one in asked.get("parameters", ())}
    problems = _wrong_path(template, path, parameters)
    queries = {name: one["schema"] for (place, name), one in parameters.items() if place == "query"}
    needed = {name for (place, name), one in parameters.items() if place == "query" and one.get("required")}
    problems += _wrong_values(list(query), queries, needed, "query")
    body = asked.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {}).get("schema")
    if body is not None and content_type != "application/x-www-form-urlencoded":
        problems.append(f"the body is {content_type}")
    body = body or {}
    problems += _wrong_values(list(form), body.get("properties", {}), set(body.get("required", ())), "form")
    return problems


def _wrong_path(template: str, path: str, parameters: Mapping[tuple[str, str], Any]) -> list[str]:
    names = re.findall(r"\{(\w+)\}", template)
    pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(template))
    found = re.fullmatch(pattern, path)
    assert found is not None, "the operation was found by this path"
    return [
        f"path: {name} is {value!r}"
        for name, value in zip(names, found.groups(), strict=True)
        if not re.search(parameters["path", name]["schema"].get("pattern", ""), value.removesuffix(".json"))
    ]


def _wrong_values(given: list[tuple[str, str]], known: Mapping[str, Any], needed: set[str], place: str) -> list[str]:
    names = [name for name, _ in given]
    problems = [f"{place}: {name} is missing" for name in sorted(needed - set(names))]
    problems += [f"{place}: {name} is given twice" for name in sorted({one for one in names if names.count(one) > 1})]
    for name, value in given:
        if name not in known:
            problems.append(f"{place}: there is no {name}")
        elif not _fits(value, known[name]):
            problems.append(f"{place}: {name} is {value!r}")
    return problems


def _fits(value: str, schema: Mapping[str, Any]) -> bool:
    """Whether the text of a form or query is of the type described."""
    schema = _resolved(schema)
    forms = {"boolean": r"true|false", "integer": r"-?\d+", "number": r"-?\d+(\.\d+)?"}
    if not re.fullmatch(forms.get(schema.get("type", ""), r"(?s).*"), value):
        return False
    if schema.get("format") == "date-time" and not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", value):
        return False
    if "minimum" in schema and not schema["minimum"] <= int(value) <= schema.get("maximum", int(value)):
        return False
    return value in schema.get("enum", (value,)) and bool(re.search(schema.get("pattern", ""), value))


def wrong_answer(method: str, path: str, status: int, body: Any) -> list[str]:
    """What is not as described in an answer of ours that stands for Twilio's."""
    found = operation(method, path)
    assert found is not None, f"there is no {method} {path}"
    answer = found[1]["responses"].get(str(status))
    if answer is None:
        return [f"{method} {path} does not answer {status}"]
    schema = _plain(answer["content"]["application/json"]["schema"])
    return [f"{list(one.absolute_path)}: {one.message}" for one in Draft4Validator(schema).iter_errors(body)]


def _resolved(schema: Mapping[str, Any]) -> dict[str, Any]:
    known = described()
    assert known is not None, ABSENT
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return dict(known["components"]["schemas"][name] if name else schema)


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without references, in which what may be null says so as JSON Schema does."""
    found = _resolved(schema)
    if found.pop("nullable", False) and "type" in found:
        found["type"] = [found["type"], "null"]
    if "properties" in found:
        found["properties"] = {name: _plain(one) for name, one in found["properties"].items()}
    if "items" in found:
        found["items"] = _plain(found["items"])
    return found
