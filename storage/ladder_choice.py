"""Which ladder each invoice will climb: worked out once for all customers that are alike, by the law of choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.policy_choice import Choice, ChosenBy, Wish, choose
from policies.step import CountedFrom
from storage import law_store, policy_store
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

    choice: Choice | None
    why_not: tuple[str, ...] = ()
    first_day: int = 0
    """Days from the due date to the ladder's first step (negative: before it)."""


UNOPENED = "i.kind = 'invoice' AND NOT i.case_opened AND i.total - i.prepaid - i.paid - i.credited > 0"
"""An invoice that will get a case: the condition of the index `invoice_unopened`."""
OF_CUSTOMER = "d.policy, d.segment, d.kind, coalesce(nullif(d.country, ''), r.country) AS country, d.region"
"""What counts of a customer; one without a country is taken to live in the creditor's."""

_OWN = text(
    """
    SELECT DISTINCT policy FROM customer WHERE creditor_id = :creditor AND policy <> '' UNION
    SELECT DISTINCT policy FROM invoice WHERE creditor_id = :creditor AND policy <> '' AND NOT case_opened UNION
    SELECT DISTINCT ladder FROM insolvency WHERE creditor_id = :creditor AND ladder <> '' AND state = 'open'
    """
)


def first_offset(ladder: Ladder) -> int:
    """Days from the due date to the first day on which a step may be due (negative: before it)."""
    return min((step.offset for step in ladder.steps if step.after is not CountedFrom.PREVIOUS), default=0)


class Chooser:
    """Chooses ladders for the invoices of a creditor whose own choice is `policy`; like ones once."""

    def __init__(self, connection: AsyncConnection, creditor: int, policy: str, rules: Sequence[Rule]) -> None:
        self._connection, self._creditor = connection, creditor
        self._policy, self._rules = policy, rules
        self._shelf = _Shelf(connection)
        self._known: dict[Alike, Chosen] = {}

    async def chosen(self, alike: Alike) -> Chosen:
        """What is chosen for these invoices."""
        if alike not in self._known:
            self._known[alike] = await _chosen(self._shelf, alike, self._rules, self._policy)
        return self._known[alike]

    async def earliest(self) -> int:
        """The first day, from the due date, of any ladder anybody may have chosen."""
        ids = {self._policy, *(rule.policy for rule in self._rules), *law_store.default_ladders()}
        ids.update(await self._connection.scalars(_OWN, {"creditor": self._creditor}))
        ladders = [await self._shelf.ladder(id) for id in sorted(ids)]
        return min((first_offset(one) for one in ladders if isinstance(one, Ladder)), default=0)


async def chooser(connection: AsyncConnection, creditor: int, policy: str) -> Chooser:
    """Who chooses for this creditor."""
    return Chooser(connection, creditor, policy, await rules_in(connection, creditor))


def alike_from(row: RowMapping) -> Alike:
    """What counts for the choice, of a row with `own` and `OF_CUSTOMER`."""
    return Alike(row["own"], row["policy"], row["segment"], row["kind"], row["country"], row["region"])


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
        return Chosen(None, why_not or choice)
    return Chosen(None, why_not) if why_not else Chosen(choice, (), first_offset(choice.ladder))


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
