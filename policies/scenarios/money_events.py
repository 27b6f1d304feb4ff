"""Events about money: paid, credited, returned, refunded."""

from collections.abc import Callable

from policies.play.events import Event, Money
from policies.scenarios.given import Given
from policies.scenarios.values import money
from policies.toml_values import text


def moved(action: str, *, sign: int = 1, credit: bool = False) -> Callable[[Given], list[Event]]:
    """Money of this action; what is returned or refunded takes a payment back."""

    def read(given: Given) -> list[Event]:
        table, names = given.table, _named(given)
        amount, currency = table.require(action, money(_currency(given, names)), (0, ""))
        return [
            Money(
                known=given.known, on=given.on, amount=sign * amount, currency=currency, names=names, key=given.key,
                credit=credit, mark=table.take("reference", text, ""),
            )
        ]  # fmt: skip

    return read


def _named(given: Given) -> tuple[str, ...]:
    """The invoices named; where the customer has only one, it need not be said."""
    if given.invoices:
        return given.invoices
    invoices = {one.invoice or one.number for one in given.party.owed}
    if len(invoices) != 1:
        known = ", ".join(sorted(invoices)) or "none"
        given.table.note("invoice", f"Say which invoice the money is for: the customer has {known}.")
    return tuple(invoices)


def _currency(given: Given, names: tuple[str, ...]) -> str:
    found = {one.currency for one in given.party.owed if one.number in names or one.invoice in names}
    return found.pop() if len(found) == 1 else ""
