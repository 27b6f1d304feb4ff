"""The words of payment terms in six languages, folded: lower case, no accents. What is not here is not understood."""

import re

_UNIT = r"(?:jours?|jrs?|j|days?|tagen?|tage|dagen|dias|giorni|gg|d)(?!\w)"
_ARTICLES = r"(?: (?:de|del|della|la|le|the|der|dem|du|het|el|il|d|l))*"
_FROM = r"(?:apres|after|from|following|suivant|a (?:compter|partir) d(?:e|u|el)|nach|ab|na|vanaf|despues|desde|dopo|des|tras)"
_INVOICE = (
    r"(?:date|facture|facturation|emission|invoice|rechnung|rechnungsdatum|rechnungsstellung|factuur|factuurdatum|fecha"
    r"|factura|data|fattura)"
)

DAYS = re.compile(rf"(?P<days>\d{{1,3}}) ?{_UNIT}|\bnet ?(?P<net>\d{{1,3}})(?!\d)(?: ?{_UNIT})?")
MONTH_END = re.compile(
    r"\b(?:fin (?:de |du )?mois|fdm|end of (?:the )?month|month end|eom|monatsende|ende des monats|eind(?:e)? (?:van de )?maand"
    r"|fin (?:de |del )?mes|fine (?:del )?mese|d\.? ?f\.? ?f\.? ?m\.?|f\.? ?m\.?)(?!\w)"
)
AT_ONCE = re.compile(
    r"\b(?:comptant|(?:a|des) (?:la )?reception|immediat\w*|(?:up)?on receipt|cash|sofort|contado|directe?|vista fattura"
    r"|rimessa diretta)(?!\w)"
)
ON_DAY = re.compile(
    r"(?:\ble|on the|\bam|\bel|\bil) (?P<on>\d{1,2})(?!\d| ?(?:jours?|j\b|%))"
    r"(?: (?:du mois suivant|of the following month|des folgemonats|del mes siguiente|del mese successivo)(?!\w))?"
)
BEFORE_END = re.compile(rf"\b{_FROM}{_ARTICLES} *$")
"""Directly before the end of the month: 45 days *after* it, the month first, whatever the order of the words."""
FROM_INVOICE = re.compile(rf"\b{_FROM}{_ARTICLES} (?={_INVOICE}(?!\w))")
"""The days run from the invoice, as they do where nothing is said."""

_FILLERS = re.compile(
    r"\b(?:a|as|au|aux|the|of|at|by|in|to|and|et|und|en|y|e|de|del|della|des|du|d|l|la|le|les|el|il|al|df|die|der|dem|den|het|van"
    r"|zum|per|par|sous|puis|plus|then|within|innerhalb|binnen|von|votre|notre|your|our|ohne|abzug|rein"
    r"|net|nets|nette|netto|neto|netti|calendaires?|calendar|civil"
    r"|date|facture|factures|facturation|emission|invoice|invoices|rechnung|rechnungsdatum|rechnungsstellung|factuur"
    r"|factuurdatum|fecha|factura|data|fattura"
    r"|payment|payable|pay|paid|due|term|terms|paiement|reglement|regler|delai|echeance|conditions|zahlung|zahlbar|zahlungsziel"
    r"|fallig|betaling|betaalbaar|betalingstermijn|pago|pagamento"
    r"|virement|cheque|bank|transfer|uberweisung|overschrijving|transferencia|bonifico)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]")


def not_understood(text: str) -> str:
    """What these words say beside days, month ends and what changes nothing; empty: nothing."""
    for known in (DAYS, MONTH_END, ON_DAY, AT_ONCE, FROM_INVOICE, _FILLERS):
        text = known.sub(" ", text)
    return " ".join(text.split()) if _WORD.search(text) else ""
