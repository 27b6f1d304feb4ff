"""A file of evidence as a ZIP of one form: stored, in order, dated nowhere, so that a byte that differs anywhere shows."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16

SPOILT = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError, ValueError, EOFError, OSError, RuntimeError,
    OverflowError, LookupError,
)  # fmt: skip
"""What reading an archive ends in that somebody has changed."""


class Damaged(ValueError):
    """The archive is not one of ours any more; the sentence names what is altered."""


def pack(held: Mapping[str, bytes]) -> bytes:
    """The files by their names as one archive; the same files give the same bytes, whatever program library is there."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(held):
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.external_attr, info.create_system = MODE, 3
            archive.writestr(info, held[name])
    return made.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """The files in it. Raises Damaged where it does not open, a file in it is spoilt, or anything else in it was changed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _plain(archive.infolist(), len(content))
            held = {one.filename: _read(archive, one) for one in archive.infolist()}
            doubled = len(held) != len(archive.infolist())
    except SPOILT as wrong:
        if isinstance(wrong, Damaged):
            raise
        raise Damaged("The archive itself was altered: it does not open as a ZIP any more.") from wrong
    if doubled:
        raise Damaged("The archive itself was altered: two files in it have one name.")
    if not _same(held, content):
        raise Damaged(
            "The archive itself was altered, or packed anew by another program: what lies around the files in it is not as it was."
        )
    return held


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(one)
    except SPOILT as wrong:
        raise Damaged(f"{one.filename} was altered: its checksum in the archive does not fit.") from wrong


def _plain(infos: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Nothing is unpacked that is larger than what was read: ours are stored as they are."""
    for one in infos:
        if one.compress_type != zipfile.ZIP_STORED or one.flag_bits & 1:
            raise Damaged(f"{one.filename} was altered, or packed anew by another program: it is not stored as it was.")
    if sum(one.file_size for one in infos) > size:
        raise Damaged("The archive itself was altered: its files claim to be larger than all of it.")


def _same(held: Mapping[str, bytes], content: bytes) -> bool:
    try:
        return pack(held) == content
    except SPOILT:
        return False
