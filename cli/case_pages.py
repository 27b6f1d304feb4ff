"""A case put on the screen."""

from collections.abc import Sequence
from typing import Any

from cli.printing import clean, money, print_table
from policies.dispute import DisputeState
from policies.dispute_reasons import in_words
from policies.insured_words import insured_line
from policies.interest.statement import Flag
from policies.limitation import Lifetime
from policies.limitation_words import ACTS, life_notes, life_sentence
from policies.money import plain
from storage.case_views import Explained
from storage.limitation_acts import RecordedAct
from storage.timeline import Event

AMOUNTS = frozenset({"amount", "principal", "net", "vat", "overdue"})


def print_case(found: Explained) -> None:
    """Where the case stands, what would be done now, and until when its claim lives."""
    view, life = found.view, found.dossier.life.time
    print(clean(f"Case {view.id} · {view.customer_name} ({view.customer_number}) · {view.invoice}"))
    print(f"{money(view.open, view.currency)} open of {money(view.original, view.currency)}, due {view.due}")
    reached = f"{view.reached.value.replace('_', ' ')} on {view.reached_on}" if view.reached else "nothing sent yet"
    print(clean(f"Reached: {reached} · state: {view.state.replace('_', ' ')} · owner: {view.owner or '–'}"))
    print(clean(f"Now: {view.says}."))
    if not found.dossier.closed:
        print_life(life, "The claim dies: ")
    for act in found.acts:
        print(clean(f"  {_act(act)}"))
    if found.dossier.broken_promises:
        print(f"Promises this customer has broken: {found.dossier.broken_promises}")
    if insured := insured_line(found.dossier.case.insured):
        print(clean(insured))
    for said in (*disputed(found), *besides(found)):
        print(clean(said))
    if view.problem:
        print(clean(f"In trouble: {view.problem}"))


def besides(found: Explained) -> list[str]:
    """What could be claimed besides the principal, and a line with “!” for what a person must know: a missing rate."""
    statement, currency = found.claimable, found.view.currency
    if statement is None:
        return ["Besides the principal: nothing, as no law is known for this debtor."]
    nothing = "reserved" if Flag.RATE_MISSING in statement.flags else "none"
    interest = nothing if statement.interest is None else money(statement.interest, currency)
    flat = "none" if statement.flat is None else money(statement.flat, currency)
    first = f"Besides the principal, as at {statement.until}: interest {interest}, flat sum {flat} could be claimed."
    return [first, *(f"! {note}" for note in statement.notes)]


def disputed(found: Explained) -> list[str]:
    """What of the invoice is disputed, who decides by when, and the interest that waits for that."""
    case, currency = found.dossier.case, found.view.currency
    if case.dispute is None or not case.set_aside:
        return []
    kept = found.reserved_interest
    on_it = "Interest on it" if not kept else f"Interest on it, {money(kept, currency)},"
    waits = "a credit note is awaited" if case.dispute.state is DisputeState.ACCEPTED else "it is disputed"
    amount, reason = money(case.set_aside, currency), in_words(case.dispute.reason)
    what = f"Not asked for: {amount}, {waits} since {case.dispute.since} ({reason}, dispute {case.dispute.number}); "
    return [f"{what}{case.dispute.owner or 'its owner'} decides. {on_it} is reserved until then."]


def print_life(life: Lifetime | None, before: str) -> None:
    """Until when a claim lives, and what a person must know besides."""
    print(clean(f"{before}{'not known; see case explain' if life is None else life_sentence(life)}."))
    for note in () if life is None else life_notes(life):
        print(clean(f"  {note}"))


def _act(act: RecordedAct) -> str:
    """An act as it was recorded: its number is what taking it back needs."""
    gone = "" if act.taken_back is None else f" (taken back: {act.taken_back})"
    return f"Act {act.number}: {ACTS[act.kind]} of {act.on}, {act.words}, recorded by {act.actor}{gone}"


def print_history(events: Sequence[Event], currency: str) -> None:
    """What happened, oldest first, in the journal's own terms."""
    print()
    rows = [(f"{one.at:%Y-%m-%d %H:%M}", one.kind.replace("_", " "), _facts(one, currency)) for one in events]
    print_table(["When (UTC)", "What", "Facts"], rows, "Nothing has happened yet.")


def _facts(event: Event, currency: str) -> str:
    return ", ".join(
        f"{name} {_fact(name, value, currency)}" for name, value in event.facts.items() if value not in ("", None)
    )


def _fact(name: str, value: Any, currency: str) -> str:
    if name in AMOUNTS and isinstance(value, int):
        return plain(value, currency)
    return str(value)[:80]
