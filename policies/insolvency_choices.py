"""What may be chosen about a published notice, a declaration of claims, goods under retention of title, and a stay."""

from collections.abc import Mapping

from policies.choice import Choice
from policies.questions import QuestionKind
from policies.staff import Role

_NOTE, _DATE = frozenset({"note"}), frozenset({"date"})
_COURT = frozenset({Role.MANAGER, Role.LEGAL, Role.ADMIN})
_EVERYDAY = _COURT | {Role.AGENT}
_GIVES_UP = frozenset({Role.MANAGER, Role.ADMIN})

INSOLVENCY_CHOICES: dict[QuestionKind, tuple[Choice, ...]] = {
    QuestionKind.INSOLVENCY_NOTICE: (
        Choice("open", "Open the proceedings as published", needs=_DATE | _NOTE, uses=frozenset({"email"})),
        Choice("dismiss", "It is not this customer, lift the hold", needs=_NOTE),
    ),
    QuestionKind.CLAIM_DECLARATION: (
        Choice("declare", "Hand the claim file over as shown"),
        Choice("declared", "It was declared on the date below", needs=_DATE),
        Choice("give_up", "Declare nothing", needs=_NOTE),
    ),
    QuestionKind.RETENTION: (
        Choice("claim_back", "Claim the goods back by the date below", needs=_DATE | _NOTE),
        Choice("none", "No goods were delivered under retention of title"),
    ),
    QuestionKind.STAY: (
        Choice("done", "It is done", needs=_NOTE),
        Choice("not_needed", "It is not needed here", needs=_NOTE),
    ),
}
INSOLVENCY_RIGHTS: dict[QuestionKind, Mapping[str, frozenset[Role]]] = {
    QuestionKind.INSOLVENCY_NOTICE: dict.fromkeys(("open", "dismiss"), _EVERYDAY),
    QuestionKind.CLAIM_DECLARATION: {"declare": _COURT, "declared": _COURT, "give_up": _GIVES_UP},
    QuestionKind.RETENTION: dict.fromkeys(("claim_back", "none"), _EVERYDAY),
    QuestionKind.STAY: dict.fromkeys(("done", "not_needed"), _EVERYDAY),
}
"""Who may choose what. Declaring a claim is a matter of law; giving one up is for whoever answers for the money."""
