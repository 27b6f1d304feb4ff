"""`relance policy assign`: who follows which policy. Live cases keep theirs."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean
from cli.refusal import Refusal
from policies.facts import DebtorKind

if TYPE_CHECKING:
    from storage.policy_rules import Rule

NONE = "none"


def assign(
    policy: Annotated[str, typer.Argument(help="The policy's id; “none” takes a choice back.")],
    customer: Annotated[str, typer.Option("--customer", metavar="NUMBER", help="For one customer.")] = "",
    invoice: Annotated[str, typer.Option("--invoice", metavar="NUMBER", help="For one invoice.")] = "",
    segment: Annotated[str, typer.Option("--segment", metavar="NAME", help="For customers of a segment.")] = "",
    country: Annotated[str, typer.Option("--country", metavar="FR", help="For customers in a country.")] = "",
    kind: Annotated[DebtorKind | None, typer.Option("--kind", help="For one kind of customers.")] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="For all for whom nothing nearer is chosen.")] = False,
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who chooses.", show_default="you")] = "",
) -> None:
    """Choose a policy. Invoice before customer before segment before everybody; of equal choices the gentler counts."""
    from storage.policy_rules import Assigned, Rule

    group = Rule(segment.strip(), _country(country), kind.value if kind else "", "" if policy == NONE else policy)
    of_group = bool(group.segment or group.country or group.kind)
    if sum((bool(customer), bool(invoice), of_group, everybody)) != 1:
        raise Refusal("Say for whom: --customer, --invoice, --everybody, or any of --segment, --country and --kind.")
    if everybody and not group.policy:
        raise Refusal("Everybody follows some policy: name another one.")
    done = at_work(lambda: _choose(group, customer, invoice, actor(by), everybody=everybody), first_import=True)
    if isinstance(done, list):
        raise refuse(done)
    assert isinstance(done, Assigned), "what is not a problem was done"
    print(clean(f"{done.whom}: {done.policy}." if done.policy else f"{done.whom}: no choice of their own any more."))
    if done.open_cases:
        print(f"{done.open_cases} open cases keep theirs; to move them: ./relance policy migrate OLD NEW")


def _country(text: str) -> str:
    code = text.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise Refusal(f"--country: “{text}” is not a country; write its two letters, such as FR.")
    return code


async def _choose(group: "Rule", customer: str, invoice: str, by: str, *, everybody: bool) -> object:
    from storage import clock, policy_rules
    from storage.creditor import ensure_creditor

    creditor, at = (await ensure_creditor()).id, await clock.now()
    if customer:
        return await policy_rules.assign_to_customer(creditor, customer, group.policy, by, at)
    if invoice:
        return await policy_rules.assign_to_invoice(creditor, invoice, group.policy, by, at)
    if everybody:
        return await policy_rules.assign_to_all(creditor, group.policy, by, at)
    return await policy_rules.set_rule(creditor, group, by, at)


def rules(json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Which policy segments, countries and kinds of customers follow, and everybody else."""
    from cli.printing import fields_of, print_json, print_table
    from storage import policy_rules
    from storage.creditor import Creditor, ensure_creditor
    from storage.policy_rules import Rule

    async def work() -> tuple[Creditor, tuple[Rule, ...]]:
        creditor = await ensure_creditor()
        return creditor, await policy_rules.rules(creditor.id)

    creditor, found = at_work(work)
    if json:
        print_json({"everybody": creditor.policy, "rules": [fields_of(one) for one in found]})
        return
    rows = [(one.segment or "any", one.country or "any", one.kind or "any", one.policy) for one in found]
    print_table(["Segment", "Country", "Kind", "Policy"], [*rows, ("any", "any", "any", creditor.policy)], "")
