"""Which files an import started at the desk may read: none of the house's own, none of the machine's.

What is wrong with a file is told with what stands in it, so a person who may name any path could read keys that way.
"""

import os
from pathlib import Path

from tasks.inbox_folder import inbox_folder

MACHINE = tuple(Path(place) for place in ("/proc", "/sys", "/dev", "/etc", "/run", "/boot"))
NOT_HERE = (
    "{name} is not among the files that may be imported: put it into the watched folder, or where exports are kept."
)


def why_not_read(path: Path) -> str:
    """Why this path is not read for a person at the desk, as a sentence; empty where it may be."""
    real, inbox = path.resolve(), inbox_folder().resolve()
    if real.is_relative_to(inbox):
        return ""
    house = inbox.parent
    hidden = any(part.startswith(".") for part in real.parts)
    device = real.exists() and not real.is_file()
    if hidden or device or any(real.is_relative_to(place) for place in (house, *MACHINE)):
        return NOT_HERE
    return ""


def names_a_file(mapping: str) -> bool:
    """Whether a mapping is given as a path instead of by its name."""
    return os.sep in mapping or mapping.endswith(".toml")
