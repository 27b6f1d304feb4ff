"""The further keys of a ladder file: what they say, and every mistake with its line."""

import pytest

from policies.condition import Condition
from policies.facts import DebtorKind
from policies.ladder import Entry, Ladder
from policies.ladder_file import load_ladder
from policies.law.contact_rules import Cap, Window
from policies.law.jurisdiction import Jurisdiction
from policies.payer import Payer
from policies.stages import Channel
from policies.step import Accessories, CountedFrom, Hours, Repeat
from tests.policies.laws import LAWS, contact

HEAD = 'id = "x"\ntitle = "X"\n'
STEP = '[[step]]\nid = "a"\nstage = "second_reminder"\noffset = 5\ngap = 3\nchannels = ["email"]\n'
COURTESY = STEP.replace("second_reminder", "courtesy_reminder")
HARDER = '[[step]]\nid = "b"\nstage = "formal_notice"\noffset = 20\ngap = 7\nchannels = ["email"]\npay_within = 10\n'


def loaded(text: str) -> Ladder:
    found = load_ladder(text.encode(), "x.toml")
    assert isinstance(found, Ladder), [str(one) for one in found]
    return found


def problems(text: str, **known: object) -> list[str]:
    found = load_ladder(text.encode(), "x.toml", **known)  # type: ignore[arg-type]
    return [] if isinstance(found, Ladder) else [str(problem) for problem in found]


def test_everything_a_step_may_say_is_read() -> None:
    ladder = loaded(
        HEAD
        + """\
send_from = 8
send_until = 17
accessories = "claim"
[[step]]
id = "second"
stage = "second_reminder"
offset = 10
after = "month_end"
gap = 7
repeat = { every = 14, most = 3 }
channels = ["email"]
claims = "mention"
text = "statement"
hours = { send_from = 10, send_days = ["tue"] }
[step.only_if]
invoice_above = { EUR = "50.00" }
overdue_up_to = { EUR = "9000.00" }
overdue_invoices = 2
kinds = ["business"]
countries = ["FR", "BE"]
payers = ["worsening", "new"]
opened_late = 30
[[step]]
id = "third"
stage = "formal_notice"
offset = 8
after = "previous"
gap = 7
channels = ["email"]
claims = "claim"
"""
    )
    second, third = ladder.steps
    assert (second.after, second.repeat, second.times) == (CountedFrom.MONTH_END, Repeat(14, 3), 3)
    assert (second.claims, second.text) == (Accessories.MENTION, "statement")
    assert second.hours == Hours(10, 17, frozenset({1}))
    assert second.only_if == Condition(
        invoice_above={"EUR": 5000},
        overdue_up_to={"EUR": 900000},
        overdue_invoices=2,
        kinds=frozenset({DebtorKind.BUSINESS}),
        countries=frozenset({"FR", "BE"}),
        payers=frozenset({Payer.WORSENING, Payer.NEW}),
        opened_late=30,
    )
    assert (third.after, third.claims, third.times) == (CountedFrom.PREVIOUS, Accessories.CLAIM, 1)


