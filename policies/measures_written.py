"""Reading the `[[measure]]` of a ladder file, and what each must say together with the ladder."""

from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.ladder_measure import LadderMeasure
from policies.measure import LiftedBy, MeasureKind
from policies.toml_amounts import amounts
from policies.toml_table import Table
from policies.toml_values import identifier, one_of, whole

MEASURE_KEYS = ("kind", "after", "days", "lifted_by", "only_above", "limit", "review_days")


def read_measure(table: Table) -> LadderMeasure:
    """One `[[measure]]`. Every problem is noted in the table's list."""
    table.refuse_others(MEASURE_KEYS)
    found = LadderMeasure(
        kind=table.require("kind", one_of(MeasureKind), MeasureKind.STOP_SUPPLY),
        after=table.require("after", identifier, ""),
        days=table.require("days", whole(0, 365), 0),
        lifted_by=table.take("lifted_by", one_of(LiftedBy), LiftedBy.OVERDUE_PAID),
        only_above=table.take("only_above", amounts, None),
        limit=table.take("limit", amounts, None),
        review_days=table.take("review_days", whole(1, 365), None),
    )
    if "kind" in table.values:
        _check_limit(found, table)
    return found


def check_measures(read: list[tuple[LadderMeasure, Table]], ladder: Ladder) -> None:
    """Note a step that is not there, the same measure twice, and a ladder that is for consumers alone."""
    known = [step.id for step in ladder.steps]
    seen: set[MeasureKind] = set()
    for one, table in read:
        if one.after and one.after not in known:
            table.note("after", f'There is no step "{one.after}"; known are {", ".join(known)}.')
        if one.kind in seen:
            table.note("kind", f"{one.kind.value} is proposed by this ladder already.")
        seen.add(one.kind)
        if ladder.kinds == {DebtorKind.CONSUMER}:
            reason = "No measure is proposed against consumers: whether one may be taken is a matter of law that is not known here"
            table.note("kind", f"{reason}; leave it out.")


def _check_limit(one: LadderMeasure, table: Table) -> None:
    if one.kind is MeasureKind.LOWER_LIMIT and one.limit is None and "limit" not in table.values:
        table.note("limit", 'A lower limit needs its amount: limit = { EUR = "5000.00" }.')
    if one.kind is not MeasureKind.LOWER_LIMIT and one.limit is not None:
        table.note("limit", "A limit is only used with lower_limit.")
