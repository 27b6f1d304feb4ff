"""When an invoice is due, from the terms it states: one day, or instalments that add up; never from words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from policies.discount import DiscountRecord
from policies.money import plain
from policies.records import InstalmentRecord


@dataclass(frozen=True, slots=True)
class StatedTerms:
    """One group of payment terms: the day, the part of the amount due then (minor units), discounts for paying early."""

    due: date | None = None
    amount: int | None = None
    label: str = ""
    discounts: tuple[DiscountRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DueDays:
    """What the terms come to. `due` is the only day, or the last one of the `instalments`; `wrong` why there is none."""

    due: date | None = None
    instalments: tuple[InstalmentRecord, ...] = ()
    discounts: tuple[DiscountRecord, ...] = ()
    wrong: str = ""


def due_days(terms: Sequence[StatedTerms], payable: int, currency: str, issued: date | None = None) -> DueDays:
    """The days on which `payable` (minor units of `currency`) is due.

    A day beside a discount is the discount's end where other terms state a day without one (Factur-X EXTENDED,
    BG-X-31), or with its amount; several days need amounts that make up what is payable. A discount of so many days runs
    from the day of issue where it names no other.
    """
    dated = [one for one in terms if one.due is not None]
    net = [one for one in dated if not one.discounts or one.amount is not None] or dated
    discounts = tuple(
        _ending(found, one) if one not in net else found for one in terms for found in one.discounts
    )  # fmt: skip
    days = sorted({one.due for one in net if one.due is not None})
    stated = [one.amount for one in net if one.amount is not None]
    if not days:
        return DueDays(discounts=discounts)
    if len(days) == 1 and not stated:
        return _single(days[0], net, discounts, issued)
    if len(stated) < len(net):
        return DueDays(None, (), discounts, f"The terms state {len(net)} due dates, not all with the amount due then.")
    if sum(stated) != payable:
        added, due = plain(sum(stated), currency), plain(payable, currency)
        return DueDays(None, (), discounts, f"The instalments add up to {added} {currency}, but {due} is due.")
    if len(net) == 1:
        return _single(days[0], net, discounts, issued)
    parts = [InstalmentRecord(one.due, one.amount, one.label) for one in net if one.due and one.amount is not None]
    return DueDays(days[-1], tuple(sorted(parts, key=lambda part: part.due)), discounts)


def _single(
    day: date, net: Sequence[StatedTerms], discounts: tuple[DiscountRecord, ...], issued: date | None
) -> DueDays:
    if any(_last(found, issued) == day for one in net for found in one.discounts):
        reason = f"The only date of the terms, {day}, is the last day of a cash discount, not when the whole is due."
        return DueDays(None, (), discounts, reason)
    return DueDays(day, (), discounts)


def _last(found: DiscountRecord, issued: date | None) -> date | None:
    """The last day of the discount, as stated or counted from the day of issue."""
    return found.until or (issued + timedelta(days=found.days) if issued and found.days else None)


def _ending(found: DiscountRecord, terms: StatedTerms) -> DiscountRecord:
    return found if found.until else replace(found, until=terms.due)
