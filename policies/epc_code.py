"""A transfer as the text of a QR code that banks' programs read (European Payments Council, EPC069-12 v2.1, version 002).

One element a line: `BCD`, version, character set, `SCT`, BIC, payee, IBAN, amount, purpose, structured reference or free text.
Elements after the last one that is filled are left out, as the guideline allows.
"""

from dataclasses import dataclass

from policies.matching.check_digits import is_creditor_reference

LATIN_1, UTF_8 = "2", "1"
"""The guideline's numbers of the two character sets we write; the first wherever it holds every letter."""
CODEC = {LATIN_1: "iso-8859-1", UTF_8: "utf-8"}
MOST_BYTES = 331
LARGEST_AMOUNT = 99_999_999_999
"""999 999 999.99 euros in cents."""
NAME, TEXT = 70, 140
"""Letters of the payee's name and of the free text."""

WITHOUT_BIC = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
"""Countries of the European Economic Area: the bank's BIC may be left out (version 002)."""
WITH_BIC = frozenset({
    "AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA",
})  # fmt: skip
"""Other countries and territories of the SEPA schemes: the BIC must be given."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What is to be paid to whom. `amount` in cents of euros; `reference` is what the payee wants quoted."""

    payee: str
    iban: str
    bic: str
    amount: int
    currency: str
    reference: str


@dataclass(frozen=True, slots=True)
class NoCode:
    """There is no code for a transfer, and why."""

    reason: str


def epc_code(transfer: Transfer) -> bytes | NoCode:
    """The bytes a QR code of this transfer holds; or why there can be none.

    A payee's name is cut at 70 letters, as banks print it. A reference is never cut: another one would find no invoice.
    """
    iban, bic = _joined(transfer.iban).upper(), _joined(transfer.bic).upper()
    if reason := _why_not(transfer, iban, bic):
        return NoCode(reason)
    reference = _line(transfer.reference)
    structured = _joined(reference).upper()
    about = (structured,) if is_creditor_reference(structured) else ("", reference)
    fields = (bic, _line(transfer.payee)[:NAME].rstrip(), iban, f"EUR{_decimal(transfer.amount)}", "", *about)
    letters = LATIN_1 if _in_latin_1("".join(fields)) else UTF_8
    code = "\n".join(("BCD", "002", letters, "SCT", *fields)).rstrip("\n").encode(CODEC[letters])
    if len(code) > MOST_BYTES:
        return NoCode(f"the code would have {len(code)} bytes; {MOST_BYTES} are allowed")
    return code


def _why_not(transfer: Transfer, iban: str, bic: str) -> str:
    wrong = {
        f"a transfer in {transfer.currency} has no such code; it is for euros": transfer.currency != "EUR",
        "the amount must be from 0.01 to 999999999.99 euros": not 1 <= transfer.amount <= LARGEST_AMOUNT,
        "the payee has no name": not _line(transfer.payee),
        "the account is not an IBAN": not _is_iban(iban),
        f"accounts in {iban[:2]} are outside the euro transfer schemes": iban[:2] not in WITHOUT_BIC | WITH_BIC,
        f"an account in {iban[:2]} needs the bank's BIC": iban[:2] in WITH_BIC and not bic,
        "the BIC has 8 or 11 letters and digits": bool(bic)
        and not (bic.isalnum() and bic.isascii() and len(bic) in (8, 11)),
        f"the reference has more than {TEXT} letters": len(_line(transfer.reference)) > TEXT,
    }
    return next((reason for reason, holds in wrong.items() if holds), "")


def _is_iban(iban: str) -> bool:
    """ISO 13616: 15 to 34 letters and digits whose remainder by 97 is 1."""
    if not (iban.isascii() and iban.isalnum() and 15 <= len(iban) <= 34 and iban[2:4].isdecimal()):
        return False
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def _decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _joined(text: str) -> str:
    return "".join(text.split())


def _line(text: str) -> str:
    """Text on one line: a line break would begin the next element."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _in_latin_1(text: str) -> bool:
    return all(ord(letter) < 256 for letter in text)
