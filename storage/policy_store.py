"""Ladders as they were when cases were pinned to them, and those an id names now (design 4.9)."""

import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.problems import Problem
from storage import law_store
from storage.rate_store import shipped_rates

_KNOWN: dict[str, Ladder] = {}

_KEEP = text("INSERT INTO policy (hash, ladder, text) VALUES (:hash, :ladder, :text) ON CONFLICT (hash) DO NOTHING")
_PINNED = text("SELECT text FROM policy WHERE hash = :hash")
_LAST = text(
    "SELECT hash FROM policy WHERE ladder = :id AND pinned_at IS NOT NULL ORDER BY pinned_at DESC, id DESC LIMIT 1"
)


class BadLadder(RuntimeError):
    """A ladder cannot be used; the message lists every problem."""


@lru_cache
def shipped_names() -> tuple[str, ...]:
    """The ladders that come with Relance."""
    folder = files("policies").joinpath("ladders")
    return tuple(sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml")))


@lru_cache
def shipped(name: str) -> bytes:
    """The bytes of a ladder that comes with Relance, e.g. `fr-b2b`."""
    return files("policies").joinpath("ladders", f"{name}.toml").read_bytes()


def own_files() -> dict[str, Path]:
    """The user's own ladders by id: the files in `policies` of RELANCE_HOME."""
    home = os.environ.get("RELANCE_HOME", "").strip()
    return {one.stem: one for one in sorted((Path(home).expanduser() / "policies").glob("*.toml"))} if home else {}


def parsed(content: bytes, source: str) -> Ladder:
    """The ladder in `content`, or BadLadder with every problem."""
    return _usable(load_ladder(content, source))


def _usable(ladder: Ladder | list[Problem]) -> Ladder:
    if isinstance(ladder, list):
        raise BadLadder("\n".join(str(problem) for problem in ladder))
    return ladder


@lru_cache(maxsize=64)
def _checked(content: bytes, name: str) -> Ladder | str:
    """A ladder that is used for the first time: the law must allow it and its rates be there; else what is wrong."""
    ladder = load_ladder(content, f"{name}.toml", laws=law_store.all_laws(), rates=shipped_rates())
    if isinstance(ladder, list):
        return "\n".join(str(problem) for problem in ladder)
    return ladder if ladder.id == name else f"{name}.toml holds the policy {ladder.id}: its name must be its id."


async def named(connection: AsyncConnection, id: str) -> Ladder | None:
    """The ladder an id names now, kept under its hash so that cases can be pinned to it; None: there is none.

    The version pinned last; else the user's own file; else the one that comes with Relance. BadLadder where it cannot
    be used.
    """
    last = await connection.scalar(_LAST, {"id": id})
    if last is not None:
        return await pinned(connection, last)
    own = own_files().get(id)
    if own is None and id not in shipped_names():
        return None
    content = shipped(id) if own is None else own.read_bytes()
    found = _checked(content, id)
    if isinstance(found, str):
        raise BadLadder(found)
    await connection.execute(_KEEP, {"hash": found.hash, "ladder": found.id, "text": content})
    _KNOWN[found.hash] = found
    return found


async def pinned(connection: AsyncConnection, hash: str) -> Ladder:
    """The ladder with this hash."""
    if hash not in _KNOWN:
        content = await connection.scalar(_PINNED, {"hash": hash})
        _KNOWN[hash] = parsed(bytes(content), f"policy {hash[:12]}")
    return _KNOWN[hash]
