"""The match of one line: the first sure reading is booked, else the first is proposed, else it is unknown."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from policies.matching.by_number import readings_by_number
from policies.matching.by_payer import readings_by_payer
from policies.matching.facts import Decided, Refused
from policies.matching.fits import Fit
from policies.matching.looking import Looking, Reading
from policies.matching.match import Alternative, Because, Match
from policies.matching.reasons import Doubt, Gap, Reason, Sureness, Witness
from policies.matching.sharing import Division, as_decided, divided

MOST_ALTERNATIVES = 5
MOST_HELD = 300


def match_of(at: Looking, refused: Refused) -> Match:
    """The match of a line nobody has decided."""
    found: dict[frozenset[int], Reading] = {}
    own = frozenset({Doubt.INSURER} if at.line.from_insurer else ())
    for each in chain(readings_by_number(at), readings_by_payer(at)):
        reading = replace(each, doubts=each.doubts | own) if own else each
        chosen = frozenset(item.id for item in reading.items)
        if chosen in refused.sets:
            continue
        if reading.is_sure:
            return _answer(at, Sureness.SURE, reading, ())
        found.setdefault(chosen, reading)
    readings = list(found.values())
    if readings:
        return _answer(at, Sureness.LIKELY, readings[0], readings[1 : MOST_ALTERNATIVES + 1])
    return _unknown(at, refused)


def decided_match(at: Looking, decided: Decided) -> Match:
    """What a person said, share by share; or what a file states, which closes nothing but rounding."""
    named = decided.stated or [part.item for part in decided.parts]
    known = {number: at.balances.items[number] for number in named if number in at.balances.items}
    own = {number: item for number, item in known.items() if item.currency == at.line.currency}
    fit = at.fit(own.values()) if own else Fit.OVER
    chosen = Reading(tuple(own.values()), Reason.DECIDED, fit, frozenset({Witness.PERSON}))
    if decided.stated:
        return _answer(at, Sureness.SURE, chosen, (), divided(at, chosen.items, fit, {Gap.ROUNDING}))
    parts = [part for part in decided.parts if part.item in own]
    return _answer(at, Sureness.SURE, chosen, (), as_decided(at, parts, fit))


def _answer(
    at: Looking, sureness: Sureness, chosen: Reading, others: Iterable[Reading], division: Division | None = None
) -> Match:
    shares, remains, unused = division or divided(at, chosen.items, chosen.fit)
    rest = tuple(Alternative(divided(at, one.items, one.fit)[0], _because(one)) for one in others)
    named = frozenset(item.id for item in chosen.items)
    held: frozenset[int] = frozenset()
    if sureness == Sureness.LIKELY:
        held = named.union(*(frozenset(share.item for share in one.shares) for one in rest))
    return Match(at.line.key, sureness, _because(chosen), shares, named, remains, unused, rest, held)


def _because(reading: Reading) -> Because:
    return Because(reading.reason, tuple(sorted(reading.witnesses)), tuple(sorted(reading.doubts)), reading.said)


def _unknown(at: Looking, refused: Refused) -> Match:
    """Nothing is proposed; but an item of this very amount, of this payer or of these numbers may be meant."""
    named = at.named
    by_words = {*named.open, *named.several, *named.other_currency, *named.closed}
    by_payer = [item.id for item in at.pool(at.payer.witnesses)][:MOST_HELD]
    by_amount = [item.id for item in at.same_amount() if item.opened <= at.day]
    alone = [number for number in by_amount if frozenset({number}) not in refused.sets]
    doubts = {Doubt.ALREADY_SETTLED} if named.closed else set()
    doubts |= {Doubt.OTHER_CURRENCY} if named.other_currency else set()
    if len(alone) == 1 and not at.line.counterparty and not doubts:
        item = at.balances.items[alone[0]]
        own = frozenset({Doubt.NO_SECOND_WITNESS})
        return _answer(
            at, Sureness.LIKELY, Reading((item,), Reason.AMOUNT_ONLY, Fit.EXACT, frozenset({Witness.AMOUNT}), own), ()
        )
    reason = Reason.NAMED if by_words else Reason.NOTHING
    if reason == Reason.NOTHING and by_payer:
        reason = Reason.PAYER_ONLY
    elif reason == Reason.NOTHING and by_amount:
        reason = Reason.AMOUNT_ONLY
    why = Because(reason, (), tuple(sorted(doubts)), named.said)
    held = frozenset({*by_words, *by_payer, *by_amount})
    return Match(at.line.key, Sureness.UNKNOWN, why, unused=at.money, could_settle=held)
