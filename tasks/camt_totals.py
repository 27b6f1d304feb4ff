"""The counts and sums a CAMT statement gives of its own entries (`TxsSummry`) must be those of its entries."""

from collections.abc import Iterator

from policies.money import plain
from policies.problems import Problem
from tasks.bank_statement import Statement, Tally
from tasks.bank_values import minor_units
from tasks.xml_paths import Paths, first

_SIDES = (("TtlNtries", "all", (True, False)), ("TtlCdtNtries", "credit", (True,)), ("TtlDbtNtries", "debit", (False,)))


def total_problems(statement: Statement, totals: Paths, source: str) -> Iterator[Problem]:
    """Every figure that differs: number and sum of all entries, of those to the credit, of those to the debit.

    Banks count announced entries or leave them out; either is right. Sums are compared where all is in one currency.
    Raises Unreadable.
    """
    if not totals or not statement.is_whole:
        return
    currencies = {currency for currency, _, _ in statement.tallies}
    for name, side, credits in _SIDES:
        sums = _sums(statement, credits)
        if (count := first(totals, f"{name}/NbOfNtries")).isdigit() and int(count) not in {one.count for one in sums}:
            reason = (
                f"The statement says it holds {int(count)} entries ({side}), and holds {sums[0].count}; fetch it again."
            )
            yield Problem(source, statement.place, name, reason)
        amount = first(totals, f"{name}/Sum")
        if amount and len(currencies) == 1:
            currency = next(iter(currencies))
            told = minor_units(amount.lstrip("-"), currency)
            allowed = {one.total for one in sums} | ({abs(statement.moved(currency))} if side == "all" else set())
            if told not in allowed:
                reason = (
                    f"The statement says its entries ({side}) come to {plain(told, currency)} {currency}, and they come "
                    f"to {plain(sums[0].total, currency)}; fetch it again."
                )
                yield Problem(source, statement.place, name, reason)


def _sums(statement: Statement, credits: tuple[bool, ...]) -> tuple[Tally, Tally]:
    """Everything, and only what is booked."""
    whole, booked = Tally(), Tally()
    for (_, is_credit, is_pending), tally in statement.tallies.items():
        if is_credit in credits:
            for one in (whole,) if is_pending else (whole, booked):
                one.count += tally.count
                one.total += tally.total
    return whole, booked
