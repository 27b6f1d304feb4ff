"""An opt-out closes channels, not the law's own notices; a judgment stops interest on what is older."""

from dataclasses import replace
from datetime import date

import pytest

from policies.case import Case, Hold, HoldKind
from policies.decide import decide
from policies.decisions import Act
from policies.insolvency import interest_until
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
    ("arose", "until", "last"),
    [
        ("2026-01-15", "2026-06-30", "2026-03-09"),
        ("2026-01-15", "2026-03-01", "2026-03-01"),
        ("2026-03-09", "2026-06-30", "2026-03-09"),
        ("2026-03-10", "2026-06-30", "2026-06-30"),  # born under the judgment: paid when due
        ("2026-04-01", "2026-06-30", "2026-06-30"),
    ],
)
def test_interest_on_an_older_claim_ends_on_the_day_before_the_judgment(arose: str, until: str, last: str) -> None:
    holds = [insolvent(JUDGMENT), Hold(HoldKind.DISPUTE, "x", date(2026, 2, 1), None, "marie")]
    assert interest_until(holds, date.fromisoformat(arose), date.fromisoformat(until)) == date.fromisoformat(last)


def test_the_first_judgment_counts() -> None:
    holds = [insolvent(date(2026, 5, 1)), insolvent(JUDGMENT)]
    assert interest_until(holds, date(2026, 1, 1), date(2026, 6, 30)) == date(2026, 3, 9)
    assert interest_until([], date(2026, 1, 1), date(2026, 6, 30)) == date(2026, 6, 30)


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
