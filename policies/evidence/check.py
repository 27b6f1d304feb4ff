"""The check of a file of evidence: offline, and by nothing but what is in it and the seal its reader received."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.evidence.journals import broken_chain, chains_of, excused_unsealed, first_other_bytes
from policies.evidence.manifest import Manifest, first_differing, manifest_from
from policies.evidence.parts import JOURNAL, PROOFS, SEALS, Unreadable
from policies.evidence.read_parts import entries_from, proofs_from, seals_from
from policies.evidence.said import of_erasures, of_excuses, of_files, of_later_seals, of_seals
from policies.evidence.sealing import covered, seal_received, wrong_seal
from policies.journal_chain import Entry

ALONE = (
    "No seal was given: this file was compared with itself only. Somebody who rewrote the whole journal and every seal with it "
    "would not be found so; compare it with the seal the creditor received that day: --seal MESSAGE.eml."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: `altered` is the first thing that is not as it was, empty where nothing is."""

    altered: str = ""
    manifest: Manifest | None = None
    checked: tuple[str, ...] = field(default=())
    """What was compared with what, in sentences."""
    compared: bool = False
    """Whether a seal from outside was compared with it."""
    not_proven: tuple[str, ...] = field(default=())
    """Letters that are not in it, and whose absence nothing that is sealed explains."""


def verdict(held: Mapping[str, bytes], seal: str | None = None) -> Verdict:
    """Check the files of a file of evidence; `seal`: what its reader received, a number or the text of a message."""
    try:
        manifest = manifest_from(held)
        if differing := first_differing(manifest, held):
            return Verdict(differing, manifest)
        missing = next((name for name in (JOURNAL, SEALS, PROOFS) if name not in held), "")
        if missing:
            return Verdict(f"{missing} is missing.", manifest)
        return _of_journal(manifest, held, seal)
    except Unreadable as wrong:
        return Verdict(str(wrong))


def _of_journal(manifest: Manifest, held: Mapping[str, bytes], seal: str | None) -> Verdict:
    entries, seals, proofs = entries_from(held[JOURNAL]), seals_from(held[SEALS]), proofs_from(held[PROOFS])
    altered = (
        _other_case(manifest, entries)
        or broken_chain(entries)
        or first_other_bytes(manifest, entries, held)
        or wrong_seal(seals, proofs, entries)
    )
    if altered:
        return Verdict(altered, manifest)
    received = None if seal is None else seal_received(seals, seal)
    if isinstance(received, str):
        return Verdict(received, manifest)
    last = received or (seals[-1] if seals else None)
    under = covered(proofs, last.number if last else 0)
    bare = excused_unsealed(manifest, entries, under)
    said = [
        *of_files(manifest, entries),
        *of_erasures(entries),
        *of_seals(entries, under, last),
        *of_excuses(bare),
        *of_later_seals(seals, received),
    ]
    outside = ALONE if received is None else f"Seal {received.number} of {received.on} is the one that was received."
    return Verdict("", manifest, (*said, outside), received is not None, tuple(bare))


def _other_case(manifest: Manifest, entries: tuple[Entry, ...]) -> str:
    return "" if f"case:{manifest.case}" in chains_of(entries) else f"{JOURNAL}: the journal of the case is missing."
