"""A command at work on the database: it is started if need be, its tables are known, and it is let go afterwards."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from cli.home import open_home
from cli.postgres import database
from cli.refusal import Refusal
from policies.problems import Problem
from policies.stages import Channel

Answer = TypeVar("Answer")


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
        language = await house_language()
        _speak(language)
        return await work(), language
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


def actor(name: str) -> str:
    """Who does it: the name given, else the person at this terminal."""
    return name.strip() or "local"
