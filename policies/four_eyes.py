"""When one signature is not enough: above an amount, a second, different person with the same right decides."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.choice import Choice
from policies.money import digits, plain
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
_GIVES_UP = frozenset({"write_off", "withdraw"})
_OF_STAGE = {Stage.AGENCY: "second_signature_agency", Stage.LEGAL: "second_signature_court"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that stands: who, in which role, for which choice, in which terms (the form's fields beside the note)."""

    actor: str
    role: Role
    choice: str
    terms: str


def setting_of(kind: QuestionKind, stage: Stage | None, choice: Choice) -> str:
    """The creditor's setting a choice falls under; empty: none, it never needs a second signature by it."""
    if kind is QuestionKind.APPROVE:
        return _OF_STAGE.get(stage, "") if choice.code == "send" and stage is not None else ""
    if choice.code in _GIVES_UP:
        return "second_signature_write_off"
    return "second_signature_settlement" if kind.value == "settlement" and choice.code == "accept" else ""


def needs_second(amount: int, currency: str, limits: Sequence[Mapping[str, int] | None]) -> bool:
    """Whether an amount (minor units) is above one of the limits; None: no limit. A currency a limit does not name is above it."""
    return any(limit is not None and (currency not in limit or amount > limit[currency]) for limit in limits)


def limit(setting: str) -> Mapping[str, int] | None:
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
    """Somebody else's signature under exactly this; None: nobody else has signed."""
    return next((one for one in signed if one.actor != actor and (one.choice, one.terms) == (choice, terms)), None)


def has_signed(signed: Sequence[Signed], actor: str, choice: str, terms: str) -> bool:
    """Whether this person has signed exactly this."""
    return any((one.actor, one.choice, one.terms) == (actor, choice, terms) for one in signed)


def again(limit_words: str) -> str:
    """The sentence for somebody who signs twice."""
    return f"You have signed this already{limit_words}. A second, different person has to sign; nothing was done."


def above(amount: int, currency: str) -> str:
    """*1250.00 EUR*."""
    return f"{plain(amount, currency)} {currency}"
