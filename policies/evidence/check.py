"""The check of a file of evidence: offline, and by nothing but what is in it and the seal its reader received."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.evidence.journals import broken_chain, chains_of, erasures, first_other_bytes, proven
from policies.evidence.manifest import Manifest, first_differing, manifest_from
from policies.evidence.parts import (
    JOURNAL,
    PROOFS,
    SEALS,
    Unreadable,
    entries_from,
    proofs_from,
    seals_from,
)
from policies.evidence.sealing import covered, seal_received, wrong_seal
from policies.journal_chain import Entry
from policies.seals import Sealed

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
    under = covered(seals, proofs, last.number if last else 0)
    said = [
        *_files(manifest, entries),
        *_erased(entries),
        *_sealed(entries, {one.chain: one.place for one in under}, last),
    ]
    outside = ALONE if received is None else f"Seal {received.number} of {received.on} is the one that was received."
    return Verdict("", manifest, (*said, outside), received is not None)


def _other_case(manifest: Manifest, entries: tuple[Entry, ...]) -> str:
    return "" if f"case:{manifest.case}" in chains_of(entries) else f"{JOURNAL}: the journal of the case is missing."


def _files(manifest: Manifest, entries: tuple[Entry, ...]) -> list[str]:
    by_journal, hidden = proven(manifest, entries), sum(one.facts is None for one in entries)
    said = [
        f"{len(manifest.pieces)} files are those of the manifest; {by_journal} of them are held by the journal as well.",
        f"{len(entries)} entries of {len(chains_of(entries))} journals follow from each other without a gap.",
    ]
    if hidden:
        said.append(f"{hidden} entries are told by their hash alone: they are confidential, or concern others.")
    if manifest.left_out:
        said.append(f"Left out as confidential: {', '.join(manifest.left_out)}.")
    return said


def _erased(entries: tuple[Entry, ...]) -> list[str]:
    return [
        f"On {one.at:%Y-%m-%d} the customer's personal data were erased (entry {one.place} of chain {one.chain}): letters and "
        "texts are gone, the journal stands."
        for one in erasures(entries)
    ]


def _sealed(entries: tuple[Entry, ...], under: Mapping[str, int], last: Sealed | None) -> list[str]:
    if last is None:
        return ["No day was sealed yet: nothing but the journal itself holds the order of its entries."]
    said = [f"{chain} is sealed up to its entry {place}" for chain, place in under.items()]
    later = sum(one.place > under.get(one.chain, 0) for one in entries)
    told = [f"By seal {last.number} of {last.on}: {'; '.join(said) or 'none of its chains'}."]
    return (
        [*told, f"{later} entries are later than that seal: nothing outside this file holds them yet."]
        if later
        else told
    )