def test_everything_the_top_may_say_is_read() -> None:
    ladder = loaded(
        HEAD
        + """\
country = "UK-EW"
kinds = ["business", "public"]
entry = "soft_landing"
entry_after = 45
accessories = "mention"
flat_sum = true
limitation_warnings = [30, 180, 90]
[[cap]]
channels = ["email", "sms"]
most = 3
days = 7
[[cap]]
channels = ["call"]
most = 1
days = 1
[[step]]
id = "position"
stage = "courtesy_reminder"
offset = 0
gap = 7
channels = ["email"]
text = "statement"
"""
    )
    assert (ladder.country, ladder.kinds) == ("UK-EW", frozenset({DebtorKind.BUSINESS, DebtorKind.PUBLIC}))
    assert (ladder.entry, ladder.entry_after) == (Entry.SOFT_LANDING, 45)
    assert (ladder.accessories, ladder.flat_sum) == (Accessories.MENTION, True)
    assert ladder.limitation_warnings == (180, 90, 30)
    assert ladder.caps == (
        Cap(frozenset({Channel.EMAIL, Channel.SMS}), 3, 7),
        Cap(frozenset({Channel.CALL}), 1, 1),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + STEP + 'after = "previous"\n',
         ['x.toml:9: a.after: The first step has none before it; count it from "due" or "month_end".']),
        (HEAD + STEP + HARDER + 'after = "previous"\n'.replace("previous", "formal_notice"),
         ['x.toml:16: b.after: "formal_notice" is unknown; use one of due, month_end, previous.']),
        (HEAD + STEP + HARDER.replace("20", "-1") + 'after = "previous"\n',
         ["x.toml:12: b.offset: -1 days after the step before it would be before that step."]),
        (HEAD + STEP.replace("gap = 3", "gap = 0"), ["x.toml:7: a.gap: 0 is out of range; it must be from 1 to 3650."]),
        (HEAD + STEP + "repeat = { every = 0, most = 3 }\n",
         ["x.toml:9: a.repeat.every: 0 is out of range; it must be from 1 to 3650."]),
        (HEAD + STEP + "repeat = { every = 7 }\n", ["x.toml:9: a.repeat.most: The key is missing."]),
        (HEAD + STEP + "repeat = 3\n", ["x.toml:9: a.repeat: 3 is not a table; write repeat = { … }."]),
        (HEAD + STEP + "[step.repeat]\nevery = 7\nmost = 60\n",
         ["x.toml:11: a.repeat.most: 60 is out of range; it must be from 2 to 52."]),
        (HEAD + STEP + "repeat = { every = 2, most = 3 }\n",
         ["x.toml:9: a.repeat: Coming again every 2 days can never keep the step's own gap of 3 days."]),
        (HEAD + STEP + "lapse_after = 20\nrepeat = { every = 7, most = 4 }\n",
         ["x.toml:10: a.repeat: The last of 4 times would be 26 days from the due date, after the step lapses (20)."]),
        (HEAD + STEP + HARDER.replace("gap = 7", "gap = 30") + "lapse_after = 30\n",
         [("x.toml:13: b.gap: Its gap of 30 days can never be kept: the steps before it may leave until day 5, and it "
          "lapses after day 30.")]),
        (HEAD + STEP + "repeat = { every = 20, most = 3 }\n" + HARDER + "lapse_after = 50\n",
         [("x.toml:14: b.gap: Its gap of 7 days can never be kept: the steps before it may leave until day 45, and it "
          "lapses after day 50.")]),
        (HEAD + STEP.replace("second_reminder", "agency") + "repeat = { every = 7, most = 2 }\n",
         ["x.toml:9: a.repeat: The stage agency happens once; leave the repeat out."]),
        (HEAD + STEP.replace("offset = 5", "offset = 25") + HARDER,
         ["x.toml:12: b.offset: 20 is earlier than 25, that of the step before."]),
        (HEAD + STEP + "only_if = {}\n",
         [("x.toml:9: a.only_if: It names no condition; use invoice_above, overdue_up_to, overdue_invoices, kinds, "
          "countries, payers, first_lateness, opened_late, or leave it out.")]),
        (HEAD + STEP + '[step.only_if]\ninvoice_over = { EUR = "1" }\ncountries = ["France"]\n',
         ["x.toml:10: a.only_if.invoice_over: The key is unknown; did you mean invoice_above?",
          'x.toml:11: a.only_if.countries: "France" is not a country; use its two capital letters, such as FR.']),
        (HEAD + STEP + 'only_if = { first_lateness = true, kinds = ["consumer"] }\n',
         [("x.toml:9: a.only_if.first_lateness: Consumers are never scored (CNIL deliberation 2021-130); this would never "
          "hold.")]),
        (HEAD + STEP + 'only_if = { payers = ["prompt"], kinds = ["consumer"] }\n',
         ["x.toml:9: a.only_if.payers: Consumers are never scored (CNIL deliberation 2021-130); this would never hold."]),
        (HEAD + STEP + "hours = { send_from = 20 }\n",
         ["x.toml:9: a.hours.send_until: Sending would stop at 18 before it starts at 20."]),
        (HEAD + STEP + 'claims = "claim"\n',
         ['x.toml:9: a.claims: The step would claim more than the ladder does: accessories = "never".']),
        (HEAD + 'accessories = "mention"\n' + STEP + 'claims = "claim"\n',
         ['x.toml:10: a.claims: The step would claim more than the ladder does: accessories = "mention".']),
        (HEAD + 'accessories = "claim"\n' + COURTESY + 'claims = "mention"\n',
         [("x.toml:10: a.claims: A message at the stage courtesy_reminder claims and mentions nothing besides the "
          "invoice; leave it out, or put it into a harder step.")]),
        (HEAD + STEP.replace('["email"]', '["handover"]') + 'text = "statement"\n',
         ["x.toml:9: a.text: A text needs a message to the debtor: email, sms or letter."]),
        (HEAD + 'country = "France"\n' + STEP,
         ['x.toml:3: country: "France" is not a jurisdiction; use its capital letters, such as FR, UK-EW or EU.']),
        (HEAD + 'entry = "soft_landing"\n' + STEP,
         [('x.toml:3: entry: A soft landing needs a step with text = "statement" at the stage courtesy_reminder: the '
          "position of the account.")]),
        (HEAD + "entry_after = 10\n" + STEP, ['x.toml:3: entry_after: It is only used with entry = "soft_landing".']),
        (HEAD + 'entry = "soft_landing"\n' + STEP + 'text = "statement"\n',
         ["x.toml:6: a.stage: The position of the account of a soft landing stands at the stage courtesy_reminder."]),
        (HEAD + 'entry = "soft_landing"\n' + COURTESY + 'text = "statement"\nlapse_after = 20\n',
         ["x.toml:11: a.lapse_after: It would have lapsed before a case lands softly, 30 days late (entry_after)."]),
        (HEAD + "[[cap]]\nmost = 0\ndays = 7\n" + STEP,
         ["x.toml:3: cap 1.channels: The key is missing.",
          "x.toml:4: cap 1.most: 0 is out of range; it must be from 1 to 3650."]),
        (HEAD + '[[cap]]\nchannels = ["call"]\nmost = 1\ndays = 101\n' + STEP,
         ["x.toml:6: cap 1.days: 101 is out of range; it must be from 1 to 100."]),
        (HEAD + '[[cap]]\nchannels = ["handover"]\nmost = 1\ndays = 7\n' + STEP,
         ['x.toml:4: cap 1.channels: "handover" is unknown; use one of email, sms, letter, call.']),
        (HEAD + 'kinds = ["business"]\nflat_sum = true\n' + STEP,
         ['x.toml:4: flat_sum: The flat sum is an accessory, and accessories = "never"; say mention or claim.']),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_file_line_key_and_reason(text: str, found: list[str]) -> None:
    assert problems(text) == found


