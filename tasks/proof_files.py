"""Messages as files somebody else can check: exact bytes, and a list of them as a table and as JSON. Nothing is overwritten."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from storage.proofs import Proof
from tasks.compose import message_id
from tasks.spreadsheet_file import safe_cell, spreadsheet

COLUMNS = (
    "message", "file", "sha256", "bytes_match", "customer", "invoices", "stage", "channel", "state", "route", "to", "role",
    "sender", "written_at", "left_at", "answer", "provider_id", "message_id", "reports", "resend_of",
)  # fmt: skip


class ProofFiles:
    """A folder, or a ZIP archive where its name ends so, that is filled message by message and closed with its list."""

    def __init__(self, place: Path) -> None:
        self.rows: list[dict[str, Any]] = []
        self._archive: zipfile.ZipFile | None = None
        self._folder = place
        if place.suffix.lower() == ".zip":
            self._archive = zipfile.ZipFile(place, "x", zipfile.ZIP_DEFLATED)
        else:
            place.mkdir(mode=0o700, parents=True)

    def add(self, proof: Proof, raw: bytes) -> None:
        """One message: its bytes as a file, and its line of the list."""
        name = file_name(proof)
        self._put(name, raw)
        self.rows.append(row_of(proof, name, hashlib.sha256(raw).hexdigest() == proof.sha256))

    def close(self) -> None:
        """Write the list, as `manifest.csv` and `manifest.json`."""
        self._put("manifest.json", json.dumps(self.rows, ensure_ascii=False, indent=1).encode())
        table = ([_cell(row[name]) for name in COLUMNS] for row in self.rows)
        self._put("manifest.csv", spreadsheet(COLUMNS, table))
        if self._archive is not None:
            self._archive.close()

    def _put(self, name: str, content: bytes) -> None:
        if self._archive is not None:
            self._archive.writestr(name, content)
            return
        with (self._folder / name).open("xb") as file:
            file.write(content)


def file_name(proof: Proof) -> str:
    """A name that sorts in the order of the messages and holds no letter a file system could misread."""
    told = "-".join((proof.customer_number, proof.stage or proof.kind))
    kind = "pdf" if proof.channel == "letter" else "eml"
    return f"{proof.id:08d}-{re.sub(r'[^A-Za-z0-9_-]', '_', told)[:80]}.{kind}"


def row_of(proof: Proof, file: str, match: bool) -> dict[str, Any]:
    """What is told of a message: whom it went to, when, and what was answered and reported."""
    domain = proof.sender.rpartition("@")[2]
    reports = [
        {"at": one.at.isoformat(), "kind": one.kind.value, "status": one.status, "words": one.words}
        for one in proof.reports
    ]
    return {
        "message": proof.id, "file": file, "sha256": proof.sha256, "bytes_match": match,
        "customer": f"{proof.customer_number} {proof.customer_name}", "invoices": list(proof.invoices),
        "stage": proof.stage or proof.kind, "channel": proof.channel, "state": proof.state, "route": proof.route,
        "to": proof.recipient, "role": proof.contact_role, "sender": proof.sender, "written_at": proof.written_at.isoformat(),
        "left_at": proof.handed_at.isoformat() if proof.handed_at else None, "answer": proof.answer,
        "provider_id": proof.provider_id,
        "message_id": "" if proof.channel == "letter" or not domain else message_id(proof.key, domain),
        "reports": reports, "resend_of": proof.resend_of,
    }  # fmt: skip


def _cell(value: Any) -> str:
    """Text a spreadsheet shows and never takes for a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        parts = [one if isinstance(one, str) else " ".join(str(part) for part in one.values() if part) for one in value]
        value = "; ".join(parts)
    return safe_cell(" ".join(("" if value is None else str(value)).split()))
