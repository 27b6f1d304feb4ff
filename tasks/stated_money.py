"""What an e-invoice asks for: kind, amounts and days, as the standard reads its figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies.discount import DiscountRecord, discounts_in
from policies.document_types import kind_by_sign, kind_of
from policies.due_days import DueDays, StatedTerms, due_days
from policies.invoice_sums import StatedTotals, mismatches
from policies.money import plain
from policies.records import DocumentKind
from tasks.stated_invoice import StatedInvoice, Totals
from tasks.stated_values import StatedValues


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts in minor units, as stated: those of a negative invoice are negative."""

    total: int
    prepaid: int
    payable: int
    net: int | None = None
    vat: int | None = None
    """BT-109 and BT-110; None where the document states only one, or where they do not make its total."""

    @property
    def sign(self) -> int:
        """-1 for a document whose total is negative."""
        return -1 if self.total < 0 else 1


def sums_of(stated: StatedInvoice, values: StatedValues) -> Sums:
    """BT-112, BT-113 and BT-115; an amount due that is not stated follows from the others (BR-CO-16).

    MINIMUM has no prepaid amount: what its total exceeds the amount due by was paid before.
    """
    totals = stated.totals
    if not totals.gross:
        values.wrong("total", "There is no total with VAT (BT-112).", stated.line)
        return Sums(0, 0, 0)
    total, prepaid = values.minor("total", totals.gross) or 0, values.minor("prepaid", totals.prepaid) or 0
    rounding, payable = values.minor("payable", totals.rounding) or 0, values.minor("payable", totals.payable)
    if payable is None:
        payable = total - prepaid + rounding
    elif stated.profile.lower().endswith("minimum") and not totals.prepaid:
        prepaid = total - payable
    elif not values.problems and _adds_up_by_the_standard(stated):
        for field, reason in mismatches(_decimals(stated, values)):
            values.wrong(field, reason, (totals.payable if field == "payable" else totals.gross).line)
    net, vat = _net_and_vat(stated, total, values)
    return Sums(total, prepaid, payable, net, vat)


def _net_and_vat(stated: StatedInvoice, total: int, values: StatedValues) -> tuple[int | None, int | None]:
    if not stated.totals.net or not stated.totals.vat:
        return None, None
    net, vat = values.minor("total", stated.totals.net), values.minor("total", stated.totals.vat)
    return (net, vat) if net is not None and vat is not None and net + vat == total else (None, None)


def _adds_up_by_the_standard(stated: StatedInvoice) -> bool:
    """UBL before EN 16931 adds roundings elsewhere; there only what is plain is checked."""
    return stated.is_cii or "en16931" in stated.profile.lower() or not stated.totals.rounding


def _decimals(stated: StatedInvoice, values: StatedValues) -> StatedTotals:
    totals, profile = stated.totals, stated.profile.lower()
    checked = totals if stated.is_cii or "en16931" in profile else Totals(gross=totals.gross)
    others = [values.decimal("payable", one) for one in totals.third_parties if "extension" in profile]
    return StatedTotals(
        gross=values.decimal("total", totals.gross) or Decimal(0),
        payable=values.decimal("payable", totals.payable),
        lines=values.decimal("total", checked.lines),
        allowances=values.decimal("total", checked.allowances),
        charges=values.decimal("total", checked.charges),
        net=values.decimal("total", checked.net),
        vat=values.decimal("total", checked.vat),
        prepaid=values.decimal("prepaid", totals.prepaid),
        rounding=values.decimal("payable", totals.rounding),
        third_parties=sum((one for one in others if one is not None), Decimal(0)),
        tolerance=Decimal("0.01") * totals.rows if "extended" in profile else Decimal(0),
    )


def kind_stated(stated: StatedInvoice, total: int, values: StatedValues) -> DocumentKind:
    """Invoice or credit note, by type code, root element and sign of the total."""
    code, line = stated.type_code.text, stated.type_code.line or stated.line
    by_root = DocumentKind.CREDIT_NOTE if stated.credit_note else DocumentKind.INVOICE
    kind = kind_of(code) or by_root
    if code and kind_of(code) is None:
        values.wrong("kind", f"The type code “{code[:20]}” (BT-3) is neither an invoice nor a credit note.", line)
    elif not code and stated.is_cii:
        values.wrong("kind", "There is no type code (BT-3): invoice or credit note cannot be told.", line)
    elif stated.credit_note and kind is DocumentKind.INVOICE:
        values.wrong("kind", f"The document is a CreditNote, its type code {code} (BT-3) is an invoice's.", line)
        return by_root
    by_sign = kind_by_sign(kind, total)
    if by_sign is DocumentKind.INVOICE and kind is DocumentKind.CREDIT_NOTE:
        asked = f"{plain(-total, values.currency)} {values.currency}"
        reason = (
            f"A credit note below zero asks the customer for {asked}, by the standard; many programs mean a credit. Ask "
            "who issued it, and import it by CSV as what it is."
        )
        values.wrong("total", reason, stated.totals.gross.line)
    return by_sign


def days_stated(stated: StatedInvoice, sums: Sums, values: StatedValues, issued: date | None) -> DueDays:
    """The days of the payment terms, with their discounts."""
    groups = [
        StatedTerms(
            due=values.day("due", one.due),
            amount=values.minor("instalments", one.amount),
            label=one.words,
            discounts=tuple(values.discount(found) for found in one.discounts),
        )
        for one in stated.terms
    ]
    return due_days(groups, sums.payable, values.currency, issued)


def words_stated(stated: StatedInvoice, currency: str) -> tuple[str, tuple[DiscountRecord, ...]]:
    """The terms in words, and the discounts XRechnung writes into them."""
    return discounts_in(" ".join(one.words for one in stated.terms if one.words), currency)
