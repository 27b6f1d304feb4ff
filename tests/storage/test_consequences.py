"""Every consequence an answer can have for a case becomes a fact."""

from typing import get_args

from policies.consequences import AskAboutLineLater, Consequence, RefuseReadings, ReplacePolicy, TakeReading
from storage.consequences import _CHANGES


def test_every_consequence_has_a_change() -> None:
    of_plans = {ReplacePolicy}  # about no case the question covers: storage.plan_moves
    of_lines = {TakeReading, RefuseReadings, AskAboutLineLater}  # about a bank line: storage.match_answers
    assert set(_CHANGES) == set(get_args(Consequence)) - of_plans - of_lines
