"""Whom an SMS may come from, and what Twilio's numbers mean."""

import pytest

from policies.sms_answers import SmsTrouble, trouble, undelivered, why_dead
from policies.sms_sender import SenderKind, can_be_answered, name_refused, name_unknown, sender_kind, sender_wrong

SERVICE = "MG" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("sender", "kind", "answers"),
    [
        (SERVICE, SenderKind.SERVICE, True),
        ("+33644600123", SenderKind.NUMBER, True),
        ("36180", SenderKind.SHORT_CODE, True),
        ("Martin", SenderKind.NAME, False),
        ("A&B-1 + 2_3", SenderKind.NAME, False),
        ("MG12", SenderKind.NAME, False),
        ("12345678901", None, False),
        ("Martin et fils", None, False),
        ("Métal", None, False),
        ("0644600123", None, False),
        ("+0644600123", None, False),
        ("", None, False),
    ],
)
def test_a_sender_is_a_service_a_number_or_a_name(sender: str, kind: SenderKind | None, answers: bool) -> None:
    assert sender_kind(sender) is kind
    assert can_be_answered(sender) is answers
    assert (sender_wrong(sender) == "") is (kind is not None)


def test_a_name_does_not_reach_some_countries_and_of_most_nothing_is_known() -> None:
    assert name_refused("Martin", "US") == (
        "An SMS under the name “Martin” does not reach the United States: it needs a number there."
    )
    assert [country for country in ("US", "CA", "PR", "CN", "FR", "BE") if name_refused("Martin", country)] == [
        "US", "CA", "PR", "CN",
    ]  # fmt: skip
    assert name_refused("+33644600123", "US") == name_refused(SERVICE, "US") == ""
    assert [name_unknown("Martin", country) for country in ("FR", "US", "BE", "")] == [False, False, True, True]
    assert not name_unknown(SERVICE, "BE")


@pytest.mark.parametrize(
    ("status", "code", "means"),
    [
        (400, 21211, SmsTrouble.DEAD),
        (400, 21614, SmsTrouble.DEAD),
        (400, 21610, SmsTrouble.STOPPED),
        (400, 21612, SmsTrouble.NOT_THIS_WAY),
        (400, 21408, SmsTrouble.NOT_THIS_WAY),
        (400, 21606, SmsTrouble.NOT_THIS_WAY),
        (400, None, SmsTrouble.NOT_THIS_WAY),
        (401, 20003, SmsTrouble.LATER),
        (403, None, SmsTrouble.LATER),
        (400, 21611, SmsTrouble.LATER),
        (429, None, SmsTrouble.LATER),
        (429, 20429, SmsTrouble.LATER),
        (408, None, SmsTrouble.LATER),
    ],
)
def test_a_refusal_says_whether_the_number_is_dead_or_only_this_attempt(
    status: int, code: int | None, means: SmsTrouble
) -> None:
    assert trouble(status, code) is means


def test_what_did_not_arrive_kills_a_number_only_where_the_operator_says_so() -> None:
    dead, soft = (30005, 30006, 21614, 21211), (30001, 30003, 30008, 30410, None)
    assert {undelivered(code) for code in dead} == {SmsTrouble.DEAD}
    assert {undelivered(code) for code in soft} == {SmsTrouble.LATER}
    assert undelivered(21610) is SmsTrouble.STOPPED
    assert {undelivered(code) for code in (30007, 30004, 30034)} == {SmsTrouble.NOT_THIS_WAY}
    assert why_dead(30005) == "nobody has this number"
    assert why_dead(None) == "it takes no SMS"
