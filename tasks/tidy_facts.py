"""Facts as a template may take them: names from other programs on one line each, and marked as names."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from policies.accessories import AccessoriesFacts
from policies.beside import BesideFacts
from policies.mediation_proposal import Proposal
from policies.message import CreditorFacts, MessageFacts
from policies.proceedings import Proceedings
from tasks import wording
from tasks.addresses import web_address
from tasks.marked_text import link, named

AnyFacts = TypeVar("AnyFacts", MessageFacts, BesideFacts)


def tidied(facts: MessageFacts) -> MessageFacts:
    """The facts with each name on one line, so that none can add a line to our letter or a mark to its text."""
    return replace(
        tidied_names(facts),
        lines=tuple(replace(line, invoice=wording.one_line(line.invoice)) for line in facts.lines),
        proceedings=_tidied_proceedings(facts.proceedings, wording.one_line),
        accessories=_tidied_claim(facts.accessories),
        proposal=None
        if facts.proposal is None
        else replace(facts.proposal, mediator=wording.one_line(facts.proposal.mediator)),
    )


def marked_facts(facts: MessageFacts) -> MessageFacts:
    """Tidied facts with marks around what is a name or number from outside, and around an address that may be opened."""
    return replace(
        marked_names(facts),
        lines=tuple(replace(line, invoice=named(line.invoice)) for line in facts.lines),
        proceedings=_tidied_proceedings(facts.proceedings, named),
        accessories=_marked_claim(facts.accessories),
        proposal=_marked_proposal(facts.proposal),
    )


def _tidied_proceedings(one: Proceedings | None, tidy: Callable[[str], str]) -> Proceedings | None:
    return None if one is None else replace(one, name=tidy(one.name))


def tidied_names(facts: AnyFacts) -> AnyFacts:
    """The facts of any message with the names of its parties on one line each."""
    tidy = wording.one_line
    return replace(
        facts,
        creditor=tidied_creditor(facts.creditor),
        customer_number=tidy(facts.customer_number),
        customer_name=tidy(facts.customer_name),
        contact_name=tidy(facts.contact_name),
        agent_name=tidy(facts.agent_name),
        agent_email=tidy(facts.agent_email),
    )


def marked_names(facts: AnyFacts) -> AnyFacts:
    """Tidied facts with marks around the names of the parties."""
    return replace(
        facts,
        creditor=_marked_creditor(facts.creditor),
        customer_number=named(facts.customer_number),
        customer_name=named(facts.customer_name),
        contact_name=named(facts.contact_name),
        agent_name=named(facts.agent_name),
    )


def tidied_creditor(creditor: CreditorFacts) -> CreditorFacts:
    """The creditor with each of its names on one line."""
    address = ", ".join(line.strip() for line in creditor.address.splitlines() if line.strip())
    said = {name: getattr(creditor, name) for name in CreditorFacts.__slots__}
    names: dict[str, Any] = {name: wording.one_line(one) for name, one in said.items() if isinstance(one, str)}
    return replace(creditor, **{**names, "address": wording.one_line(address)})


def _marked_creditor(creditor: CreditorFacts) -> CreditorFacts:
    """The tidied creditor with marks around its names and its address to pay at."""
    url = creditor.payment_url
    names: dict[str, Any] = {
        name: named(getattr(creditor, name)) for name in ("name", "address", "phone", "mentions", "mediator")
    }
    return replace(creditor, payment_url=link(url) if web_address(url) else url, **names)


def _marked_proposal(proposal: Proposal | None) -> Proposal | None:
    known = proposal is not None and proposal.mediator
    return replace(proposal, mediator=named(proposal.mediator)) if proposal is not None and known else proposal


def _tidied_claim(claim: AccessoriesFacts | None) -> AccessoriesFacts | None:
    if claim is None:
        return None
    return replace(claim, lines=tuple(replace(line, invoice=wording.one_line(line.invoice)) for line in claim.lines))


def _marked_claim(claim: AccessoriesFacts | None) -> AccessoriesFacts | None:
    if claim is None:
        return None
    return replace(claim, lines=tuple(replace(line, invoice=named(line.invoice)) for line in claim.lines))
