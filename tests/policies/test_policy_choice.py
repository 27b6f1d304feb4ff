"""Which ladder an invoice climbs, and why."""

from typing import Any

import pytest

from policies.facts import DebtorKind
from policies.gentleness import first_days, gentleness
from policies.ladder import ApprovalRule, Ladder
from policies.policy_choice import Choice, ChosenBy, Wish, choose
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from policies.step import CountedFrom, Repeat
from tests.policies.builders import FR_B2B, a_ladder, a_step, shipped

KEY, CONSUMERS, ITALY = shipped("key-account"), shipped("fr-consumer"), shipped("eu-b2b")


def wishes(**by: Ladder) -> list[Wish]:
    return [Wish(ChosenBy(name), ladder) for name, ladder in by.items()]


def chosen(*found: Wish, kind: DebtorKind = DebtorKind.BUSINESS, law: str = "FR") -> Choice:
    answer = choose(found, kind, law)
    assert isinstance(answer, Choice)
    return answer


def test_the_nearest_choice_wins() -> None:
    every = wishes(country=FR_B2B, creditor=FR_B2B, segment=KEY, customer=FR_B2B, invoice=KEY)
    winners = []
    while every:
        choice = chosen(*every)
        winners.append((choice.by.value, choice.ladder.id))
        every = [wish for wish in every if wish.by is not choice.by]
    assert winners == [
        ("invoice", "key-account"), ("customer", "fr-b2b"), ("segment", "key-account"), ("creditor", "fr-b2b"),
        ("country", "fr-b2b"),
    ]  # fmt: skip


def test_the_choice_says_why() -> None:
    assert chosen(*wishes(country=FR_B2B)).because == "fr-b2b is chosen by the law of the customer's country."
    segment = Wish(ChosenBy.SEGMENT, KEY, "gold")
    assert chosen(segment, *wishes(creditor=FR_B2B)).because == "key-account is chosen for the segment gold."


def test_of_two_segments_the_gentler_ladder_wins_in_whatever_order_they_come() -> None:
    gold, large = Wish(ChosenBy.SEGMENT, KEY, "gold"), Wish(ChosenBy.SEGMENT, FR_B2B, "large")
    assert chosen(gold, large) == chosen(large, gold)
    assert chosen(large, gold).because == "key-account is chosen for the segment gold; it is gentler than fr-b2b."


def test_a_ladder_for_another_kind_of_debtor_is_set_aside_whoever_chose_it() -> None:
    choice = chosen(*wishes(customer=FR_B2B, country=CONSUMERS), kind=DebtorKind.CONSUMER)
    assert (choice.ladder.id, choice.by) == ("fr-consumer", ChosenBy.COUNTRY)
    assert choice.set_aside == (
        "fr-b2b, chosen for this customer, is for the kinds business, and the customer's is consumer.",
    )


def test_a_ladder_for_another_country_is_set_aside_unless_it_was_chosen_for_this_very_debtor() -> None:
    choice = chosen(*wishes(creditor=FR_B2B, country=ITALY), law="IT")
    assert (choice.ladder.id, choice.set_aside) == (
        "eu-b2b",
        ("fr-b2b, chosen by the creditor for everybody, is for FR, and the customer's law is IT.",),
    )
    assert chosen(*wishes(customer=FR_B2B, country=ITALY), law="IT").ladder.id == "fr-b2b"


def test_where_no_ladder_fits_nothing_is_chosen_and_the_reasons_are_told() -> None:
    assert choose([], DebtorKind.BUSINESS, "CH") == (
        "Nobody chose a ladder, and the law of the customer's country names none.",
    )
    assert choose(wishes(creditor=FR_B2B), DebtorKind.CONSUMER, "") == (
        "fr-b2b, chosen by the creditor for everybody, is for the kinds business, and the customer's is consumer.",
    )


def test_choices_behind_the_winner_are_not_told_of() -> None:
    assert chosen(*wishes(customer=KEY, creditor=CONSUMERS)).set_aside == ()


def notice(**given: Any) -> Ladder:
    facts = {"id": "notice", "stage": Stage.FORMAL_NOTICE, "offset": 30} | given
    return a_ladder(a_step(), a_step(**facts))


@pytest.mark.parametrize(
    ("gentler", "harder"),
    [
        (a_ladder(), notice()),
        (notice(approval=ApprovalRule.ALWAYS), notice(offset=90)),  # a person has a say in it
        (notice(channels=(Channel.CALL,), asks=QuestionKind.CALL_OUTCOME), notice(offset=90)),
        (notice(offset=31), notice()),
        (notice(gap=60), notice()),
        (notice(offset=28, after=CountedFrom.PREVIOUS), notice()),  # 31 days
        (a_ladder(), a_ladder(a_step(repeat=Repeat(14, 2)))),
        (a_ladder(a_step(offset=4)), a_ladder()),
    ],
)
def test_which_ladder_is_gentler(gentler: Ladder, harder: Ladder) -> None:
    assert gentleness(gentler) < gentleness(harder)


def test_the_shipped_ladders_from_the_gentlest_to_the_hardest() -> None:
    names = ["fr-b2b", "uk-b2b", "de-b2b", "eu-b2b", "fr-public", "fr-consumer", "be-consumer", "key-account"]
    assert [ladder.id for ladder in sorted(map(shipped, names), key=gentleness)] == [
        "key-account", "de-b2b", "fr-public", "be-consumer", "fr-consumer", "eu-b2b", "fr-b2b", "uk-b2b",
    ]  # fmt: skip


def test_the_first_days_of_each_stage_wait_for_the_steps_before_them() -> None:
    again = a_step(repeat=Repeat(14, 3))
    ladder = a_ladder(again, a_step(id="notice", stage=Stage.FORMAL_NOTICE, offset=10, gap=7))
    assert first_days(ladder) == {Stage.COURTESY_REMINDER: 3, Stage.FORMAL_NOTICE: 38}
