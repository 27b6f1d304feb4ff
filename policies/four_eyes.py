"""When one signature is not enough: above an amount, a second, different person with the same right decides."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from policies.money import digits
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.staff import Role
from policies.stages import Stage

SETTINGS = (
    "second_signature_write_off", "second_signature_settlement", "second_signature_agency", "second_signature_court",
)  # fmt: skip
"""The creditor's settings: amounts by currency above which two people sign; empty: one is enough."""
NONE = ("", "none")
_ONE = re.compile(r"([0-9]{1,12})(?:\.([0-9]+))?\s*([A-Z]{3})")
_OF_STAGE = {Stage.AGENCY: "second_signature_agency", Stage.LEGAL: "second_signature_court"}
_OF_CHOICE = {"write_off": "second_signature_write_off", "withdraw": "second_signature_write_off"}
SEND, OFFER = "send", "offer"

Limits = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: who, in which role, for which choice, in which terms (the form's fields but the note), when."""

    actor: str
    role: Role
    choice: str
    terms: str
    at: datetime


def setting_of(kind: QuestionKind, stage: Stage | None, code: str) -> str:
    """The creditor's setting under which a choice falls; empty: it needs no second signature by any."""
    if kind is QuestionKind.APPROVE:
        return _OF_STAGE.get(stage, "") if code == SEND and stage is not None else ""
    if kind is QuestionKind.SETTLEMENT:
        return "second_signature_settlement" if code == OFFER else ""
    return _OF_CHOICE.get(code, "")


def needs_second(amount: int, currency: str, limits: Sequence[Limits | None]) -> bool:
    """Whether an amount (minor units) is above one of the limits; None: there is none.

    A currency that a limit does not name is always above it: who sets a limit forgets no money by a slip.
    """
    return any(limit is not None and (currency not in limit or amount > limit[currency]) for limit in limits)


def limit(setting: str) -> Limits | None:
    """The amounts of a setting, in minor units by currency; None: one signature is enough."""
    if setting.strip() in NONE:
        return None
    found = (_ONE.fullmatch(part.strip()) for part in setting.split(","))
    return {one[3]: int(one[1] + (one[2] or "0" * digits(one[3]))) for one in found if one is not None}


def signatures_wrong(settings: Mapping[str, str]) -> list[Problem]:
    """Those of the settings that are no amounts with their currencies."""
    reason = "Write the amount with its currency, such as 10000 EUR (several with commas between), or none."
    return [
        Problem("settings", None, name, reason) for name in SETTINGS if name in settings and _is_wrong(settings[name])
    ]


def _is_wrong(text: str) -> bool:
    if text.strip() in NONE:
        return False
    found = [_ONE.fullmatch(part.strip()) for part in text.split(",")]
    return any(one is None or len(one[2] or "") not in (0, digits(one[3])) for one in found)


def first_of(signed: Sequence[Signed], actor: str, choice: str, terms: str) -> Signed | None:
    """Somebody else's signature under exactly this; None: nobody else has signed. It stands when its signer has left since."""
    return next((one for one in signed if one.actor != actor and (one.choice, one.terms) == (choice, terms)), None)


def has_signed(signed: Sequence[Signed], actor: str, choice: str, terms: str) -> bool:
    """Whether this person has signed exactly this."""
    return any((one.actor, one.choice, one.terms) == (actor, choice, terms) for one in signed)
