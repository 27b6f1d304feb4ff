"""One entry of a CAMT.052, 053 or 054 message (ISO 20022, versions 001.01 to 001.13) as bank lines.

An entry with several transactions becomes a line for each where each says its amount in the entry's currency and they
add up to the entry; otherwise it stays one line, with the references of all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from policies.payment_record import PaymentRecord
from tasks.bank_values import currency_code, iso_day, minor_units
from tasks.camt_parties import Party, counterparty
from tasks.cell_values import Unreadable
from tasks.xml_paths import Paths, every, first, paths_of

BETWEEN = "; "
"""Stands between several references of one line."""
NOTHING = frozenset({"", "NOTPROVIDED", "NONREF", "NOT PROVIDED"})
"""What is written where there is no reference."""
UNSTATED = "NARR"
"""The reason of a return that the bank tells in words only, or not at all."""
REVERSALS = frozenset({"UPDD", "PRDD", "RRTN", "RPCR", "UPCT", "UPCQ"})
"""Bank transaction codes (ISO 20022, external code sets): unpaid or reversed direct debits, returned or cancelled transfers,
unpaid card payments and cheques."""
RETURNED = re.compile(r"NRTI\b|N[A-Z0-9]{3}\+(?:108|109|159)\b")
"""The German banks' own codes (`NRTI+109+00931`): the type of field 61 of an MT940 and the code of the transaction."""
BOOKED, INFORMATION = "BOOK", "INFO"
STATUSES = frozenset((BOOKED, INFORMATION, "PDNG", "FUTR"))
"""Entry status codes (ISO 20022, ExternalEntryStatus1Code): booked, for information, pending, future."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says as a whole; `amount` is signed, in minor units."""

    amount: int
    currency: str
    status: str
    booked: date
    value_date: date
    bank_reference: str
    lines: tuple[PaymentRecord, ...]

    @property
    def is_pending(self) -> bool:
        """Announced, not booked."""
        return self.status != BOOKED


def read_entry(element: etree._Element, account: str, statement: str) -> Entry:
    """The entry at `element`. Raises Unreadable with the sentence what is wrong with it."""
    paths = paths_of(element, without="NtryDtls")
    currency = currency_code(first(paths, "Amt@Ccy"))
    credit = first(paths, "CdtDbtInd")
    amount = _signed(first(paths, "Amt"), currency, credit)
    booked, value_date = _days(paths)
    details = [paths_of(one) for group in element if _is(group, "NtryDtls") for one in group if _is(one, "TxDtls")]
    status = first(paths, "Sts", "Sts/Cd", "Sts/Prtry") or BOOKED
    if status not in STATUSES:
        raise Unreadable(
            f"The status “{status[:40]}” is none of BOOK, PDNG, FUTR, INFO: whether it was booked is not said."
        )
    entry = Entry(amount, currency, status, booked, value_date, first(paths, "AcctSvcrRef"), ())
    place = element.sourceline or 0
    lines = _lines(entry, paths, details, account, statement, place)
    return Entry(amount, currency, status, booked, value_date, entry.bank_reference, lines)


