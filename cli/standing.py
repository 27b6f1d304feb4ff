"""`relance status` and `relance reconcile`."""

import os
from typing import Annotated

import typer

from cli.at_work import at_work
from cli.holding import holder
from cli.home import open_home
from cli.live_words import live_words
from cli.prefect_settings import prefect_environment
from cli.printing import clean, fields_of, print_json, print_table
from cli.refusal import Refusal
from storage.bank_positions import Account
from storage.going_live import LiveState
from storage.signatures import ALONE_ADVICE
from storage.status import Status


def status(json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """How things stand: cases, questions, doubts, imports."""
    from storage import clock
    from storage.going_live import live_states
    from storage.status import status as standing

    async def work() -> tuple[Status, tuple[LiveState, ...]]:
        at = await clock.now()
        return await standing(at), await live_states(at)

    (found, live), up = at_work(work), holder(open_home())
    if json:
        imports = [fields_of(one) for one in found.imports]
        problems = [{"case": case, "problem": words} for case, words in found.problems]
        accounts = [fields_of(one) for one in found.accounts]
        unchosen = [fields_of(one) for one in found.unchosen]
        told = {
            "imports": imports,
            "problems": problems,
            "accounts": accounts,
            "unchosen": unchosen,
            "alone": [fields_of(one) for one in found.alone],
            "running": up is not None,
            "live_states": [fields_of(one) for one in live],
        }
        print_json(fields_of(found) | told)
        return
    _tell(found, live, up.desk if up else None)


def _tell(found: Status, live: tuple[LiveState, ...], desk: int | None) -> None:
    print(f"Running at http://127.0.0.1:{desk}." if desk else "Not running: ./relance up starts it.")
    for state in live:
        print(clean(f"{state.name}: {live_words(state)}" if len(live) > 1 else live_words(state)))
    if not found.collecting:
        print("Collecting is switched off.")
    print_table(
        ["Cases", "Count"], [(name.replace("_", " "), n) for name, n in found.cases.items()], "There are no cases."
    )
    asked = ", ".join(f"{name} {count}" for name, count in found.asked_of.items())
    print(f"\n{found.invoices_without_case} unpaid invoices without a case · {found.on_hold} on hold")
    print(
        f"{found.questions} questions wait{f' ({asked})' if asked else ''} · "
        f"{found.ambiguous} messages may or may not have left"
    )
    print(f"{found.unmatched} bank lines without an invoice · {found.unread} messages came back and wait to be read")
    _tell_sources(found)


def _tell_sources(found: Status) -> None:
    """What was read when, and what is wrong with it."""
    for one in found.imports:
        print(
            f"Last {one.kind}: {one.source}, position of {one.position_on}, read {one.recorded_at:%Y-%m-%d %H:%M} UTC"
        )
    for account in found.accounts:
        print(clean(_known(account)))
    if not found.accounts:
        print("No bank file was ever read: what is paid is known from the invoices' files only.")
    for left_out in found.unchosen:
        print(clean(f"{left_out.count} late invoices are not collected, such as {left_out.example}: {left_out.why}"))
    for waits in found.alone:
        print(clean(f"{waits.words}. {ALONE_ADVICE}"))
    for case, words in found.problems:
        print(f"Case {case} is in trouble: {words}")


def _known(account: Account) -> str:
    """*Bank FR76…: known through 2026-03-05, 1 bank day old*."""
    said = f" (looked at by {account.said_by})" if account.said_by else ""
    age = "no longer used" if account.closed else f"{account.age} bank day{'s' if account.age != 1 else ''} old"
    return f"Bank {account.account or 'without account number'}: known through {account.through}{said}, {age}"


def reconcile() -> None:
    """Make sure every open case has exactly one live run."""
    home = open_home()
    up = holder(home)
    if up is None:
        raise Refusal("Relance is not running: ./relance up starts it, and reconciles first of all.")
    os.environ.update(prefect_environment(home.path, up.desk, home.secrets()))
    print(at_work(_reconcile))


async def _reconcile() -> str:
    from prefect.client.orchestration import get_client

    from flows import registered
    from flows.reconcile import reconcile_once

    async with get_client() as client:
        registered.remember({one.name: one.id for one in await client.read_deployments(limit=200)})
        return await reconcile_once(client)
