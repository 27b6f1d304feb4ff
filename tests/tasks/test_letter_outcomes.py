"""A file of outcomes: what can be used is, what cannot is a problem with its line."""

from datetime import date
from pathlib import Path

import pytest

from policies.letter_outcome import Outcome
from tasks.read_letter_outcomes import OutcomeLine, read_letter_outcomes


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "outcomes.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_codes_and_the_words_of_the_post_are_read_and_the_rest_is_told_line_by_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "\ufeffletter;outcome;date\nL1;delivered;2026-03-05\n1A 123;NPAI;2026-03-06\n\nL3;non réclamé;2026-03-20\n"
        "L4;lost;2026-03-05\n;delivered;2026-03-05\nL5;refusé;05/03/2026\nL6;delivered\n",
    )
    lines, problems = read_letter_outcomes(file)
    assert lines == [
        OutcomeLine(2, "L1", Outcome.DELIVERED, date(2026, 3, 5)),
        OutcomeLine(3, "1A 123", Outcome.UNKNOWN, date(2026, 3, 6)),
        OutcomeLine(5, "L3", Outcome.NOT_COLLECTED, date(2026, 3, 20)),
    ]
    assert [(one.line, one.field, one.reason) for one in problems] == [
        (6, "outcome", "“lost” is unknown; write delivered, refused, not_collected, unknown_at_address."),
        (7, "letter", "The number of the letter is missing: L… in the list, or the post's own."),
        (8, "date", "“05/03/2026” is not a date; write YYYY-MM-DD."),
        (9, "date", "“” is not a date; write YYYY-MM-DD."),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The first line must name the columns letter, outcome, date."),
        (b"number,what\nL1,delivered\n", "The first line must name the columns letter, outcome, date."),
        (b"letter,outcome,date\nL1,refus\xe9,2026-03-05\n", "The file is not UTF-8; save it as “CSV UTF-8”."),
        (
            b'letter,outcome,date\n"L1,delivered,2026-03-05\n',
            "“” is unknown; write delivered, refused, not_collected, unknown_at_address.",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    lines, problems = read_letter_outcomes(written(tmp_path, content))
    assert (lines, [one.reason for one in problems]) == ([], [reason])


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    _, problems = read_letter_outcomes(tmp_path / "none.csv")
    assert [one.reason for one in problems] == ["The file cannot be read: No such file or directory."]
