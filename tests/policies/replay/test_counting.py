"""Every figure of a replay, on histories small enough to count by hand. 2025-03-03 is a Monday."""

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files

from policies.facts import DebtorKind
from policies.questions import QuestionKind
from policies.rates.rate_file import load_rates
from policies.replay.counting import Tally, all_learnt, count
from policies.replay.past import PastMoney
from policies.replay.period import Period
from policies.replay.replay import replay
from policies.replay.replaying import replayed
from policies.replay.report import ActCount, AlthoughPaying, MonthCount, PayingCustomer, QuestionCount, Report
from policies.stages import Channel, Stage
from tests.policies.replay.histories import ONE, YEAR, customer, dispute, france, invoice, ladder, of, shipped

COURTESY, SECOND, NOTICE = Stage.COURTESY_REMINDER, Stage.SECOND_REMINDER, Stage.FORMAL_NOTICE
MONDAY = date(2025, 3, 3)


def test_a_report_counts_every_contact_of_the_period() -> None:
    """Two invoices of one customer are reminded together; the notice leaves in April for what is still unpaid."""
    late = customer(
        "C1", invoice("A", MONDAY, date(2025, 4, 15)), invoice("B", MONDAY, date(2025, 3, 20)),
    )  # fmt: skip
    in_time = customer("C2", invoice("A", MONDAY, date(2025, 3, 2)))
    policy = ladder()
    assert replay([late, in_time], of(policy)) == Report(
        policy="reminders", title="Two reminders and a notice", hash=policy.hash, first=YEAR.first, last=YEAR.last,
        invoices=3, customers=2, outside=0, contacted_invoices=2, contacted_customers=1,
        acts=(
            ActCount("first", COURTESY, Channel.EMAIL, 1, 2),
            ActCount("second", SECOND, Channel.EMAIL, 1, 2),
            ActCount("second", SECOND, Channel.SMS, 1, 2),
            ActCount("notice", NOTICE, Channel.LETTER, 1, 1),
        ),
        months=(MonthCount("2025-03", COURTESY, 1), MonthCount("2025-03", SECOND, 1), MonthCount("2025-04", NOTICE, 1)),
        although_paying=AlthoughPaying(7, 0, ()), accessories=(), questions=(QuestionCount(QuestionKind.EXHAUSTED, 1),), acts_on_settled=0,
    )  # fmt: skip


def test_the_policy_was_always_in_force_and_only_the_period_is_counted() -> None:
    """Reminded in March, the invoice hears of it in April for the third time, not for the first."""
    history = [customer("C1", invoice("A", MONDAY))]
    april = replay(history, of(ladder(), Period(date(2025, 4, 1), date(2025, 4, 30))))
    assert (april.acts, april.invoices) == ((ActCount("notice", NOTICE, Channel.LETTER, 1, 1),), 1)


def test_what_was_settled_before_the_period_or_issued_after_it_does_not_count() -> None:
    """Paid on 31 March, known on 1 April: that is in April's books."""
    history = [
        customer("C1", invoice("A", MONDAY, date(2025, 3, 30)), invoice("B", MONDAY, date(2025, 3, 31))),
        customer("C2", invoice("A", date(2025, 6, 30))),
    ]
    april = replay(history, of(ladder(), Period(date(2025, 4, 1), date(2025, 4, 30))))
    assert (april.invoices, april.customers) == (1, 1)


def test_a_payment_of_a_day_is_known_the_day_after() -> None:
    """Paid on the day of the first reminder it crosses it, paid the day before it prevents it."""
    crossing = replay([customer("C1", invoice("A", MONDAY, date(2025, 3, 4)))], of(ladder()))
    before = replay([customer("C1", invoice("A", MONDAY, MONDAY))], of(ladder()))
    assert (crossing.acts, crossing.although_paying.crossed) == ((ActCount("first", COURTESY, Channel.EMAIL, 1, 1),), 1)
    assert (before.acts, before.although_paying.crossed) == ((), 0)


def test_a_payment_whose_moment_was_recorded_is_known_from_then_on() -> None:
    """At eight o'clock of the day of the reminder, which leaves at nine."""
    recorded = datetime(2025, 3, 4, 7, tzinfo=UTC)
    paid = PastMoney(date(2025, 3, 4), 100_00, recorded)
    assert replay([customer("C1", invoice("A", MONDAY, paid))], of(ladder())).acts == ()


def test_an_invoice_in_dispute_is_left_alone_while_it_lasts() -> None:
    """Disputed from before the first reminder on until 20 March: the reminder leaves on the day after that is known."""
    disputed = invoice("A", MONDAY, holds=(dispute(date(2025, 3, 3), date(2025, 3, 20)),))
    found = replay([customer("C1", disputed)], of(ladder(), Period(date(2025, 3, 1), date(2025, 3, 27))))
    assert found.acts == (ActCount("first", COURTESY, Channel.EMAIL, 1, 1),)
    never_ended = invoice("A", MONDAY, holds=(dispute(date(2025, 3, 3), None),))
    assert replay([customer("C1", never_ended)], of(ladder())).acts == ()


