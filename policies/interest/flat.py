"""The flat sum that may be claimed for a late debt, and the sentence where there is something to say about it."""

from dataclasses import dataclass
from datetime import date

from policies.interest.debt import Debt, Terms
from policies.interest.flat_scale import legal_sum
from policies.interest.principal import first_late_day, owed_on
from policies.interest.statement import Flag
from policies.law.rules import FlatRule, KindLaw
from policies.money import plain


@dataclass(frozen=True, slots=True)
class Flat:
    """The sum in minor units (None: nothing is due), with what a person must know."""

    amount: int | None = None
    flag: Flag | None = None
    note: str = ""


def flat_sum(debt: Debt, law: KindLaw, until: date, terms: Terms | None) -> Flat:
    """The flat sum as at `until`. It falls due with the first late day and never grows; nothing is due before it."""
    agreed = terms.flat if terms is not None else None
    rule = law.flat
    if rule is None:
        return _none_by_law(law, agreed)
    if rule.only_agreed and agreed is None:
        return Flat()
    late = _late_on(debt, rule, until)
    if isinstance(late, Flat):
        return late
    if agreed is None and rule.needs_terms:
        return Flat(None, Flag.NEEDS_TERMS, "A flat sum is due only where the parties agreed on one.")
    currency = rule.currency if agreed is None else (terms.flat_currency if terms else "") or debt.currency
    amount = _amount(debt, rule, late, agreed)
    if currency != debt.currency:
        words = f"{plain(amount, currency)} {currency}"
        return Flat(None, None, f"A flat sum of {words} may be claimed apart: the debt is in {debt.currency}.")
    return Flat(amount, None, _cut(amount, agreed, currency))


def _cut(amount: int, agreed: int | None, currency: str) -> str:
    """That the law allows less than was agreed; empty where it does not."""
    if agreed is None or agreed <= amount:
        return ""
    words = f"{plain(agreed, currency)} {currency} is more than the law allows for this debt"
    return f"The agreed {words}: {plain(amount, currency)} {currency} is claimed."


def _none_by_law(law: KindLaw, agreed: int | None) -> Flat:
    reason = (law.refused or {}).get("flat", "")
    if agreed is not None:
        words = reason or (law.nothing or {}).get("flat") or "The law allows no flat sum from this kind of debtor"
        return Flat(None, Flag.NOT_CLAIMABLE, f"{words.rstrip('.')}: the agreed sum is not claimed.")
    return Flat(None, Flag.NOT_CLAIMABLE, reason) if reason else Flat()


def _late_on(debt: Debt, rule: FlatRule, until: date) -> date | Flat:
    """The day the sum falls due; or why there is none."""
    if rule.needs and not debt.noticed:
        before = rule.needs.replace("_", " ")
        return Flat(None, Flag.NEEDS_NOTICE, f"No flat sum is due before the delay of the {before} has run out.")
    if debt.stopped_on is not None and debt.stopped_on <= debt.due:
        return Flat(None, Flag.STOPPED, "No flat sum: payment was forbidden or put off before the debt fell due.")
    after = max(debt.due, debt.notice_on) if rule.needs and debt.notice_on else debt.due
    return first_late_day(debt, after, until) or Flat()


def _amount(debt: Debt, rule: FlatRule, late: date, agreed: int | None) -> int:
    """What the law gives for the debt as it was on its first late day; an agreed sum instead, capped where it caps."""
    times = debt.instalments if rule.per == "instalment" else 1
    if agreed is None:
        return legal_sum(rule, owed_on(debt, late)) * times
    return min(agreed, legal_sum(rule, owed_on(debt, late))) if rule.pieces else agreed
