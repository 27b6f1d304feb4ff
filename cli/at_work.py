"""A command at work on the database: it is started if need be, its tables are known, and it is let go afterwards."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TypeVar

from cli.entry import admin_login
from cli.home import open_home
from cli.postgres import database
from cli.refusal import Refusal
from cli.typed import typed
from policies.command_roles import ALSO_LOOKS, may_run
from policies.problems import Problem
from policies.staff import Role, Signer
from policies.stages import Channel

Answer = TypeVar("Answer")
_SIGNER: ContextVar[Signer] = ContextVar("signer")


class NotForThisRole(Refusal):
    """Whoever acts here may not do this; it is written down."""


def at_work(work: Callable[[], Awaitable[Answer]], *, first_import: bool = False) -> Answer:
    """Do `work` with the database at hand. A first import makes the tables where there are none yet."""
    home = open_home()
    os.environ["RELANCE_HOME"] = str(home.path)  # where policies and laws of your own stand
    with database(home, _say) as urls:
        answer, language = asyncio.run(_do(work, urls.owner if first_import else None))
    _speak(language)
    return answer


async def _do(work: Callable[[], Awaitable[Answer]], owner: str | None) -> tuple[Answer, str]:
    from storage.migrate import check_schema, migrate_now
    from storage.session import disconnect
    from storage.staff_catalogue import house_language

    try:
        if owner is not None and await _empty():
            _say("Making the tables (once)")
            await migrate_now(owner)
        await check_schema()
        _SIGNER.set(await _whoever_is_here())
        language = await house_language()
        _speak(language)
        command = typed()
        if command not in ALSO_LOOKS:
            _judge(command)
        return await work(), language
    except NotForThisRole as refused:
        await _write_down(str(refused))
        raise
    finally:
        await disconnect()


def _speak(language: str) -> None:
    """What a command asks people is written in the house's language; so are the answers they may give."""
    from tasks.staff_text import speak

    speak(language)


async def _empty() -> bool:
    from sqlalchemy import text

    from storage.session import reading

    async with reading() as connection:
        return bool(await connection.scalar(text("SELECT to_regclass('alembic_version') IS NULL")))


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def refuse(problems: Sequence[Problem]) -> Refusal:
    """All problems as the sentences of a refusal."""
    return Refusal("\n".join(_sentence(problem) for problem in problems))


def _sentence(problem: Problem) -> str:
    if problem.source in ("form", "command", "settings"):
        return (
            problem.reason
            if problem.field in ("", "case", "customer", "invoice")
            else f"{problem.field}: {problem.reason}"
        )
    return str(problem)


def channels() -> frozenset[Channel]:
    """Channels that have credentials, as the dispatcher sees them."""
    from tasks.twilio_client import twilio_account_from

    sms = {Channel.SMS} if twilio_account_from(os.environ) is not None else set()
    return frozenset({Channel.EMAIL, *sms})


def actor(name: str = "") -> str:
    """The login in whose name this terminal acts. `name` may repeat it; it is never another's.

    Whoever can read the keys of the house acts as its first admin; with a token in RELANCE_TOKEN as its holder.
    """
    _judge(typed())
    return named(name).name


def _judge(command: str) -> None:
    """A token's role counts for every command; without a command nobody is at the terminal."""
    if command and (refusal := may_run(command, signer().role)):
        raise NotForThisRole(refusal)


async def _write_down(why: str) -> None:
    """Beside what the desk refused: who may not do what they tried here."""
    from storage.desk_refusals import Refusal as Refused
    from storage.desk_refusals import record

    found = signer()
    await record(Refused(datetime.now(UTC), found.name, found.role.value, "terminal", typed() or "a command", why))


def named(name: str) -> Signer:
    """Who acts at this terminal, if that is who `name` says (empty: whoever it is)."""
    found = signer()
    if name.strip() and name.strip().lower() != found.name:
        raise Refusal(
            f"You act as {found.name} here. To act as somebody else, set RELANCE_TOKEN to a token of that person: "
            "./relance user token LOGIN makes one."
        )
    return found


def signer(*roles: Role) -> Signer:
    """Who acts at this terminal, and in which role; refused where it is none of `roles` (none given: any)."""
    found = _SIGNER.get()
    if roles and found.role not in roles:
        raise NotForThisRole(f"As {found.role.value} you may not do this; nothing was done.")
    return found


async def _whoever_is_here() -> Signer:
    token = os.environ.get("RELANCE_TOKEN", "").strip()
    if not token:
        from storage.accounts import first_admin

        found = await first_admin()
        return found.signer if found is not None else Signer(admin_login(), Role.ADMIN)
    from storage.api_tokens import token_holder

    holder = await token_holder(token, datetime.now(UTC))
    if holder is None:
        raise Refusal("RELANCE_TOKEN is no token of this house, or it was revoked or has ended.")
    return Signer(holder.login, holder.role)
