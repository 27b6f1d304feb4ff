"""A line that names no open item: who paid, how much, and what its words nearly say."""

from collections.abc import Iterable, Iterator, Sequence

from policies.matching.by_hint import doubts_of_names, readings_by_hint, readings_of_part
from policies.matching.facts import OpenItem
from policies.matching.fits import Fit
from policies.matching.likeness import names_unknown
from policies.matching.looking import Looking, Reading
from policies.matching.payer import STRONG
from policies.matching.payer_sums import Way, ways
from policies.matching.reasons import Doubt, Reason, Witness
from policies.matching.sums import MOST, could_be_chance
from policies.money import digits

_OTHER_PURPOSES_WORDS = (
    "ACOMPTE ACOMPTES CAUTION DEPOSIT DEPOSITS ANZAHLUNG KAUTION VOORSCHOT WAARBORG ANTICIPO REMBOURSEMENT "
    "REFUND RUCKERSTATTUNG ERSTATTUNG GUTSCHRIFT TERUGBETALING RIMBORSO SALAIRE SALARY GEHALT LOHN LOYER RENT "
    "MIETE HUUR PRET LOAN DARLEHEN DIVIDENDE DIVIDEND AVANCE ADVANCE PREPAYMENT PROFORMA SUBVENTION DON "
    "VERSICHERUNG SINISTRE"
)
_OTHER_PURPOSES = frozenset(_OTHER_PURPOSES_WORDS.split())
"""Words for money that pays no invoice."""


def readings_by_payer(at: Looking) -> Iterator[Reading]:
    """The explanations of a line by its payer and amount, best first. Two of *nearly the number, payer, amount* that
    fit one set of items alone are enough; a likeness of names needs an amount nobody else owes."""
    yield from readings_by_hint(at)
    doubts = frozenset(_line_doubts(at))
    customers = sorted(at.payer.witnesses)
    pools = {one: (at.pool([one]), at.pool([one], credits=True)) for one in customers}
    found = [way for pool, notes in pools.values() for way in ways(at, pool, notes)]
    if len(customers) > 1 and at.payer.is_one and not found:
        found = ways(at, at.pool(customers), at.pool(customers, credits=True))
    for way in found:
        own = set(doubts)
        if len(found) > 1:
            own.add(Doubt.SEVERAL_FIT)
        own.update(_way_doubts(at, way))
        yield _reading(at, way, frozenset(own))
    if not found:
        yield from readings_of_part(at)
        yield from _less_fees(at, [item for pool, _ in pools.values() for item in pool])


def _line_doubts(at: Looking) -> Iterator[Doubt]:
    yield from doubts_of_names(at)
    if at.named.open:
        yield Doubt.AMOUNT_FITS_OTHERS
    if at.payer.disagree:
        yield Doubt.OTHER_PAYER
    if at.words.runs & _OTHER_PURPOSES:
        yield Doubt.OTHER_PURPOSE
    if names_unknown(at):
        yield Doubt.UNKNOWN_NUMBER


def _way_doubts(at: Looking, way: Way) -> Iterator[Doubt]:
    reason, fit, items = way
    if fit == Fit.ROUNDED:
        yield Doubt.AMOUNT_DIFFERS
    if any(item.id in at.claimed for item in items):
        yield Doubt.CLAIMED
    if len({item.customer for item in items}) > 1:
        yield Doubt.OTHER_PAYER
    if not at.payer.is_one and not _is_only_debtor(at, items):
        yield Doubt.OTHER_PAYER if len(at.payer.witnesses) > 1 else Doubt.NO_SECOND_WITNESS
    pool = at.pool([items[0].customer])
    others = at.named.hinted - {item.id for item in items}
    if any(at.balances.items[number].customer in at.payer.witnesses for number in others):
        yield Doubt.AMOUNT_FITS_OTHERS
    if STRONG & at.payers(items) == {Witness.NAME} and _fits_namesake(at, items):
        yield Doubt.SEVERAL_FIT
    if _could_be_chance(at, reason, pool):
        yield Doubt.COINCIDENCE


def _could_be_chance(at: Looking, reason: Reason, pool: Sequence[OpenItem]) -> bool:
    """Any sum, where many are possible; and a round amount, where the items are too many to try every sum."""
    if reason == Reason.SUM:
        return could_be_chance(at.money, [at.balances.open[item.id] for item in pool])
    is_round = at.money % 10 ** digits(at.line.currency) == 0
    return reason != Reason.ALL_OPEN and len(pool) > MOST and is_round


def _fits_namesake(at: Looking, items: Sequence[OpenItem]) -> bool:
    """Whether a customer whose name resembles owes this amount too: banks cut names off."""
    others = at.payer.resembling() - {item.customer for item in items}
    return any(at.balances.open[item.id] == at.money for item in at.pool(others))


def _is_only_debtor(at: Looking, items: Iterable[OpenItem]) -> bool:
    """A name that resembles, or that two share, will do where nobody else owes this amount."""
    names = {Witness.NAME, Witness.LIKE_NAME} & at.payers(items)
    return bool(names) and [item.id for item in at.same_amount()] == [item.id for item in items]


def _reading(at: Looking, way: Way, doubts: frozenset[Doubt]) -> Reading:
    reason, fit, items = way
    return Reading(items, reason, fit, at.payers(items) | {Witness.AMOUNT}, doubts)


def _less_fees(at: Looking, pool: list[OpenItem]) -> Iterator[Reading]:
    """Nothing fits to the cent: an item, or all, less what banks may have kept."""
    for items in (*((item,) for item in pool), tuple(pool)):
        if items and at.fit(items) == Fit.FEE:
            doubts = frozenset({Doubt.AMOUNT_DIFFERS})
            yield Reading(items, Reason.PAYER_AND_AMOUNT, Fit.FEE, at.payers(items), doubts)
