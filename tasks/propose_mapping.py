"""A mapping proposed for a table nobody has described: what its names and values prove, and questions for the rest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policies.problems import Problem
from tasks.cell_values import Unreadable, read_integer_id
from tasks.column_choice import MONEY, Chosen, choose_columns, is_aged_balance, likely_kind
from tasks.column_values import about_sides, cells_of, fitting
from tasks.file_refused import FileRefused
from tasks.header_names import folded
from tasks.header_words import SIDES, TOTALS
from tasks.invoice_mapping import TAKEN_IN, RecordKind
from tasks.mapping_check import NEEDED
from tasks.mapping_questions import Open, Proposal, Said
from tasks.row_amounts import KINDS
from tasks.row_status import about_rows, only_where
from tasks.row_values import SIGNS
from tasks.sheet_rows import REAL
from tasks.table_look import Look, look_at
from tasks.value_evidence import Cells, bare, date_order, numerals, thousands_with, two_digit_years

DATES = ("due", "issued", "booked", "value_date")
AGED = (
    "This is an aged balance: it has sums per customer and age, and no invoice with its number and due date. Export the "
    "list of open items instead (échéancier, liste des échéances or grand livre auxiliaire with due dates)."
)


def propose(path: Path, said: Said) -> Proposal:
    """A mapping for the file at `path`; raises FileRefused where no mapping can help."""
    look = look_at(path, said.encoding, said.delimiter)
    if is_aged_balance(look.header):
        raise FileRefused(Problem(look.source, look.header_line, "", AGED))
    kind = RecordKind(said.kind) if said.kind else likely_kind(look.header)
    evidence, questions = list(look.evidence), list(_about_the_file(look))
    if kind is None:
        kinds = TAKEN_IN
        questions.append(
            Open("--kind", "Its columns do not say whether it holds invoices, payments or customers.", kinds)
        )
        return Proposal(None, look.header, {}, tuple(evidence), tuple(questions), look.header)
    chosen, told = fitting(look, choose_columns(look.header, kind, said.columns))
    evidence += told
    questions += _about_columns(kind, chosen, said)
    questions += about_sides(look, chosen, said)
    questions += about_rows(look, kind, chosen.columns, said)
    evidence += _instalments(look, chosen)
    values, told, asked = _values(look, kind, chosen, said)
    evidence += told
    questions += asked
    table = {
        "title": f"{kind.value.capitalize()} as in {look.source}",
        "file": {"encoding": look.encoding or "", "delimiter": look.delimiter or ""},
        "values": values,
        kind.value: _layout(look, kind, chosen, said, questions),
    }
    left = tuple(name for name in look.header if name and name not in chosen.columns.values())
    return Proposal(kind, look.header, table, tuple(evidence), tuple(questions), left)


def _instalments(look: Look, chosen: Chosen) -> Iterator[tuple[str, str]]:
    """A number that stands on several lines with different due dates, told: only a person knows what that means."""
    if not {"number", "due"} <= chosen.columns.keys():
        return
    number, due = (look.header.index(chosen.columns[name]) for name in ("number", "due"))
    seen: dict[str, str] = {}
    for line, row in look.rows:
        if row[number].strip() and row[due].strip() and seen.setdefault(row[number], row[due]) != row[due]:
            told = f"“{row[number]}” stands on several lines with other due dates (line {line})"
            yield (
                "instalments",
                f"{told}: if they are parts of it, write lines_are_instalments = true under [invoices].",
            )
            return


def _about_the_file(look: Look) -> Iterator[Open]:
    found = dict(look.evidence)
    if look.encoding is None:
        yield Open("--encoding", found["encoding"], ("cp1252", "cp850", "mac_roman", "iso-8859-15"))
    if look.delimiter is None:
        yield Open("--delimiter", found["delimiter"])


def _about_columns(kind: RecordKind, chosen: Chosen, said: Said) -> Iterator[Open]:
    for name, columns in chosen.doubtful.items():
        yield Open(f"--column {name}=COLUMN", f"Two columns are called alike for {name}; rename one of them.", columns)
    for group in NEEDED[kind.value]:
        if not group & chosen.columns.keys() and group != {"currency"}:
            names = " or ".join(sorted(group))
            yield Open(f"--column {min(group)}=COLUMN", f"No column is called like {names}, which is needed.")


def _values(
    look: Look, kind: RecordKind, chosen: Chosen, said: Said
) -> tuple[dict[str, str], list[tuple[str, str]], list[Open]]:
    """The table [values], its evidence, and what the values do not prove."""
    dates = [cell for name in DATES if name in chosen.columns for cell in cells_of(look, chosen.columns[name])]
    amounts = [cell for name in _money(kind, chosen) for cell in cells_of(look, chosen.columns[name])]
    evidence: list[tuple[str, str]] = []
    questions: list[Open] = []
    order, decimal, thousands = said.date_order, said.decimal, ""
    if not order and dates:
        found = date_order(dates)
        evidence.append(("date order", found.evidence))
        order = found.answer or ""
        if not order and two_digit_years(dates):
            questions.append(Open("", "The years have two figures, which is never read: export dates with four."))
        elif not order:
            questions.append(Open("--date-order", found.evidence, found.choices))
    if not decimal and amounts:
        numbers = numerals(amounts)
        evidence.append(("decimal sign", numbers.decimal.evidence))
        decimal, thousands = numbers.decimal.answer or "", numbers.thousands
        if not decimal:
            questions.append(Open("--decimal", numbers.decimal.evidence, numbers.decimal.choices or (".", ",")))
    elif amounts:
        thousands = thousands_with(amounts, decimal)
        evidence.append(("decimal sign", f"You said “{decimal}”."))
    if said.date_order:
        evidence.append(("date order", f"You said {said.date_order}."))
    order, decimal = order or ("" if dates else "Y-M-D"), decimal or ("" if amounts else ".")
    return {"date_order": order, "decimal": decimal, "thousands": thousands}, evidence, questions


def _money(kind: RecordKind, chosen: Chosen) -> list[str]:
    fields = ("credit_limit", "orders_given") if kind is RecordKind.CUSTOMERS else (*MONEY, "prepaid")
    return [name for name in fields if name in chosen.columns]


def _layout(look: Look, kind: RecordKind, chosen: Chosen, said: Said, questions: list[Open]) -> dict[str, Any]:
    needed = {name for group in NEEDED[kind.value] if len(group & chosen.columns.keys()) == 1 for name in group}
    needed.add("customer_number")
    layout: dict[str, Any] = {
        "optional": [name for name in chosen.columns if name not in needed],
        "total_rows": list(TOTALS),
        **_words(look, chosen, said, questions),
        "columns": dict(chosen.columns),
    }
    if rows := only_where(said):
        layout["only_where"] = rows
    if kind is RecordKind.INVOICES and _negative(look, chosen):
        layout["negative_is_credit_note"] = True
    if ids := [
        name for name in ("number",) if name in chosen.columns and _floats(cells_of(look, chosen.columns[name]))
    ]:
        layout["integer_ids"] = ids
    if "currency" not in chosen.columns and kind is not RecordKind.CUSTOMERS:
        layout["constants"] = {"currency": said.currency.upper() or _signed_currency(look, chosen)}
        if not layout["constants"]["currency"]:
            questions.append(Open("--currency", "Neither a column nor the amounts name the currency, such as EUR."))
    return layout


def _words(look: Look, chosen: Chosen, said: Said, questions: list[Open]) -> dict[str, Any]:
    """What the words of the columns `side` and `kind` mean."""
    found: dict[str, Any] = {}
    for name, known, meanings in (("side", SIDES, ("debit", "credit")), ("kind", KINDS, ("invoice", "credit_note"))):
        if name not in chosen.columns:
            continue
        words = sorted({text for _, text in cells_of(look, chosen.columns[name])})
        means = {word: said.words.get(word) or known.get(folded(word)) for word in words}
        found[f"{name}s"] = {word: str(meaning) for word, meaning in means.items() if meaning}
        for word in [word for word, meaning in means.items() if not meaning][:5]:
            about = f"The column {chosen.columns[name]} holds “{word}”: what does it mean?"
            leave = "" if name == "side" else " To leave the column out: --column kind="
            questions.append(Open(f"--word {word}=", about + leave, meanings))
    return found


def _negative(look: Look, chosen: Chosen) -> bool:
    names = [name for name in ("amount", "balance", "debit", "credit") if name in chosen.columns]
    two_columns = {"debit", "credit"} & chosen.columns.keys()
    texts = [text for name in names for _, text in cells_of(look, chosen.columns[name])]
    return (
        bool(two_columns)
        or "side" in chosen.columns
        or any(bare(text.rstrip(REAL)).strip("-") != bare(text.rstrip(REAL)) for text in texts)
    )


def _floats(cells: Cells) -> bool:
    try:
        return bool(cells) and all(read_integer_id(text) != text for _, text in cells)
    except Unreadable:
        return False


def _signed_currency(look: Look, chosen: Chosen) -> str:
    """The currency whose sign stands behind the amounts, where all signs are of one."""
    texts = [text for name in MONEY if name in chosen.columns for _, text in cells_of(look, chosen.columns[name])]
    found = {code for text in texts for sign, code in SIGNS.items() if sign in text or code in text}
    return found.pop() if len(found) == 1 else ""
