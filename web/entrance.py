"""One-time links: `up` prints one, whoever opens it first gets a session.

Only the hash of a key is kept, in `RELANCE_HOME/run/entrance.json`; a key is good once and for half an hour.
"""

import fcntl
import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

LINK_LIFE = timedelta(minutes=30)
PATH = "/enter"
Keys = dict[str, float]


def new_link(home: Path, base_url: str, life: timedelta = LINK_LIFE) -> str:
    """A link that lets one browser in, once; `base_url` is the desk's address as the person reaches it."""
    key = secrets.token_urlsafe(24)
    with _keys(home) as keys:
        keys[_hash(key)] = time.time() + life.total_seconds()
    return f"{base_url.rstrip('/')}{PATH}?key={key}"


def redeem(home: Path, key: str) -> bool:
    """Whether the key is good; it is used up by asking."""
    with _keys(home) as keys:
        return keys.pop(_hash(key), None) is not None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@contextmanager
def _keys(home: Path) -> Iterator[Keys]:
    """The keys still good, under a lock; what is changed in the block is written back when it ends well."""
    folder = home / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / "entrance.lock", "w", opener=_private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = folder / "entrance.json"
        keys = {key: end for key, end in _read(path).items() if end > time.time()}
        yield keys
        fresh = path.with_suffix(".new")
        with open(fresh, "w", opener=_private) as out:
            json.dump(keys, out)
        fresh.replace(path)


def _read(path: Path) -> Keys:
    """The keys in the file; none where there is no file or it is broken: the link is then asked for again."""
    try:
        found = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {str(key): float(end) for key, end in found.items()} if isinstance(found, dict) else {}


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
