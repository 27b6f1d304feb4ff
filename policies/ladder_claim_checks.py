"""What a ladder claims besides the invoices: never more than it says at its top, never what the law does not give."""

from collections.abc import Iterable, Mapping, Sequence

from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.ladder_steps import StepRead
from policies.law.jurisdiction import Jurisdiction
from policies.law.rules import KindLaw
from policies.rates.series import Rates
from policies.step import Accessories
from policies.toml_table import Table

RANK: dict[Accessories, int] = {one: rank for rank, one in enumerate(Accessories)}
NO_FLAT_SUM = (DebtorKind.CONSUMER, DebtorKind.ASSOCIATION)
"""Kinds of debtor to whom the flat sum between businesses does not apply (directive 2011/7/EU, art. 1 and 6)."""
BETWEEN_BUSINESSES = "it is owed in commercial transactions only (directive 2011/7/EU, art. 1(2) and 6)"


def check_claims(
    top: Table, ladder: Ladder, steps: Sequence[StepRead], laws: Mapping[str, Jurisdiction] | None, rates: Rates | None
) -> None:
    """Note every claim that the ladder's top, or the law where it is given, does not allow."""
    for read in steps:
        if RANK[read.step.claims] > RANK[ladder.accessories]:
            allowed = ladder.accessories.value
            reason = f'The step would {read.step.claims.value} more than the ladder does: accessories = "{allowed}".'
            read.table.note("claims", reason)
    law = (laws or {}).get(ladder.country)
    if ladder.flat_sum:
        _check_flat_sum(top, ladder, law)
    if ladder.accessories is Accessories.CLAIM and law is not None:
        for kind in _kinds(ladder, law):
            if kind in law.kinds:
                _check_interest(top, law, law.kinds[kind], kind, rates)


def _check_flat_sum(top: Table, ladder: Ladder, law: Jurisdiction | None) -> None:
    if ladder.accessories is Accessories.NEVER:
        top.note("flat_sum", 'The flat sum is an accessory, and accessories = "never"; say mention or claim.')
    if not ladder.kinds:
        reason = "A flat sum needs the kinds of debtor it is claimed from: consumers and associations do not owe one"
        top.note("flat_sum", f"{reason}, {BETWEEN_BUSINESSES}.")
    for kind in sorted(ladder.kinds):
        of_kind = None if law is None else law.kinds.get(kind)
        if of_kind is None and kind not in NO_FLAT_SUM:
            continue
        if of_kind is None or of_kind.flat is None:
            top.note("flat_sum", f"No flat sum is owed by {_named(kind)}: {_why(law, of_kind)}.")


def _why(law: Jurisdiction | None, of_kind: KindLaw | None) -> str:
    """Why there is none, with the article of the jurisdiction where it is known."""
    written = "" if of_kind is None else of_kind.reason("flat")
    if written:
        return written.rstrip(".")
    business = None if law is None else law.kinds.get(DebtorKind.BUSINESS)
    if law is None or business is None or business.flat is None:
        return BETWEEN_BUSINESSES
    return f"{law.id} gives it between businesses only ({business.flat.where.source})"


def _check_interest(top: Table, law: Jurisdiction, of_kind: KindLaw, kind: DebtorKind, rates: Rates | None) -> None:
    """Interest that is claimed must be one the law gives, at a rate that is known."""
    rule = of_kind.interest
    if rule is None:
        why = of_kind.reason("interest") or "The law names none."
        top.note("accessories", f"Interest cannot be claimed from {_named(kind)} in {law.id}: {why}")
    elif rule.series and rates is not None and rule.series not in rates:
        reason = f'Interest from {_named(kind)} in {law.id} needs the rates "{rule.series}", and there are none'
        top.note("accessories", f"{reason} ({rule.where.source}).")


def _kinds(ladder: Ladder, law: Jurisdiction) -> Iterable[DebtorKind]:
    return sorted(ladder.kinds or law.kinds)


def _named(kind: DebtorKind) -> str:
    names = {
        DebtorKind.BUSINESS: "a business", DebtorKind.CONSUMER: "a consumer",
        DebtorKind.PUBLIC: "a public body", DebtorKind.ASSOCIATION: "an association",
    }  # fmt: skip
    return names[kind]
