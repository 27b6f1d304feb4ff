"""Signs in a bank table's column of debits: one that holds both kinds means two things, and does not say which."""

from dataclasses import dataclass, field

from policies.problems import Problem
from tasks.row_values import RowValues


@dataclass(slots=True)
class DebitSigns:
    """The first debit with a minus and the first without: banks write what leaves either way, and each its own way."""

    seen: dict[bool, tuple[int, str, str]] = field(default_factory=dict)

    def note(self, row: RowValues, currency: str) -> None:
        """Look at the debit of one row, if it has one."""
        text, columns = row.row.values.get("debit", ""), row.layout.columns
        if not text or row.problems or {"amount", "side"} <= columns.keys():
            return
        if amount := row.amount("debit", currency):
            self.seen.setdefault(amount < 0, (row.row.line, text, columns.get("debit", "debit")))

    def doubts(self, source: str) -> list[Problem]:
        """The sentence why the file is refused; none where all debits are written alike."""
        if len(self.seen) < 2:
            return []
        (line, text, column), (_, other, _) = sorted(self.seen.values(), reverse=True)
        reason = (
            f"The column of debits holds “{text}” and “{other}”: one of them left the account and one came back, and the "
            "file does not say which. Nothing was imported: export it with one signed amount."
        )
        return [Problem(source, line, column, reason)]
