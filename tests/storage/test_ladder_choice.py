"""Each invoice climbs the ladder chosen for it: invoice, customer, segment, creditor, country; nobody's is not collected."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from policies.case import DebtorKind
from policies.ladder import Ladder
from storage import customers, opening, pinning, policy_rules
from storage.creditor import ensure_creditor
from storage.policy_rules import Assigned, Rule
from storage.unchosen import unchosen
from tests.storage.books import NOON, bill, customer, do, invoice, rows

pytestmark = pytest.mark.usefixtures("database_url")
SHIPPED = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")


def ladder(id: str, **changes: str) -> str:
    text = SHIPPED.replace('id = "fr-b2b"', f'id = "{id}"')
    for was, now in changes.items():
        text = text.replace(was, now)
    return text


async def pin(text: str) -> Ladder:
    found = await pinning.pin_file(text.encode(), "mine.toml", (await ensure_creditor()).id, "anne", NOON)
    assert isinstance(found, Ladder), found
    return found


async def climbing(at: datetime = NOON) -> list[tuple[str, str, str]]:
    """Invoice, ladder and who chose it, of every case there is after opening what is due."""
    await opening.open_due(at)
    found = await rows(
        "SELECT i.number, p.ladder, j.facts ->> 'chosen_by' FROM cases c JOIN invoice i ON i.id = c.invoice_id "
        "JOIN policy p ON p.hash = c.policy_hash JOIN journal j ON j.chain = 'case:' || c.id AND j.kind = 'opened' "
        "ORDER BY i.number"
    )
    return [(row[0], row[1], row[2]) for row in found]


async def test_the_nearest_choice_counts() -> None:
    us = (await ensure_creditor()).id
    for id in ("of-invoice", "of-customer", "of-segment"):
        await pin(ladder(id))
    await bill(
        invoice("FA-1", "2026-02-10", 10_000, policy="of-invoice"),
        invoice("FA-2", "2026-02-10", 10_000),
        invoice("FA-3", "2026-02-10", 10_000, customer_number="C3"),
        invoice("FA-4", "2026-02-10", 10_000, customer_number="C4"),
        invoice("FA-5", "2026-02-10", 10_000, customer_number="C5", country="DE"),
    )
    known = [
        customer("C1", "Dupont SARL", policy="of-customer", segment="retail"),
        customer("C3", "Roy", segment="retail"),
    ]
    await customers.import_customers(known, "erp", "0" * 64, us, NOON)
    await policy_rules.set_rule(us, Rule("retail", "", "", "of-segment"), "anne", NOON)
    assert await climbing() == [
        ("FA-1", "of-invoice", "invoice"),
        ("FA-2", "of-customer", "customer"),
        ("FA-3", "of-segment", "segment"),
        ("FA-4", "fr-b2b", "creditor"),
        ("FA-5", "de-b2b", "country"),
    ]


async def test_of_two_rules_the_gentler_counts() -> None:
    us = (await ensure_creditor()).id
    await bill(invoice("FA-1", "2026-02-10", 10_000))
    await customers.import_customers([customer("C1", "Dupont SARL", segment="retail")], "erp", "0" * 64, us, NOON)
    await policy_rules.set_rule(us, Rule("retail", "", "", "fr-b2b"), "anne", NOON)
    await policy_rules.set_rule(us, Rule("", "FR", "business", "key-account"), "anne", NOON)
    assert await climbing() == [("FA-1", "key-account", "segment")]


async def test_a_rule_is_replaced_and_ended() -> None:
    us = (await ensure_creditor()).id
    rule = Rule("", "FR", "", "key-account")
    assert await policy_rules.set_rule(us, rule, "anne", NOON) == Assigned("customers in FR", "key-account", 0)
    await policy_rules.set_rule(us, Rule("", "FR", "", "fr-b2b"), "anne", NOON)
    assert await policy_rules.rules(us) == (Rule("", "FR", "", "fr-b2b"),)
    await policy_rules.set_rule(us, Rule("", "FR", "", ""), "anne", NOON)
    assert await policy_rules.rules(us) == ()


async def test_a_consumer_never_climbs_a_ladder_for_businesses() -> None:
    await bill(invoice("FA-1", "2026-02-10", 10_000, customer_kind=DebtorKind.CONSUMER))
    assert await climbing() == [("FA-1", "fr-consumer", "country")]


async def test_what_nobody_knows_a_policy_for_is_not_collected_and_told() -> None:
    await bill(
        invoice("FA-1", "2026-02-10", 10_000, policy="vip"),
        invoice("FA-2", "2026-02-10", 10_000, customer_number="C2", country="JP"),
        invoice("FA-3", "2026-02-10", 10_000, customer_number="C3", country="JP"),
        invoice("FA-4", "2026-03-31", 10_000, customer_number="C3", country="JP"),
        invoice("FA-5", "2026-02-10", 10_000),
    )
    assert await climbing() == [("FA-5", "fr-b2b", "creditor")]
    assert [(one.count, one.example, one.why) for one in await unchosen(NOON)] == [
        (2, "FA-2", "fr-b2b, chosen by the creditor for everybody, is for FR, and the customer's law is not known."),
        (1, "FA-1", "There is no policy “vip”."),
    ]
    await pin(ladder("vip"))
    done = await policy_rules.assign_to_customer((await ensure_creditor()).id, "C2", "key-account", "anne", NOON)
    assert isinstance(done, Assigned)
    assert await climbing() == [
        ("FA-1", "vip", "invoice"),
        ("FA-2", "key-account", "customer"),
        ("FA-5", "fr-b2b", "creditor"),
    ]


async def test_an_unknown_policy_farther_away_than_the_one_chosen_does_no_harm() -> None:
    await bill(invoice("FA-1", "2026-02-10", 10_000, policy="fr-b2b"))
    await do("UPDATE customer SET policy = 'nobody'")
    assert await climbing() == [("FA-1", "fr-b2b", "invoice")]


async def test_each_invoice_is_opened_on_the_first_day_of_its_own_ladder() -> None:
    await pin(ladder("early", **{"offset = -5": "offset = -20"}))
    await bill(
        invoice("FA-1", "2026-03-20", 10_000),
        invoice("FA-2", "2026-03-20", 10_000, policy="early"),
        invoice("FA-3", "2026-03-07", 10_000),
    )
    assert [one[0] for one in await climbing()] == ["FA-2", "FA-3"]
    next_one = await opening.next_opening(NOON)
    assert next_one == datetime(2026, 3, 14, 23, tzinfo=UTC)
    assert await opening.open_due(datetime(2026, 3, 14, 12, tzinfo=UTC)) == ()
    assert [one[0] for one in await climbing(datetime(2026, 3, 15, 12, tzinfo=UTC))] == ["FA-1", "FA-2", "FA-3"]


async def test_the_next_case_is_opened_when_its_day_begins_where_its_customer_is() -> None:
    await bill(invoice("FA-1", "2026-03-19", 10_000), invoice("FA-2", "2026-03-20", 10_000, customer_number="C2"))
    await do("UPDATE customer SET zone = 'Pacific/Pago_Pago' WHERE number = 'C1'")
    await do("UPDATE customer SET zone = 'Pacific/Kiritimati' WHERE number = 'C2'")
    begins = datetime(2026, 3, 14, 10, tzinfo=UTC)  # the 15th on Kiritimati, still the 13th on Samoa
    assert await opening.next_opening(NOON) == begins
    assert await opening.open_due(begins - timedelta(minutes=1)) == ()
    assert [one[0] for one in await climbing(begins)] == ["FA-2"]


async def test_cases_are_opened_in_the_order_of_their_due_dates_so_many_at_a_time() -> None:
    await bill(*(invoice(f"FA-{day}", f"2026-02-{day:02}", 10_000) for day in (5, 3, 4, 1, 2)))
    assert len(await opening.open_due(NOON, limit=3)) == 3
    assert len(await opening.open_due(NOON, limit=3)) == 2
    found = await rows(
        "SELECT i.due, c.opened_on, i.case_opened FROM cases c JOIN invoice i ON i.id = c.invoice_id ORDER BY c.id"
    )
    assert found == [(date(2026, 2, day), date(2026, 3, 2), True) for day in (1, 2, 3, 4, 5)]


async def test_a_file_of_ones_own_is_followed_by_its_name_until_a_version_is_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    own = tmp_path / "policies" / "house.toml"
    own.parent.mkdir()
    own.write_text(ladder("house"), encoding="utf-8")
    await bill(invoice("FA-1", "2026-02-10", 10_000, policy="house"))
    assert await climbing() == [("FA-1", "house", "invoice")]
    pinned = await pin(ladder("house", **{"offset = 12": "offset = 15"}))
    await bill(invoice("FA-2", "2026-02-10", 10_000, policy="house"))
    await opening.open_due(NOON)
    hashes = await rows("SELECT c.policy_hash FROM cases c JOIN invoice i ON i.id = c.invoice_id ORDER BY i.number")
    assert hashes[0] != hashes[1]
    assert hashes[1] == (pinned.hash,)


async def test_a_broken_file_of_ones_own_holds_its_invoices_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    own = tmp_path / "policies" / "house.toml"
    own.parent.mkdir()
    own.write_text(ladder("house", **{"gap = 4": "gap = -4"}), encoding="utf-8")
    await bill(invoice("FA-1", "2026-02-10", 10_000, policy="house"), invoice("FA-2", "2026-02-10", 10_000))
    assert await climbing() == [("FA-2", "fr-b2b", "creditor")]
    (waiting,) = await unchosen(NOON)
    assert (waiting.count, waiting.why.startswith("house.toml:")) == (1, True)


async def test_a_choice_is_taken_back_and_live_cases_keep_theirs() -> None:
    us = (await ensure_creditor()).id
    await bill(invoice("FA-1", "2026-02-10", 10_000), invoice("FA-2", "2026-03-31", 10_000))
    await climbing()
    assert await policy_rules.assign_to_customer(us, "C1", "key-account", "anne", NOON) == Assigned(
        "Dupont SARL", "key-account", 1
    )
    assert await policy_rules.assign_to_invoice(us, "FA-2", "key-account", "anne", NOON) == Assigned(
        "FA-2", "key-account", 0
    )
    assert await policy_rules.assign_to_customer(us, "C1", "", "anne", NOON) == Assigned("Dupont SARL", "", 1)
    assert await rows("SELECT policy FROM customer") == [("",)]
    assert await climbing(datetime(2026, 4, 2, 12, tzinfo=UTC)) == [
        ("FA-1", "fr-b2b", "creditor"),
        ("FA-2", "key-account", "invoice"),
    ]


async def test_a_policy_is_chosen_by_an_id_that_is_known() -> None:
    us = (await ensure_creditor()).id
    pinned = await pin(ladder("house"))
    for policy, reason in (
        ("nobody", "There is no policy “nobody”; pin its file first: ./relance policy pin FILE."),
        (pinned.hash[:12], f"“{pinned.hash[:12]}” is one version of house: choose a policy by its id."),
    ):
        found = await policy_rules.assign_to_all(us, policy, "anne", NOON)
        assert isinstance(found, list)
        assert [one.reason for one in found] == [reason]


async def test_a_later_file_that_says_nothing_of_a_policy_leaves_it() -> None:
    await bill(invoice("FA-1", "2026-02-10", 10_000, policy="key-account"))
    counts = await bill(invoice("FA-1", "2026-02-10", 10_000))
    assert (counts.changed, counts.unchanged) == (0, 1)
    assert await rows("SELECT policy FROM invoice") == [("key-account",)]
