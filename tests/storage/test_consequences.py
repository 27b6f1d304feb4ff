"""Every consequence an answer can have becomes a fact."""

from typing import get_args

from policies.consequences import Consequence
from storage.consequences import _CHANGES


def test_every_consequence_has_a_change() -> None:
    assert set(_CHANGES) == set(get_args(Consequence))
