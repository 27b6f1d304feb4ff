"""Who may be called what, which passwords are taken, how long sessions live, how failed sign-ins are paced, who starts what."""

from datetime import UTC, datetime, timedelta

import pytest

from policies.act_roles import ACT_ROLES, may_start
from policies.logins import RESERVED, login_wrong
from policies.password_rules import password_wrong
from policies.session_life import alive, to_be_noted
from policies.sign_in_pace import counted, rest_after, wait_words
from policies.staff import Role

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("login", ["marie", "m", "marie.d", "7of9", "a-b_c"])
def test_a_login_is_small_and_plain(login: str) -> None:
    assert login_wrong(login) == ""


@pytest.mark.parametrize(
    "login", ["", "Marie", "marie d", ".marie", "marie@nord.example", "é", "m" * 41, *sorted(RESERVED)]
)
def test_what_could_be_taken_for_somebody_else_is_no_login(login: str) -> None:
    assert login_wrong(login) != ""


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("elevenchars", "at least 12"),
        ("x" * 201, "at most 200"),
        ("aaaaaaaaaaaaaaaa", "repeats itself"),
        ("abababababababab", "repeats itself"),
        ("marie-2026-03", "holds the login"),
        ("horse battery staple", ""),
        ("my friend marie likes horses", ""),
    ],
)
def test_a_password_is_long_and_not_the_login(password: str, words: str) -> None:
    said = password_wrong(password, "marie")
    assert words in said
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("opened", "seen", "lives"),
    [
        (timedelta(0), timedelta(hours=11, minutes=59), True),
        (timedelta(0), timedelta(hours=12), False),
        (timedelta(days=6, hours=23), timedelta(0), True),
        (timedelta(days=7), timedelta(0), False),
    ],
)
def test_a_session_lives_half_a_day_unused_and_a_week_at_most(opened: timedelta, seen: timedelta, lives: bool) -> None:
    assert alive(NINE - max(opened, seen), NINE - seen, NINE) is lives


def test_use_is_written_down_once_a_minute() -> None:
    assert [to_be_noted(NINE, NINE + timedelta(seconds=one)) for one in (0, 59, 60)] == [False, False, True]


def test_failures_cost_nothing_then_twice_as_long_each_time_an_hour_at_most() -> None:
    assert [int(rest_after(n, 5).total_seconds()) for n in (1, 4, 5, 6, 7, 8, 12, 13, 1000)] == [
        0, 0, 15, 30, 60, 120, 1920, 3600, 3600,
    ]  # fmt: skip


def test_a_day_without_failures_forgets_them() -> None:
    assert [counted(9, NINE, NINE + timedelta(hours=one)) for one in (23, 24)] == [9, 0]


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 minute."), (60, "1 minute."), (61, "2 minutes."), (3600, "60 minutes.")]
)
def test_who_is_too_early_is_told_how_long_to_wait(seconds: int, words: str) -> None:
    assert wait_words(NINE + timedelta(seconds=seconds), NINE).endswith(f"try again in {words}")


@pytest.mark.parametrize("act", sorted(set(ACT_ROLES) - {"object"}))
def test_a_viewer_starts_nothing_and_an_admin_every_act(act: str) -> None:
    assert may_start(act, Role.VIEWER).startswith("As viewer you may not start this; it is for: ")
    assert may_start(act, Role.ADMIN) == ""


def test_what_keeps_a_claim_alive_is_started_by_who_may_go_to_court() -> None:
    assert [role for role in Role if not may_start("limitation-act", role)] == [Role.MANAGER, Role.LEGAL, Role.ADMIN]


def test_what_no_table_names_is_started_by_nobody() -> None:
    assert [may_start("reconcile", role) for role in Role] == [
        "Relance starts this by itself; nobody starts it by hand."
    ] * 5
