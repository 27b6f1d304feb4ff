"""`relance live on|off`: from the local sink to debtors, and back at once."""

import os
import sys
from datetime import datetime
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.refusal import Refusal
from storage.creditor import Creditor
from storage.going_live import FIRST_DAY, LiveState
from tasks.relay import Relay

app = typer.Typer(help="Send to debtors (on), or to the local sink only (off).")
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who switches.", show_default="you")]
TEST = "The test message to {to}"


@app.command(name="on")
def live_on(
    creditor: Annotated[
        str, typer.Option("--creditor", metavar="NAME", help="The company's name, as `creditor show` has it; else it is asked for.")
    ] = "",
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NUMBER", help="Only to this customer; several times for several. More may be added later.")
    ] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="Lift a list of customers without being asked.")] = False,
    first_day: Annotated[
        int, typer.Option("--first-day", min=1, max=1_000_000, metavar="N", help="Messages that may leave on the first day; twice as many on each day after it.")
    ] = FIRST_DAY,
    by: As = "",
) -> None:  # fmt: skip
    """From now on messages go to debtors; one test message goes to you first."""
    relay, wanted = _relay(), tuple(only or ())
    _say_what_is_missing()
    known, state = at_work(_known)
    _refuse_what_is_missing(known)
    _same_name(known.name, creditor or _typed("The company's name, to switch on"))
    if state.live and state.limited and not wanted and not everybody:
        _confirm_everybody(state)
    listed = at_work(lambda: _switch_on(known, relay, wanted, first_day, actor(by)))
    whom = f"{', '.join(listed)} only; everything else stays in the sink" if listed else "every debtor"
    print(f"{TEST.format(to=known.email)} was taken. Messages go to {whom}.")
    print(
        f"At most {first_day} leave today, twice as many on each day after it; after seven such days nothing is limited.\n"
        "What only the sink had of those who now hear is sent again, from the first step nobody heard of; gaps hold."
    )


@app.command(name="off")
def live_off(
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="NUMBER", help="Only take this customer off the list.")
    ] = None,
    by: As = "",
) -> None:
    """From now on every message goes to the local sink, also what is already prepared."""
    if customer:
        at_work(lambda: _take_off(tuple(customer), actor(by)))
        print(f"Messages to {', '.join(customer)} go to the local sink only.")
        return
    means = "Messages go to the local sink only."
    print(means if at_work(lambda: _switch_off(actor(by))) else f"Nothing changed. {means}")


def _relay() -> Relay:
    """The server that carries our e-mail; without one nothing can go live."""
    from tasks.relay import EXAMPLE, relay_from

    url = os.environ.get("RELANCE_SMTP_URL", "").strip()
    if not url:
        raise Refusal(
            f"No mail server is set, so nothing could leave: set RELANCE_SMTP_URL here and where `up` runs, such as {EXAMPLE}."
        )
    relay = relay_from(url)
    if isinstance(relay, list):
        raise Refusal("\n".join(f"RELANCE_SMTP_URL: {problem.reason}" for problem in relay))
    return relay


async def _known() -> tuple[Creditor, LiveState]:
    from storage import clock
    from storage.creditor import ensure_creditor
    from storage.going_live import live_states

    known = await ensure_creditor()
    state = next(one for one in await live_states(await clock.now()) if one.creditor == known.id)
    return known, state


def _refuse_what_is_missing(known: Creditor) -> None:
    from tasks.trial_message import what_is_missing

    if problems := what_is_missing(known):
        raise refuse(problems)


def _typed(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refusal("Say whose messages go live: --creditor NAME, as ./relance creditor show has it.")
    return str(typer.prompt(question))


def _same_name(name: str, typed: str) -> None:
    if typed.strip() != name.strip():
        raise Refusal(
            f"“{typed.strip()}” is not the name of this creditor: nothing was switched. See ./relance creditor show."
        )


def _confirm_everybody(state: LiveState) -> None:
    listed = ", ".join(state.only) or "nobody"
    if not sys.stdin.isatty():
        raise Refusal(
            f"So far only {listed} may hear from you: say --only for more of them, or --everybody to lift the list."
        )
    if not typer.confirm(f"So far only {listed} may hear from you. From now on every debtor will. Go on?"):
        raise Refusal("Nothing was switched.")


async def _switch_on(known: Creditor, relay: Relay, only: tuple[str, ...], first_day: int, by: str) -> tuple[str, ...]:
    """Send the test message, and switch on only if the server took it."""
    import hashlib

    from policies.case import EffectState
    from storage import clock, going_live
    from tasks.trial_message import trial, try_out

    at = await clock.now()
    if problems := await going_live.strangers(known.id, only):
        raise refuse(problems)
    message = trial(known, at)
    digest, handed = hashlib.sha256(message.raw).hexdigest(), await try_out(message, relay)
    if handed.state is not EffectState.CONFIRMED:
        facts = {"actor": by, "state": handed.state.value, "test": digest}
        await going_live.note_test(known.id, facts, at)
        raise Refusal(_not_taken(known.email, handed.state is EffectState.AMBIGUOUS, handed.words))
    done = await going_live.go_live(known.id, only, first_day, by, await clock.now(), digest)
    if isinstance(done, list):
        raise refuse(done)
    return done


def _not_taken(to: str, ambiguous: bool, words: str) -> str:
    """Why nothing was switched on."""
    test = TEST.format(to=to)
    if ambiguous:
        return f"{test} may or may not have arrived: {words} Look into that mailbox, then try again. Nothing was switched on."
    return f"{test} was not taken: {words}\nNothing was switched on."


async def _switch_off(by: str) -> bool:
    from storage import clock
    from storage.creditor import ensure_creditor, set_live

    return await set_live((await ensure_creditor()).id, False, by, await clock.now())


async def _take_off(customers: tuple[str, ...], by: str) -> None:
    from storage import clock
    from storage.creditor import ensure_creditor
    from storage.going_live import take_off

    if problems := await take_off((await ensure_creditor()).id, customers, by, await clock.now()):
        raise refuse(problems)


def _say_what_is_missing() -> None:
    """Rates and rules that are missing for the debtors there are, before the first message leaves."""
    from storage import bank_positions, clock
    from storage.law_gaps import law_gaps

    async def work() -> tuple[tuple[bank_positions.Account, ...], tuple[str, ...]]:
        at: datetime = await clock.now()
        return await bank_positions.accounts(at), await law_gaps(at.date())

    accounts, missing = at_work(work)
    if not accounts:
        words = "No bank file was ever read: Relance knows of payments only what the invoices' files say."
        typer.echo(f"{words} Import one first: ./relance import payments FILE.", err=True)
    if missing:
        typer.echo("Missing for debtors who owe something now; what cannot be stated is reserved in words:", err=True)
    for words in missing:
        typer.echo(f"  {words}", err=True)
