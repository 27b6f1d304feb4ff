"""What the values of a chosen column say of it: that it holds another thing than its name, or a sign nobody read."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tasks.cell_values import Unreadable, read_code
from tasks.column_choice import Chosen
from tasks.header_names import folded
from tasks.header_words import SIDES, TOTALS
from tasks.mapping_questions import Open, Said
from tasks.party_numbers import account_number
from tasks.read_csv import SHEET_ERRORS
from tasks.row_values import SIGNS
from tasks.sheet_rows import REAL
from tasks.table_look import Look
from tasks.value_evidence import Cells, bare

FORMS: Mapping[str, Callable[[str], object]] = {
    "iban": account_number,
    "country": lambda text: read_code(text, 2, "country"),
    "currency": lambda text: read_code(SIGNS.get(text, text), 3, "currency"),
}
"""Fields whose values have a form that proves or disproves the column."""
TOTAL_WORDS = tuple(folded(word) for word in TOTALS)
FEW = 3
"""Rows of payers that may all be one and the same; more are the account itself."""


def cells_of(look: Look, column: str) -> Cells:
    """Line and text of the cells of a column that hold anything readable, rows of totals left out."""
    place = look.header.index(column)
    cells = ((line, row[place].strip()) for line, row in look.rows if not _is_total(row))
    return [(line, text) for line, text in cells if text and text.rstrip(REAL) not in SHEET_ERRORS]


def _is_total(row: Sequence[str]) -> bool:
    return any(folded(cell).startswith(TOTAL_WORDS) for cell in row[:3])


def fitting(look: Look, chosen: Chosen) -> tuple[Chosen, list[tuple[str, str]]]:
    """Without the columns whose name says one thing and whose values another, and why."""
    wrong = {}
    for name, read in FORMS.items():
        for line, text in cells_of(look, chosen.columns[name]) if name in chosen.columns else ():
            try:
                read(text)
            except Unreadable as error:
                wrong[name] = f"{chosen.columns[name]} is not read as {name}. Line {line}: {error}"
                break
    kept = {name: column for name, column in chosen.columns.items() if name not in wrong}
    told = [("column", reason) for reason in wrong.values()]
    return Chosen(_own_account(look, _money_by_name(look, kept, told), told), chosen.doubtful), told


def _money_by_name(look: Look, columns: Mapping[str, str], told: list[tuple[str, str]]) -> Mapping[str, str]:
    """`Valuta` is the day of value in one language and the currency in another: its values say which."""
    column = columns.get("value_date")
    texts = {text for _, text in cells_of(look, column)} if column else set()
    if not column or not texts or not all(len(text) == 3 and text.isalpha() and text.isupper() for text in texts):
        return columns
    rest = {name: each for name, each in columns.items() if name != "value_date"}
    told.append(("column", f"{column} holds codes of currencies and no days: it is not read as value_date."))
    return rest if "currency" in rest else rest | {"currency": column}


def _own_account(look: Look, columns: Mapping[str, str], told: list[tuple[str, str]]) -> Mapping[str, str]:
    """An IBAN that is the same on every row of a bank's table is the account's own, never that of who paid."""
    column = columns.get("iban") if columns.keys() & {"booked", "value_date"} else None
    cells = cells_of(look, column) if column else []
    if not column or len(cells) <= FEW or len({text for _, text in cells}) > 1:
        return columns
    rest = {name: each for name, each in columns.items() if name != "iban"}
    told.append(("column", f"{column} is the same on all {len(cells)} rows: it is your own account, not the payer's."))
    return rest if "account" in rest else rest | {"account": column}


def about_sides(look: Look, chosen: Chosen, said: Said) -> Iterator[Open]:
    """A question where amounts have no sign and a column nobody named holds words for two sides, such as S and H."""
    fields = chosen.columns.keys()
    money = [name for name in ("amount", "balance") if name in fields]
    if not money or {"side", "debit", "credit"} & fields or "side" in said.columns:
        return
    texts = [bare(text) for name in money for _, text in cells_of(look, chosen.columns[name])]
    if any("-" in text for text in texts):
        return
    for place, name in enumerate(look.header):
        if name in chosen.columns.values():
            continue
        words = {folded(row[place]) for _, row in look.rows if row[place].strip()}
        if {SIDES.get(word) for word in words} == {"debit", "credit"}:
            yield _about_a_side(name)


def _about_a_side(name: str) -> Open:
    if not name:
        reason = "The column without a name says on which side each amount stands: name it in the header, such as S/H."
        return Open("", reason)
    question = f"The column {name} says of each row on which side its amount stands: is that so?"
    return Open("--column side=COLUMN", f"{question} To leave it out: --column side=", (name,))
