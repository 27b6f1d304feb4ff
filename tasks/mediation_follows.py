"""What each answer about a mediation does, in the words of the form."""

from collections.abc import Mapping

_ON = "that it took place and failed is kept; the ladder goes on to its next step."

MEDIATION_FOLLOWS: Mapping[str, str] = {
    "plan": "the plan is made and written to the customer; nothing leaves while its payments come in time.",
    "credit": "a credit note over that amount is awaited and not demanded meanwhile; the ladder goes on for the rest.",
    "refused": _ON,
    "no_answer": _ON,
    "failed": _ON,
    "under_way": "nothing leaves up to that day, then you are asked again.",
}
