"""Evidence that the dates of a file are declared in the wrong order: D/M/Y and M/D/Y files look alike."""

from dataclasses import dataclass, field

from policies.problems import Problem
from tasks.cell_values import DateOrder, day_in
from tasks.invoice_mapping import Layout
from tasks.read_csv import Row


@dataclass(slots=True)
class DateEvidence:
    """Every different date text of each date column, with the line where it stands first."""

    fields: tuple[str, ...]
    seen: dict[str, dict[str, int]] = field(default_factory=dict)

    def note(self, row: Row) -> None:
        """Remember the dates of one row."""
        for name in self.fields:
            if text := row.values.get(name):
                self.seen.setdefault(name, {}).setdefault(text, row.line)

    def against(self, declared: DateOrder, source: str, layout: Layout) -> list[Problem]:
        """For each column that another order reads better: the row that proves it. Empty: no such evidence."""
        found = [self._column(name, texts, declared, source, layout) for name, texts in self.seen.items()]
        return [problem for problem in found if problem is not None]

    def _column(
        self, name: str, texts: dict[str, int], declared: DateOrder, source: str, layout: Layout
    ) -> Problem | None:
        for other in DateOrder:
            if (text := _proof(texts, declared, other)) is not None:
                reason = (
                    f"“{text}” is no date in the declared order {declared.value}, while {other.value} reads every date "
                    f'of this column. Nothing was imported: declare date_order = "{other.value}" if that is the order.'
                )
                return Problem(source, texts[text], layout.columns.get(name, name), reason)
        return None


def _proof(texts: dict[str, int], declared: DateOrder, other: DateOrder) -> str | None:
    """The first text only `other` can read, if it also reads all that `declared` reads (neither reads nonsense)."""
    proof: str | None = None
    for text in texts:
        as_declared, as_other = day_in(text, declared), day_in(text, other)
        if as_declared is not None and as_other is None:
            return None
        if as_declared is None and as_other is not None and proof is None:
            proof = text
    return proof
