"""The weekly report as tables, the same for the run's page and for the terminal: a heading, rows, where each row leads."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from policies.answer_reasons import REASON_LAWS, AnswerReason
from policies.call_choices import CALL_CHOICES
from policies.dispute_reasons import DisputeReason, in_words
from policies.measure import KIND_WORDS, MeasureKind
from storage.week_report import WeekReport
from storage.week_report_agreed import Words
from storage.week_report_sent import Sent
from storage.week_report_waiting import Waited
from tasks import wording
from tasks.staff_names import BESIDE, CHANNELS, QUESTIONS, STAGES
from tasks.staff_text import language, say, short_day, told
from tasks.week_names import HEARD, STEPS, name_of
from tasks.week_outlook import ahead, exceptions, largest, troubles
from tasks.week_rows import Row, Table, amount, customer_page, inbox_page, runs_page, sent_page, table

OUTCOMES = {one.code: one.sentence for one in CALL_CHOICES}
"""What the outcome of a call is called on its form."""


def tables(report: WeekReport) -> tuple[Table, ...]:
    """Every part of the report, in the language spoken here."""
    return (
        _sent(report), _calls(report), _heard(report), _waiting(report), _words(report), _disputes(report),
        *((_measures(report),) if report.agreed.measures else ()), _money(report),
        largest(report), ahead(report), exceptions(report), troubles(report),
    )  # fmt: skip


def _sent(report: WeekReport) -> Table:
    headers = (say("Step"), say("By"), say("Messages"), say("Kept in the sink"))
    rows = (
        Row((_what(one), say(name_of(CHANNELS, one.channel)), str(one.count), str(one.sink or "")), _sent_page(one))
        for one in report.correspondence.sent
    )
    return table(say("Sent"), headers, {2, 3}, rows, say("Nothing was sent."))


def _what(one: Sent) -> str:
    return say(name_of(STAGES, one.stage) if one.stage else name_of(BESIDE, one.kind))


def _sent_page(one: Sent) -> str:
    return sent_page(day=one.last_on.isoformat(), stage=one.stage or one.kind, channel=one.channel)


def _calls(report: WeekReport) -> Table:
    headers = (say("How it ended"), say("Calls"), say("Customers"))

    def rows() -> Iterator[Row]:
        for one in report.calls:
            how = told(OUTCOMES.get(one.outcome, one.outcome))
            came_in = say("{outcome} (the customer called)", outcome=how) if one.direction == "in" else how
            yield Row((came_in, str(one.calls), str(one.customers)), "/desk/calls")

    return table(say("Calls"), headers, {1, 2}, rows(), say("Nobody was called."))


def _heard(report: WeekReport) -> Table:
    found = report.correspondence
    headers = (say("From customers"), say("Count"), say("Not read yet"), say("Latest"))

    def rows() -> Iterator[Row]:
        for one in found.heard:
            cells = (say(name_of(HEARD, one.kind)), str(one.count), str(one.unread or ""), "")
            yield Row(cells, inbox_page(kind="reply"))
        for why in found.reasons:
            cells = (say(REASON_LAWS[AnswerReason(why.reason)].said), str(why.count), "", why.customer_name)
            yield Row(cells, customer_page(why.customer_number))
        if found.undelivered:
            yield Row(
                (say("Messages that did not arrive"), str(found.undelivered), "", ""), inbox_page(kind="undeliverable")
            )

    return table(say("Answered"), headers, {1, 2}, rows(), say("Nothing came back."))


def _waiting(report: WeekReport) -> Table:
    headers = (say("Waiting on us"), say("Open"), say("Oldest, days"), say("Answered in the week"), say("Median days"))
    found = report.waiting

    def rows() -> Iterator[Row]:
        if found.kinds:
            yield Row(_waited(say("All questions"), found.all, report.at), "/desk/inbox")
        for one in found.kinds:
            yield Row(_waited(say(name_of(QUESTIONS, one.name)), one, report.at), inbox_page(kind=one.name))
        for one in found.people:
            who = one.name or say("anyone")
            yield Row(
                _waited(say("asked of {name}", name=who), one, report.at), runs_page(f"todo:{one.name or 'anyone'}")
            )

    return table(say("Waiting on us"), headers, {1, 2, 3, 4}, rows(), say("No question waits, and none was answered."))


def _waited(name: str, one: Waited, at: datetime) -> tuple[str, ...]:
    oldest = "" if one.oldest is None else str((at - one.oldest).days)
    median = "" if one.median_days is None else wording.figure(Decimal(str(one.median_days)), language())
    return name, str(one.open), oldest, str(one.answered), median


def _words(report: WeekReport) -> Table:
    headers = (
        say("Agreed"), say("Due"), say("Kept"), say("In part"), say("Broken"), say("Not known yet"), say("Made in the week"),
        say("Standing"),
    )  # fmt: skip
    found = report.agreed

    def rows() -> Iterator[Row]:
        said = (
            (say("Promises"), found.promises),
            (say("Payment plans"), found.plans),
            (say("Settlements"), found.settlements),
        )
        for name, one in said:
            if any((one.due, one.made, one.standing)):
                yield Row((name, *_counts(one)), "/desk/agreements")
        for word in found.broken:
            how = say("In part") if word.word == "partly_kept" else say("Broken")
            yield Row((word.customer_name, how, "", "", "", "", "", ""), customer_page(word.customer_number))

    nothing = say("No promise and no payment plan.")
    return table(say("Promises and payment plans"), headers, set(range(1, 8)), rows(), nothing)


def _counts(one: Words) -> tuple[str, ...]:
    return tuple(map(str, (one.due, one.kept, one.partly_kept, one.broken, one.unknown, one.made, one.standing)))


def _disputes(report: WeekReport) -> Table:
    headers = (
        say("Reason"), say("Opened"), say("Decided"), say("Undecided"), say("Amount undecided"), say("Latest"),
    )  # fmt: skip
    rows = (
        Row(
            (
                in_words(DisputeReason(one.reason), language()), str(one.opened), str(one.settled), str(one.standing),
                amount(one.amount, one.currency) if one.standing and one.currency else "", one.customer_name,
            ),
            customer_page(one.customer_number),
        )
        for one in report.agreed.disputes
    )  # fmt: skip
    return table(say("Disputes"), headers, {1, 2, 3, 4}, rows, say("Nothing is disputed."))


def _measures(report: WeekReport) -> Table:
    headers = (say("Measure"), say("Taken"), say("Lifted"), say("Standing"), say("Latest"))
    rows = (
        Row(
            (
                say(KIND_WORDS[MeasureKind(one.kind)]),
                *map(str, (one.taken, one.lifted, one.standing)),
                one.customer_name,
            ),
            customer_page(one.customer_number),
        )
        for one in report.agreed.measures
    )
    return table(say("Commercial measures"), headers, {1, 2, 3}, rows, "")


def _money(report: WeekReport) -> Table:
    headers = (say("Last step before it"), say("Invoices"), say("Amount"))

    def rows() -> Iterator[Row]:
        for one in report.money.received:
            cells = (say(name_of(STEPS, one.stage)), str(one.invoices), amount(one.amount, one.currency))
            yield Row(cells, runs_page("outcome:paid"))
        for line in report.money.unplaced:
            cells = (say("Set against no invoice yet"), str(line.lines), amount(line.amount, line.currency))
            yield Row(cells, inbox_page(kind="match"))

    return table(say("Money in"), headers, {1, 2}, rows(), say("No money came in."))


def heading(report: WeekReport) -> tuple[str, str]:
    """The title, and under it which days it is about and when it was looked at."""
    at = report.at.astimezone(ZoneInfo(report.zone))
    title = say("Collections · week {number}", number=report.week.number)
    under = say(
        "{creditor}, {first} to {last} {year}. What stands and what comes is as of {at}.",
        creditor=report.creditor, first=short_day(report.week.first), last=short_day(report.week.last),
        year=report.week.last.year, at=f"{at:%Y-%m-%d %H:%M}",
    )  # fmt: skip
    return title, under
