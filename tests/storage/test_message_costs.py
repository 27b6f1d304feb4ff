"""What a message cost is kept where somebody named a price, and added up by currency."""

import pytest

from storage import outbox
from storage.customer_views import CustomerView, show_customer
from storage.message_costs import record_cost
from storage.session import transaction
from tests.storage.books import NOON, bill, do, invoice

pytestmark = pytest.mark.usefixtures("database_url")


async def test_costs_are_told_by_message_and_summed_by_currency() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await do(
        "INSERT INTO message (creditor_id, customer_id, currency, stage, window_on, channel, state, route, raw, "
        "calculated_at, handed_at) SELECT creditor_id, id, 'EUR', stage, '2026-03-02', 'sms', 'confirmed', 'live', '', "
        ":at, :at FROM customer, unnest(ARRAY['courtesy_reminder', 'second_reminder', 'formal_notice']) AS stage",
        at=NOON,
    )
    async with transaction() as connection:
        await record_cost(connection, 1, 7, "EUR")
        await record_cost(connection, 2, 99, "USD")
        await record_cost(connection, 2, 2, "USD")
    assert [(one.cost, one.cost_currency) for one in await outbox.messages()] == [(7, "EUR"), (2, "USD"), (None, "")]
    found = await show_customer("C1", NOON)
    assert isinstance(found, CustomerView)
    assert found.costs == {"EUR": 7, "USD": 2}