def test_offsets_are_compared_within_one_anchor_only() -> None:
    month_end = HARDER.replace("offset = 20", 'offset = 0\nafter = "month_end"')
    third = HARDER.replace('"b"', '"c"').replace("offset = 20", "offset = 4")
    assert problems(HEAD + STEP + month_end) == []
    assert problems(HEAD + STEP + month_end + third) == [
        'x.toml:20: c.offset: 4 is earlier than 5, that of the step "a".'
    ]


def test_what_only_a_backlog_meets_is_no_part_of_the_course_in_time() -> None:
    position = COURTESY.replace('"a"', '"p"').replace("offset = 5", "offset = 0") + 'text = "statement"\n'
    soft = HEAD + 'entry = "soft_landing"\n' + position
    assert problems(soft + COURTESY.replace("gap = 3", "gap = 9") + "lapse_after = 6\n") == []
    assert problems(soft + COURTESY + 'after = "previous"\n') == [
        'x.toml:17: a.after: The first step has none before it; count it from "due" or "month_end".'
    ]


CLAIMS = HEAD + 'country = "FR"\naccessories = "claim"\nflat_sum = true\n'
BETWEEN_BUSINESSES = "it is owed in commercial transactions only (directive 2011/7/EU, art. 1(2) and 6)"


@pytest.mark.parametrize(
    ("kinds", "known", "found"),
    [
        ('kinds = ["business"]\n', {}, []),
        ('kinds = ["business"]\n', {"laws": LAWS}, []),
        ('kinds = ["business", "consumer"]\n', {},
         [f"x.toml:5: flat_sum: No flat sum is owed by a consumer: {BETWEEN_BUSINESSES}."]),
        ('kinds = ["association"]\n', {},
         [f"x.toml:5: flat_sum: No flat sum is owed by an association: {BETWEEN_BUSINESSES}."]),
        ("", {},
         [("x.toml:5: flat_sum: A flat sum needs the kinds of debtor it is claimed from: consumers and associations do "
          f"not owe one, {BETWEEN_BUSINESSES}.")]),
        ('kinds = ["consumer"]\n', {"laws": LAWS},
         ["x.toml:4: accessories: Interest cannot be claimed from a consumer in FR: The law names none.",
          "x.toml:5: flat_sum: No flat sum is owed by a consumer: FR gives it between businesses only (D441-5 C. com.)."]),
        ('kinds = ["business"]\n', {"laws": LAWS, "rates": {}},
         [('x.toml:4: accessories: Interest from a business in FR needs the rates "ecb_mro", and there are none '
          "(L441-10 C. com.).")]),
    ],
)  # fmt: skip
def test_nobody_is_charged_what_the_law_does_not_give(kinds: str, known: dict[str, object], found: list[str]) -> None:
    assert problems(CLAIMS + kinds + STEP, **known) == found


