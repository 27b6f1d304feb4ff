"""Whatever is done to the archive around the files, it is told in a sentence, and nothing is blown up to find it."""

import io
import zipfile
from collections.abc import Callable

import pytest

from tasks.evidence_archive import Damaged, pack, unpack

HELD = {"a.txt": b"one" * 9, "b.txt": b"two"}


def zipped(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        write(archive)
    return made.getvalue()


def _bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("bomb.txt", b"\0" * 5_000_000, zipfile.ZIP_DEFLATED)


def _commented(archive: zipfile.ZipFile) -> None:
    archive.writestr("a.txt", b"one")
    archive.comment = b"a comment"


SPOILT = {
    "a bomb": zipped(_bomb),
    "packed otherwise, and broken": zipped(_bomb).replace(b"\xed\xc1", b"\xff\xff", 1),
    "a comment": zipped(_commented),
    "another place": zipped(lambda archive: archive.writestr("../../x", b"x")),
    "a folder": zipped(lambda archive: archive.writestr("x/", b"")),
    "cut short": pack(HELD)[:-9],
    "half of it": pack(HELD)[:60],
    "something before it": b"#!/bin/sh\n" + pack(HELD),
    "something after it": pack(HELD) + b"x",
    "a larger size": pack(HELD).replace(b"\x1b\0\0\0\x1b\0\0\0", b"\xff\xff\xff\x7f\xff\xff\xff\x7f"),
    "no archive": b"%PDF-1.7 no archive",
    "nothing": b"",
}


@pytest.mark.parametrize("content", SPOILT.values(), ids=SPOILT)
def test_an_archive_that_is_not_as_it_was_is_told_as_a_sentence(content: bytes) -> None:
    with pytest.raises(Damaged, match="altered"):
        unpack(content)


def test_what_is_packed_comes_back() -> None:
    assert unpack(pack(HELD)) == HELD
