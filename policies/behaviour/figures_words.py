"""The figures of a customer in a sentence a person can check."""

from fractions import Fraction

from policies.behaviour.exposure import Exposure
from policies.behaviour.figures import Figures, Half
from policies.behaviour.scale import Scale
from policies.money import plain
from policies.payer import Payer


def sentence(payer: Payer, found: Figures, scale: Scale) -> str:
    """Why the customer is called so, with the figures that say it."""
    parts = [_items(payer, found, scale), *_trend(found), *_promises(found), *_left_out(found)]
    return " ".join([f"{_named(payer)}: {'; '.join(parts)}.", *(_exposed(one) for one in found.exposure if one.above)])


def tenths(value: Fraction) -> str:
    """A number with one decimal, half up: 14.25 is 14.3."""
    whole, part = divmod(int(value * 10 + Fraction(1, 2)), 10)
    return f"{whole}.{part}"


def _named(payer: Payer) -> str:
    return payer.value.replace("_", " ").capitalize()


def _items(payer: Payer, found: Figures, scale: Scale) -> str:
    if payer is Payer.NEW:
        return f"{_count(found.known, 'item')} fell due since {found.since}, fewer than {scale.least_items}"
    before = f", and {_count(found.from_before, 'item')} still open from before" if found.from_before else ""
    percent = int(found.share_late * 100 + Fraction(1, 2))
    return (
        f"{tenths(found.days_late)} days late on average, weighted by amount, over {_count(found.known, 'item')} since "
        f"{found.since}{before}; {found.late} later than {scale.tolerance} days ({percent} %)"
    )


def _trend(found: Figures) -> list[str]:
    if not found.recent.items or not found.before.items:
        return []
    return [f"the last six months {_half(found.recent)}, the six before {_half(found.before)}"]


def _half(half: Half) -> str:
    return f"{tenths(half.days_late)} days ({_count(half.items, 'item')})"


def _promises(found: Figures) -> list[str]:
    return [f"{_count(found.broken, 'promise')} broken"] if found.broken else []


def _left_out(found: Figures) -> list[str]:
    return [f"{_count(found.left_out, 'disputed or withdrawn item')} left out"] if found.left_out else []


def _exposed(one: Exposure) -> str:
    assert one.limit is not None, "only what is above a limit is told"
    limit = plain(one.limit, one.currency)
    return f"{plain(one.open, one.currency)} {one.currency} are open, above the credit limit of {limit}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
