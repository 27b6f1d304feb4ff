"""Accounts, links, tokens and failed sign-ins in the database."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from policies.staff import Role, Signer
from storage import accounts, api_tokens, desk_refusals, desk_sessions, desk_starts, sign_in_guard
from storage.session import reading, transaction

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database_url")


async def made(login: str, role: Role = Role.AGENT) -> accounts.Account:
    """An account of this role."""
    assert await accounts.add(login, login.title(), "", "fr", role, "admin", NINE) == []
    found = await accounts.find(login)
    assert found is not None
    return found


async def told() -> list[tuple[str, str, str]]:
    """What was done to whose account, by whom."""
    statement = text(
        "SELECT p.login, c.actor, c.what FROM account_change c JOIN person p ON p.id = c.person_id ORDER BY c.id"
    )
    async with reading() as connection:
        return [tuple(row) for row in await connection.execute(statement)]


async def test_a_house_gets_its_first_admin_once_under_the_name_it_wants() -> None:
    first = await accounts.ensure_first_admin("chef", NINE)
    again = await accounts.ensure_first_admin("admin", NINE)
    assert (first.login, first.role, again) == ("chef", Role.ADMIN, first)
    assert [one.login for one in await accounts.listed()] == ["chef"]


async def test_a_login_is_given_once() -> None:
    await made("marie")
    problems = await accounts.add("marie", "", "", "en", Role.ADMIN, "admin", NINE)
    assert [one.reason for one in problems] == ["There is an account marie already, or there was one."]


async def test_the_last_admin_is_neither_disabled_nor_made_something_else() -> None:
    await accounts.ensure_first_admin("chef", NINE)
    for wanted in ({"disabled_at": NINE}, {"role": Role.AGENT}):
        problems = await accounts.change("chef", wanted, "chef", NINE)
        assert [one.reason for one in problems] == ["chef is the only admin: make somebody else admin first."]
    await made("marie", Role.ADMIN)
    assert await accounts.change("chef", {"disabled_at": NINE}, "marie", NINE) == []


async def test_two_admins_who_disable_each_other_leave_one() -> None:
    await made("anna", Role.ADMIN)
    await made("bob", Role.ADMIN)
    both = await asyncio.gather(
        accounts.change("anna", {"disabled_at": NINE}, "bob", NINE),
        accounts.change("bob", {"disabled_at": NINE}, "anna", NINE),
    )
    assert sorted(len(problems) for problems in both) == [0, 1]


async def test_what_is_done_to_an_account_is_written_down() -> None:
    marie = await made("marie")
    await accounts.change("marie", {"role": Role.MANAGER, "email": "m@nord.example"}, "admin", NINE)
    await accounts.change("marie", {"role": Role.MANAGER}, "admin", NINE)
    await accounts.set_password(marie.id, "hash", "marie", NINE)
    assert await told() == [
        ("marie", "admin", "added as agent"),
        ("marie", "admin", "email; role: manager"),
        ("marie", "marie", "password set"),
    ]


async def test_an_absence_has_a_first_and_a_last_day() -> None:
    await made("marie")
    first, last = date(2026, 4, 6), date(2026, 4, 10)
    for wanted in ({"absent_from": first}, {"absent_from": last, "absent_until": first}):
        problems = await accounts.change("marie", wanted, "admin", NINE)
        assert [one.reason for one in problems] == ["Say the first and the last day of the absence, in this order."]
    assert await accounts.change("marie", {"absent_from": first, "absent_until": last}, "admin", NINE) == []
    assert await accounts.change("marie", {"absent_from": None, "absent_until": None}, "admin", NINE) == []


async def test_who_is_disabled_has_no_session_link_or_token_left() -> None:
    marie = await made("marie")
    key = await desk_sessions.open_session(marie.id, NINE)
    link = await desk_sessions.new_link(marie.id, "admin", NINE)
    token = await api_tokens.make_token(marie.id, "nightly", timedelta(days=9), "marie", NINE)
    assert key is not None
    await accounts.change("marie", {"disabled_at": NINE}, "admin", NINE)
    await accounts.change("marie", {"disabled_at": None}, "admin", NINE)
    assert await desk_sessions.signed_in(key, NINE) is None
    assert await desk_sessions.redeem(link, NINE) is None
    assert await api_tokens.token_holder(token, NINE) is None


async def test_a_new_password_ends_sessions_and_links_but_no_token() -> None:
    marie = await made("marie")
    key = await desk_sessions.open_session(marie.id, NINE)
    token = await api_tokens.make_token(marie.id, "nightly", timedelta(days=9), "marie", NINE)
    assert key is not None
    await accounts.set_password(marie.id, "hash", "marie", NINE)
    holder = await api_tokens.token_holder(token, NINE)
    assert (await desk_sessions.signed_in(key, NINE), holder and holder.login) == (None, "marie")


async def test_a_link_lets_in_one_of_two_who_open_it_at_once() -> None:
    marie = await made("marie")
    link = await desk_sessions.new_link(marie.id, "admin", NINE)
    both = await asyncio.gather(desk_sessions.redeem(link, NINE), desk_sessions.redeem(link, NINE))
    assert sorted(str(one) for one in both) == sorted(["None", str(marie.id)])


async def test_many_tries_at_once_are_many_tries() -> None:
    tries = await asyncio.gather(*(sign_in_guard.try_now("marie", f"192.0.2.{n}", NINE) for n in range(9)))
    assert sum(one is None for one in tries) == 5
    assert await sign_in_guard.try_now("marie", "192.0.2.99", NINE + timedelta(seconds=14)) is not None
    assert await sign_in_guard.try_now("marie", "192.0.2.99", NINE + timedelta(seconds=15)) is None


async def test_one_address_that_tries_many_logins_has_to_wait_too() -> None:
    tries = [await sign_in_guard.try_now(f"login{n}", "192.0.2.7", NINE) for n in range(21)]
    assert [one is None for one in tries] == [True] * 20 + [False]
    assert await sign_in_guard.try_now("login1", "192.0.2.8", NINE) is None


async def test_the_right_password_forgets_the_failures_of_its_login() -> None:
    for _ in range(4):
        assert await sign_in_guard.try_now("marie", "192.0.2.7", NINE) is None
    await sign_in_guard.went_well("marie", "192.0.2.7", NINE)
    assert [await sign_in_guard.try_now("marie", "192.0.2.7", NINE) for _ in range(5)] == [None] * 5


async def test_what_was_typed_as_a_login_is_not_kept() -> None:
    await sign_in_guard.try_now("my password by mistake", "192.0.2.7", NINE)
    async with reading() as connection:
        subjects = (await connection.execute(text("SELECT string_agg(subject, ' ') FROM sign_in_guard"))).scalar_one()
    assert "password" not in subjects


@pytest.mark.parametrize("key", [None, "", "desk:", "desk:1x", "desk:999", "case-1-1", "1", "desk:" + "9" * 30])
async def test_a_run_with_a_key_nobody_wrote_down_was_started_by_no_person(key: str | None) -> None:
    await desk_starts.start_by(Signer("marie", Role.AGENT), "note", NINE)
    assert await desk_starts.started_by(key, "note") is None


async def test_a_start_counts_for_the_act_it_was_written_for() -> None:
    key = await desk_starts.start_by(Signer("marie", Role.AGENT), "note", NINE)
    assert await desk_starts.started_by(key, "note") == Signer("marie", Role.AGENT)
    assert await desk_starts.started_by(key, "hold") is None


async def test_a_start_is_carried_out_once_whoever_wakes_its_run_again() -> None:
    key = await desk_starts.start_by(Signer("marie", Role.AGENT), "write-to-customer", NINE)
    other = await desk_starts.start_by(Signer("marie", Role.AGENT), "write-to-customer", NINE)
    assert [await desk_starts.carry_out(one) for one in (key, key, other, key, "case-1-1", None)] == [
        True, False, True, False, False, False,
    ]  # fmt: skip


async def test_an_answer_to_a_run_that_asks_nothing_leaves_no_row() -> None:
    await desk_refusals.refuse_answer(uuid4(), "service", "service", {"decision": "send"}, "A person answers.")
    async with reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM answer")) == 0


@pytest.mark.parametrize("table", ["desk_start", "desk_refusal", "account_change"])
async def test_what_was_written_down_is_neither_changed_nor_taken_away(table: str) -> None:
    for statement in (f"UPDATE {table} SET at = at", f"DELETE FROM {table}"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with transaction() as connection:
                await connection.execute(text(statement))