def test_who_pays_everything_in_a_few_days_pays_without_being_asked() -> None:
    """C1 pays both within a week and hears of each; C2 pays one in two weeks; what the period does not tell is not asked."""
    history = [
        customer("C1", invoice("A", MONDAY, date(2025, 3, 10)), invoice("B", date(2025, 6, 2), date(2025, 6, 4))),
        customer("C2", invoice("A", MONDAY, date(2025, 3, 10)), invoice("B", date(2025, 6, 2), date(2025, 6, 16))),
        customer("C3", invoice("A", MONDAY, date(2025, 3, 5)), invoice("B", date(2025, 12, 30))),
    ]
    found = replay(history, of(ladder())).although_paying
    assert found.customers == (PayingCustomer("C1", 2, 2), PayingCustomer("C3", 2, 2))
    strict = replay(history, of(ladder()), within_days=2).although_paying
    assert strict.customers == (PayingCustomer("C3", 2, 2),)


def test_a_notice_before_the_due_date_annoys_nobody() -> None:
    found = replay([customer("C1", invoice("A", MONDAY, MONDAY))], of(shipped("fr-b2b")))
    assert found.acts == (ActCount("upcoming", Stage.UPCOMING, Channel.EMAIL, 1, 1),)
    assert found.although_paying == AlthoughPaying(7, 0, ())


def test_an_act_on_a_settled_invoice_is_counted_where_there_is_one() -> None:
    """The figure is worked out from the facts: acts of a history without the payment are put to one with it."""
    place, one = france(), of(ladder())
    unpaid, paid = (customer("C1", invoice("A", MONDAY, *days)) for days in ((), (date(2025, 3, 5),)))
    acts = replayed(one, unpaid, place)
    tally, honest = Tally(), Tally()
    count(tally, paid, acts, all_learnt(paid, place), YEAR, 7)
    count(honest, unpaid, acts, all_learnt(unpaid, place), YEAR, 7)
    assert [act.on for act in acts.acts] == [date(2025, 3, 4), date(2025, 3, 11), date(2025, 4, 2)]
    assert (tally.on_settled, honest.on_settled) == (2, 0)


def test_money_that_came_back_leaves_an_invoice_unsettled() -> None:
    """Paid on 5 March, returned on 12 March: nothing leaves in between, and the second reminder after that."""
    paid, back = PastMoney(date(2025, 3, 5), 100_00), PastMoney(date(2025, 3, 12), -100_00)
    march = Period(date(2025, 3, 1), date(2025, 3, 31))
    found = replay([customer("C1", invoice("A", MONDAY, paid, back))], of(ladder(), march))
    assert [(one.step, one.count) for one in found.acts] == [("first", 1), ("second", 1), ("second", 1)]
    assert (found.acts_on_settled, found.although_paying.crossed) == (0, 0)


def test_flat_sums_and_interest_are_counted_once_for_each_invoice() -> None:
    """The notice, the agency's file and the court's state them one after the other: the last one counts."""
    rates = load_rates({"ecb_mro.toml": files("policies").joinpath("rates", "ecb_mro.toml").read_bytes()})
    assert not isinstance(rates, list), rates
    found = replay([customer("C1", invoice("A", MONDAY, amount=1_000_00))], of(shipped("fr-b2b"), rates=rates))
    [stated] = found.accessories
    assert (stated.currency, stated.messages, stated.invoices, stated.flat) == ("EUR", 3, 1, 40_00)
    assert stated.interest > 0


def test_people_are_asked_what_the_policy_asks_them() -> None:
    history = [customer("C1", invoice("A", MONDAY, date(2025, 5, 5), amount=6_000_00))]
    found = replay(history, of(shipped("fr-b2b")))
    assert found.questions == (
        QuestionCount(QuestionKind.APPROVE, 1), QuestionCount(QuestionKind.CALL_OUTCOME, 1),
        QuestionCount(QuestionKind.MEDIATION_OUTCOME, 1),
    )  # fmt: skip


def test_nobody_is_contacted_for_whom_the_policy_is_not_written() -> None:
    found = replay([customer("C1", invoice("A", MONDAY), kind=DebtorKind.CONSUMER)], of(shipped("fr-b2b")))
    assert (found.invoices, found.outside, found.acts, found.contacted_customers) == (1, 1, (), 0)


def test_plainly_each_invoice_is_by_itself_and_every_day_is_open() -> None:
    """Due on a Friday and on a Saturday: at due + 1 each, on a Saturday and on a Sunday."""
    history = [customer("C1", invoice("A", date(2025, 3, 7)), invoice("B", date(2025, 3, 8)))]
    weekend = Period(date(2025, 3, 8), date(2025, 3, 9))
    assert replay(history, of(ladder(), weekend)).acts == ()
    plain = replay(history, of(ladder(), weekend, plain=True))
    assert (plain.acts, plain.customers) == ((ActCount("first", COURTESY, Channel.EMAIL, 2, 2),), 1)


def test_a_policy_that_asks_how_a_customer_pays_is_told_what_was_known_then() -> None:
    """C1 paid six invoices in time before it is late for the first time; nobody knows C2 yet."""
    soft = ladder(ONE.replace('channels = ["email"]', 'channels = ["email"]\nonly_if = { payers = ["prompt"] }'))
    prompt = [invoice(f"P{month}", date(2024, month, 3), date(2024, month, 2)) for month in range(7, 13)]
    history = [customer("C1", *prompt, invoice("A", MONDAY)), customer("C2", invoice("A", MONDAY))]
    found = replay(history, of(soft))
    assert (found.acts, found.contacted_customers, found.customers) == (
        (ActCount("only", SECOND, Channel.EMAIL, 1, 1),), 1, 2,
    )  # fmt: skip
    later = [customer("C1", *(replace(one, issued=date(2025, 6, 1)) for one in prompt), invoice("A", MONDAY))]
    assert replay(later, of(soft)).acts == ()
