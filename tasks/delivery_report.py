"""Delivery status notifications (RFC 3464): which addresses a message did not reach, and what their servers said."""

import re
from dataclasses import dataclass

from policies.incoming import Failure, IncomingKind
from tasks.bounce_words import AFTER_DATA, STATUS, is_dead

_ADDRESS = re.compile(r"[^\s<>;,:\"()\[\]]{1,64}@[^\s<>;,:\"()\[\]]{1,255}")
_UNSAID = re.compile(r"^(smtp|x-[\w-]+|unknown|dsn|dns)\s*;\s*", re.IGNORECASE)

_FAILED = frozenset({"failed", "expired", "undeliverable"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a report says as a whole, and of each address it did not reach."""

    kind: IncomingKind
    failures: tuple[Failure, ...] = ()


def read_report(blocks: list[dict[str, str]], told: str) -> Delivery | None:
    """What the blocks of a delivery-status part say; None when they say nothing of any recipient.

    `told` is the text for people beside them: it is asked where a block has no diagnostic of its own.
    """
    rows = [one for one in blocks if "action" in one or "status" in one]
    if not rows:
        return None
    unreached = [one for one in rows if _action(one) in _FAILED or _action(one) == "delayed"]
    if any(_action(one) in _FAILED for one in rows):
        lone = told if len(unreached) == 1 else ""
        failures = tuple(_failure(one, lone) for one in unreached)
        hard = any(one.hard for one in failures)
        return Delivery(IncomingKind.HARD_BOUNCE if hard else IncomingKind.SOFT_BOUNCE, failures)
    if unreached:
        return Delivery(IncomingKind.DELAYED, tuple(_failure(one, "") for one in unreached))
    return Delivery(IncomingKind.DELIVERED)


def _action(block: dict[str, str]) -> str:
    """The action; where it is missing, what the status class says (2 delivered, 4 delayed, 5 failed)."""
    words = block.get("action", "").lower().split()
    if words:
        return words[0].strip("();,")
    return {"2": "delivered", "4": "delayed"}.get(block.get("status", "")[:1], "failed")


def _failure(block: dict[str, str], told: str) -> Failure:
    said = " ".join(_UNSAID.sub("", block.get("diagnostic-code", "").strip()).split())
    match = STATUS.search(block.get("status", ""))
    status = match[1] if match else ""
    nearer = STATUS.search(said)
    if nearer and status[1:] in {"", ".0.0"}:
        status = nearer[1]
    bare = said.strip("0123456789. ") == ""
    words = f"{said} {last_words(told)}" if bare else f"{said} {' '.join(AFTER_DATA.findall(last_words(told).lower()))}"
    hard = _action(block) != "delayed" and is_dead(status, words)
    return Failure(_address(block), hard, status, said or last_words(told)[:300])


def _address(block: dict[str, str]) -> str:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        if found := _ADDRESS.search(block.get(name, "")):
            return found[0].lower()
    return ""


def rows_in(blocks: list[dict[str, str]]) -> list[dict[str, str]]:
    """The blocks of a letter that are those of a delivery-status part somebody wrote into the text."""
    return [one for one in blocks if "final-recipient" in one and ("action" in one or "status" in one)]


def last_words(told: str) -> str:
    """What the text for people says, on one line."""
    return " ".join(told.split())[:4000]
