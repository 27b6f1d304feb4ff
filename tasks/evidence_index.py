"""The index of a file of evidence, for a judge to read: who claims what from whom, what happened, and every piece with its hash."""

from collections.abc import Sequence
from typing import Any

from policies.evidence.books import EvidenceBooks
from policies.evidence.parts import Piece
from tasks.handover_history import happened_words
from tasks.handover_sheet import SHEET, head, parties
from tasks.handover_words import BREAK, Speech, section, speech
from tasks.staff_names import BESIDE, CHANNELS, STAGES
from tasks.staff_text import named, say, speaking
from tasks.typst_page import paper


def evidence_index(books: EvidenceBooks, pieces: Sequence[Piece]) -> bytes:
    """The PDF, in the house's language; the same books give the same bytes. Raises NotPrinted."""
    says = speech(books.claim)
    with speaking(says.language):
        sections = [_happened(says), _pieces(says, books, pieces), _seals(says, books), _how()]
        page = head(says, say("Evidence")) | {
            "parties": parties(says),
            "notes": _notes(books),
            "sections": [one for one in sections if one["rows"] or one["lines"]],
        }
        page["facts"] = [[say("Invoice"), books.invoice], [say("Case"), str(books.case)], *page["facts"]]
    return paper(SHEET, page)


def _notes(books: EvidenceBooks) -> list[str]:
    if not books.left_out:
        return []
    return [
        say(
            "What was exchanged in mediation or offered to settle is confidential and is not in this file ({count} pieces).",
            count=len(books.left_out),
        )
    ]


def _happened(says: Speech) -> dict[str, Any]:
    words = says.words
    rows = [[says.hour(one.at), happened_words(says.file, one)] for one in says.file.history]
    return section(words["happened"], [words["happened_heads"][0], words["happened_heads"][2]], rows, widths=(0, 1))


def _pieces(says: Speech, books: EvidenceBooks, pieces: Sequence[Piece]) -> dict[str, Any]:
    known = {(one.table, one.id): one for one in books.files}
    rows = []
    for at, one in enumerate(pieces, 1):
        kept = known.get((one.table, one.id))
        told = (
            _plain(one.path)
            if kept is None
            else f"{says.hour(kept.at)}{BREAK}{_what(kept.about, str(kept.told.get('channel', '')))}"
        )
        rows.append([str(at), f"{one.path}{BREAK}{one.sha256[:32]}{BREAK}{one.sha256[32:]}", told])
    return section(say("Pieces"), [say("No."), say("File and its SHA-256"), say("What it is")], rows, widths=(0, 3, 2))


PLAIN = {
    "files.json": "When each message left, by which way, and what was answered",
    "answers.json": "What people decided, and what they were shown",
    "claim/claim.pdf": "The claim with its calculation",
    "claim/calculation.csv": "The calculation of interest and flat sums",
    "claim/history.pdf": "What passed between the parties",
    "journal.jsonl": "The journals, an entry a line",
    "seals.jsonl": "The daily seals",
    "seal-proofs.jsonl": "How the journals lead to the seals",
    "README.txt": "How this file is checked",
}
"""What the other files are."""


def _plain(path: str) -> str:
    if path.startswith("claim/invoices/"):
        return say("Invoice")
    return say(PLAIN[path]) if path in PLAIN else ""


def _what(about: str, channel: str) -> str:
    what = named(STAGES.get(about) or BESIDE.get(about) or about.replace("_", " "))
    return f"{what} · {named(CHANNELS.get(channel, channel))}" if channel else what


def _seals(says: Speech, books: EvidenceBooks) -> dict[str, Any]:
    last = {one.leaf.chain: one for one in books.proofs}
    days = {one.number: one for one in books.seals}
    rows = [
        [chain, str(one.leaf.place), f"{one.seal} · {says.short(days[one.seal].on)}", f"{days[one.seal].hash[:32]}{BREAK}{days[one.seal].hash[32:]}"]
        for chain, one in last.items()
    ]  # fmt: skip
    heads = [say("Journal"), say("Entries"), say("Seal and day"), say("The seal, as it was sent that day")]
    return section(say("Daily seals"), heads, rows, widths=(1, 0, 0, 2), right=(1,))


def _how() -> dict[str, Any]:
    lines = [
        say(
            "Each entry of the journals names the hash of the one before it, and every letter that left by a hash of its bytes. "
            "Once a day all journals are sealed; the seal is sent to the creditor by e-mail."
        ),
        say(
            "Anybody can check this file without us: relance verify FILE.zip --seal MESSAGE.eml. README.txt says how to do it "
            "by hand."
        ),
    ]
    return section(say("How this file is checked"), lines=lines)
