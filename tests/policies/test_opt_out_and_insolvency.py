"""An opt-out closes channels, not the law's own notices; a judgment stops interest on what is older."""

from dataclasses import replace
from datetime import date

import pytest

from policies.case import Case, Hold, HoldKind
from policies.decide import decide
from policies.decisions import Act
from policies.interest.stopped import Stop, stop_of
from policies.opt_out import unwanted
from policies.stages import Channel, Stage
from tests.policies.builders import a_case, a_ladder, a_step, paris

NOON = paris("2026-03-12 12:00")
JUDGMENT = date(2026, 3, 10)
EMAIL, SMS, LETTER, CALL = Channel.EMAIL, Channel.SMS, Channel.LETTER, Channel.CALL


def opted_out(*channels: Channel) -> Case:
    hold = Hold(HoldKind.OPT_OUT, "asked for it", date(2026, 1, 1), None, "marie", channels=frozenset(channels))
    return a_case(holds=(hold,))


@pytest.mark.parametrize(
    ("channels", "closed"),
    [((EMAIL,), {EMAIL}), ((SMS, CALL), {SMS, CALL}), ((), {EMAIL, SMS, LETTER})],
)
def test_an_opt_out_closes_the_channels_it_names_or_all_we_write_by(
    channels: tuple[Channel, ...], closed: set[Channel]
) -> None:
    assert unwanted(opted_out(*channels), a_step()) == closed


@pytest.mark.parametrize("stage", [Stage.FORMAL_NOTICE, Stage.MEDIATION, Stage.AGENCY, Stage.LEGAL])
def test_notices_the_law_demands_leave_all_the_same(stage: Stage) -> None:
    assert unwanted(opted_out(EMAIL), a_step(stage=stage)) == frozenset()


def test_the_free_reminder_some_laws_demand_leaves_all_the_same() -> None:
    assert unwanted(opted_out(EMAIL), a_step(text="free_reminder")) == frozenset()


def test_several_opt_outs_add_up_and_other_holds_close_nothing() -> None:
    both = replace(opted_out(EMAIL), holds=(*opted_out(EMAIL).holds, *opted_out(SMS).holds))
    assert unwanted(both, a_step()) == {EMAIL, SMS}
    dispute = Hold(HoldKind.DISPUTE, "x", date(2026, 1, 1), None, "marie")
    assert unwanted(a_case(holds=(dispute,)), a_step()) == frozenset()


def insolvent(since: date) -> Hold:
    return Hold(HoldKind.INSOLVENCY, "redressement", since, None, "marie")


@pytest.mark.parametrize(
    ("arose", "last"),
    [
        ("2026-01-15", "2026-03-09"),
        ("2026-03-09", "2026-03-09"),
        ("2026-03-10", None),  # born under the judgment: paid when due
        ("2026-04-01", None),
    ],
)
def test_interest_on_an_older_claim_ends_on_the_day_before_the_judgment(arose: str, last: str | None) -> None:
    holds = [insolvent(JUDGMENT), Hold(HoldKind.DISPUTE, "x", date(2026, 2, 1), None, "marie")]
    why = "the day before the judgment (C. com. L622-28)"
    expected = None if last is None else Stop(date.fromisoformat(last), why)
    assert stop_of(holds, date.fromisoformat(arose)) == expected


def test_the_first_judgment_counts() -> None:
    stop = stop_of([insolvent(date(2026, 5, 1)), insolvent(JUDGMENT)], date(2026, 1, 1))
    assert (stop and stop.on, stop_of([], date(2026, 1, 1))) == (date(2026, 3, 9), None)


def test_time_to_pay_stops_interest_where_it_was_said_and_from_the_day_that_was_said() -> None:
    plan = Hold(HoldKind.PLAN, "in three parts", date(2026, 3, 1), date(2026, 6, 1), "marie")
    granted = replace(plan, interest_until=date(2026, 3, 1))
    assert stop_of([plan], date(2026, 1, 1)) is None
    assert stop_of([granted], date(2026, 1, 1)) == Stop(date(2026, 3, 1), "time to pay was given (in three parts)")


@pytest.mark.parametrize(
    ("closed", "channels", "reach", "why"),
    [
        ((EMAIL,), (EMAIL,), {EMAIL}, "The customer does not want email."),
        (
            (EMAIL,),
            (EMAIL, LETTER),
            {EMAIL},
            "The customer cannot be reached by letter and does not want email.",
        ),
        ((SMS,), (EMAIL,), set(), "The customer cannot be reached by email."),
    ],
)
def test_a_step_no_open_channel_carries_is_passed_over_with_the_reason(
    closed: tuple[Channel, ...], channels: tuple[Channel, ...], reach: set[Channel], why: str
) -> None:
    case = replace(opted_out(*closed), reach=frozenset(reach))
    decision = decide(case, a_ladder(a_step(channels=channels), a_step(id="last", offset=90)), NOON)
    assert [(one.step, one.why) for one in decision.passed] == [("courtesy_reminder", why)]


def test_an_opt_out_leaves_the_other_channels_and_what_goes_besides() -> None:
    ladder = a_ladder(a_step(channels=(EMAIL, SMS), also=(LETTER,)))
    case = replace(opted_out(EMAIL, LETTER), reach=frozenset({EMAIL, SMS, LETTER}))
    decision = decide(case, ladder, NOON)
    assert isinstance(decision, Act)
    assert (decision.channel, decision.also) == (SMS, ())
