"""What the books hold of one case, as a file of evidence is written from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from policies.claim_file import ClaimFile
from policies.evidence.parts import SealProof
from policies.journal_chain import Entry
from policies.seals import Sealed

CONCERNS = ("live_on", "live_off", "collecting_on", "collecting_off", "settings_changed", "rate_added", "policy_pinned")
"""Entries of a creditor's own journal that say something about every case; the others are told by their hash alone."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Bytes of a row, exactly: `told` is what is known of it (when it left, by which way, what was answered)."""

    table: str
    id: int
    name: str
    about: str
    at: datetime
    content: bytes
    salt: str
    told: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class EvidenceBooks:
    """Everything of a case: its claim, its files, what people answered, its journals, and the seals over them."""

    case: int
    invoice: str
    claim: ClaimFile
    files: tuple[KeptFile, ...]
    answers: Sequence[Mapping[str, object]]
    entries: tuple[Entry, ...]
    seals: tuple[Sealed, ...]
    proofs: tuple[SealProof, ...]
    left_out: tuple[str, ...]
