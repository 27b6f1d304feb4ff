"""What a person starts when a court has opened proceedings against a customer, or it has to be left alone for a time."""

from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.asking import ask_about_what_came
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.form_days import day_of
from policies.insolvency import InsolvencyWords, Office, postal_lines
from policies.insolvency_closing import Closing
from policies.problems import Problem
from policies.stay import StayKind, StayWords
from storage import clock, insolvency_deeds, stay_deeds

How: Any = Literal[tuple(kind.value for kind in Closing)]
Why: Any = Literal[tuple(kind.value for kind in StayKind)]


@flow(name="insolvency", persist_result=False, log_prints=False)
@in_words
async def insolvency(
    customer: str,
    kind: str,
    judgment: str,
    administrator: str,
    administrator_email: str = "",
    administrator_postal: str = "",
    published: str = "",
    declare_by: str = "",
    representative: str = "",
    representative_email: str = "",
    representative_postal: str = "",
    register_number: str = "",
) -> State:
    """A court opened proceedings (`kind`: sauvegarde, redressement, liquidation, or a foreign word) on the day `judgment`.

    `declare_by` is the last day to declare, as the published notice says it. Postal addresses with commas between their lines.
    `representative`: to whom claims are declared, where it is not the administrator.
    """
    words = InsolvencyWords(
        kind, judgment, Office(administrator, administrator_email, postal_lines(administrator_postal)),
        Office(representative, representative_email, postal_lines(representative_postal)), published, declare_by, register_number,
    )  # fmt: skip
    by, at = (await person()).name, await clock.now()
    done = await told(await insolvency_deeds.open_insolvency(customer, words, by, at))
    await ask_about_what_came()
    return done


@flow(name="insolvency-close", persist_result=False, log_prints=False)
@in_words
async def insolvency_close(number: int, how: How, on: str = "") -> State:
    """Proceedings are over on the day `on` (YYYY-MM-DD; empty: today): of each older invoice a person says what becomes of it."""
    day = day_of(on.strip())
    if on.strip() and day is None:
        return await told([Problem("form", None, "on", f"“{on}” is not a day; write it as YYYY-MM-DD.")])
    by, at = (await person()).name, await clock.now()
    return await told(await insolvency_deeds.close(number, how, day, by, at))


@flow(name="stay", persist_result=False, log_prints=False)
@in_words
async def stay(
    customer: str,
    kind: Why,
    words: str,
    last_day: str = "",
    since: str = "",
    whole_group: bool = False,
    also: str = "",
) -> State:
    """Leave a customer alone: every invoice is on hold at once, and is resumed by itself. `last_day`: when it is looked at again.

    `whole_group`: everybody who shares its payer or register number; `also`: further customers, with commas between them.
    """
    said = StayWords(kind, words, since, last_day)
    customers = [customer, *(one.strip() for one in also.split(",") if one.strip())]
    by, at = (await person()).name, await clock.now()
    done = await told(await stay_deeds.open_stay(customers, said, by, at, group=whole_group))
    await ask_about_what_came()
    return done
