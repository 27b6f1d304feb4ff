"""Rows a table lists and that are not owed or did not move: drafts, cancelled or paid invoices, refused or announced payments.

They look like all others but for one word in a column of states; which of its words count is asked.
"""

from collections.abc import Iterator, Mapping

from tasks.header_names import folded
from tasks.invoice_mapping import RecordKind
from tasks.mapping_questions import Open, Said
from tasks.table_look import Look

NAMES = frozenset({
    "status", "statut", "state", "etat", "zustand", "stato", "estado", "belegstatus", "buchungsstatus", "invoice status",
    "statut facture", "statut de la facture", "etat de la facture", "payment status",
})  # fmt: skip
"""Folded names of columns that say what became of a row."""
_NEVER = """
    draft|brouillon|entwurf|concept|borrador|bozza|cancelled|canceled|annule|annulee|storniert|geannuleerd|anulado|anulada
    annullato|annullata|void|voided|deleted|supprime|supprimee|geloscht|refused|refuse|refusee|rejected|rejete|rejetee
    abgelehnt|zuruckgewiesen|geweigerd|rechazado|rechazada|rifiutato|rifiutata|failed|echoue|echouee|fehlgeschlagen
    declined|decline|declinee|mislukt
"""
_NOT_YET = """
    pending|en attente|en cours|vorgemerkt|umsatz vorgemerkt|in behandeling|reverted|reversed|expired|scheduled|planifie|a venir
"""


def _split(text: str) -> frozenset[str]:
    return frozenset(word.strip() for line in text.splitlines() for word in line.split("|") if word.strip())


WORDS = {RecordKind.INVOICES: _split(_NEVER), RecordKind.PAYMENTS: _split(_NEVER) | _split(_NOT_YET)}
"""What says that a row does not count: an invoice that is pending is owed, a payment that is pending has not come."""
PAID = _split("""paid|fully paid|payee|paye|reglee|regle|soldee|solde|acquittee|encaissee|bezahlt|beglichen|ausgeglichen|betaald
    voldaan|pagada|pagado|cobrada|pagata|pagato|saldata|settled|closed|cleared|paid in full""")
"""Folded words for an invoice that is paid: it counts where no column says what of it is open."""
YES = frozenset({"oui", "yes", "ja", "si", "true", "vrai", "x", "1", "o", "y", "j"})
PAID_ON = _split("""payee le|paye le|date de paiement|date paiement|date de reglement|date reglement|reglee le|regle le|date encaissement
    paid on|date paid|paid date|payment date|settled date|settled on|clear date|clearing date|bezahlt am|zahlungsdatum|zahldatum
    betaaldatum|betaald op|fecha de pago|fecha pago|data pagamento""")
"""Folded names of columns with the day an invoice was paid."""
EMPTY = "(empty)"
"""Stands for a cell that says nothing."""
MOST = 20
"""Different words of a column that says a state."""


def about_rows(look: Look, kind: RecordKind, columns: Mapping[str, str], said: Said) -> Iterator[Open]:
    """A question for each column that says of some rows that they do not count; `columns` are those of our fields."""
    is_open_told = kind is not RecordKind.INVOICES or bool({"balance", "prepaid"} & columns.keys())
    for place, name in enumerate(look.header):
        if not name or name in columns.values() or name in said.only:
            continue
        words = {row[place].strip() or EMPTY for _, row in look.rows}
        odd = sorted(word for word in words if _says_no(word, name, kind, is_open_told=is_open_told))
        if odd and len(words) <= MOST:
            question = (
                f"The column {name} says “{odd[0]}” of some rows: which of its words count? Say it once for each; "
                f"--only {name}= takes all rows."
            )
            yield Open(f"--only {name}=WORD", question, tuple(sorted(words)))
        elif folded(name) in PAID_ON and not is_open_told and words != {EMPTY}:
            question = (
                f"The column {name} seems to say when a row was paid, and nothing says what is open. Only rows without a day: "
                f"--only {name}={EMPTY}; all rows: --only {name}="
            )
            yield Open(f"--only {name}=WORD", question, (EMPTY,))


def _says_no(word: str, column: str, kind: RecordKind, *, is_open_told: bool) -> bool:
    bare, known, is_state = folded(word), WORDS.get(kind, frozenset()), folded(column) in NAMES
    if not is_open_told and ((is_state and bare in PAID) or (folded(column) in PAID and bare in YES)):
        return True
    return bare in known or (is_state and not known.isdisjoint(bare.split()))


def only_where(said: Said) -> Mapping[str, list[str]]:
    """The rows that count, as a mapping writes it."""
    return {column: ["" if word == EMPTY else word for word in words] for column, words in said.only.items() if words}
