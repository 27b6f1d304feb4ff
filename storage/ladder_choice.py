"""Which ladder each invoice will climb: worked out once for all customers that are alike, by the law of choice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.policy_choice import Choice, ChosenBy, Wish, choose
from policies.step import CountedFrom
from storage import law_store, policy_store
from storage.bulk import arrays
from storage.policy_rules import Rule, rules_in


@dataclass(frozen=True, slots=True)
class Alike:
    """Invoices for which the same is chosen: their own policy, and what counts of their customer."""

    own: str
    policy: str
    segment: str
    kind: str
    country: str
    region: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ladder these invoices climb, or (None) the sentences why nobody knows: then nothing is collected."""

    alike: Alike
    choice: Choice | None
    why_not: tuple[str, ...] = ()

    @property
    def first_day(self) -> int:
        """Days from the due date to the ladder's first step (negative: before it)."""
        return first_offset(self.choice.ladder) if self.choice else 0


UNOPENED = "i.kind = 'invoice' AND NOT i.case_opened AND i.total - i.prepaid - i.paid - i.credited > 0"
"""An invoice that will get a case: the condition of the index `invoice_unopened`."""
OF_CUSTOMER = "d.policy, d.segment, d.kind, coalesce(nullif(d.country, ''), r.country) AS country, d.region"
"""What counts of a customer; one without a country is taken to live in the creditor's."""

CHOSEN = """
    JOIN unnest(CAST(:own AS text[]), CAST(:policy AS text[]), CAST(:segment AS text[]), CAST(:kind AS text[]),
                CAST(:country AS text[]), CAST(:region AS text[]), CAST(:first AS integer[]), CAST(:hash AS text[]),
                CAST(:chosen_by AS text[])) AS g(own, policy, segment, kind, country, region, first, hash, chosen_by)
      ON g.own = i.policy AND g.policy = d.policy AND g.segment = d.segment AND g.kind = d.kind
         AND g.country = coalesce(nullif(d.country, ''), r.country) AND g.region = d.region
"""
"""Joins an invoice `i` of a customer `d` and a creditor `r` to the ladder chosen for it; without one it is left out."""

_ALIKE = text(
    f"""
    SELECT DISTINCT '' AS own, {OF_CUSTOMER} FROM customer d JOIN creditor r ON r.id = d.creditor_id
    WHERE d.creditor_id = :creditor
    UNION
    SELECT DISTINCT i.policy AS own, {OF_CUSTOMER} FROM invoice i JOIN customer d ON d.id = i.customer_id
    JOIN creditor r ON r.id = i.creditor_id WHERE i.creditor_id = :creditor AND i.policy <> '' AND {UNOPENED}
    """  # noqa: S608 - no outside text
)


def first_offset(ladder: Ladder) -> int:
    """Days from the due date to the first day on which a step may be due (negative: before it)."""
    return min((step.offset for step in ladder.steps if step.after is not CountedFrom.PREVIOUS), default=0)


async def choices(connection: AsyncConnection, creditor: int, policy: str) -> tuple[Chosen, ...]:
    """What is chosen for every group of invoices of a creditor whose own choice is `policy`."""
    rules = await rules_in(connection, creditor)
    shelf = _Shelf(connection)
    rows = (await connection.execute(_ALIKE, {"creditor": creditor})).mappings()
    return tuple([await _chosen(shelf, _alike(row), rules, policy) for row in rows])


def chosen_values(chosen: Iterable[Chosen]) -> dict[str, list[Any]]:
    """What `CHOSEN` takes."""
    rows = [
        {
            **{one.name: getattr(each.alike, one.name) for one in fields(Alike)},
            "first": each.first_day,
            "hash": each.choice.ladder.hash,
            "chosen_by": each.choice.by.value,
        }
        for each in chosen
        if each.choice is not None
    ]
    return arrays(rows, (*(one.name for one in fields(Alike)), "first", "hash", "chosen_by"))


def _alike(row: RowMapping) -> Alike:
    return Alike(**{one.name: row[one.name] for one in fields(Alike)})


class _Shelf:
    """The ladders that ids name now, each looked up once."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._found: dict[str, Ladder | str] = {}

    async def ladder(self, id: str) -> Ladder | str:
        """The ladder, or why it cannot be followed."""
        if id not in self._found:
            try:
                found: Ladder | str | None = await policy_store.named(self._connection, id)
            except policy_store.BadLadder as wrong:
                found = str(wrong)
            self._found[id] = found if found is not None else f"There is no policy “{id}”."
        return self._found[id]


async def _chosen(shelf: _Shelf, alike: Alike, rules: Sequence[Rule], creditors: str) -> Chosen:
    """The choice, unless a nearer or equal one names a policy that cannot be followed: nobody knows what it would say."""
    law = _law_id(alike)
    wishes: list[Wish] = []
    unread: list[tuple[ChosenBy, str]] = []
    for by, id, name in _said(alike, rules, creditors):
        found = await shelf.ladder(id)
        if isinstance(found, str):
            unread.append((by, found))
        else:
            wishes.append(Wish(by, found, name))
    choice = choose(wishes, DebtorKind(alike.kind), law)
    ranks = list(ChosenBy)
    before = len(ranks) if isinstance(choice, tuple) else ranks.index(choice.by)
    why_not = tuple(reason for by, reason in unread if ranks.index(by) <= before)
    if isinstance(choice, tuple):
        return Chosen(alike, None, why_not or choice)
    return Chosen(alike, None, why_not) if why_not else Chosen(alike, choice)


def _said(alike: Alike, rules: Sequence[Rule], creditors: str) -> list[tuple[ChosenBy, str, str]]:
    """Every choice that was made for these invoices, with the segment's name where it was made for one."""
    said = [(ChosenBy.INVOICE, alike.own, ""), (ChosenBy.CUSTOMER, alike.policy, "")]
    said += [(ChosenBy.SEGMENT, rule.policy, rule.words) for rule in rules if _is_of(alike, rule)]
    said += [(ChosenBy.CREDITOR, creditors, ""), (ChosenBy.COUNTRY, _default(alike), "")]
    return [(by, id, name) for by, id, name in said if id]


def _is_of(alike: Alike, rule: Rule) -> bool:
    asked = ((rule.segment, alike.segment), (rule.country, alike.country), (rule.kind, alike.kind))
    return all(wanted in ("", known) for wanted, known in asked)


def _law_id(alike: Alike) -> str:
    try:
        return law_store.for_country(alike.country.upper(), alike.region.upper()).id
    except law_store.NoLaw:
        return ""


def _default(alike: Alike) -> str:
    law = law_store.law_of(alike.country, alike.region, DebtorKind(alike.kind))
    return law.ladder if law is not None else ""
