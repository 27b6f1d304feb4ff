"""Rows a table lists and that are not owed or did not move: drafts, cancelled invoices, refused or announced payments.

They look like all others but for one word in a column of states; which of its words count is asked.
"""

from collections.abc import Iterator, Mapping, Sequence

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
MOST = 20
"""Different words of a column that says a state."""


def about_rows(look: Look, kind: RecordKind, used: Sequence[str], said: Said) -> Iterator[Open]:
    """A question for each column that says of some rows that they do not count; `used` are the columns of fields."""
    for place, name in enumerate(look.header):
        if not name or name in used or name in said.only:
            continue
        words = {row[place].strip() for _, row in look.rows} if place < len(look.header) else set()
        odd = sorted(word for word in words if _says_no(word, name, kind))
        if odd and len(words) <= MOST:
            question = (
                f"The column {name} says “{odd[0]}” of some rows: which of its words count? Say it once for each; "
                f"--only {name}= takes all rows."
            )
            yield Open(f"--only {name}=WORD", question, tuple(sorted(words - {""})))


def _says_no(word: str, column: str, kind: RecordKind) -> bool:
    bare, known = folded(word), WORDS.get(kind, frozenset())
    return bare in known or (folded(column) in NAMES and not known.isdisjoint(bare.split()))


def only_where(said: Said) -> Mapping[str, list[str]]:
    """The rows that count, as a mapping writes it."""
    return {column: list(words) for column, words in said.only.items() if words}
