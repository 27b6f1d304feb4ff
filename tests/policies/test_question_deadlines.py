"""A question may stand so many business days before it is passed on; nothing is ever decided by its age."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.calendar import Calendar
from policies.question_deadlines import Patience, Waited, deadlines, deadlines_wrong, patience, waited
from policies.questions import QuestionKind
from policies.standing_in import in_charge, passed_on_to

PARIS = Calendar(ZoneInfo("Europe/Paris"), frozenset({date(2026, 5, 14)}))
REPLY = Patience(1, 2, 5)


@pytest.mark.parametrize(
    ("asked", "reminded", "manager"),
    [
        # Friday evening: Monday and Tuesday, at four in the afternoon
        (datetime(2026, 3, 6, 19, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC)),
        (datetime(2026, 3, 7, 9, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC)),
        # Monday morning
        (datetime(2026, 3, 9, 7, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC), datetime(2026, 3, 11, 15, tzinfo=UTC)),
        # the evening before Ascension Day, in summer time
        (datetime(2026, 5, 13, 18, tzinfo=UTC), datetime(2026, 5, 15, 14, tzinfo=UTC), datetime(2026, 5, 18, 14, tzinfo=UTC)),
        # before midnight by the universal clock, a day later in Paris
        (datetime(2026, 3, 5, 23, 30, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_business_days_of_the_creditor_are_counted(asked: datetime, reminded: datetime, manager: datetime) -> None:
    assert deadlines(PARIS, asked, REPLY)[:2] == ((Waited.REMINDED, reminded), (Waited.ESCALATED, manager))


def test_it_has_waited_from_the_moment_on() -> None:
    asked = datetime(2026, 3, 6, 19, tzinfo=UTC)
    moments = [
        datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((6, 19), (9, 14), (9, 15), (10, 15), (13, 15))
    ]
    assert [waited(PARIS, asked, moment, REPLY) for moment in moments] == [
        Waited.NOT_LONG, Waited.NOT_LONG, Waited.REMINDED, Waited.ESCALATED, Waited.LAST
    ]  # fmt: skip


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.sampled_from(QuestionKind))
def test_a_question_is_passed_on_three_times_in_order_and_after_it_was_asked(
    asked: datetime, kind: QuestionKind
) -> None:
    told = deadlines(PARIS, asked, patience(kind))
    moments = [moment for _, moment in told]
    assert [one for one, _ in told] == [Waited.REMINDED, Waited.ESCALATED, Waited.LAST]
    assert asked < moments[0] < moments[1] < moments[2]
    assert {moment.astimezone(PARIS.zone).weekday() for moment in moments} <= {0, 1, 2, 3, 4}


def test_a_creditor_says_its_own_days_by_kind() -> None:
    own = "approve=1/2/3, reply=3/6/9"
    assert deadlines_wrong({"deadlines": own}) == []
    assert (patience(QuestionKind.APPROVE, own), patience(QuestionKind.REPLY, own)) == (
        Patience(1, 2, 3),
        Patience(3, 6, 9),
    )
    assert patience(QuestionKind.CALL_OUTCOME, own) == Patience(1, 2, 5)


@pytest.mark.parametrize(
    "text", ["approve", "approve=1/2", "approve=2/2/3", "sending=1/2/3", "approve=1/2/999", "reply=0/1/2"]
)
def test_days_that_cannot_be_are_refused_with_an_example(text: str) -> None:
    (wrong,) = deadlines_wrong({"deadlines": f"reply=1/2/5, {text}"})
    assert wrong.reason.startswith(f"“{text}”: write approve=2/4/10")


@pytest.mark.parametrize(
    ("away", "who"),
    [
        (set(), "marie"),
        ({"marie"}, "paul"),
        ({"marie", "paul"}, "claire"),
        ({"marie", "paul", "claire"}, "marie"),
    ],
)
def test_a_question_goes_to_the_owner_else_the_backup_else_the_manager(away: set[str], who: str) -> None:
    assert in_charge("marie", "paul", "claire", away) == who


@pytest.mark.parametrize(
    ("stood", "away", "who"),
    [
        (Waited.NOT_LONG, set(), "marie"),  # its days were made longer after its hour was set
        (Waited.NOT_LONG, {"marie"}, "marie"),
        (Waited.REMINDED, set(), "marie"),
        (Waited.REMINDED, {"marie"}, "paul"),
        (Waited.ESCALATED, set(), "claire"),
        (Waited.ESCALATED, {"claire"}, "mo"),
        (Waited.ESCALATED, {"claire", "mo"}, "marie"),
        (Waited.LAST, set(), "ann"),
        (Waited.LAST, {"ann"}, "claire"),
    ],
)
def test_what_stands_too_long_goes_to_whoever_is_next_and_there(stood: Waited, away: set[str], who: str) -> None:
    assert passed_on_to(stood, "marie", "paul", ["claire", "mo"], ["ann"], away) == who
