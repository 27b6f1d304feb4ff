"""The journals of a file of evidence against the daily seals, and the seals against the one the creditor received."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from policies.evidence.parts import PROOFS, SEALS, SealProof
from policies.journal_chain import Entry
from policies.seals import SEAL_LINE, Sealed, first_wrong, root_of

FIRST_ZONE = timedelta(hours=14)
"""Where a day begins first: what is older than its beginning there was written before that day's seal, wherever the creditor is."""


def wrong_seal(seals: Sequence[Sealed], proofs: Sequence[SealProof], entries: Sequence[Entry]) -> str:
    """The first seal or sealed head that does not fit, as a sentence; empty: all fit."""
    number = first_wrong(seals)
    if number is not None:
        return f"{SEALS}: seal {number} does not follow from the one before it: it was altered, removed or added."
    known = {one.number: one for one in seals}
    heads = {(one.chain, one.place): one.hash for one in entries}
    for one in proofs:
        seal = known.get(one.seal)
        if seal is None or root_of(one.leaf, one.path) != seal.root:
            return f"{PROOFS}: what is said of chain {one.leaf.chain} does not lead to the root of seal {one.seal}."
        if heads.get((one.leaf.chain, one.leaf.place)) != one.leaf.head:
            return (
                f"The journal was rewritten: entry {one.leaf.place} of chain {one.leaf.chain} is not the one sealed on {seal.on} "
                f"(seal {seal.number})."
            )
    return _unsealed(seals, proofs, entries)


def _unsealed(seals: Sequence[Sealed], proofs: Sequence[SealProof], entries: Sequence[Entry]) -> str:
    """The first journal that must be under the last seal, because an earlier one covers it or it began before, and is not."""
    if not seals:
        return ""
    last = seals[-1]
    begun = datetime.combine(last.on, time(0), UTC) - FIRST_ZONE
    under = {one.leaf.chain for one in proofs if one.seal == last.number}
    began = {one.chain for one in entries if one.place == 1 and one.facts is not None and one.at < begun}
    for chain in sorted({one.leaf.chain for one in proofs} | began):
        if chain not in under:
            return (
                f"{PROOFS}: chain {chain} is older than seal {last.number} of {last.on}, and how it stood that day is missing: "
                "the proof was taken out, or the journal written anew."
            )
    return ""


def covered(proofs: Sequence[SealProof], up_to: int) -> dict[str, int]:
    """Up to which of its entries each chain is under the seals up to this number."""
    ordered = sorted(proofs, key=lambda proof: proof.seal)
    return {one.leaf.chain: one.leaf.place for one in ordered if one.seal <= up_to}


def seal_received(seals: Sequence[Sealed], said: str) -> Sealed | str:
    """The seal that somebody received, found by its number in what they give: hexadecimal, or the text of a message; else a
    sentence."""
    given = set(SEAL_LINE.findall(said.lower()))
    if not given:
        return "No seal was found in what was given: it is a number of 64 hexadecimal digits, as in the daily message."
    for one in reversed(seals):
        if one.hash in given:
            return one
    return (
        "The seal that was received is none of those in this file: the file was made from other books than those that were "
        "sealed, or before that day."
    )
