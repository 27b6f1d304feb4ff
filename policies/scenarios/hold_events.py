"""Events about holds: promises, plans, disputes, holds of every other kind, and their release."""

from datetime import date

from policies.facts import DatedAmount, Hold, HoldKind
from policies.play.events import Event, Held, Released, Withdrawn
from policies.scenarios.given import Given
from policies.scenarios.scoping import one_or_more
from policies.scenarios.values import day, money, one_among
from policies.stages import Channel
from policies.toml_values import listed, one_of, text

OWNER = "a person"
DISPUTES = ("opened", "settled", "lost")


def hold(given: Given) -> list[Event]:
    """Nothing leaves, up to and including `until` (empty: until released)."""
    table = given.table
    none: tuple[Channel, ...] = ()
    kind = table.take("kind", one_of(HoldKind), HoldKind.MANUAL)
    channels = frozenset(table.take("channels", listed(one_of(Channel)), none))
    reason = table.require("hold", text, "")
    until = table.take("until", day, None)
    return [_held(given, Hold(kind, reason, given.on, until, OWNER, channels=channels))]


def release(given: Given) -> list[Event]:
    """Holds end: all of them, or those of a kind."""
    kinds = tuple(kind.value for kind in HoldKind)
    word = given.table.require("release", one_among(("all", *kinds), "kind of hold"), "all")
    return [Released(known=given.known, invoice=given.invoice, kind=None if word == "all" else HoldKind(word))]


def promise(given: Given) -> list[Event]:
    """Payment was promised for a day: of everything, or of an amount."""
    on = given.table.require("promise", day, date.max)
    amount = given.table.take("amount", money(given.currency), None)
    agreed = () if amount is None else (DatedAmount(on, amount[0]),)
    return [_held(given, Hold(HoldKind.PROMISE, "promised", given.on, on, OWNER, instalments=agreed))]


def plan(given: Given) -> list[Event]:
    """Payments were agreed, each for a day."""
    agreed = []
    for one in one_or_more(given.table, "plan", given.found):
        one.refuse_others(("on", "amount"))
        amount, _ = one.require("amount", money(given.currency), (0, ""))
        agreed.append(DatedAmount(one.require("on", day, date.max), amount))
    agreed.sort(key=lambda one: one.on)
    last = agreed[-1].on if agreed else None
    return [_held(given, Hold(HoldKind.PLAN, "payment plan", given.on, last, OWNER, instalments=tuple(agreed)))]


def dispute(given: Given) -> list[Event]:
    """The customer disputes; it is settled and goes on; or it is lost, and the claim is not pursued any more."""
    word = given.table.require("dispute", one_among(DISPUTES, "turn of a dispute"), "opened")
    until = given.table.take("until", day, None)
    if word == "opened":
        return [_held(given, Hold(HoldKind.DISPUTE, "disputed", given.on, until, OWNER))]
    ended = Released(known=given.known, invoice=given.invoice, kind=HoldKind.DISPUTE)
    if word == "settled":
        return [ended]
    return [ended, *(Withdrawn(known=given.known, invoice=one, reason="the dispute was lost") for one in given.each)]


def _held(given: Given, hold: Hold) -> Held:
    return Held(known=given.known, hold=hold, invoice=given.invoice)
