"""A balance that runs on from row to row says what the account comes to, never what is open of the row it stands on."""

from dataclasses import dataclass

from policies.problems import Problem
from tasks.row_values import RowValues


@dataclass(slots=True)
class RunningBalance:
    """Compares each balance with the one before and what moved; `proof` is the first row that only running on explains."""

    proof: tuple[int, str] | None = None
    is_each: bool = True
    before: int = 0

    def note(self, row: RowValues, currency: str) -> None:
        """Look at one row; one without a balance or an amount says nothing of the others."""
        values, columns = row.row.values, row.layout.columns
        if "balance" not in values or "side" in columns or not currency:
            return
        two = {"debit", "credit"} & columns.keys()
        parts = [row.peek(name, currency) for name in (("debit", "credit") if two else ("amount",))]
        balance, amounts = row.peek("balance", currency), [one or 0 for one in parts]
        if balance is None or all(one is None for one in parts):
            return
        moved = amounts[0] - sum(amounts[1:])
        self._compare(moved, balance, row.row.line, values["balance"])

    def _compare(self, moved: int, balance: int, line: int, text: str) -> None:
        runs_on, fits = balance == self.before + moved, min(0, moved) <= balance <= max(0, moved)
        self.is_each = self.is_each and (runs_on or balance == moved)
        if runs_on and self.before and not fits and self.proof is None:
            self.proof = (line, text)
        self.before = balance

    def problem(self, source: str, column: str) -> list[Problem]:
        """Why the file is refused; none where the balances are those of the rows."""
        if self.proof is None or not self.is_each:
            return []
        line, text = self.proof
        reason = (
            f"“{text}” is the balance of the row before and this row's amount: the column runs on and says of no row what is "
            "open. Nothing was imported: leave it out of the mapping (import map --column balance=), or export open items."
        )
        return [Problem(source, line, column, reason)]
