"""What is different from the question a person saw before: at the top of the one that takes its place (design 4.8)."""

from collections.abc import Sequence

from policies.what_changed import Changed
from tasks import wording
from tasks.staff_text import say
from tasks.staff_words import STAFF, cell

_WORDS = {
    "gone": "{invoice} ({before}) is no longer in it",
    "new": "{invoice} ({after}) has come in",
    "amount": "{invoice}: {after} open instead of {before}",
    "recipient": "it goes to {after} instead of {before}",
    "policy": "the cases follow another policy",
    "text": "it was written anew, with the figures of today",
    "unsigned": "the signature of {before} no longer counts",
}


def what_changed(changed: Sequence[Changed], currency: str) -> str:
    """*What has changed since it was last asked: FA-1: 500,00 € open instead of 900,00 €; …*; empty where nothing has."""
    if not changed:
        return ""
    told = "; ".join(_one(one, currency) for one in changed)
    return say("**What has changed** since this was last asked: {changes}.", changes=told)


def _one(one: Changed, currency: str) -> str:
    return say(
        _WORDS[one.what],
        invoice=cell(one.invoice),
        before=_told(one.before, currency),
        after=_told(one.after, currency),
    )


def _told(value: str | int, currency: str) -> str:
    if isinstance(value, int):
        return wording.amount(value, currency, STAFF)
    return cell(value) or say("nobody")
