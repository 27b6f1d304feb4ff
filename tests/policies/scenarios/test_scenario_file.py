"""Reading scenario files: every mistake is named with its line and its key, and reading goes on."""

from pathlib import Path

import pytest

from cli.scenario_files import known_from
from policies.scenarios.reading import load_scenarios

INVOICE = """
[[scenario.invoice]]
number = "FA-1"
amount = "1000.00 EUR"
due = 2026-03-02
"""


def problems(text: str) -> list[str]:
    found = load_scenarios(text.encode(), "mine.toml", known_from(Path("mine.toml")))
    return [str(one) for one in found] if isinstance(found, list) else []


def scenario(*lines: str, below: str = INVOICE) -> str:
    return "\n".join(["[[scenario]]", 'name = "one"', 'policy = "fr-b2b"', "expect = []", *lines]) + below


def test_a_good_file_has_no_problem() -> None:
    assert problems(scenario()) == []


def test_a_file_that_is_one_scenario_needs_no_heading() -> None:
    assert problems(scenario().replace("[[scenario]]\n", "").replace("scenario.", "")) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("until = 2026", "mine.toml:5: until: 2026 is not a day; write it without quotes, such as 2026-03-02."),
        ('untill = 2026-03-01', "mine.toml:5: untill: The key is unknown; did you mean until?"),
        ('answers = "maybe"', 'mine.toml:5: answers: "maybe" is no way to answer here; use one of agree, nobody.'),
        (
            'answers = { approve = "yes" }',
            ('mine.toml:5: answers.approve: "yes" is no answer to approve here; use one of send, wait_7, wait_30, skip, '
            "stop, nobody."),
        ),
        ("asked = [1]", "mine.toml:5: asked: [1] is not a list of lines; write each between quotes, in square brackets."),
        (
            'outcome = "gone"',
            ('mine.toml:5: outcome: "gone" is no end; write one of paid, credited, written off, withdrawn, open, not chased, '
            'with its day if you like: "paid 2026-03-20".'),
        ),
        ('outcome = { FA-2 = "paid" }', "mine.toml:5: outcome.FA-2: The key is unknown; did you mean FA-1?"),
        (
            'customer = { zone = "Paris" }',
            'mine.toml:5: customer.zone: "Paris" is no time zone; use a name such as Europe/Paris or America/New_York.',
        ),
        (
            'customer = { kind = "firm" }',
            'mine.toml:5: customer.kind: "firm" is unknown; use one of business, consumer, public, association.',
        ),
        (
            'customer = { kind = "consumer" }',
            ("mine.toml:3: policy: Nothing of FA-1 would be chased. fr-b2b, chosen by the creditor for everybody, is for the "
            "kinds business, and the customer's is consumer."),
        ),
        (
            'customer = { country = "BE" }',
            ("mine.toml:3: policy: Nothing of FA-1 would be chased. fr-b2b, chosen by the creditor for everybody, is for FR, "
            "and the customer's law is BE."),
        ),
        (
            'customer = { policy = "gentle" }',
            ("mine.toml:3: policy: There is no policy and no file gentle; known are be-consumer, de-b2b, eu-b2b, "
            "fr-after-judgment, fr-b2b, fr-consumer, fr-public, key-account, uk-b2b."),
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_its_key(line: str, said: str) -> None:
    assert problems(scenario(line)) == [said]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ('paid = "1.00"', "mine.toml:9: event 1.on: The key is missing."),
        (
            "on = 2026-03-20",
            ("mine.toml:10: event 1.on: It says nothing that happens; each event has exactly one of paid, credited, returned, "
            "refunded, hold, release, promise, plan, dispute, write_off, withdraw, undo, fails, reach, answer, skip, act, "
            "policy, outage_until, collecting."),
        ),
        ('on = 2026-03-20\npaid = "1"\ninvoice = "FA-2"', "mine.toml:12: event 1.invoice: There is no invoice FA-2 here; known are FA-1."),
        ('on = 2026-03-20\npaid = "1.0"', 'mine.toml:11: event 1.paid: "1.0" does not have the 2 decimals of EUR.'),
        ('on = 2026-03-20\npaid = "1.00 CHF"', 'mine.toml:11: event 1.paid: "1.00 CHF" is in CHF, and the invoice in EUR.'),
        ('on = 2026-03-20\npaid = 1', 'mine.toml:11: event 1.paid: 1 is not an amount; write it between quotes, such as "1000.00 EUR".'),
        (
            'on = 2026-03-20\nknown = 2026-03-19\npaid = "1"',
            "mine.toml:11: event 1.known: It would be known before it happens; leave `known` out, or put it later.",
        ),
        ('on = 2026-03-20\nhold = "x"\nunitl = 2026-04-01', "mine.toml:12: event 1.unitl: The key is unknown; did you mean until?"),
        ('on = 2026-03-20\noutage_until = 2026-03-20', "mine.toml:11: event 1.outage_until: The outage would end before it begins."),
        (
            'on = 2026-03-20\npolicy = "gentle"',
            ("mine.toml:11: event 1.policy: There is no policy and no file gentle; known are be-consumer, de-b2b, eu-b2b, "
            "fr-after-judgment, fr-b2b, fr-consumer, fr-public, key-account, uk-b2b."),
        ),
        (
            'on = 2026-03-20\nplan = [\n  { on = 2026-04-01, amount = "5.00" },\n  { on = 2026-05-01, amont = "5.00" },\n]',
            "mine.toml:13: plan 2.amont: The key is unknown; did you mean amount?",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_an_event_is_named(event: str, said: str) -> None:
    assert said in problems(scenario(below=f"{INVOICE}[[scenario.event]]\n{event}\n"))


def test_a_mistake_in_steps_written_on_the_spot_stands_on_its_own_line() -> None:
    text = scenario(below=INVOICE).replace(
        'policy = "fr-b2b"\n', 'step = [\n  { id = "a", offset = 3 },\n  { id = "b", offset = 9, gap = 0 },\n]\n'
    )
    assert problems(text) == ["mine.toml:5: b.gap: 0 is out of range; it must be from 1 to 3650."]


def test_a_check_says_what_it_looks_at_and_of_whom() -> None:
    two = f"{INVOICE}{INVOICE.replace('FA-1', 'FA-2')}[[scenario.check]]\non = 2026-03-05\n"
    assert problems(scenario(below=f'{two}state = "waits"\n')) == [
        "mine.toml:14: check 1.invoice: Say which invoice is looked at."
    ]
    assert problems(scenario(below=two)) == [
        (
            "mine.toml:15: check 1.on: It looks at nothing; add one of overdue, overdue_invoices, state, open, last, next, "
            "interest, flat, total."
        )
    ]


def test_a_scenario_that_expects_nothing_is_no_test() -> None:
    assert problems(scenario().replace("expect = []\n", "")) == [
        "mine.toml:1: expect: It expects nothing; list the acts expected, `expect = []` for none."
    ]


def test_two_scenarios_of_one_name_cannot_be_told_apart() -> None:
    assert problems(scenario() + scenario()) == ['mine.toml:9: name: A scenario called "one" stands at line 1 already.']


def test_a_file_without_a_scenario_says_so() -> None:
    assert problems('about = "nothing yet"\n') == [
        "mine.toml:1: name: The key is missing.",
        "mine.toml:1: policy: The key is missing.",
        "mine.toml:1: expect: It expects nothing; list the acts expected, `expect = []` for none.",
    ]
    assert problems("scenario = [\n")[0].startswith("mine.toml:2: This is not TOML: ")


def test_every_mistake_is_told_at_once() -> None:
    text = scenario("until = 1", 'answers = "x"', below=f"{INVOICE}[[scenario.event]]\non = 1\npaid = 2\n")
    assert sorted(one.split(": ")[1] for one in problems(text)) == ["answers", "event 1.on", "event 1.paid", "until"]


def test_an_answer_no_question_knows_is_named() -> None:
    found = problems(scenario(below=f'{INVOICE}[[scenario.event]]\non = 2026-03-20\nanswer = "yes"\n'))
    assert len(found) == 1
    assert found[0].startswith(
        'mine.toml:11: event 1.answer: "yes" is no answer here; use one of accept, accept_part, acknowledgement, apologise, arrived, '
    )


def test_tables_that_belong_to_no_scenario_are_told_where_to_go() -> None:
    assert problems(scenario(below=INVOICE + INVOICE.replace("scenario.", "").replace("FA-1", "FA-2"))) == [
        "mine.toml:10: invoice: It belongs to no scenario; write it [[scenario.invoice]] below its [[scenario]]."
    ]
