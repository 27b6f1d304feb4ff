"""Passwords by argon2id. Looking at one costs a twentieth of a second and 64 MiB: two at a time, beside the loop."""

import asyncio
import secrets
from functools import lru_cache
from weakref import WeakKeyDictionary

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()  # RFC 9106, for machines with little memory; rehashed when this changes
AT_ONCE = 2
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def hashed(password: str) -> str:
    """What is kept of a password."""
    async with _turn():
        return await asyncio.to_thread(_HASHER.hash, password)


async def is_right(kept: str, password: str) -> bool:
    """Whether this is the password. Without one that is kept, as much is computed, and it is not."""
    async with _turn():
        return await asyncio.to_thread(_verify, kept, password)


def is_outdated(kept: str) -> bool:
    """Whether it was kept by other parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)


def _verify(kept: str, password: str) -> bool:
    try:
        _HASHER.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """The hash of a password nobody knows."""
    return _HASHER.hash(secrets.token_urlsafe(24))


def _turn() -> asyncio.Semaphore:
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
