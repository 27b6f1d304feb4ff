"""Who may decide what: everyday answers are an agent's, what gives a claim away or up is not."""

import pytest

from policies.choices import choices
from policies.questions import QuestionKind
from policies.staff import Role
from policies.stages import Stage
from policies.who_may_answer import RIGHTS, allowed, answerers, by_roles, why_not

EVERY = [
    (kind, one.code)
    for kind in QuestionKind
    for one in choices(kind, Stage.FORMAL_NOTICE if kind is QuestionKind.APPROVE else None)
]


@pytest.mark.parametrize(("kind", "code"), EVERY)
def test_every_choice_of_every_question_is_classed(kind: QuestionKind, code: str) -> None:
    assert kind in RIGHTS, f"say in policies/who_may_answer.py who may answer {kind}"
    assert code in RIGHTS[kind] or "*" in RIGHTS[kind], f"say in policies/who_may_answer.py who may choose {code}"


def test_no_right_is_kept_for_a_choice_that_does_not_exist() -> None:
    kept = {(kind, code) for kind, rights in RIGHTS.items() for code in rights if code != "*"}
    assert kept - set(EVERY) == set()


def test_a_viewer_decides_nothing() -> None:
    assert [(kind, code) for kind, code in EVERY if Role.VIEWER in allowed(kind, None, code)] == []


def test_an_administrator_decides_everything() -> None:
    assert [(kind, code) for kind, code in EVERY if Role.ADMIN not in allowed(kind, None, code)] == []


@pytest.mark.parametrize(
    ("stage", "roles"),
    [
        (Stage.FORMAL_NOTICE, {Role.AGENT, Role.MANAGER, Role.LEGAL, Role.ADMIN}),
        (Stage.MEDIATION, {Role.AGENT, Role.MANAGER, Role.LEGAL, Role.ADMIN}),
        (Stage.AGENCY, {Role.MANAGER, Role.ADMIN}),
        (Stage.LEGAL, {Role.MANAGER, Role.LEGAL, Role.ADMIN}),
    ],
)
def test_the_harder_the_stage_the_fewer_may_say_go_ahead(stage: Stage, roles: set[Role]) -> None:
    assert allowed(QuestionKind.APPROVE, stage, "send") == roles
    assert allowed(QuestionKind.APPROVE, stage, "skip") == roles  # to leave it out is decided by who may do it
    assert [allowed(QuestionKind.AMBIGUOUS, stage, one) for one in ("arrived", "send_again", "skip")] == [roles] * 3
    assert [allowed(QuestionKind.UNDELIVERABLE, stage, one) for one in ("correct_email", "skip")] == [roles] * 2


def test_to_wait_before_court_is_an_everyday_answer() -> None:
    assert allowed(QuestionKind.APPROVE, Stage.LEGAL, "wait_7") == answerers(QuestionKind.APPROVE, Stage.LEGAL)
    assert Role.AGENT in answerers(QuestionKind.APPROVE, Stage.LEGAL)


@pytest.mark.parametrize("kind", [QuestionKind.EXHAUSTED, QuestionKind.HOLD_REVIEW, QuestionKind.TIME_BARRED])
def test_a_claim_is_given_up_by_managers(kind: QuestionKind) -> None:
    assert [allowed(kind, None, code) for code in ("write_off", "withdraw")] == [{Role.MANAGER, Role.ADMIN}] * 2


def test_what_a_bank_line_is_offered_for_is_an_everyday_answer() -> None:
    assert Role.AGENT in allowed(QuestionKind.MATCH, None, "offer_3")


def test_an_answer_nobody_has_classed_is_for_administrators() -> None:
    assert allowed(QuestionKind.EXHAUSTED, None, "give_it_away") == {Role.ADMIN}


def test_a_refusal_says_who_may_and_what_to_do() -> None:
    send = choices(QuestionKind.APPROVE, Stage.LEGAL)[0]
    assert why_not(QuestionKind.APPROVE, Stage.LEGAL, send, Role.AGENT) == (
        "“Take the file to court” is for a manager, the legal department or an administrator to decide; you are an agent. "
        "Nothing was done: ask one of them, or choose another answer."
    )
    assert why_not(QuestionKind.APPROVE, Stage.LEGAL, send, Role.LEGAL) == ""
    assert why_not(QuestionKind.APPROVE, Stage.LEGAL, send, Role.VIEWER).startswith(
        "A viewer reads and decides nothing"
    )


def test_the_choices_are_told_by_who_may_take_them() -> None:
    told = [(sorted(roles), [one.code for one in them]) for roles, them in by_roles(QuestionKind.EXHAUSTED, None)]
    assert told == [
        (["admin", "agent", "legal", "manager"], ["wait_30"]),
        (["admin", "manager"], ["write_off", "withdraw"]),
    ]
