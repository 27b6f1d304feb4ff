"""Copies of the pages that were published, by the policy's hash: nothing in them is ever overwritten."""

import hashlib
from pathlib import Path

from cli.home import open_home
from policies.ladder import Ladder


def keep(content: bytes, ladder: Ladder, name: str, form: str) -> Path:
    """Where the copy of a page stands: `published/<ladder>/<hash>/<name>.<hash of the page>.<form>` in RELANCE_HOME."""
    folder = open_home().published / ladder.id / ladder.hash[:12]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"{name}.{hashlib.sha256(content).hexdigest()[:12]}.{form}"
    if not place.exists():
        draft = place.with_name(f".{place.name}.part")
        draft.write_bytes(content)
        draft.replace(place)
    return place
