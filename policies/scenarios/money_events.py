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
        amount, currency = table.require(action, money(given.currency), (0, ""))
        return [
            Money(
                known=given.known, on=given.on, amount=sign * amount, currency=currency, names=names, key=given.key,
                credit=credit, mark=table.take("reference", text, ""),
            )
        ]  # fmt: skip

    return read


def _named(given: Given) -> tuple[str, ...]:
    """The invoices named; where there is only one, it need not be said."""
    if not given.invoices and len(given.each) != 1:
        known = ", ".join(sorted(given.each)) or "none"
        given.table.note("invoice", f"Say which invoice the money is for: the customer has {known}.")
    return given.each