def _is(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name


def _signed(text: str, currency: str, indicator: str) -> int:
    """The indicator says which side of the account the entry stands on; a reversal indicator changes nothing."""
    if indicator not in {"CRDT", "DBIT"}:
        raise Unreadable("The entry says neither CRDT nor DBIT, so nobody knows which way the money went.")
    amount = minor_units(text, currency)
    return amount if indicator == "CRDT" else -amount


def _days(paths: Paths) -> tuple[date, date]:
    booked = first(paths, "BookgDt/Dt", "BookgDt/DtTm")
    value = first(paths, "ValDt/Dt", "ValDt/DtTm")
    if not booked and not value:
        raise Unreadable("The entry says neither when it was booked nor its value date.")
    return iso_day(booked or value), iso_day(value or booked)


def _lines(
    entry: Entry, paths: Paths, details: Sequence[Paths], account: str, statement: str, place: int
) -> tuple[PaymentRecord, ...]:
    amounts = _parts(entry, details, is_reversal=_is_reversal(paths))
    if amounts:
        return tuple(
            _line(entry, paths, [part], amount, account, statement, place, is_part=True)
            for part, amount in zip(details, amounts, strict=True)
        )
    return (_line(entry, paths, details, entry.amount, account, statement, place),)


def _parts(entry: Entry, details: Sequence[Paths], *, is_reversal: bool) -> list[int]:
    """The signed amounts of the transactions, where there are several and they make up the entry; else none.

    The transactions of a reversal may keep the side of those they take back.
    """
    if len(details) < 2:
        return []
    found = [_own_amount(part, entry) for part in details]
    amounts = [amount for amount in found if amount is not None]
    if is_reversal and sum(amounts) == -entry.amount:
        amounts = [-amount for amount in amounts]
    return amounts if len(amounts) == len(details) and sum(amounts) == entry.amount else []


def _own_amount(part: Paths, entry: Entry) -> int | None:
    sign = {"CRDT": 1, "DBIT": -1}.get(first(part, "CdtDbtInd"), 1 if entry.amount >= 0 else -1)
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        if first(part, f"{path}@Ccy") == entry.currency:
            return sign * minor_units(first(part, path), entry.currency)
    return None


def _line(
    entry: Entry, paths: Paths, details: Sequence[Paths], amount: int, account: str, statement: str, place: int,
    *, is_part: bool = False,
) -> PaymentRecord:  # fmt: skip
    reason = _return_reason(paths, details)
    is_back = bool(reason)
    party = counterparty(details, account, is_credit=amount >= 0, is_back=is_back) or Party("", "")
    own = _joined(details, "Refs/AcctSvcrRef") if is_part or len(details) == 1 else ""
    return PaymentRecord(
        account=account, booked=entry.booked, value_date=entry.value_date, amount=amount, currency=entry.currency,
        reference=_joined(details, "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef"),
        end_to_end_id=_joined(details, "Refs/EndToEndId"),
        counterparty=party.name, iban=party.iban, text=_text(paths, details),
        return_reason=reason,
        invoices=tuple(dict.fromkeys(
            number for part in details for path in ("RmtInf/Strd/RfrdDocInf/Nb", "RmtInf/Strd/RfrdDocInf/RfrdDocNb")
            for number in every(part, path)
        )),
        line=place,
        bank_reference=own if is_part else entry.bank_reference or own,
        is_pending=entry.is_pending, statement=statement,
        batch=entry.bank_reference if is_part else "",
        mandate=_joined(details, "Refs/MndtId"),
        charges=_return_fee(entry, details) if reason and not is_part else _charges(paths, details, entry, is_part),
        further_references=tuple(dict.fromkeys(
            one for part in details for path in ("Refs/Prtry/Ref", "Refs/InstrId", "Refs/TxId", "Refs/ChqNb")
            for one in every(part, path) if one not in NOTHING
        )),
    )  # fmt: skip


def _return_reason(paths: Paths, details: Sequence[Paths]) -> str:
    """Why an earlier payment comes back; a reversal without a reason is one all the same."""
    told = _joined(details, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry", "RtrInf/RtrRsn/Cd")
    kinds = {first(one, "BkTxCd/Domn/Fmly/SubFmlyCd") for one in (paths, *details)}
    own = any(RETURNED.match(code) for one in (paths, *details) for code in every(one, "BkTxCd/Prtry/Cd"))
    is_back = own or any(name.startswith("RtrInf/") for part in details for name in part)
    return told or (UNSTATED if is_back or kinds & REVERSALS or _is_reversal(paths) else "")


def _is_reversal(paths: Paths) -> bool:
    return first(paths, "RvslInd") in {"true", "1"}


def _joined(details: Sequence[Paths], *names: str) -> str:
    """What the transactions say at these paths, each once; words that mean *nothing* left out."""
    found = (one for part in details for name in names for one in every(part, name))
    return BETWEEN.join(dict.fromkeys(one for one in found if one.upper() not in NOTHING))


def _text(paths: Paths, details: Sequence[Paths]) -> str:
    """What the payer wrote; what the bank adds only where the payer wrote nothing."""
    told = [one for part in details for name in _WRITTEN for one in every(part, name)]
    told = told or [one for part in details for one in every(part, "AddtlTxInf")] or [*every(paths, "AddtlNtryInf")]
    return " ".join(dict.fromkeys(told))


_WRITTEN = ("RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf", "RtrInf/AddtlInf")


def _charges(paths: Paths, details: Sequence[Paths], entry: Entry, is_part: bool) -> int:
    """The bank's fee, where it is in the entry's currency; of a collective entry each part has its own."""
    of = [*details] if is_part else [paths, *details]
    for one in of:
        for path in ("Chrgs/TtlChrgsAndTaxAmt", "Chrgs/Rcrd/Amt", "Chrgs/Amt"):
            told = zip(one.get(path, ()), one.get(f"{path}@Ccy", ()), strict=False)
            if fees := [minor_units(text, entry.currency) for text, currency in told if currency == entry.currency]:
                return fees[0] if path.endswith("TaxAmt") else sum(fees)
    return 0


def _return_fee(entry: Entry, details: Sequence[Paths]) -> int:
    """What the bank took beyond the payment that came back."""
    own = _own_amount(details[0], entry) if len(details) == 1 else None
    return abs(entry.amount) - abs(own) if own is not None and 0 < abs(own) < abs(entry.amount) else 0