AGENCY = (
    '[[step]]\nid = "agency"\nstage = "agency"\noffset = 75\ngap = 20\nchannels = ["handover"]\napproval = "always"\n'
)


@pytest.mark.parametrize(
    ("head", "steps", "found"),
    [
        ('country = "XX"\n', STEP, ["x.toml:3: country: There is no law for XX; known are BE, CH, FR."]),
        ('country = "FR"\nkinds = ["public"]\n', AGENCY,
         ["x.toml:7: agency.stage: An agency has no power here (public; L1617-5 CGCT)."]),
        ('country = "FR"\nkinds = ["public"]\n', AGENCY.replace('"agency"', '"legal"'),
         ["x.toml:7: legal.stage: Public goods cannot be seized (public; L2311-1 CGPPP)."]),
        ('country = "FR"\nkinds = ["business"]\n', AGENCY.replace('"agency"', '"legal"'), []),
        ('country = "CH"\n', AGENCY,
         [("x.toml:6: agency.stage: For CH only rates and flat sums are known, no routes: the stage agency is refused; "
          "end the ladder before it.")]),
        ("", AGENCY, ['x.toml:5: agency.stage: The stage agency needs a country = "…": each law has routes of its own.']),
        ('country = "CH"\nkinds = ["consumer"]\n', STEP,
         ["x.toml:4: kinds: The law of CH that is known says nothing about the kind consumer."]),
        ('country = "FR"\nkinds = ["business"]\n', HARDER.replace("pay_within = 10", "pay_within = 7"),
         ["x.toml:11: b.pay_within: A formal notice must give at least 8 days here (1344 C. civ.)."]),
        ('country = "BE"\nkinds = ["consumer"]\n', STEP,
         [('x.toml:1: step: Against a consumer a free reminder comes first: a step with text = "free_reminder" '
          "(XIX.2 CDE).")]),
        ('country = "BE"\nkinds = ["consumer"]\n', STEP + COURTESY.replace('"a"', '"f"').replace(
            "courtesy_reminder", "second_reminder") + 'text = "free_reminder"\n',
         ['x.toml:7: a.stage: The step "f" comes first: nothing is claimed before the free reminder (XIX.2 CDE).']),
    ],
)  # fmt: skip
def test_what_the_law_refuses_is_refused_with_its_article(head: str, steps: str, found: list[str]) -> None:
    assert problems(HEAD + head + steps, laws=LAWS) == found


