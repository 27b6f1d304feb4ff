"""Who receives a step's message, as reserving, approving and pacing all see it: somebody at the customer, an agency, counsel."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import DebtorKind
from policies.languages import written_to
from policies.posting import address_for, one_line_of, to_the_seat
from policies.roles import Person, Role, chosen, roles_for, wanted
from policies.stages import Channel, Stage
from policies.step import Step

if TYPE_CHECKING:
    from storage.dossier import Dossier

_PEOPLE = text(
    """
    SELECT customer_id, role, name, CASE WHEN email_dead_at IS NULL THEN email ELSE '' END AS email,
           CASE WHEN postal_dead_at IS NULL THEN postal ELSE '' END AS postal
    FROM contact WHERE customer_id = ANY(:customers) ORDER BY customer_id, id
    """
)


async def people_of(connection: AsyncConnection, customers: Iterable[int]) -> dict[int, tuple[Person, ...]]:
    """Everybody who can be written to at these customers; addresses that are dead are left out."""
    found: dict[int, list[Person]] = defaultdict(list)
    for row in await connection.execute(_PEOPLE, {"customers": sorted(set(customers))}):
        found[row.customer_id].append(Person(Role(row.role), row.name, row.email, row.postal.strip()))
    return {customer: tuple(people) for customer, people in found.items()}


def person_for(dossier: "Dossier", step: Step) -> Person | None:
    """Who at the customer receives the step's e-mail; None: nobody can be reached."""
    return chosen(dossier.people, roles_for(step.stage, step.recipient, dossier.case.kind))


def desk_for(dossier: "Dossier") -> Person | None:
    """Who receives an e-mail that is no step's: the desk that pays, or who stands in for it; None: nobody can be reached."""
    return chosen(dossier.people, roles_for(Stage.UPCOMING, None, dossier.case.kind))


def recipient_for(dossier: "Dossier", step: Step | None, channel: Channel) -> str:
    """Where the step's message by `channel` goes now."""
    if step is not None and step.recipient is Role.ADMINISTRATOR:
        one = administrator_of(dossier)
        return "" if one is None else one_line_of(one.postal) if channel is Channel.LETTER else one.email
    if channel is Channel.SMS:
        return dossier.phone
    if channel is Channel.LETTER:
        stage = Stage.FORMAL_NOTICE if step is None else step.stage
        return one_line_of(address_for(stage, dossier.postal, dossier.seat))
    if channel is Channel.HANDOVER:
        return dossier.counsel if step is not None and step.stage is Stage.LEGAL else dossier.agency
    person = None if step is None else person_for(dossier, step)
    return dossier.email if person is None else person.email


def administrator_of(dossier: "Dossier") -> Person | None:
    """Whom a court has put beside the customer or in its place; None: nobody."""
    return next((one for one in dossier.people if one.role is Role.ADMINISTRATOR), None)


def name_for(dossier: "Dossier", step: Step, channel: Channel) -> str:
    """Whom the message names at the customer: who reads the e-mail; everything else names the desk that pays."""
    if step.recipient is Role.ADMINISTRATOR:
        one = administrator_of(dossier)
        return "" if one is None else one.name
    person = person_for(dossier, step) if channel is Channel.EMAIL else None
    return dossier.contact_name if person is None else person.name


def language_for(dossier: "Dossier") -> str:
    """The customer's language, or after a judgment that of its country, which the administrator reads."""
    own = "" if dossier.ladder.after_judgment else dossier.language
    return written_to(own, dossier.case.country or dossier.ladder.country)


def role_for(dossier: "Dossier", step: Step, channel: Channel) -> str:
    """The role whose address the message bears; empty where it goes to nobody at the customer."""
    if step.recipient is Role.ADMINISTRATOR:
        return Role.ADMINISTRATOR
    if channel is Channel.EMAIL:
        person = person_for(dossier, step)
        return Role.ACCOUNTS if person is None else person.role
    if channel is Channel.LETTER:
        seat = dossier.seat and (to_the_seat(step.stage) or not dossier.postal)
        return Role.REGISTERED_OFFICE if seat else Role.ACCOUNTS
    return Role.ACCOUNTS if channel is Channel.SMS else ""


def role_told(dossier: "Dossier", step: Step, channel: Channel) -> dict[str, str]:
    """What the journal says of it: the role, and the one in whose place it is, where that could not be reached."""
    role, first = role_for(dossier, step, channel), wanted(step.stage, step.recipient)
    if channel not in (Channel.EMAIL, Channel.LETTER) or role == first == Role.ACCOUNTS:
        return {}
    if role == first or dossier.case.kind is DebtorKind.CONSUMER:
        return {"role": str(role)}
    return {"role": str(role), "instead_of": first.value}
