"""Statements in MT940 and interim reports in MT942, as banks write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from tasks.bank_statement import MOST_LINES, Balance, Statement, balance_problems
from tasks.bank_text import bank_text
from tasks.bank_values import currency_code, minor_units, real_day, short_year
from tasks.cell_values import Unreadable
from tasks.mt940_details import UNSTATED, Details, is_iban, read_details
from tasks.mt940_fields import Tagged, messages
from tasks.mt940_line import Movement, read_line
from tasks.mt942_totals import total_problems
from tasks.read_csv import FileRefused

_CODED = re.compile(r"/[A-Z]{4}/")
"""Field 61, subfield 9, in codes: the amount as instructed, charges, the bank's code of the transaction."""
_CHARGES = re.compile(r"/CHGS/([A-Z]{3})(\d+,\d*)")
_OPENING, _CLOSING = ("60F", "60M"), ("62F", "62M")


@dataclass(slots=True)
class MtFile:
    """What a file of messages says; `problems` refuse it."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_mt940(path: Path) -> MtFile:
    """Every statement with its lines, checked against its own balances. Raises FileRefused."""
    try:
        return _read(path)
    except Unreadable as error:
        raise FileRefused(Problem(path.name, None, "", str(error))) from error


def _read(path: Path) -> MtFile:
    file, read = MtFile(), 0
    for number, fields in enumerate(messages(bank_text(path)), 1):
        try:
            statement = _Message(fields, path.name, number).statement()
        except Unreadable as error:
            file.problems.append(Problem(path.name, fields[0].line, "", str(error)))
            continue
        except FileRefused as refused:
            file.problems.append(refused.problem)
            continue
        file.statements.append(statement)
        file.problems += balance_problems(statement, path.name)
        file.problems += total_problems(statement, fields, path.name)
        read += len(statement.lines)
        if read > MOST_LINES:
            reason = f"The file holds more than {MOST_LINES} movements; export a shorter period."
            raise FileRefused(Problem(path.name, fields[0].line, "", reason))
    return file


class _Message:
    """One message: its fields by tag, and the lines they make."""

    def __init__(self, fields: Sequence[Tagged], source: str, number: int) -> None:
        self.fields, self.source, self.number = fields, source, number

    def statement(self) -> Statement:
        """The statement; raises Unreadable or FileRefused."""
        account = self._first("25", "25P").partition("\n")[0].strip()
        if not account:
            raise Unreadable("The message names no account (field 25): it is no whole statement.")
        opening, closing = self._balance(_OPENING), self._balance(_CLOSING)
        self._must_be_whole(opening, closing)
        name = f"{self._first('28C', '28')} #{self.number}".strip()
        statement = Statement(name, account, self._place("25", "25P"), opening, closing)
        currency = self._currency(opening, closing)
        for position, tagged in enumerate(self.fields):
            if tagged.tag == "61":
                self._add(statement, tagged, self._details(position), currency)
        return statement

    def _must_be_whole(self, opening: Balance | None, closing: Balance | None) -> None:
        tags = {tagged.tag for tagged in self.fields}
        if opening and not closing:
            raise Unreadable("The message has no closing balance (field 62): it is cut off; fetch the file again.")
        if not tags & {"60F", "60M", "61", "34F", "13", "13D"}:
            raise Unreadable("The message holds neither a balance nor a movement: it is no whole statement.")

    def _add(self, statement: Statement, tagged: Tagged, details: Details, currency: str) -> None:
        if not currency:
            raise self._wrong(tagged, "No balance names the currency of the account, so the amount says nothing.")
        try:
            movement = read_line(tagged.text, currency)
            record = _record(movement, details, currency, statement, tagged.line)
        except Unreadable as error:
            raise self._wrong(tagged, str(error)) from error
        statement.count(record.amount, currency, pending=record.is_pending)
        statement.lines.append(record)

    def _details(self, position: int) -> Details:
        """The fields 86 that follow the movement; some banks write one for each line."""
        lines: list[str] = []
        for tagged in self.fields[position + 1 :]:
            if tagged.tag != "86":
                break
            lines += tagged.lines
        return read_details(lines)

    def _balance(self, tags: tuple[str, ...]) -> Balance | None:
        for tagged in self.fields:
            if tagged.tag in tags:
                try:
                    return _balance(tagged.text)
                except Unreadable as error:
                    raise self._wrong(tagged, str(error)) from error
        return None

    def _currency(self, opening: Balance | None, closing: Balance | None) -> str:
        balance = opening or closing
        if balance:
            return balance.currency
        told = self._first("34F")[:3]
        return currency_code(told) if told else ""

    def _first(self, *tags: str) -> str:
        return next((tagged.text for tagged in self.fields if tagged.tag in tags), "")

    def _place(self, *tags: str) -> int | None:
        return next((tagged.line for tagged in self.fields if tagged.tag in tags), None)

    def _wrong(self, tagged: Tagged, reason: str) -> FileRefused:
        return FileRefused(Problem(self.source, tagged.line, f":{tagged.tag}:", reason))


def _balance(text: str) -> Balance:
    """`C140829EUR147,64`: the side, the day, the currency, the amount."""
    if text[:1] not in {"C", "D"}:
        raise Unreadable(f"“{text[:40]}” is no balance: it must begin with C or D.")
    currency = currency_code(text[7:10])
    amount = minor_units(text[10:].strip(), currency, ",")
    day = real_day(short_year(text[1:3]), text[3:5], text[5:7], text)
    return Balance(-amount if text[0] == "D" else amount, currency, day)


def _record(movement: Movement, details: Details, currency: str, statement: Statement, line: int) -> PaymentRecord:
    reason = details.return_reason or (UNSTATED if movement.is_reversal else "")
    is_account = not details.iban and is_iban(movement.supplement)
    text = details.text or ("" if is_account or _CODED.match(movement.supplement) else movement.supplement)
    return PaymentRecord(
        account=statement.account, booked=movement.booked, value_date=movement.value_date, amount=movement.amount,
        currency=currency, reference=details.reference or movement.customer_reference,
        end_to_end_id=details.end_to_end_id, counterparty=details.counterparty,
        iban=movement.supplement if is_account else details.iban, text=text,
        return_reason=reason, invoices=(), line=line, bank_reference=movement.bank_reference,
        is_pending=movement.is_expected, statement=statement.id, mandate=details.mandate,
        charges=_fee(movement, details, currency) if reason else _charges(movement.supplement, currency),
        further_references=(movement.customer_reference,) if details.reference and movement.customer_reference else (),
    )  # fmt: skip


def _charges(supplement: str, currency: str) -> int:
    """What the payment lost on its way, where the bank says it in the account's currency (`/CHGS/EUR0,50/`)."""
    told = _CHARGES.search(supplement)
    try:
        return minor_units(told[2], currency, ",") if told and told[1] == currency else 0
    except Unreadable:
        return 0


def _fee(movement: Movement, details: Details, currency: str) -> int:
    """What the bank took beyond the payment that came back, where it tells the payment's own amount."""
    told = details.original.removeprefix(currency).strip()
    try:
        own = minor_units(told.replace(".", ","), currency, ",") if told else 0
    except Unreadable:
        return 0
    return abs(movement.amount) - own if 0 < own < abs(movement.amount) else 0
