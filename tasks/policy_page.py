"""A policy people can read: a ladder in plain sentences, for the team or for the customers it is used for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from policies.condition import Condition
from policies.contact_budget import is_owed_by_law
from policies.entry import is_position
from policies.facts import DebtorKind
from policies.free_reminder import is_free_reminder
from policies.ladder import Entry, Ladder
from policies.law.rules import Cap, FlatRule, KindLaw
from policies.message import CreditorFacts
from policies.rates.series import Rates
from policies.step import Accessories, Step
from policies.typography import typeset
from tasks import calendar_words, wording
from tasks.article_words import article
from tasks.page_blocks import Audience, Block, blocks
from tasks.policy_costs import Cost, costs
from tasks.template_choice import TEMPLATES
from tasks.tidy_facts import tidied_creditor


@dataclass(frozen=True, slots=True)
class Around:
    """What a page says besides the ladder: the law it rests on, the rates, the creditor, the day it is written."""

    laws: Mapping[DebtorKind, KindLaw]
    rates: Rates
    creditor: CreditorFacts
    currency: str
    day: date


def policy_page(ladder: Ladder, audience: Audience, language: str, around: Around) -> tuple[Block, ...]:
    """The page, block by block, in its language's typography."""
    around = replace(around, creditor=tidied_creditor(around.creditor))
    template = _templates().get_template(f"_policy/{language}/{audience.value}.txt")
    written = blocks(template.render(_vocabulary(ladder, language, around)))
    return tuple(Block(one.kind, tuple(typeset(part, language) for part in one.parts)) for one in written)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(  # noqa: S701 - plain text; the HTML page escapes what it shows
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return made


def _vocabulary(ladder: Ladder, language: str, around: Around) -> dict[str, Any]:
    kinds = tuple(kind for kind in DebtorKind if kind in (ladder.kinds or around.laws or DebtorKind))
    found = costs(kinds, around.laws, around.rates, around.currency, around.day)
    claims = [step for step in ladder.steps if step.claims is Accessories.CLAIM]
    return {
        "ladder": ladder,
        "title": wording.one_line(ladder.title),
        "steps": ladder.steps,
        "kinds": kinds,
        "country": ladder.country,
        "creditor": around.creditor,
        "currency": around.currency,
        "costs": found if ladder.accessories is not Accessories.NEVER else (),
        "rates_current": all(one.current and one.percent is not None for one in found if _moves(one)),
        "claims": ladder.accessories.value,
        "first_claim": claims[0] if claims else None,
        "counted_per_invoice": any(one.flat is not None and one.flat.per == "invoice" for one in found),
        "caps": _caps(ladder, kinds, around.laws),
        "least_gap": min((step.gap for step in ladder.steps[1:]), default=1),
        "owed_by_law": any(is_owed_by_law(step) for step in ladder.steps),
        "free_reminder": any(is_free_reminder(step) for step in ladder.steps),
        "lands": lambda step: _lands(ladder, step),
        "keeps_out": any(step.keeps_out_of_seasons for step in ladder.steps),
        "uses_payers": any(step.only_if is not None and step.only_if.goes_by_payer for step in ladder.steps),
        "conditions": lambda step: _conditions(ladder, step, language),
        **_writers(language),
    }


def _moves(cost: Cost) -> bool:
    """Whether the interest follows a rate somebody publishes."""
    return cost.interest is not None and bool(cost.interest.series)


def _caps(ladder: Ladder, kinds: Iterable[DebtorKind], laws: Mapping[DebtorKind, KindLaw]) -> list[Cap]:
    """The ladder's own caps and the law's, each once; one that a stricter one implies says nothing."""
    found = list(ladder.caps)
    for kind in kinds:
        contact = laws[kind].contact if kind in laws else None
        found += contact.caps if contact is not None else ()
    caps = list(dict.fromkeys(found))
    return [cap for cap in caps if not any(_implied(cap, by) for by in caps if by is not cap)]


def _implied(cap: Cap, by: Cap) -> bool:
    return cap.channels <= by.channels and by.most <= cap.most and by.days >= cap.days


def _writers(language: str) -> dict[str, Callable[..., Any]]:
    def bands(rule: FlatRule) -> list[str]:
        return [wording.round_amount(amount, rule.currency, language) for _, amount in rule.bands]

    return {
        "amounts": lambda sums: _amounts(sums, language),
        "bands": bands,
        "rests": lambda minutes: [calendar_words.minutes(one, language) for one in minutes],
        "called": lambda names, values: [names[str(value)] for value in values],
        "money": lambda minor, currency: wording.round_amount(minor, currency, language),
        "exact": lambda minor, currency: wording.amount(minor, currency, language),
        "percent": lambda value: wording.percent(value, language),
        "figure": lambda value: wording.figure(value, language),
        "either": lambda words: wording.either(list(words), language),
        "both": lambda words: wording.both(list(words), language),
        "territory": lambda country: calendar_words.territory(country, language),
        "weekdays": lambda days: calendar_words.weekdays(days, language),
        "span": lambda season: calendar_words.span(season.first, season.last, language),
        "account": wording.account,
        "article": lambda source: article(source, language),
    }


def _amounts(sums: Mapping[str, int], language: str) -> list[str]:
    return [wording.round_amount(minor, currency, language) for currency, minor in sums.items()]


def _lands(ladder: Ladder, step: Step) -> bool:
    """Whether the step is the position of the account with which a backlog lands softly."""
    return ladder.entry is Entry.SOFT_LANDING and is_position(step)


def _conditions(ladder: Ladder, step: Step, language: str) -> list[tuple[str, Any]]:
    """The circumstances a step applies in, by name, with amounts and countries as the reader writes them."""
    only = step.only_if or Condition()
    sums = [("overdue_above", step.only_above), ("overdue_up_to", only.overdue_up_to)]
    sums.append(("invoice_above", only.invoice_above))
    found: list[tuple[str, Any]] = [
        (name, wording.either(_amounts(limit, language), language)) for name, limit in sums if limit
    ]
    countries = [calendar_words.territory(country, language) for country in sorted(only.countries)]
    late = ladder.entry_after if _lands(ladder, step) else only.opened_late
    listed = [("overdue_invoices", only.overdue_invoices), ("kinds", sorted(only.kinds)), ("countries", countries)]
    first = {None: "", True: "first", False: "other"}[only.first_lateness]
    listed += [("payers", sorted(only.payers)), ("first_lateness", first), ("opened_late", late)]
    return found + [(name, value) for name, value in listed if value]
