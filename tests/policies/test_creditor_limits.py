"""What a creditor declares in numbers, or as on and off, is read or refused with the form wanted."""

import pytest

from policies.creditor_limits import limits, limits_wrong, switched


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("sms_max_segments", "0", "Write a number of parts from 1 to 10, or none for no limit."),
        ("sms_max_segments", "11", "Write a number of parts from 1 to 10, or none for no limit."),
        ("sms_max_segments", "", "Write a number of parts from 1 to 10, or none for no limit."),
        ("review_months", "61", "Write a number of months from 1 to 60, or none for no limit."),
        ("sms_smart_encoding", "yes", "Write on or off."),
        ("sms_smart_encoding", "True", "Write on or off."),
    ],
)
def test_what_is_neither_is_refused_with_the_form_wanted(name: str, value: str, reason: str) -> None:
    assert [(one.field, one.reason) for one in limits_wrong({name: value, "email": "x"})] == [(name, reason)]


def test_what_is_right_is_read() -> None:
    said = {"sms_max_segments": "10", "review_months": "none", "sms_smart_encoding": "on", "email": "a@b.example"}
    assert limits_wrong(said) == []
    assert limits(said) == {"sms_max_segments": 10, "review_months": None}
    assert switched(said) == {"sms_smart_encoding": True}
    assert switched({"sms_smart_encoding": "off"}) == {"sms_smart_encoding": False}
