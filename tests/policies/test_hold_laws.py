"""Each kind of hold answers three questions for itself; what cannot be read is held."""

from policies.facts import HoldKind
from policies.hold_laws import (
    BY_PERSON,
    HOLD_LAWS,
    STRICTEST,
    UNCOUNTED,
    Contacting,
    Ending,
    Showing,
    law_of,
)

K = HoldKind


def test_every_kind_has_its_law() -> None:
    assert set(HOLD_LAWS) == set(HoldKind)


def test_only_an_opt_out_leaves_other_ways_of_contact() -> None:
    assert {kind for kind in K if law_of(kind).contacting is not Contacting.NOTHING} == {K.OPT_OUT}


def test_what_is_disputed_agreed_insolvent_or_on_its_way_is_not_counted_as_overdue() -> None:
    assert {K.DISPUTE, K.PLAN, K.INSOLVENCY, K.OVER_INDEBTEDNESS, K.IN_FLIGHT} == UNCOUNTED


def test_what_is_shown_says_why_it_is_not_asked_for() -> None:
    shown = {kind: law_of(kind).showing for kind in K}
    assert {kind for kind, how in shown.items() if how is Showing.MARKED} == {
        K.DISPUTE, K.PROMISE, K.PLAN, K.IN_FLIGHT,
    }  # fmt: skip
    assert {kind for kind, how in shown.items() if how is Showing.LEFT_OUT} == {
        K.INSOLVENCY, K.DEATH, K.OVER_INDEBTEDNESS, K.COMPLAINT, K.UNREAD_REPLY, K.COURT, K.MANUAL,
    }  # fmt: skip


def test_a_day_ends_only_what_a_day_can_end() -> None:
    assert {kind for kind in K if law_of(kind).ending is Ending.BY_DAY} == {K.IN_FLIGHT, K.CALL_BACK, K.MANUAL}
    assert {kind for kind in K if law_of(kind).ending is Ending.BY_PAYMENT} == {K.PROMISE, K.PLAN}
    by_person = {K.DISPUTE, K.INSOLVENCY, K.DEATH, K.OVER_INDEBTEDNESS, K.COMPLAINT, K.OPT_OUT, K.UNREAD_REPLY, K.COURT}
    assert by_person == BY_PERSON


def test_only_insolvency_stops_interest() -> None:
    assert {kind for kind in K if not law_of(kind).earns_interest} == {K.INSOLVENCY}


def test_a_hold_that_cannot_be_read_holds_everything_until_a_person_ends_it() -> None:
    assert law_of("moratorium") is STRICTEST
    assert (STRICTEST.contacting, STRICTEST.ending) == (Contacting.NOTHING, Ending.BY_PERSON)
    assert law_of("dispute") is HOLD_LAWS[K.DISPUTE]
