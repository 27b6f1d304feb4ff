"""Reading the rule of a law file on limitation."""

from policies.ladder_parts import chosen
from policies.law.limitation_rules import Interruption, LimitationRule, LimitationStart
from policies.law.written import WHERE_KEYS, Page, read_where
from policies.toml_table import Table
from policies.toml_values import Wrong, flag, one_of, shown, whole

LIMITATION_KEYS = (
    *WHERE_KEYS,
    "years",
    "starts",
    "interrupts",
    "suspends",
    "extinguishes",
    "title_years",
    "falls_with_suit",
    "agreed_years",
)


def read_limitation(table: Table, page: Page) -> LimitationRule:
    """One `[[limitation]]`."""
    table.refuse_others(LIMITATION_KEYS)
    span = table.take("agreed_years", _two_years, None)
    return LimitationRule(
        years=table.require("years", whole(1, 30), 1),
        starts=table.require("starts", one_of(LimitationStart), LimitationStart.DUE),
        interrupts=chosen(table, "interrupts", one_of(Interruption)),
        where=read_where(table, page),
        extinguishes=table.take("extinguishes", flag, False),
        suspends=chosen(table, "suspends", one_of(Interruption)),
        title_years=table.take("title_years", whole(1, 30), None),
        falls_with_suit=table.take("falls_with_suit", flag, False),
        agreed_least=None if span is None else span[0],
        agreed_most=None if span is None else span[1],
    )


def _two_years(value: object) -> tuple[int, int]:
    """The shortest and the longest period the parties may agree on."""
    years = value if isinstance(value, list) else []
    if len(years) != 2 or not all(type(one) is int and 1 <= one <= 30 for one in years) or years[0] > years[1]:
        raise Wrong(f"{shown(value)} is no span of years; write the shortest and the longest, such as [1, 10].")
    return years[0], years[1]
