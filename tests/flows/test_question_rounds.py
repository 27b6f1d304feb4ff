"""Who is asked what, round after round."""

from datetime import datetime
from typing import cast

import pytest
from prefect.client.orchestration import PrefectClient

from flows.question_rounds import AT_ONCE, REGULAR, in_turn
from storage.question_deadlines import pass_on
from tests.storage.books import NOON

pytestmark = pytest.mark.usefixtures("database_url")
NOBODY = cast("PrefectClient", None)
"""No question waits for a run, so nobody is called."""


async def test_what_fails_in_one_round_keeps_nobody_from_being_asked_in_another() -> None:
    asked: list[str] = []

    async def fails(at: datetime) -> None:
        asked.append("fails")
        raise ValueError("of this one")

    async def asks(at: datetime) -> None:
        asked.append("asks")

    with pytest.raises(ValueError, match="of this one"):
        await in_turn((fails, asks), NOBODY, NOON)
    assert asked == ["fails", "asks"]


def test_what_is_asked_at_once_is_looked_at_regularly_too_and_what_is_passed_on_comes_last() -> None:
    assert [one for one in AT_ONCE if one not in REGULAR] == []
    assert REGULAR[-1] is pass_on
