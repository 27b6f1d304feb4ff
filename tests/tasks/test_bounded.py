"""Files that are read in a process of their own."""

from pathlib import Path

import pytest

from tasks.bounded import bounded
from tasks.read_csv import FileRefused
from tests.tasks import hostile


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.pdf"
    path.write_bytes(b"12345")
    return path


def test_the_answer_of_a_well_behaved_reader_comes_back(file: Path) -> None:
    assert bounded(hostile.length, file) == 5


def test_a_reader_that_never_ends_is_given_up(file: Path) -> None:
    with pytest.raises(FileRefused, match="took longer than 1 seconds"):
        bounded(hostile.endless, file, seconds=1)


def test_a_reader_that_wants_all_memory_is_given_up(file: Path) -> None:
    with pytest.raises(FileRefused, match="more than 400 MB"):
        bounded(hostile.greedy, file)


def test_a_reader_that_fails_ends_in_a_sentence(file: Path) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        bounded(hostile.clumsy, file)


def test_a_reader_that_refuses_says_why(file: Path) -> None:
    with pytest.raises(FileRefused, match=r"some\.pdf:3: amount: It is not there\."):
        bounded(hostile.refusing, file)
