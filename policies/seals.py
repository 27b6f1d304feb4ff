"""The daily seal: one number that stands for every chain of a creditor, so that whoever keeps it can later check any of them.

The root is that of a Merkle tree over the heads of all chains (as in RFC 6962, leaves and nodes hashed apart); the seal is the
hash of the root, the day, and the seal before it.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

NODE, LEAF = b"\x01", b"\x00"
SEAL_LINE = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A chain as it stood: how many entries it had, and the hash of the last."""

    chain: str
    place: int
    head: str

    @property
    def hash(self) -> bytes:
        """What the tree holds of it."""
        return hashlib.sha256(LEAF + "|".join((self.chain, str(self.place), self.head)).encode()).digest()


@dataclass(frozen=True, slots=True)
class Sealed:
    """The seal of a day: `number` counts from 1, `previous` is the seal before it (empty: it is the first)."""

    number: int
    on: date
    leaves: int
    root: str
    previous: str
    hash: str


def seal_hash(number: int, on: date, leaves: int, root: str, previous: str) -> str:
    """The number that is printed and sent."""
    return hashlib.sha256("|".join((previous, str(number), str(on), str(leaves), root)).encode()).hexdigest()


def sealed(number: int, on: date, leaves: Iterable[Leaf], previous: str) -> Sealed:
    """The seal of a day over the heads of all chains, whatever their order."""
    ordered = in_order(leaves)
    root = _levels([one.hash for one in ordered])[-1][0].hex()
    return Sealed(number, on, len(ordered), root, previous, seal_hash(number, on, len(ordered), root, previous))


def in_order(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """Leaves as the tree takes them: by the name of their chain."""
    return tuple(sorted(leaves, key=lambda one: one.chain))


def proofs(leaves: Iterable[Leaf], chains: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each chain the hashes that lead from its leaf to the root: each the neighbour's, marked with its side (`<` left)."""
    ordered = in_order(leaves)
    levels = _levels([one.hash for one in ordered])
    places = {one.chain: place for place, one in enumerate(ordered)}
    return {chain: _path(levels, places[chain]) for chain in chains if chain in places}


def root_of(leaf: Leaf, path: Sequence[str]) -> str:
    """The root this leaf and this path lead to; empty: the path is none."""
    found = leaf.hash
    for step in path:
        side, written = step[:1], step[1:]
        if side not in "<>" or SEAL_LINE.fullmatch(written) is None:
            return ""
        other = bytes.fromhex(written)
        found = _node(other, found) if side == "<" else _node(found, other)
    return found.hex()


def first_wrong(seals: Sequence[Sealed]) -> int | None:
    """The number of the first seal that does not follow from the one before it; None when they are whole."""
    previous = ""
    for number, one in enumerate(seals, 1):
        told = (one.number, one.previous, one.hash)
        if told != (number, previous, seal_hash(number, one.on, one.leaves, one.root, previous)):
            return number
        previous = one.hash
    return None


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    """The tree from its leaves up; who has no neighbour goes up as it is."""
    levels = [hashes or [hashlib.sha256(LEAF).digest()]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [_node(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append(pairs + below[len(pairs) * 2 :])
    return levels


def _path(levels: list[list[bytes]], place: int) -> tuple[str, ...]:
    path = []
    for level in levels[:-1]:
        other = place ^ 1
        if other < len(level):
            path.append(("<" if other < place else ">") + level[other].hex())
        place //= 2
    return tuple(path)
