"""Which mediator may be proposed to a debtor: the routes of its law, and those the creditor named; each closed one with why.

The law decides by the kind of debtor, the amount and whether it is insolvent. Where several are open a person chooses.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policies.facts import DebtorKind
from policies.law.rules import Route
from policies.law.ways_on import Ways
from policies.mediation_proposal import TOGETHER, Mediator, Proposal
from policies.stages import Stage

CONSUMER, PRIVATE = "consumer_mediation", "mediator"
"""The route of consumer mediators; the kind of a mediator who belongs to no route of a law."""
INSOLVENT = "Nothing is mediated with a debtor in insolvency: declare the claim instead."


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may be proposed, in the order of the law, and what may not."""

    open: tuple[Proposal, ...]
    closed: tuple[tuple[str, str], ...] = ()
    """The title of a route with the sentence why it is closed."""
    compulsory: str = ""
    """The article that wants an attempt before a court is asked; empty: none does for this debtor and amount."""
    refused: str = ""
    """Why nothing at all may be proposed; empty: something may."""

    def chosen(self, key: str = "") -> Proposal | None:
        """The one to propose: a person's choice, or the only one; None: a person has to choose among several.

        Where none is open, one that names nobody; whether anything may be proposed at all says `refused`.
        """
        if key == f"route:{TOGETHER}" or not self.open:
            return Proposal("", "Mediation", "", "", why="the mediator is chosen together", compulsory=self.compulsory)
        picked = [one for one in self.open if one.key == key] or list(self.open)
        return picked[0] if len(picked) == 1 else None


def proposals(
    ways: Ways | None, kind: DebtorKind, named: Iterable[Mediator], segment: str, own: str, *, insolvent: bool = False
) -> Proposals:
    """What may be proposed to a debtor of this kind and segment; `ways` are the routes of its law for what it owes.

    `own` is the mediator for consumers of the creditor's settings: used where none is named for the debtor's segment.
    """
    routes = () if ways is None else tuple(one for one in ways.open if one.stage is Stage.MEDIATION)
    closed = () if ways is None else tuple((one.title, why) for one, why in ways.closed if one.stage is Stage.MEDIATION)
    compulsory = next((one.where.source for one in routes if one.before_court), "")
    if insolvent:
        return Proposals((), (*closed, *((one.title, INSOLVENT) for one in routes)), compulsory, INSOLVENT)
    theirs = for_segment(named, segment)
    found: list[Proposal] = []
    for route in routes:
        mine = list(_of_route(route, theirs, own))
        found += mine
        closed = (
            closed
            if mine
            else (*closed, (route.title, f"Name the mediator first: ./relance mediation name --kind {route.id}."))
        )
    if kind is not DebtorKind.CONSUMER:
        found += [
            Proposal(PRIVATE, "Mediation", one.in_words, "", one.number, "named by us for such customers")
            for one in theirs
            if one.kind == PRIVATE
        ]
    return Proposals(tuple(replace(one, compulsory=compulsory) for one in found), closed, compulsory)


def _of_route(route: Route, named: Sequence[Mediator], own: str) -> Iterator[Proposal]:
    """Those who mediate by a route: whom the creditor named for it, else whom the law file or the settings name."""
    cost = f", {route.cost}" if route.cost else ""
    why = f"open to this debtor for this amount{cost} ({route.where.source})"
    mine = [one for one in named if one.kind == route.id]
    for one in mine:
        yield Proposal(route.id, route.title, one.in_words, route.where.source, one.number, why, route.days_to_object)
    single = route.mediator or (own if route.id == CONSUMER else "")
    if not mine and single:
        yield Proposal(route.id, route.title, single, route.where.source, None, why, route.days_to_object)


def for_segment(named: Iterable[Mediator], segment: str) -> tuple[Mediator, ...]:
    """Those for the debtor's segment; of a kind none is named for, those for every customer."""
    everybody = list(named)
    own = [one for one in everybody if one.segment and one.segment == segment]
    kinds = {one.kind for one in own}
    return (*own, *(one for one in everybody if not one.segment and one.kind not in kinds))
