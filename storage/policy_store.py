"""Ladders as they were when cases were pinned to them (design 4.9)."""

from functools import lru_cache
from importlib.resources import files

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.ladder import Ladder
from policies.ladder_file import load_ladder

_KNOWN: dict[str, Ladder] = {}


class BadLadder(RuntimeError):
    """A ladder cannot be used; the message lists every problem."""


def shipped_names() -> tuple[str, ...]:
    """The ladders that come with Relance."""
    folder = files("policies").joinpath("ladders")
    return tuple(sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml")))


@lru_cache
def shipped(name: str) -> bytes:
    """The bytes of a ladder that comes with Relance, e.g. `fr-b2b`."""
    return files("policies").joinpath("ladders", f"{name}.toml").read_bytes()


def parsed(content: bytes, source: str) -> Ladder:
    """The ladder in `content`, or BadLadder with every problem."""
    ladder = load_ladder(content, source)
    if isinstance(ladder, list):
        raise BadLadder("\n".join(str(problem) for problem in ladder))
    return ladder


async def pin(connection: AsyncConnection, name: str) -> Ladder:
    """Keep the shipped ladder `name` under its hash, so that cases can be pinned to it."""
    content = shipped(name)
    ladder = parsed(content, f"{name}.toml")
    await connection.execute(
        text("INSERT INTO policy (hash, ladder, text) VALUES (:hash, :ladder, :text) ON CONFLICT (hash) DO NOTHING"),
        {"hash": ladder.hash, "ladder": ladder.id, "text": content},
    )
    _KNOWN[ladder.hash] = ladder
    return ladder


async def pinned(connection: AsyncConnection, hash: str) -> Ladder:
    """The ladder with this hash."""
    if hash not in _KNOWN:
        content = await connection.scalar(text("SELECT text FROM policy WHERE hash = :hash"), {"hash": hash})
        _KNOWN[hash] = parsed(bytes(content), f"policy {hash[:12]}")
    return _KNOWN[hash]
