"""Giving a claim up: why, by what proof, and what of it. What is given up is still owed, and counted: paid, credited,
written off and open add up to the invoice, whatever the order in which these became known."""

from dataclasses import dataclass
from enum import StrEnum

from policies.call_form import amount_of
from policies.problems import Problem

SOURCE = "form"
LONGEST_WORDS = 2000  # letters


class WriteOffReason(StrEnum):
    """Why nothing more is expected."""

    INSOLVENCY = "insolvency"
    FRUITLESS = "fruitless"
    VANISHED = "vanished"
    TIME_BARRED = "time_barred"
    UNECONOMIC = "uneconomic"
    GESTURE = "gesture"
    SETTLED = "settled"
    SMALL_BALANCE = "small_balance"
    OTHER = "other"


SENTENCES = {
    WriteOffReason.INSOLVENCY: "Irrecoverable: the insolvency was closed, or the liquidation left nothing",
    WriteOffReason.FRUITLESS: "Enforcement was fruitless",
    WriteOffReason.VANISHED: "The debtor cannot be found",
    WriteOffReason.TIME_BARRED: "The claim is time-barred",
    WriteOffReason.UNECONOMIC: "Collecting it costs more than it brings",
    WriteOffReason.GESTURE: "A commercial gesture",
    WriteOffReason.SETTLED: "Settled for less",
    WriteOffReason.SMALL_BALANCE: "A small balance",
    WriteOffReason.OTHER: "Another reason, as written beside it",
}
"""Staff read these; the form offers them."""
PROVEN = frozenset({WriteOffReason.INSOLVENCY, WriteOffReason.FRUITLESS, WriteOffReason.VANISHED})
"""Reasons an auditor asks a document for: whoever decides is told where none is kept."""


WAIVED = (WriteOffReason.GESTURE, WriteOffReason.SETTLED, WriteOffReason.SMALL_BALANCE, WriteOffReason.TIME_BARRED)
"""Reasons after which nothing is claimed any more; what is given up for another reason is declared in an insolvency all the same."""


class ProofKind(StrEnum):
    """What a document kept with a write-off is."""

    LIQUIDATOR = "liquidator"  # the liquidator's certificate that nothing will be paid
    JUDGMENT = "judgment"
    FRUITLESS = "fruitless"  # the record of an enforcement that found nothing
    SEARCH = "search"  # that the debtor was looked for and not found
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WriteOffWords:
    """A write-off as a person writes it down; `amount` empty: everything that is open."""

    reason: str
    words: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class WriteOffAsked:
    """The same, understood. `part`: minor units of one invoice; None: the whole of each."""

    reason: WriteOffReason
    words: str
    part: int | None


def read_write_off(
    words: WriteOffWords, open_amount: int, currency: str, invoices: int
) -> WriteOffAsked | list[Problem]:
    """What is asked, or every reason why it cannot be; `open_amount` is what is open of the `invoices` named."""
    reason = reason_of(words.reason)
    part = _part(words.amount.strip(), open_amount, currency, invoices)
    problems = [_no("amount", part)] if isinstance(part, str) else []
    if reason is None:
        problems.insert(0, _no("reason", f"Choose one of: {', '.join(one.value for one in WriteOffReason)}."))
    if reason is WriteOffReason.OTHER and not words.words.strip():
        problems.append(_no("words", "Write down what the other reason is."))
    if len(words.words) > LONGEST_WORDS:
        problems.append(_no("words", f"At most {LONGEST_WORDS} characters."))
    if problems or reason is None or isinstance(part, str):
        return problems
    return WriteOffAsked(reason, words.words.strip(), part)


def reason_of(said: str) -> WriteOffReason | None:
    """The reason of a code or of a sentence; None: there is no such."""
    plain = said.strip().casefold()
    return next((one for one in WriteOffReason if plain in (one.value, SENTENCES[one].casefold())), None)


def _part(said: str, open_amount: int, currency: str, invoices: int) -> int | str | None:
    if not said:
        return None
    if invoices != 1:
        return "A part is written off one invoice at a time: name the invoice."
    part = amount_of(said, currency)
    if isinstance(part, str):
        return f"“{said[:40]}” is no amount of {currency}; write it such as 400.00."
    if part > open_amount:
        return "More than is open of it."
    return None if part == open_amount else part


def given_up(parts: int, open_amount: int, whole: bool) -> int:
    """What of an invoice counts as written off now: all that is open, or of the parts written off what is still open."""
    still = max(0, open_amount)
    return still if whole else min(parts, still)


def _no(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