def test_a_mark_an_editor_puts_before_the_first_line_is_no_mistake() -> None:
    assert isinstance(load_ladder(b"\xef\xbb\xbf" + (HEAD + STEP).encode(), "x.toml"), Ladder)


def test_a_file_nobody_writes_by_hand_is_refused_in_a_sentence() -> None:
    many = "".join(STEP.replace('"a"', f'"a{number}"') for number in range(201))
    assert problems(HEAD + many) == ["x.toml:1203: step: There are 201; a policy holds at most 200."]
    assert problems(HEAD + "#" * 1_000_000) == ["x.toml:1: The file is larger than 1 MB; nothing of it was read."]
    deep = "a = " + "[" * 5000 + "]" * 5000
    assert problems(deep) == ["x.toml:1: Its lists or tables are nested too deeply to be read."]


@pytest.mark.parametrize(("offset", "refused"), [("-3", True), ("0", True), ("1", False)])
def test_a_free_reminder_of_a_debt_that_is_not_late_yet_is_refused(offset: str, refused: bool) -> None:
    free = COURTESY.replace("offset = 5", f"offset = {offset}") + 'text = "free_reminder"\n'
    found = problems(HEAD + 'country = "BE"\nkinds = ["consumer"]\n' + free, laws=LAWS)
    reason = "The free reminder counts only once the debt is late: write 1 day or more (XIX.2 CDE)."
    assert [problem for problem in found if "counts only" in problem] == (
        [f"x.toml:8: a.offset: {reason}"] if refused else []
    )


def test_hours_that_never_meet_those_of_the_law_are_refused() -> None:
    evening = Window(frozenset({Channel.SMS}), 19, 21, frozenset(range(5)))
    law = Jurisdiction("XX", "X", "EUR", True, {DebtorKind.BUSINESS: contact(windows=(evening,))}, "0")
    text = HEAD + 'country = "XX"\n' + STEP.replace('["email"]', '["email", "sms"]')
    assert problems(text, laws={"XX": law}) == [
        "x.toml:4: a.hours: Its hours never meet those in which the law lets sms be used (Reg F)."
    ]
    assert problems(text + "hours = { send_until = 20 }\n", laws={"XX": law}) == []


def test_a_step_without_a_template_is_refused() -> None:
    asked: list[tuple[str, str, DebtorKind]] = []

    def known(law: str, text: str, debtor: DebtorKind) -> bool:
        asked.append((law, text, debtor))
        return text == "second_reminder"

    call = '[[step]]\nid = "call"\nstage = "follow_up_call"\noffset = 9\ngap = 3\nchannels = ["call"]\nasks = "call_outcome"\n'
    text = (
        HEAD
        + 'country = "FR"\nkinds = ["business"]\n'
        + STEP
        + COURTESY.replace('"a"', '"f"')
        + 'text = "poem"\n'
        + call
    )
    text = text.replace("courtesy_reminder", "second_reminder")
    assert problems(text, templates=known) == [
        'x.toml:17: f.text: There is no template "poem" for a business under the law of "FR"; the step could not leave.'
    ]
    assert asked == [("FR", "second_reminder", DebtorKind.BUSINESS), ("FR", "poem", DebtorKind.BUSINESS)]
