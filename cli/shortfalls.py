"""What a benchmark measured and is not as it must be, in sentences."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]


def shortfalls(found: Mapping[str, Figures]) -> list[str]:
    """Every figure that falls short, in the order of `BENCHES`; empty: all is as it must be."""
    return [sentence for name, tell in BENCHES.items() if name in found for sentence in tell(found[name])]


def _wakeups(figures: Figures) -> Iterator[str]:
    if figures["ratio"] < figures["wanted_ratio"]:
        yield f"The dispatcher is {figures['ratio']} times as fast as serve(), not {figures['wanted_ratio']}."


def _idle(figures: Figures) -> Iterator[str]:
    if figures["core_percent"] > figures["limit_percent"]:
        yield f"Waiting cases cost {figures['core_percent']} % of a core, not {figures['limit_percent']} % at most."


def _decide(figures: Figures) -> Iterator[str]:
    if figures["waiting_per_s"] < figures["wanted_per_s"]:
        yield f"{figures['waiting_per_s']} cases are decided a second, not {figures['wanted_per_s']}."


def _faults(figures: Figures) -> Iterator[str]:
    for name, part in figures.items():
        yield from (f"{name}: {wrong}." for wrong in part["wrong"])


def _million(figures: Figures) -> Iterator[str]:
    limit = figures["limit_s"]
    for name, value in figures.items():
        if name.endswith("_s") and name != "limit_s" and value > limit:
            yield f"Among a million invoices {name[:-2]} takes {value} s, not {limit} s at most."


def _replay(figures: Figures) -> Iterator[str]:
    yield from _over("The replay takes", figures["seconds"], figures["wanted_s"], "s")
    yield from _over("The replay needs", figures["memory_mb"], figures["wanted_mb"], "MB")
    if figures["acts_on_settled"]:
        yield f"The replay acts {figures['acts_on_settled']} times on settled invoices."


def _agreement(figures: Figures) -> Iterator[str]:
    if figures["differences"]:
        yield "The engine and the virtual world do not do the same."


def _matching(figures: Figures) -> Iterator[str]:
    if figures["precision"] < figures["wanted_precision"]:
        yield f"Of sure matches {figures['precision']} are right, not {figures['wanted_precision']}."
    scale = figures["scale"]
    yield from _over("Matching a hundred thousand lines takes", scale["seconds"], scale["limit_s"], "s")


def _bank(figures: Figures) -> Iterator[str]:
    seconds = round(figures["read_s"] + figures["booked_s"], 1)
    yield from _over(f"A statement of {figures['entries']} entries takes", seconds, figures["limit_s"], "s")
    yield from _over("It needs", figures["megabytes"], figures["limit_megabytes"], "MB of memory")


def _imports(figures: Figures) -> Iterator[str]:
    yield from _over("Importing takes", figures["import_s"], figures["limit_s"], "s")
    yield from _over("Importing takes", figures["memory_mb"], figures["limit_mb"], "MB of memory")


def _emails(figures: Figures) -> Iterator[str]:
    if figures["ratio_to_plain"] < figures["wanted_ratio"]:
        yield f"E-mails leave at {figures['ratio_to_plain']} of the rate of plain sending, not {figures['wanted_ratio']}."


def _week_report(figures: Figures) -> Iterator[str]:
    yield from _over("The weekly report takes", figures["report_s"], figures["limit_s"], "s")
    yield from _over("The digests of the team take", figures["digests_s"], figures["limit_s"], "s")


def _desk_pages(figures: Figures) -> Iterator[str]:
    for name, took in figures["pages_ms"].items():
        yield from _over(f"The page {name} takes", took, figures["limit_ms"], "ms")
    yield from _over("./relance inbox takes", figures["terminal_s"], figures["terminal_limit_s"], "s")


def _over(what: str, value: float, limit: float, unit: str) -> Iterator[str]:
    if value > limit:
        yield f"{what} {value} {unit}, not {limit} {unit.partition(' ')[0]} at most."


BENCHES: Mapping[str, Callable[[Figures], Iterator[str]]] = {
    "wakeups": _wakeups, "idle": _idle, "decide": _decide, "million": _million, "replay": _replay,
    "agreement": _agreement, "matching": _matching, "bank": _bank, "imports": _imports, "faults": _faults,
    "emails": _emails, "week_report": _week_report, "desk_pages": _desk_pages,
}  # fmt: skip
"""The benchmarks that have a limit."""
