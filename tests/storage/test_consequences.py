"""Every consequence an answer can have for a case becomes a fact."""

from typing import get_args

from policies.consequences import BankComplete, Consequence, ReplacePolicy
from storage.consequences import _CHANGES


def test_every_consequence_has_a_change() -> None:
    of_no_case = {ReplacePolicy, BankComplete}  # about no case the question covers: storage.plan_moves, .stale_bank
    assert set(_CHANGES) == set(get_args(Consequence)) - of_no_case
