"""Of the weekly report's tables: who owes most, what comes, what is outside the policy, what is wrong."""

from collections.abc import Iterator
from datetime import date

from storage.week_report import WeekReport
from tasks.staff_names import STAGES
from tasks.staff_text import say, short_day, told
from tasks.week_names import HOW, TROUBLES, WAYS, name_of
from tasks.week_rows import Row, Table, amount, customer_page, day_of_year, inbox_page, runs_page, table


def largest(report: WeekReport) -> Table:
    """The customers who owe most that is late."""
    headers = (
        say("Customer"),
        say("Owed"),
        say("Of it late"),
        say("Invoices"),
        say("Oldest, due"),
        say("What comes next"),
    )
    rows = (
        Row(
            (
                one.name, amount(one.open, one.currency), amount(one.overdue, one.currency), str(one.invoices),
                day_of_year(one.oldest), told(one.says) or say("nothing: it has no case"),
            ),
            customer_page(one.number),
        )
        for one in report.customers
    )  # fmt: skip
    return table(say("Who owes most"), headers, {1, 2, 3}, rows, say("Nobody owes anything that is late."))


def ahead(report: WeekReport) -> Table:
    """The acts of the next five days."""
    headers = (say("Day"), say("Step"), say("By"), say("Invoices"))

    def rows() -> Iterator[Row]:
        for one in report.ahead.acts:
            how = say(name_of(HOW, "question" if one.asks else one.how))
            link = inbox_page(stage=one.stage) if one.asks else runs_page("stage:" + one.stage)
            yield Row((_day(one.on), say(name_of(STAGES, one.stage)), how, str(one.count)), link)
        if report.ahead.beyond:
            yield Row(("", say("More cases that will be looked at"), "", str(report.ahead.beyond)), "/desk")

    return table(say("The next five days"), headers, {3}, rows(), say("Nothing comes in the next five days."))


def _day(on: date) -> str:
    return f"{say(on.strftime('%a'))} {short_day(on)}"


def exceptions(report: WeekReport) -> Table:
    """Who is treated outside the policy."""
    headers = (say("Outside the policy"), say("Count"), say("Since"), say("By"), say("Why"))
    found = report.exceptions

    def rows() -> Iterator[Row]:
        for (way, what), count in found.counts.items():
            yield Row((say(WAYS.get((way, what)) or what), str(count), "", "", ""), "/desk")
        for one in found.latest:
            about = f"{one.customer_name} · {one.invoice}" if one.invoice else one.customer_name
            cells = (about, "", day_of_year(one.since), one.by, told(one.reason))
            yield Row(cells, customer_page(one.customer_number))

    return table(say("Exceptions"), headers, {1}, rows(), say("Everybody is treated as the policy says."))


def troubles(report: WeekReport) -> Table:
    """What needs somebody to look at it."""
    headers = (say("Problem"), say("Count"), say("More"))
    rows = (
        Row((say(TROUBLES[one.code][0]), str(one.count), told(one.words)), TROUBLES[one.code][1])
        for one in report.troubles
    )
    return table(say("Problems"), headers, {1}, rows, say("None."))
