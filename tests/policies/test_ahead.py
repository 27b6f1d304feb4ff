"""A message announces the steps its ladder still holds for that very debtor."""

from policies.ahead import stages_ahead
from policies.case import DebtorKind
from policies.condition import Condition
from policies.stages import Channel, Stage
from tests.policies.builders import FR_B2B, a_case, a_ladder, a_step, the_step

NOTICE = a_step(id="notice", stage=Stage.FORMAL_NOTICE)
AGENCY = a_step(id="agency", stage=Stage.AGENCY, channels=(Channel.HANDOVER,))


def test_the_formal_notice_of_the_french_ladder_announces_mediation_only_above_its_amount() -> None:
    notice = the_step("formal_notice")
    rest = {Stage.FOLLOW_UP_CALL, Stage.AGENCY, Stage.LEGAL}
    assert stages_ahead(FR_B2B, notice, a_case(customer_overdue=200000)) == rest
    assert stages_ahead(FR_B2B, notice, a_case(customer_overdue=200001)) == rest | {Stage.MEDIATION}
    assert stages_ahead(FR_B2B, notice, a_case(customer_overdue=900000, currency="USD")) == rest


def test_a_step_for_another_kind_or_country_is_not_announced() -> None:
    for condition in (Condition(kinds=frozenset({DebtorKind.BUSINESS})), Condition(countries=frozenset({"FR"}))):
        ladder = a_ladder(NOTICE, a_step(id="call", stage=Stage.FOLLOW_UP_CALL, only_if=condition), AGENCY)
        assert stages_ahead(ladder, NOTICE, a_case()) == {Stage.FOLLOW_UP_CALL, Stage.AGENCY}
        assert stages_ahead(ladder, NOTICE, a_case(kind=DebtorKind.CONSUMER, country="BE")) == {Stage.AGENCY}


def test_nothing_is_ahead_of_the_last_step_nor_of_one_the_ladder_does_not_hold() -> None:
    ladder = a_ladder(NOTICE, AGENCY)
    assert stages_ahead(ladder, AGENCY, a_case()) == frozenset()
    assert stages_ahead(a_ladder(AGENCY), NOTICE, a_case()) == frozenset()
