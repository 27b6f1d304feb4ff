"""The ladder file: what it may say, and every mistake with its line, all at once."""

from hashlib import sha256

import pytest

from policies.ladder import ApprovalRule, Ladder, Season, Step
from policies.ladder_file import load_ladder
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.stages import Channel, Stage

GOOD = """\
id = "swiss"
title = "Swiss customers"
send_from = 8
send_until = 24
send_days = ["mon", "sat"]
retry_minutes = [5, 5]
ask_at_end_after = 14
[[season]]
first = "12-20"
last = "01-03"
[[step]]
id = "notice"
stage = "formal_notice"
offset = 30
gap = 10
channels = ["email", "letter"]
also = ["sms"]
lapse_after = 90
approval = "above"
approval_above = { EUR = "5000.00", JPY = "600000", TND = "1000.500" }
pay_within = 10
copies = true
keeps_out_of_seasons = true
[[step]]
id = "call"
stage = "follow_up_call"
offset = 43
gap = 13
channels = ["call"]
asks = "call_outcome"
[step.only_above]
EUR = "2000"
"""


def problems(text: str) -> list[str]:
    """The problems of a file, as a person reads them."""
    found = load_ladder(text.encode(), "x.toml")
    assert isinstance(found, list), "the file was taken"
    return [str(problem) for problem in found]


def test_a_ladder_is_read_as_it_is_written() -> None:
    assert load_ladder(GOOD.encode(), "swiss.toml") == Ladder(
        id="swiss",
        title="Swiss customers",
        hash=sha256(GOOD.encode()).hexdigest(),
        steps=(
            Step(
                id="notice",
                stage=Stage.FORMAL_NOTICE,
                offset=30,
                gap=10,
                channels=(Channel.EMAIL, Channel.LETTER),
                also=(Channel.SMS,),
                lapse_after=90,
                approval=ApprovalRule.ABOVE,
                approval_above={"EUR": 500000, "JPY": 600000, "TND": 1000500},
                pay_within=10,
                copies=True,
                keeps_out_of_seasons=True,
            ),
            Step(
                id="call",
                stage=Stage.FOLLOW_UP_CALL,
                offset=43,
                gap=13,
                channels=(Channel.CALL,),
                only_above={"EUR": 200000},
                asks=QuestionKind.CALL_OUTCOME,
            ),
        ),
        seasons=(Season((12, 20), (1, 3)),),
        send_from=8,
        send_until=24,
        send_days=frozenset({0, 5}),
        retry_minutes=(5, 5),
        ask_at_end_after=14,
    )


def test_every_mistake_is_reported_at_once_with_its_line() -> None:
    text = """\
id = "Bad Name"
send_from = 19
send_until = 18
send_day = ["mon"]
retry_minutes = []
[[season]]
first = "02-30"
[[step]]
id = "one"
stage = "fromal_notice"
offset = "3"
gap = -1
channels = ["mail"]
copies = "yes"
[[step]]
id = "two"
stage = "formal_notice"
offset = 4000
gap = 7
channels = ["email", "email"]
also = ["call"]
approval = "above"
approval_above = { EUR = 2000.0 }
colour = "red"
[[step]]
stage = "agency"
gap = 7
channels = []
only_above = { eur = "2000.00" }
asks = "exhausted"
"""
    stages = "upcoming, courtesy_reminder, second_reminder, formal_notice, follow_up_call, mediation, agency, legal"
    keys = (
        "id, stage, offset, after, gap, repeat, channels, also, lapse_after, only_above, only_if, hours, approval, "
        "approval_above, second_signature_above, asks, pay_within, copies, keeps_out_of_seasons, claims, text, recipient"
    )
    assert problems(text) == [
        'x.toml:1: id: "Bad Name" is not a name; use lowercase letters, digits, _ and -, a letter first.',
        "x.toml:1: title: The key is missing.",
        "x.toml:3: send_until: Sending would stop at 18 before it starts at 19.",
        "x.toml:4: send_day: The key is unknown; did you mean send_days?",
        "x.toml:5: retry_minutes: The list is empty; name at least one.",
        "x.toml:6: season 1.last: The key is missing.",
        'x.toml:7: season 1.first: "02-30" is not a day of the year; write month and day, such as "08-01" for 1 August.',
        f'x.toml:10: one.stage: "fromal_notice" is unknown; use one of {stages}.',
        'x.toml:11: one.offset: "3" is not a whole number.',
        "x.toml:12: one.gap: -1 is out of range; it must be from 1 to 3650.",
        'x.toml:13: one.channels: "mail" is unknown; use one of email, sms, letter, call, handover.',
        'x.toml:14: one.copies: "yes" is neither true nor false; write it without quotes.',
        "x.toml:18: two.offset: 4000 is out of range; it must be from -3650 to 3650.",
        'x.toml:20: two.channels: "email" stands in the list twice.',
        'x.toml:21: two.also: "call" is unknown; use one of email, sms, letter.',
        'x.toml:23: two.approval_above: 2000.0 is not an amount in EUR; write it between quotes, such as "2000.00".',
        f"x.toml:24: two.colour: The key is unknown; known here: {keys}.",
        "x.toml:25: step 3.id: The key is missing.",
        "x.toml:25: step 3.offset: The key is missing.",
        "x.toml:28: step 3.channels: The list is empty; name at least one.",
        'x.toml:29: step 3.only_above: "eur" is not a currency; use its three capital letters, such as EUR.',
        'x.toml:30: step 3.asks: "exhausted" is unknown; use one of call_outcome, mediation_outcome.',
    ]


