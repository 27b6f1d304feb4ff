"""The ERP's folder: `RELANCE_HOME/erp/`, one JSON file for each measure that is taken or lifted, once ever.

A file is made ready under a hidden name, its handing over is committed, and then it gets its name: whoever dies in between
leaves either the hidden file, which is named later, or none, because it has its name. A file the ERP has taken away is never
written again.
"""

import asyncio
import logging
import os
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from storage import measure_changes
from storage.measure_changes import ErpFile
from tasks.sink import outbox_from

LOG = logging.getLogger("relance.erp")


def erp_folder() -> Path:
    """Where the ERP finds its files."""
    return outbox_from(os.environ).parent / "erp"


async def hand_out(at: datetime) -> int:
    """Place every file that waits; answers how many. What the disk refuses now is tried again by the next round, and said."""
    placed = 0
    for one in await measure_changes.unwritten():
        try:
            placed += await _place(erp_folder(), one, at)
        except OSError as problem:
            LOG.warning("The ERP's folder could not be written (%s): it is tried again.", problem.strerror)
    return placed


async def _place(folder: Path, one: ErpFile, at: datetime) -> bool:
    token = one.token
    if one.state == "planned":
        token = uuid4().hex
        await asyncio.to_thread(make_ready, folder, one, token)
        if not await measure_changes.begin(one.id, token):
            hidden(folder, one.file, token).unlink(missing_ok=True)
            return False  # another dispatcher has it
    await asyncio.to_thread(give_name, folder, one.file, token)
    return await measure_changes.written(one.id, at)


def hidden(folder: Path, file: str, token: str) -> Path:
    """Where a file waits for its name; programs that look for files pass over it."""
    return folder / f".{file}.{token}"


def make_ready(folder: Path, one: ErpFile, token: str) -> None:
    """The whole file on the disk, not to be seen yet; readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = hidden(folder, one.file, token)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(one.content.encode())
        file.flush()
        os.fsync(file.fileno())


def give_name(folder: Path, file: str, token: str) -> None:
    """The file gets its name, at once and whole. It has it already where nothing is hidden any more."""
    place = hidden(folder, file, token)
    try:
        place.rename(folder / file)
    except FileNotFoundError:
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
