"""A mapping as TOML a person can read and change, with the evidence as comments."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def mapping_text(table: Mapping[str, Any], evidence: Sequence[tuple[str, str]]) -> str:
    """The whole file. Tables come last, as TOML wants it."""
    lines = [f"# {about}: {found}" for about, found in evidence]
    lines += ["", *_plain(table)]
    for name, part in table.items():
        if isinstance(part, Mapping):
            lines += ["", f"[{name}]", *_plain(part)]
            for key, inner in part.items():
                if isinstance(inner, Mapping) and inner:
                    lines += ["", f"[{name}.{key}]", *_plain(inner)]
    return "\n".join(lines).strip() + "\n"


def _plain(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in table.items() if not isinstance(value, Mapping)]


def _key(key: str) -> str:
    return key if BARE.match(key) else _value(key)


def _value(value: Any) -> str:
    """Texts as JSON writes them are basic strings of TOML; lists and booleans are the same in both."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
