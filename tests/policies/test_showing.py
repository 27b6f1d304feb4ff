"""How a held item stands on a message about the customer's other items."""

import pytest

from policies.facts import HoldKind
from policies.message import LineStatus
from policies.showing import is_asked_for, is_left_out, status_of

K, S = HoldKind, LineStatus


@pytest.mark.parametrize(
    ("days", "holds", "status"),
    [
        (5, [], S.LATE),
        (0, [], S.DUE),
        (-5, [], S.NOT_YET_DUE),
        (5, ["dispute"], S.DISPUTED),
        (-5, ["dispute"], S.DISPUTED),
        (5, ["plan"], S.AGREED),
        (5, ["promise"], S.PROMISED),
        (5, ["in_flight"], S.ON_ITS_WAY),
        (5, ["promise", "dispute"], S.DISPUTED),
        (5, ["opt_out"], S.LATE),
        (5, ["call_back"], S.LATE),
    ],
)
def test_the_hold_of_an_item_comes_before_its_age(days: int, holds: list[str], status: LineStatus) -> None:
    assert status_of(days, holds) is status


def test_what_is_marked_is_not_asked_for_and_some_is_not_spoken_of_at_all() -> None:
    asked = {kind for kind in K if is_asked_for([kind])}
    silent = {kind for kind in K if is_left_out([kind])}
    assert asked == {K.OPT_OUT, K.CALL_BACK}
    assert silent == {K.INSOLVENCY, K.DEATH, K.OVER_INDEBTEDNESS, K.COMPLAINT, K.UNREAD_REPLY, K.MANUAL, K.COURT}
    assert is_asked_for([])
    assert not is_left_out([])
    assert not is_asked_for([K.OPT_OUT, K.DISPUTE])
    assert is_left_out(["a kind nobody knows"])