def test_what_the_keys_say_together_is_checked_too() -> None:
    text = """\
id = "x"
title = "X"
[[season]]
first = "01-01"
last = "12-31"
[[step]]
id = "call"
stage = "follow_up_call"
offset = 10
gap = 5
channels = ["call"]
[[step]]
id = "notice"
stage = "formal_notice"
offset = 12
gap = 5
channels = ["email"]
approval = "above"
lapse_after = 11
[[step]]
id = "agency"
stage = "agency"
offset = 60
gap = 5
channels = ["handover"]
approval_above = { EUR = "1.00" }
pay_within = 10
[[step]]
id = "hard"
stage = "legal"
offset = 60
gap = 5
channels = ["email"]
[[step]]
id = "hard"
stage = "mediation"
offset = 50
gap = 5
channels = ["email"]
keeps_out_of_seasons = true
"""
    assert problems(text) == [
        'x.toml:11: call.channels: A call is a question to a person; add asks = "call_outcome".',
        'x.toml:18: notice.approval: approval = "above" needs approval_above, the limit by currency.',
        "x.toml:19: notice.lapse_after: The step would lapse before it may leave, 12 days from the due date.",
        'x.toml:26: agency.approval_above: A limit is only used with approval = "above".',
        "x.toml:27: agency.pay_within: Days to pay need a message to the debtor: email, sms or letter.",
        'x.toml:35: hard.id: A step called "hard" stands at line 28 already.',
        "x.toml:36: hard.stage: mediation is gentler than legal, the stage of the step before; put it earlier.",
        "x.toml:37: hard.offset: 50 is earlier than 60, that of the step before.",
        "x.toml:40: hard.keeps_out_of_seasons: The closed seasons leave no day of the year for this step.",
    ]


STEP = '[[step]]\nid = "a"\nstage = "upcoming"\noffset = 0\ngap = 1\nchannels = ["email"]\n'
HEAD = 'id = "x"\ntitle = "X"\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["x.toml:1: id: The key is missing.", "x.toml:1: title: The key is missing.",
              "x.toml:1: step: There is none; write at least one under a line [[step]]."]),
        (HEAD + STEP.replace("[[step]]", "[step]"), ["x.toml:3: step: Write each step under a line [[step]]."]),
        (HEAD + "season = 3\n" + STEP, ["x.toml:3: season: Write each season under a line [[season]]."]),
        (HEAD + "send_from = 24\n" + STEP, ["x.toml:3: send_from: 24 is out of range; it must be from 0 to 23."]),
        (HEAD + "send_until = 25\n" + STEP, ["x.toml:3: send_until: 25 is out of range; it must be from 1 to 24."]),
        (HEAD + "valid_days = true\n" + STEP, ["x.toml:3: valid_days: true is not a whole number."]),
        (HEAD + 'send_days = ["lundi"]\n' + STEP,
         ['x.toml:3: send_days: "lundi" is not a day; use mon, tue, wed, thu, fri, sat, sun.']),
        (HEAD + "send_days = [[1]]\n" + STEP,
         ["x.toml:3: send_days: [1] is not a day; use mon, tue, wed, thu, fri, sat, sun."]),
        (HEAD + "[[step]\n", ["x.toml:3: This is not TOML: Expected ']]' at the end of an array declaration."]),
        (HEAD + "title = 'Y'\n" + STEP, ["x.toml:3: This is not TOML: Cannot overwrite a value."]),
        (HEAD + 'also = "', ["x.toml:3: This is not TOML: Unterminated string."]),
    ],
)  # fmt: skip
def test_other_mistakes_are_told_in_a_sentence(text: str, found: list[str]) -> None:
    assert problems(text) == found


def test_a_file_that_is_not_text_is_refused_with_the_line_of_the_first_wrong_byte() -> None:
    text = b'id = "x"\ntitle = "Fran\xe7ais"\n'
    reason = "The file is not UTF-8 text; save it again as UTF-8."
    assert load_ladder(text, "x.toml") == [Problem("x.toml", 2, "", reason)]


@pytest.mark.parametrize(
    ("written", "minor"),
    [('EUR = "2000.00"', {"EUR": 200000}), ('EUR = "0.07"', {"EUR": 7}), ('EUR = "2000"', {"EUR": 200000}),
     ('JPY = "2000"', {"JPY": 2000}), ('KWD = "1.005"', {"KWD": 1005})],
)  # fmt: skip
def test_amounts_are_exact_in_the_currencys_own_decimals(written: str, minor: dict[str, int]) -> None:
    ladder = load_ladder(f"{HEAD}{STEP}only_above = {{ {written} }}\n".encode(), "x.toml")
    assert isinstance(ladder, Ladder)
    assert ladder.steps[0].only_above == minor


@pytest.mark.parametrize("written", ['EUR = "2000,00"', 'EUR = "2000.0"', 'EUR = "-1.00"', 'EUR = "2 000.00"', "EUR = 2000",
                                     'JPY = "1.00"', 'EUR = "²"', 'EUR = ".50"'])  # fmt: skip
def test_an_amount_that_could_be_read_in_two_ways_is_refused(written: str) -> None:
    assert len(problems(f"{HEAD}{STEP}only_above = {{ {written} }}\n")) == 1


def test_a_key_inside_a_text_of_several_lines_is_not_taken_for_the_key() -> None:
    text = 'id = "x"\ntitle = """\nX\nsend_from = 3\n"""\nsend_from = 24\n' + STEP
    assert problems(text) == ["x.toml:6: send_from: 24 is out of range; it must be from 0 to 23."]


def test_a_step_that_only_texts_is_mailed_where_no_text_can_leave() -> None:
    ladder = load_ladder(f"{HEAD}{STEP}".replace('channels = ["email"]', 'channels = ["sms"]').encode(), "x.toml")
    assert isinstance(ladder, Ladder)
    assert ladder.steps[0].channels == (Channel.SMS, Channel.EMAIL)
