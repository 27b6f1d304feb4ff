"""What customers owe and have ordered against their limits, as the terminal shows it; `relance report exposure`."""

from typing import Any

from cli.at_work import at_work
from cli.printing import money, print_json, print_table
from policies.credit_exposure import CreditExposure
from policies.money import plain
from storage.credit_exposures import AboveLimit


def report_exposure(*, as_json: bool) -> None:
    """Customers above their limit, the farthest above first."""
    found = at_work(_above)
    if as_json:
        print_json([{"customer": one.customer, "name": one.name, **exposure_json(one.exposure)} for one in found])
        return
    rows = [(one.customer, one.name, *_figures(one.exposure)) for one in found]
    heads = ["Customer", "Name", "Overdue", "Not yet due", "Orders", "Exposure", "Limit", "Above"]
    print_table(heads, rows, "No customer is above its credit limit.")


def exposure_line(one: CreditExposure) -> str:
    """*Exposure 150.00 EUR: 100.00 EUR overdue, …; limit 120.00 EUR, exceeded by 30.00 EUR*."""
    orders = f"{money(one.orders, one.currency)} ordered{f' on {one.orders_on}' if one.orders_on else ''}"
    limit = "no limit agreed" if one.limit is None else f"limit {money(one.limit, one.currency)}"
    above = f", exceeded by {money(one.above, one.currency)}" if one.above else ""
    overdue, not_due = money(one.overdue, one.currency), money(one.not_due, one.currency)
    return (
        f"Exposure {money(one.total, one.currency)}: {overdue} overdue, {not_due} not yet due, {orders}; {limit}{above}"
    )


def exposure_json(one: CreditExposure) -> dict[str, Any]:
    """An exposure for other programs."""
    limit = None if one.limit is None else plain(one.limit, one.currency)
    amounts = {
        "overdue": one.overdue,
        "not_due": one.not_due,
        "orders": one.orders,
        "exposure": one.total,
        "above": one.above,
    }
    return {
        "currency": one.currency, **{name: plain(amount, one.currency) for name, amount in amounts.items()},
        "limit": limit, "orders_on": one.orders_on,
    }  # fmt: skip


def _figures(one: CreditExposure) -> tuple[str, ...]:
    amounts = (one.overdue, one.not_due, one.orders, one.total, one.limit or 0, one.above)
    return tuple(money(amount, one.currency) for amount in amounts)


async def _above() -> tuple[AboveLimit, ...]:
    from storage import clock, credit_exposures

    return await credit_exposures.above_limits(await clock.now())
