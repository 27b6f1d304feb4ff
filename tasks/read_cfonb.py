"""Account statements of French banks in CFONB 120: records of 120 signs, balances around movements.

Source: CFONB, *Relevé de compte sur support informatique*, records 01, 04, 05 and 07.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from tasks.bank_statement import MOST_LINES, Balance, Statement, balance_problems
from tasks.bank_text import bank_text, numbered_lines
from tasks.bank_values import currency_code
from tasks.cell_values import Unreadable
from tasks.cfonb_details import Details
from tasks.cfonb_values import day, in_record, scaled, signed_amount
from tasks.read_csv import FileRefused

WIDTH = 120
_KINDS = frozenset({"01", "04", "05", "07"})
_DECIMALS = frozenset(" 0123456789")


@dataclass(slots=True)
class CfonbFile:
    """What the file says; `problems` refuse it."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_cfonb(path: Path) -> CfonbFile:
    """Every statement with its lines, checked against its own balances. Raises FileRefused."""
    reader = _Reader(path.name)
    for number, record in _records(bank_text(path)):
        reader.take(number, record)
        if reader.read > MOST_LINES:
            reason = f"The file holds more than {MOST_LINES} movements; export a shorter period."
            raise FileRefused(Problem(path.name, number, "", reason))
    reader.finish(None)
    return reader.file


def is_cfonb(head: str) -> bool:
    """The file begins as CFONB 120 does: a record of known kind with its bank's five digits and a currency."""
    first = next((line for line in head.split("\n") if line.strip()), "")
    return first[:2] in _KINDS and first[2:7].isdigit() and first[16:19].isalpha() and first[19:20] in _DECIMALS


def _records(content: str) -> Iterator[tuple[int, str]]:
    for number, line in _lines(content):
        if line.strip("\x1a \t"):
            yield number, line.ljust(WIDTH)


def _lines(content: str) -> Iterator[tuple[int, str]]:
    end = content.find("\n")
    if end < 0 or (end == len(content) - 1 and end > WIDTH):  # some banks put no line ends
        joined = content.rstrip("\n")
        return ((start // WIDTH + 1, joined[start : start + WIDTH]) for start in range(0, len(joined), WIDTH))
    return numbered_lines(content)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.file, self.read = source, CfonbFile(), 0
        self.open: Statement | None = None
        self.movement: tuple[int, str, Details] | None = None

    def take(self, number: int, record: str) -> None:
        """One record, in the file's order."""
        try:
            self._take(number, record)
        except Unreadable as error:
            self.movement = None
            self.file.problems.append(Problem(self.source, number, "", str(error)))

    def _take(self, number: int, record: str) -> None:
        match record[:2]:
            case "01":
                self.finish(number)
                self._begin(number, record)
            case "04":
                self._put_down()
                self._inside(record)
                self.movement = (number, record, Details())
            case "05":
                self._detail(record)
            case "07":
                self._end(record)
            case _:
                raise Unreadable("The record begins with none of 01, 04, 05, 07; this is no CFONB 120.")

    def finish(self, number: int | None) -> None:
        """Nothing may stay open where a statement begins or the file ends."""
        if self.open is not None:
            reason = (
                f"The statement of account {self.open.account} has no record 07 with its new balance: it is cut off."
            )
            self.file.problems.append(Problem(self.source, number or self.open.place, "", reason))
            self.open, self.movement = None, None

    def _begin(self, number: int, record: str) -> None:
        name = f"{in_record(record, 35, 40)} #{len(self.file.statements) + 1}"
        self.open = Statement(name, _account(record), number)
        self.file.statements.append(self.open)
        self.open.opening = _balance(record)

    def _end(self, record: str) -> None:
        self._put_down()
        statement = self._inside(record)
        self.open = None
        statement.closing = _balance(record)
        self.file.problems += balance_problems(statement, self.source)

    def _detail(self, record: str) -> None:
        if self.movement is None:
            raise Unreadable("The record 05 follows no movement.")
        self.movement[2].add(in_record(record, 46, 48), record[48:118])

    def _put_down(self) -> None:
        """The movement is complete when the next record is no detail of it."""
        if self.movement is not None and self.open is not None:
            (number, record, details), self.movement = self.movement, None
            try:
                line = _line(record, details, self.open, number)
            except Unreadable as error:
                self.file.problems.append(Problem(self.source, number, "", str(error)))
                return
            self.open.count(line.amount, line.currency, pending=False)
            self.open.lines.append(line)
            self.read += 1

    def _inside(self, record: str) -> Statement:
        if self.open is None:
            raise Unreadable("The record stands outside a statement: the record 01 with the old balance is missing.")
        account = in_record(record, 22, 32)
        if not self.open.account.endswith(account):
            raise Unreadable(f"The record is of account {account}, inside the statement of {self.open.account}.")
        return self.open


def _account(record: str) -> str:
    """Bank, branch and account: the number inside the IBAN, which the file does not give."""
    account = in_record(record, 22, 32)
    if not account:
        raise Unreadable("The record names no account.")
    return in_record(record, 3, 7) + in_record(record, 12, 16) + account


def _money(record: str) -> tuple[int, str]:
    """The amount in minor units of its currency, whose decimals the record says itself."""
    currency = currency_code(in_record(record, 17, 19))
    if not record[19].isdigit():
        raise Unreadable("The record does not say how many decimals its amounts have.")
    return scaled(signed_amount(record[90:104]), int(record[19]), currency), currency


def _balance(record: str) -> Balance:
    return Balance(*_money(record), day(in_record(record, 35, 40)))


def _line(record: str, details: Details, statement: Statement, number: int) -> PaymentRecord:
    value = in_record(record, 43, 48)
    booked = day(in_record(record, 35, 40))
    refused = in_record(record, 41, 42)
    amount, currency = _money(record)
    if statement.opening and currency != statement.opening.currency:
        reason = f"The movement is in {currency}, inside a statement in {statement.opening.currency}."
        raise Unreadable(reason)
    return PaymentRecord(
        account=statement.account, booked=booked, value_date=day(value) if value else booked,
        amount=amount, currency=currency, reference=in_record(record, 105, 120),
        end_to_end_id=details.end_to_end_id, counterparty=details.counterparty, iban=details.iban,
        text=details.text(in_record(record, 49, 79)), return_reason=details.return_reason(refused), invoices=(),
        line=number, statement=statement.id, mandate=details.mandate,
        further_references=(details.remitter,) if details.remitter else (),
    )  # fmt: skip
