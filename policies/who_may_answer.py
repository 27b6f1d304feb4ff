"""Who may give which answer: everyday choices need an agent, what gives a claim away or up needs more.

Every choice of every question is classed here. One that is not is for administrators alone, and a test says so.
"""

from collections.abc import Mapping, Sequence

from policies.choice import Choice
from policies.choices import OFFERED, choices
from policies.insolvency_choices import INSOLVENCY_RIGHTS
from policies.insurance_choices import FILE, GRANTED, LEAVE, NOT_NEEDED, REFUSED
from policies.measure_choices import REFUSE, TAKE
from policies.objection import HOLD, SEND, WAIT
from policies.questions import QuestionKind
from policies.staff import Role
from policies.stages import Stage

EVERYDAY = frozenset({Role.AGENT, Role.MANAGER, Role.LEGAL, Role.ADMIN})
"""To wait, to call, to hold, to promise, to remind, to give formal notice."""
GIVES_UP = frozenset({Role.MANAGER, Role.ADMIN})
"""To give up a claim or a part of it, to place it with an agency, to move cases to another policy."""
COURT = frozenset({Role.MANAGER, Role.LEGAL, Role.ADMIN})
"""To go to court, and to say what becomes of a claim that is dead or about to be."""
ADMINS = frozenset({Role.ADMIN})

TITLES = {
    Role.VIEWER: "a viewer", Role.AGENT: "an agent", Role.MANAGER: "a manager", Role.LEGAL: "the legal department",
    Role.ADMIN: "an administrator",
}  # fmt: skip
_OF_STAGE = {Stage.AGENCY: GIVES_UP, Stage.LEGAL: COURT}
"""Who may say go ahead at a stage, or that it is left out; at the others an agent may."""

_Q = QuestionKind
_GOES_AHEAD = {
    (_Q.APPROVE, "send"), (_Q.APPROVE, "skip"), (_Q.AMBIGUOUS, "arrived"), (_Q.AMBIGUOUS, "send_again"), (_Q.AMBIGUOUS, "skip"),
    (_Q.UNDELIVERABLE, "correct_email"), (_Q.UNDELIVERABLE, "skip"),
}  # fmt: skip
_ANY = "*"
"""Every choice that is not named."""
_MEDIATION = {"credit": GIVES_UP} | dict.fromkeys(("plan", "refused", "no_answer", "failed", "under_way"), EVERYDAY)
RIGHTS: dict[QuestionKind, Mapping[str, frozenset[Role]]] = {
    _Q.APPROVE: dict.fromkeys(("send", "wait_7", "wait_30", "skip", "stop"), EVERYDAY),
    _Q.DAILY_REVIEW: dict.fromkeys(("send_all", "send_except", "none_today"), EVERYDAY),
    _Q.CALL_OUTCOME: {_ANY: EVERYDAY},
    _Q.MEDIATION_OUTCOME: _MEDIATION,
    _Q.MEDIATION: _MEDIATION,
    _Q.MEDIATOR: dict.fromkeys(("together",), EVERYDAY),
    _Q.EXHAUSTED: {"write_off": GIVES_UP, "withdraw": GIVES_UP, "wait_30": EVERYDAY},
    _Q.HOLD_REVIEW: {"resume": EVERYDAY, "keep_holding": EVERYDAY, "withdraw": GIVES_UP, "write_off": GIVES_UP},
    _Q.AMBIGUOUS: dict.fromkeys(("arrived", "send_again", "skip"), EVERYDAY),
    _Q.UNDELIVERABLE: dict.fromkeys(("correct_email", "skip", "stop"), EVERYDAY),
    _Q.LIMITATION: {"go_on": COURT, "write_off": GIVES_UP, _ANY: COURT},
    _Q.TIME_BARRED: {"write_off": GIVES_UP, "withdraw": GIVES_UP, "keep": COURT, _ANY: COURT},
    _Q.BANK_DATA: dict.fromkeys(("complete", "later"), EVERYDAY),
    _Q.MIGRATION: dict.fromkeys(("move", "discard"), GIVES_UP),
    _Q.CREDIT: dict.fromkeys(("oldest", "aside", "later"), EVERYDAY),
    _Q.DATA_REVIEW: dict.fromkeys(("right", "correct_email", "later"), EVERYDAY),
    _Q.REPLY: {_ANY: EVERYDAY},
    _Q.LETTERS: dict.fromkeys(("posted", "posted_but", "later"), EVERYDAY),
    _Q.SETTLEMENT: dict.fromkeys(("offer", "refuse"), GIVES_UP),
    _Q.SET_OFF: dict.fromkeys(("set_off", "refuse"), GIVES_UP),
    _Q.RESEND: dict.fromkeys(("send", "no"), EVERYDAY),
    _Q.OBJECTION: dict.fromkeys((SEND, WAIT, HOLD), GIVES_UP),
    _Q.INSURER_CONSENT: {GRANTED: EVERYDAY, REFUSED: EVERYDAY, NOT_NEEDED: GIVES_UP},
    _Q.INSURANCE_CLAIM: {FILE: GIVES_UP, LEAVE: GIVES_UP},
    _Q.MEASURE: dict.fromkeys((TAKE, REFUSE), GIVES_UP),
    _Q.WRITE_OFF: dict.fromkeys(("write_off", "refuse"), GIVES_UP),
    _Q.CORRECTION: dict.fromkeys(("repair", "quietly"), GIVES_UP) | dict.fromkeys(("apologise", "leave"), EVERYDAY),
    _Q.MATCH: dict.fromkeys(("none", "wait_2"), EVERYDAY),
    _Q.COURT_PAID: dict.fromkeys(("told", "goes_on"), COURT),
    _Q.DEADLINE: {"done": EVERYDAY, "known": EVERYDAY, "gone": COURT},
    _Q.DISPUTE: dict.fromkeys(("accept", "accept_part"), GIVES_UP)
    | dict.fromkeys(("reject", "withdrawn", "later"), EVERYDAY),
    **INSOLVENCY_RIGHTS,
}
"""A line a kind: the roles that may choose what, by code. `*` stands for choices made from a list of their own."""


