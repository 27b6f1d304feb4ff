"""What a person does about commercial measures: proposes one to a manager, lifts one that stands."""

from datetime import datetime

from sqlalchemy import text

from policies.facts import DebtorKind
from policies.measure import KIND_WORDS, MeasureKind, MeasureState, Origin
from policies.measure_form import MeasureWords, read_measure
from policies.problems import Problem
from storage import credit_exposures, measure_books, measure_decisions
from storage.beside_cases import write_note
from storage.facts import lock_debtor
from storage.hold_deeds import Deed
from storage.measure_books import NewMeasure
from storage.session import glance, reading, transaction
from storage.whom import SOURCE, find

_KIND = text("SELECT kind FROM customer WHERE id = :customer")
_STANDS = text(
    "SELECT EXISTS (SELECT FROM measure WHERE state = 'taken') OR EXISTS (SELECT FROM measure_change WHERE state <> 'written' "
    "OR mailed_at IS NULL)"
)
_LATE = text(
    """
    SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.customer_id = :customer AND c.closed_at IS NULL
    AND c.currency = :currency AND i.due < :today ORDER BY c.id
    """
)


async def anything_stands() -> bool:
    """Whether a measure stands, or news of one is still to be told: cheap, asked every few seconds."""
    async with glance() as connection:
        return bool(await connection.scalar(_STANDS))


async def propose(customer: str, currency: str, words: MeasureWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """Propose a measure against a customer: a manager is asked. `currency` may be left out where only one is owed."""
    async with transaction() as connection:
        whom = await find(connection, customer)
        if isinstance(whom, list):
            return whom
        await lock_debtor(connection, whom.customer)
        lines = (await credit_exposures.of_customers(connection, [whom.customer], at)).get(whom.customer, ())
        owed = [one for one in lines if one.currency == currency.strip().upper() or not currency.strip()]
        if len(owed) != 1:
            return [_no("currency", _which_currency(whom.name, currency, [one.currency for one in lines]))]
        kind = DebtorKind(await connection.scalar(_KIND, {"customer": whom.customer}))
        asked = read_measure(words, kind, owed[0], whom.today(at))
        if isinstance(asked, list):
            return asked
        new = NewMeasure(
            whom.customer, owed[0].currency, asked.kind, asked.lifted_by, Origin.PERSON, actor, asked.limit, asked.clause,
            asked.why, review_on=asked.review_on,
        )  # fmt: skip
        which = {"customer": whom.customer, "currency": owed[0].currency, "today": whom.today(at)}
        cases = tuple(await connection.scalars(_LATE, which))
        number = await measure_books.propose(connection, new, cases, at)
        if number is None:
            said = f"{whom.name}: “{KIND_WORDS[asked.kind]}” is proposed or stands already. See ./relance measure list."
            return [_no("measure", said)]
    return Deed("measure", whom.number, whom.name, f"measure {number} proposed: {_said(asked.kind)}", cases)


async def lift(number: int, why: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """Lift a measure by a person's word, whatever is owed; one that is only proposed is decided by its question."""
    if not why.strip():
        return [_no("why", "Say why it is lifted though what lifts it has not come about.")]
    async with reading() as connection:
        row = await measure_books.read(connection, number)
    if row is None:
        return [_no("number", f"There is no measure {number}. See ./relance measure list.")]
    async with transaction() as connection:
        await measure_books.lock_about(connection, row)
        row = await measure_books.read(connection, number)
        assert row is not None, "measures are never deleted"
        if row.state is not MeasureState.TAKEN:
            return [_no("number", f"Measure {number} does not stand ({row.state.value}): there is nothing to lift.")]
        await measure_decisions.lift(connection, row, measure_decisions.BY_HAND, actor, at)
        await write_note(connection, row.customer, actor, why.strip(), at)
        cases = await measure_books.cases_of(connection, number)
    return Deed("lift-measure", row.customer_number, row.customer_name, f"measure {number}: {_said(row.kind)}", cases)


def _said(kind: MeasureKind) -> str:
    return KIND_WORDS[kind]


def _which_currency(name: str, currency: str, known: list[str]) -> str:
    if not known:
        return f"Nothing is open of {name}."
    if currency.strip():
        return f"Nothing is open of {name} in {currency.strip()}; known are {', '.join(known)}."
    return f"{name} owes in {' and '.join(known)}: say which currency it is about."


def _no(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
