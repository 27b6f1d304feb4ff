"""What only the weekly report names: incoming letters, ways out of the policy, troubles. English; `say` translates."""

from collections.abc import Mapping

from tasks.staff_names import CHANNELS, STAGES

STEPS: Mapping[str, str] = {"": "Nothing sent yet", **STAGES}
"""The last step before money came in, or none."""
HOW: Mapping[str, str] = {**CHANNELS, "question": "a person is asked first"}
"""How a step of the next days is done."""
HEARD: Mapping[str, str] = {
    "reply": "Replies",
    "opt_out": "Wishes to hear no more",
    "complaint": "Complaints of spam",
    "auto_reply": "Automatic replies",
}
WAYS: Mapping[tuple[str, str], str] = {
    ("own_policy", ""): "A policy of their own",
    ("skipped_step", ""): "Step skipped by a person",
    ("hold", "manual"): "Stopped by a person",
    ("hold", "dispute"): "On hold: dispute",
    ("hold", "promise"): "On hold: promise",
    ("hold", "plan"): "On hold: payment plan",
    ("hold", "insolvency"): "On hold: insolvency",
    ("hold", "death"): "On hold: death",
    ("hold", "over_indebtedness"): "On hold: over-indebtedness",
    ("hold", "complaint"): "On hold: complaint",
    ("hold", "opt_out"): "On hold: wish to hear no more",
    ("hold", "unread_reply"): "On hold: reply nobody has read",
    ("hold", "in_flight"): "On hold: payment under way",
    ("hold", "call_back"): "On hold: call again",
    ("hold", "court"): "On hold: before the court",
}
TROUBLES: Mapping[str, tuple[str, str]] = {
    "in_trouble": ("Cases whose last wake-up failed", "/desk"),
    "ambiguous": ("Messages that may or may not have left", "/desk/inbox?kind=ambiguous"),
    "unread": ("Replies nobody has read", "/desk/inbox?kind=reply"),
    "unmatched": ("Bank lines without an invoice", "/desk/inbox?kind=match"),
    "dead_addresses": ("Addresses that died in the week", "/desk"),
    "staff_mail": ("E-mails to our own people that did not surely arrive", "/desk"),
    "without_policy": ("Late invoices without a policy", "/desk"),
    "not_live": ("Nothing leaves to customers: `live` is off", "/desk"),
    "not_collecting": ("Collecting is switched off", "/desk"),
}
"""Each with its words and the page where somebody looks at it."""


def name_of(names: Mapping[str, str], code: str) -> str:
    """What it is called; a code without a name is read as words."""
    return names.get(code) or code.replace("_", " ").capitalize()
