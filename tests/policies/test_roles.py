"""Whom a message is for by its stage, and who stands in for somebody who cannot be reached."""

import pytest

from policies.facts import DebtorKind
from policies.roles import Person, Role, chosen, roles_for
from policies.stages import Stage
from tests.policies.test_ladder_keys import COURTESY, HEAD, STEP, problems

DESK = Person(Role.ACCOUNTS, "Mme Faure", "compta@dupont.example")
BOSS = Person(Role.MANAGEMENT, "M. Dupont", "direction@dupont.example")
SEAT = Person(Role.REGISTERED_OFFICE, "", "siege@dupont.example")
FIRM, MAN = DebtorKind.BUSINESS, DebtorKind.CONSUMER


def who(*people: Person, stage: Stage, named: Role | None = None, kind: DebtorKind = FIRM) -> Role | None:
    found = chosen(people, roles_for(stage, named, kind))
    return None if found is None else found.role


@pytest.mark.parametrize(
    ("stage", "named", "role"),
    [
        (Stage.UPCOMING, None, Role.ACCOUNTS),
        (Stage.SECOND_REMINDER, None, Role.ACCOUNTS),
        (Stage.SECOND_REMINDER, Role.MANAGEMENT, Role.MANAGEMENT),
        (Stage.FORMAL_NOTICE, None, Role.REGISTERED_OFFICE),
        (Stage.FORMAL_NOTICE, Role.ACCOUNTS, Role.ACCOUNTS),
    ],
)
def test_each_stage_has_its_reader_and_a_ladder_may_name_another(stage: Stage, named: Role | None, role: Role) -> None:
    assert who(DESK, BOSS, SEAT, stage=stage, named=named) is role


@pytest.mark.parametrize(
    ("people", "named", "role"),
    [
        ((BOSS, SEAT), Role.ACCOUNTS, Role.MANAGEMENT),
        ((SEAT,), Role.ACCOUNTS, Role.REGISTERED_OFFICE),
        ((DESK, SEAT), Role.MANAGEMENT, Role.ACCOUNTS),
        ((DESK, BOSS), Role.REGISTERED_OFFICE, Role.ACCOUNTS),
        ((BOSS,), Role.REGISTERED_OFFICE, Role.MANAGEMENT),
        ((), Role.ACCOUNTS, None),
    ],
)
def test_who_cannot_be_reached_is_stood_in_for_in_one_order(
    people: tuple[Person, ...], named: Role, role: Role | None
) -> None:
    assert who(*people, stage=Stage.FORMAL_NOTICE, named=named) is role


def test_a_dead_address_is_none() -> None:
    assert who(Person(Role.ACCOUNTS, "Mme Faure"), BOSS, stage=Stage.UPCOMING) is Role.MANAGEMENT


def test_what_a_private_person_owes_is_told_to_nobody_else() -> None:
    assert who(BOSS, SEAT, stage=Stage.FORMAL_NOTICE, kind=MAN) is None


def test_a_ladder_cannot_send_the_first_messages_over_the_head_of_the_desk_that_pays() -> None:
    named = 'recipient = "management"\n'
    assert problems(HEAD + STEP + named) == []
    assert problems(HEAD + COURTESY + named) == [
        "x.toml:9: a.recipient: The first messages are for the desk that pays; from the second reminder on they may go to others."
    ]
