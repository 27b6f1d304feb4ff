"""Whom at a customer an e-mail is for, and who stands in where nobody of that role can be reached.

A reminder is for the desk that pays. From the second reminder on a ladder may name the management. A formal notice is for the
registered office: it must reach whom the law takes it to be for. What a private person owes is told to nobody else.
What is for an insolvent customer's administrator goes to nobody in its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policies.facts import DebtorKind
from policies.stages import Stage


class Role(StrEnum):
    """A desk or person at the customer."""

    ACCOUNTS = "accounts"
    MANAGEMENT = "management"
    REGISTERED_OFFICE = "registered_office"
    ADMINISTRATOR = "administrator"  # whom a court put beside an insolvent customer, or in its place


STAND_INS: dict[Role, tuple[Role, ...]] = {
    Role.ACCOUNTS: (Role.ACCOUNTS, Role.MANAGEMENT, Role.REGISTERED_OFFICE),
    Role.MANAGEMENT: (Role.MANAGEMENT, Role.ACCOUNTS, Role.REGISTERED_OFFICE),
    Role.REGISTERED_OFFICE: (Role.REGISTERED_OFFICE, Role.ACCOUNTS, Role.MANAGEMENT),
    Role.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}
"""In the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Person:
    """How one role of a customer is written to; an address that is dead is empty."""

    role: Role
    name: str = ""
    email: str = ""
    postal: str = ""
    """Its postal address, its lines separated by line ends."""


def wanted(stage: Stage, named: Role | None) -> Role:
    """Whom a step is for: the role its ladder names, else that of its stage."""
    return named or (Role.REGISTERED_OFFICE if stage is Stage.FORMAL_NOTICE else Role.ACCOUNTS)


def roles_for(stage: Stage, named: Role | None, kind: DebtorKind) -> tuple[Role, ...]:
    """The roles an e-mail may go to, in their order."""
    if kind is DebtorKind.CONSUMER and named is not Role.ADMINISTRATOR:
        return (Role.ACCOUNTS,)
    return STAND_INS[wanted(stage, named)]


def chosen(people: Iterable[Person], roles: Iterable[Role]) -> Person | None:
    """The first of the roles that has an address; None: none of them has."""
    by_role = {one.role: one for one in people if one.email}
    return next((by_role[role] for role in roles if role in by_role), None)