def allowed(kind: QuestionKind, stage: Stage | None, code: str) -> frozenset[Role]:
    """The roles that may give this answer; administrators alone where nobody has classed it."""
    if code.startswith(OFFERED):
        return _OF_STAGE.get(stage, EVERYDAY) if stage is not None else EVERYDAY
    known = RIGHTS.get(kind, {})
    found = known.get(code, known.get(_ANY, ADMINS))
    return _OF_STAGE.get(stage, found) if stage is not None and (kind, code) in _GOES_AHEAD else found


def answerers(kind: QuestionKind, stage: Stage | None, offers: Sequence[str] = ()) -> frozenset[Role]:
    """The roles that may give at least one of the answers."""
    return frozenset[Role]().union(*(allowed(kind, stage, one.code) for one in choices(kind, stage, offers)))


def why_not(kind: QuestionKind, stage: Stage | None, choice: Choice, role: Role) -> str:
    """The sentence that refuses the answer to somebody of this role; empty: it may be given."""
    return refusal(choice, allowed(kind, stage, choice.code), role)


def refusal(choice: Choice, may: frozenset[Role], role: Role) -> str:
    """The same where the roles that may give the answer are known."""
    if role in may:
        return ""
    if role is Role.VIEWER:
        return "A viewer reads and decides nothing: nothing was done. Ask an administrator for another role."
    return f"“{choice.sentence}” is for {those(may)} to decide; you are {TITLES[role]}. Nothing was done: ask one of them, or choose another answer."


def those(roles: frozenset[Role]) -> str:
    """*a manager or an administrator*."""
    *others, last = [TITLES[one] for one in Role if one in roles]
    return f"{', '.join(others)} or {last}" if others else last


def by_roles(
    kind: QuestionKind, stage: Stage | None, offers: Sequence[str] = ()
) -> tuple[tuple[frozenset[Role], tuple[Choice, ...]], ...]:
    """The choices of a question by who may take them, those for most people first."""
    found: dict[frozenset[Role], list[Choice]] = {}
    for one in choices(kind, stage, offers):
        found.setdefault(allowed(kind, stage, one.code), []).append(one)
    return tuple(sorted(((roles, tuple(them)) for roles, them in found.items()), key=lambda one: -len(one[0])))
