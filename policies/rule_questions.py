"""What each rule of the decision asks, as staff would ask it."""

from collections.abc import Mapping

QUESTIONS: Mapping[str, str] = {
    "settled": "Is it settled?",
    "switched_off": "Is collecting switched on?",
    "held": "Is it on hold?",
    "time_barred": "Can it still be brought to court?",
    "exhausted": "Is a step left?",
    "underway": "Is something of the step under way or in doubt?",
    "its_time": "Has the step's time come?",
    "may_be_paid": "Has money come that may be for it?",
    "insurer": "Is the credit insurer being asked about it?",
    "harder_stage": "Does a harder stage of another invoice come first?",
    "contact_budget": "May the customer hear from us again?",
    "fresh_money": "Is the bank data recent enough?",
    "approval": "Must a person agree first?",
    "first_days": "Is there room for it today?",
    "act": "What is done?",
}
"""By the names under which `policies.decide` asks its rules."""
