"""The numbers and sums an MT942 gives of its own movements (fields 90D and 90C) must be those of its movements.

Source: SWIFT Standards, Category 9, MT 942, fields 90D and 90C: `5n3!a15d`.
"""

import re
from collections.abc import Iterator

from policies.money import plain
from policies.problems import Problem
from tasks.bank_statement import Statement, Tally
from tasks.bank_values import minor_units
from tasks.mt940_fields import Tagged

_TOTAL = re.compile(r"(?P<count>\d{1,5})(?P<currency>[A-Z]{3})(?P<amount>\d+(?:,\d*)?)")
_SIDES = {"90D": (False, "debit"), "90C": (True, "credit")}


def total_problems(statement: Statement, fields: list[Tagged], source: str) -> Iterator[Problem]:
    """Every field whose number or sum differs from what was read. Banks count announced movements or leave them out;
    either is right. Raises Unreadable."""
    for tagged in fields:
        match = _TOTAL.fullmatch(tagged.text.strip()) if tagged.tag in _SIDES else None
        if match is None:
            continue
        is_credit, side = _SIDES[tagged.tag]
        currency = match["currency"]
        told = Tally(int(match["count"]), minor_units(match["amount"], currency, ","))
        booked, announced = (statement.tallies.get((currency, is_credit, one), Tally()) for one in (False, True))
        whole = Tally(booked.count + announced.count, booked.total + announced.total)
        if told not in (booked, whole):
            reason = (
                f"The report says it holds {told.count} movements ({side}) of {plain(told.total, currency)} {currency}, and "
                f"holds {whole.count} of {plain(whole.total, currency)}; fetch it again."
            )
            yield Problem(source, tagged.line, f":{tagged.tag}:", reason)
