"""The weekly report as the run shows it: one page of markdown, every line a link."""

from storage.week_report import WeekReport
from tasks.staff_text import say
from tasks.staff_words import cell
from tasks.week_rows import Row, Table, amount
from tasks.week_tables import heading, tables


def markdown(report: WeekReport) -> str:
    """The whole artifact."""
    title, under = heading(report)
    parts = [f"# {cell(title)}", cell(under), first_look(report), *(_table(one) for one in tables(report))]
    return "\n\n".join(part for part in parts if part) + "\n"


def first_look(report: WeekReport) -> str:
    """The figures a manager looks for first."""
    sums: dict[str, int] = {}
    for one in report.money.received:
        sums[one.currency] = sums.get(one.currency, 0) + one.amount
    came = ", ".join(f"**{amount(minor, currency)}**" for currency, minor in sums.items()) or f"**{say('nothing')}**"
    sent = sum(one.count for one in report.correspondence.sent)
    return " · ".join(
        (
            say("**{count}** messages sent", count=sent),
            say("**{count}** questions wait on us", count=report.waiting.all.open),
            say("came in: {amounts}", amounts=came),
        )
    )


def _table(table: Table) -> str:
    if not table.rows:
        return f"## {cell(table.title)}\n\n{cell(table.nothing)}"
    marks = ["--:" if place in table.figures else "---" for place in range(len(table.headers))]
    lines = [_line(tuple(map(cell, table.headers))), _line(marks), *(_line(_cells(row)) for row in table.rows)]
    return f"## {cell(table.title)}\n\n" + "\n".join(lines)


def _cells(row: Row) -> list[str]:
    """The first cell with words in it leads to the page."""
    cells = [cell(one) for one in row.cells]
    place = next((number for number, words in enumerate(cells) if words), 0)
    if row.link:
        cells[place] = f"[{cells[place]}]({row.link})"
    return cells


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"
