"""A replay as one HTML page with its plots, which opens without a network and prints on A4."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from policies.replay.difference import Difference
from policies.replay.report import Report
from policies.stages import HARDNESS, Stage
from tasks.bar_chart import Chart, stacked
from tasks.page_html import pages

COLOURS: dict[Stage, str] = {
    Stage.UPCOMING: "#9ecae1", Stage.COURTESY_REMINDER: "#4292c6", Stage.SECOND_REMINDER: "#2171b5",
    Stage.FORMAL_NOTICE: "#f59e0b", Stage.FOLLOW_UP_CALL: "#8b5cf6", Stage.MEDIATION: "#10b981",
    Stage.AGENCY: "#ef4444", Stage.LEGAL: "#7f1d1d",
}  # fmt: skip
"""From the gentle blues to the red of a court; told apart by their names as well."""


@dataclass(frozen=True, slots=True)
class Plotted:
    """One policy's report with what the page says of it."""

    report: Report
    sentences: tuple[str, ...]
    chart: Chart


def replay_page(found: Report | Difference, said: Sequence[Sequence[str]], caveat: str, written: str) -> str:
    """The page. `said`: what the tables do not say, for each policy; `written`: the day it was made, in words."""
    reports = (found,) if isinstance(found, Report) else (found.this, found.other)
    months = sorted({one.month for report in reports for one in report.months})
    stages = sorted({one.stage for report in reports for one in report.months}, key=lambda stage: HARDNESS[stage])
    colours = {name(stage): COLOURS[stage] for stage in stages}
    most = max((sum(counts.values()) for report in reports for counts in by_month(report).values()), default=1)
    plotted = [
        Plotted(report, tuple(sentences), stacked(_columns(report, months), colours, most))
        for report, sentences in zip(reports, said, strict=True)
    ]
    compared = None if isinstance(found, Report) else found
    values = {"plotted": plotted, "difference": compared, "colours": colours, "caveat": caveat, "written": written}
    return pages().get_template("_replay/page.html").render(values | {"name": name, "title": _title(reports)})


def name(stage: Stage) -> str:
    """A stage as people read it."""
    return stage.value.replace("_", " ")


def by_month(report: Report) -> dict[str, dict[str, int]]:
    """Messages, calls and files of each month by the name of their stage."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one in report.months:
        found[one.month][name(one.stage)] = one.count
    return found


def _columns(report: Report, months: Sequence[str]) -> list[tuple[str, dict[str, int]]]:
    known = by_month(report)
    return [(month, known.get(month, {})) for month in months]


def _title(reports: Sequence[Report]) -> str:
    return " against ".join(report.policy for report in reports) + f", {reports[0].first} to {reports[0].last}"
