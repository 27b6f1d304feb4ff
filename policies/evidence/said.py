"""What a check of a file of evidence compared with what, and what it could not compare, in sentences."""

from collections.abc import Mapping, Sequence

from policies.evidence.journals import chains_of, erasures, not_here, proven, unproven
from policies.evidence.manifest import Manifest
from policies.journal_chain import Entry
from policies.seals import Sealed


def of_files(manifest: Manifest, entries: tuple[Entry, ...]) -> list[str]:
    """What files and entries were compared with, and what with nothing."""
    by_journal, hidden = proven(manifest, entries), sum(one.facts is None for one in entries)
    said = [
        f"{len(manifest.pieces)} files are those of the manifest; {by_journal} of them are held by the journal as well.",
        f"{len(entries)} entries of {len(chains_of(entries))} journals follow from each other without a gap.",
    ]
    if lone := unproven(manifest, entries):
        said.append(f"Not told of by any entry that can be read, so held by the manifest alone: {_some(lone)}.")
    if absent := not_here(manifest, entries):
        said.append(f"Told of by the journals and not in this file (of other cases, or taken out): {_some(absent)}.")
    if hidden:
        said.append(
            f"{hidden} entries are told by their hash alone: they are confidential, or concern others. What they say was not "
            f"checked: {_some(_hidden(entries))}."
        )
    if manifest.left_out:
        said.append(f"Left out as confidential: {', '.join(manifest.left_out)}.")
    return said


def _hidden(entries: tuple[Entry, ...]) -> list[str]:
    return [f"entry {one.place} of chain {one.chain}" for one in entries if one.facts is None]


def _some(names: Sequence[str], most: int = 12) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def of_later_seals(seals: tuple[Sealed, ...], received: Sealed | None) -> list[str]:
    """That the seal that was received is not the last of the file."""
    if received is None or received == seals[-1]:
        return []
    last = seals[-1]
    told = (
        f"This file holds later seals, up to {last.number} of {last.on}: what was written or removed after the seal that was "
        "received is proven by the message of that day only."
    )
    return [told]


def of_erasures(entries: tuple[Entry, ...]) -> list[str]:
    """Each erasure of the customer's personal data."""
    return [
        f"On {one.at:%Y-%m-%d} the customer's personal data were erased (entry {one.place} of chain {one.chain}): letters and "
        "texts are gone, the journal stands."
        for one in erasures(entries)
    ]


def of_excuses(bare: Mapping[str, Entry]) -> list[str]:
    """Letters that are not in the file, where no seal holds the entry by which they need not be."""
    if not bare:
        return []
    told = _some([f"{name} (entry {by.place} of chain {by.chain})" for name, by in bare.items()])
    return [
        f"NOT PROVEN: not in this file, and stopped or erased only by the word of entries that no seal holds: {told}."
    ]


def of_seals(entries: tuple[Entry, ...], under: Mapping[str, int], last: Sealed | None) -> list[str]:
    """How far each journal is under the last seal that counts."""
    if last is None:
        return ["No day was sealed yet: nothing but the journal itself holds the order of its entries."]
    said = [f"{chain} is sealed up to its entry {place}" for chain, place in under.items()]
    later = sum(one.place > under.get(one.chain, 0) for one in entries)
    told = [f"By seal {last.number} of {last.on}: {'; '.join(said) or 'none of its chains'}."]
    if bare := [chain for chain in chains_of(entries) if chain not in under]:
        told.append(f"Under no seal, so that whoever made the file could have written them anew: {', '.join(bare)}.")
    return (
        [*told, f"{later} entries are later than that seal: nothing outside this file holds them yet."]
        if later
        else told
    )
