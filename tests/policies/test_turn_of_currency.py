"""Which currency of a customer is heard first, and where that matters."""

from datetime import date

from policies.law.contact_rules import Cap
from policies.stages import Channel
from policies.turn_of_currency import matters
from tests.policies.builders import a_case, a_ladder

CAPPED = a_ladder(caps=(Cap(frozenset({Channel.EMAIL}), most=2, days=7),))


def test_the_order_of_currencies_matters_only_where_a_cap_may_silence_the_second() -> None:
    case = a_case(law=None, due=date(2026, 3, 2))
    assert [matters(case, ladder) for ladder in (a_ladder(), CAPPED)] == [False, True]
