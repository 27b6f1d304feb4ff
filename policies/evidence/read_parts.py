"""Journal, seals and proofs as they are read from a file of evidence, which anybody may have written."""

import json
from datetime import UTC, date, datetime
from typing import Any

from policies.evidence.parts import JOURNAL, PROOFS, SEALS, SealProof, Unreadable, as_lines
from policies.evidence.typed import SPOILT, facts, moment, whole, word
from policies.journal_chain import Entry
from policies.seals import Leaf, Sealed


def entries_from(content: bytes) -> tuple[Entry, ...]:
    """The entries of `journal.jsonl`. Raises Unreadable."""
    return tuple(_entry(value) for value in _lines(JOURNAL, content))


def seals_from(content: bytes) -> tuple[Sealed, ...]:
    """The seals of `seals.jsonl`. Raises Unreadable."""
    try:
        return tuple(
            Sealed(
                whole(one["number"]), date.fromisoformat(one["on"]), whole(one["leaves"]),
                word(one["root"]), word(one["previous"]), word(one["hash"]),
            )
            for one in _lines(SEALS, content)
        )  # fmt: skip
    except SPOILT as wrong:
        raise Unreadable(f"{SEALS} is not written as seals are.") from wrong


def proofs_from(content: bytes) -> tuple[SealProof, ...]:
    """The proofs of `seal-proofs.jsonl`. Raises Unreadable."""
    try:
        return tuple(
            SealProof(
                whole(one["seal"]), Leaf(word(one["chain"]), whole(one["place"]), word(one["head"])),
                tuple(word(step) for step in one["path"]),
            )
            for one in _lines(PROOFS, content)
        )  # fmt: skip
    except SPOILT as wrong:
        raise Unreadable(f"{PROOFS} is not written as proofs are.") from wrong


def _entry(value: Any) -> Entry:
    try:
        hidden = "facts" not in value
        at = datetime.min.replace(tzinfo=UTC) if hidden else moment(value["at"])
        kind, told = ("", None) if hidden else (word(value["kind"]), facts(value["facts"]))
        names = word(value["chain"]), whole(value["place"]), word(value["previous"]), word(value["hash"])
        return Entry(names[0], names[1], at, kind, told, *names[2:])
    except SPOILT as wrong:
        raise Unreadable(f"{JOURNAL} is not written as a journal is.") from wrong


def _lines(name: str, content: bytes) -> list[Any]:
    try:
        found = [json.loads(line) for line in content.decode().split("\n")[:-1]]
        again = as_lines(found)
    except SPOILT as wrong:
        raise Unreadable(f"{name} cannot be read.") from wrong
    if again != content:
        raise Unreadable(f"{name} is not written in its one form.")
    return found
