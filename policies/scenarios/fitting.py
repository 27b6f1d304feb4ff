"""Whether the policies of a scenario are written for its customers: the choice of a ladder sets the others aside."""

from collections.abc import Mapping

from policies.ladder import Ladder
from policies.play.world import Choose, Debtor, Owed
from policies.policy_choice import Choice, ChosenBy, Wish, choose
from policies.scenarios.known import Known
from policies.scenarios.ladders import POLICY, find
from policies.scenarios.parties import Party
from policies.scenarios.scenario import Change
from policies.toml_table import Table


def named_ladders(
    table: Table, parties: Mapping[str, Party], known: Known, named: Mapping[str, Ladder]
) -> dict[str, Ladder]:
    """The policies chosen for single customers and invoices, by name."""
    names = {party.policy for party in parties.values()}
    names |= {owed.policy for party in parties.values() for owed in party.owed}
    found = {name: find(table, POLICY, name, known, named) for name in sorted(names - {""})}
    return {name: ladder for name, ladder in found.items() if ladder is not None}


def check_fit(
    table: Table, parties: Mapping[str, Party], known: Known, ladders: tuple[Ladder, ...], named: Mapping[str, Ladder]
) -> None:
    """Note each customer for whom no policy is left: nothing of his would ever be chased."""
    for party in parties.values():
        law = known.law_id(party.country, party.region)
        for ladder in ladders:
            for owed in party.owed:
                found = choose(_wishes(party.policy, owed.policy, ladder, named), party.kind, law)
                if not isinstance(found, Choice):
                    table.note(POLICY, f"Nothing of {owed.number} would be chased. {' '.join(found)}")


def choice(
    ladder: Ladder, changes: tuple[Change, ...], named: Mapping[str, Ladder], law_id: Mapping[str, str]
) -> Choose:
    """The ladder of an item: its own, its customer's, or the creditor's of that moment."""

    def chosen(debtor: Debtor, owed: Owed, moment: object) -> Ladder | None:
        current = ladder
        for change in changes:
            if change.moment <= moment:  # type: ignore[operator]
                current = change.ladder
        found = choose(_wishes(debtor.policy, owed.policy, current, named), debtor.kind, law_id[debtor.number])
        return found.ladder if isinstance(found, Choice) else None

    return chosen


def _wishes(customer: str, invoice: str, ladder: Ladder, named: Mapping[str, Ladder]) -> list[Wish]:
    wishes = [Wish(ChosenBy.CREDITOR, ladder)]
    if customer in named:
        wishes.append(Wish(ChosenBy.CUSTOMER, named[customer]))
    if invoice in named:
        wishes.append(Wish(ChosenBy.INVOICE, named[invoice]))
    return wishes
