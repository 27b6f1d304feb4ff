"""Segments of customers by the user's own rules: the first rule that fits names the segment."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from policies.behaviour.assess import Assessed
from policies.behaviour.figures import Figures
from policies.behaviour.scale import USUAL, Scale
from policies.facts import DebtorKind
from policies.payer import Payer


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """One `[[segment]]`: everything that is given must hold. Percentages and days are whole numbers."""

    name: str
    payers: frozenset[Payer] = frozenset()
    countries: frozenset[str] = frozenset()
    kinds: frozenset[DebtorKind] = frozenset()
    exposure_above: Mapping[str, int] | None = None
    """Open in one of these currencies, due or not, above this; minor units."""
    above_limit: bool = False
    """More is open than the credit limit."""
    days_late_above: int | None = None
    share_late_above: int | None = None
    """Percent of the items."""
    broken_promises: int = 0
    """At least so many in twelve months."""
    first_lateness: bool = False
    """Exactly one item of twelve months was or is late."""

    @property
    def is_by_behaviour(self) -> bool:
        """Whether it asks how the customer pays or what it owes, which is never asked of a consumer."""
        asked = (self.payers, self.exposure_above, self.above_limit, self.broken_promises, self.first_lateness)
        return any(asked) or self.days_late_above is not None or self.share_late_above is not None


@dataclass(frozen=True, slots=True)
class Segments:
    """A file of segments: its rules in their order, and where it draws the lines of behaviour."""

    rules: tuple[SegmentRule, ...] = ()
    scale: Scale = field(default_factory=lambda: USUAL)


def segment_of(segments: Segments, kind: DebtorKind, country: str | None, assessed: Assessed) -> str:
    """The name of the customer's segment; empty: no rule fits it."""
    fitting = (rule.name for rule in segments.rules if _fits(rule, kind, country, assessed))
    return next(fitting, "")


def _fits(rule: SegmentRule, kind: DebtorKind, country: str | None, assessed: Assessed) -> bool:
    if (rule.kinds and kind not in rule.kinds) or (rule.countries and country not in rule.countries):
        return False
    return not rule.is_by_behaviour or _behaves(rule, assessed)


def _behaves(rule: SegmentRule, assessed: Assessed) -> bool:
    found = assessed.figures
    if assessed.payer is None or found is None or (rule.first_lateness and not assessed.is_first_lateness):
        return False
    if rule.payers and assessed.payer not in rule.payers:
        return False
    return all(check(rule, found) for check in _FIGURES)


def _exposure_above(rule: SegmentRule, found: Figures) -> bool:
    if rule.exposure_above is None:
        return True
    limits = rule.exposure_above
    return any(one.currency in limits and one.open > limits[one.currency] for one in found.exposure)


def _above_limit(rule: SegmentRule, found: Figures) -> bool:
    return not rule.above_limit or any(one.above for one in found.exposure)


def _days_late_above(rule: SegmentRule, found: Figures) -> bool:
    return rule.days_late_above is None or found.days_late > rule.days_late_above


def _share_late_above(rule: SegmentRule, found: Figures) -> bool:
    return rule.share_late_above is None or found.share_late * 100 > rule.share_late_above


def _broken_promises(rule: SegmentRule, found: Figures) -> bool:
    return found.broken >= rule.broken_promises


_FIGURES: Iterable[Callable[[SegmentRule, Figures], bool]] = (
    _exposure_above, _above_limit, _days_late_above, _share_late_above, _broken_promises,
)  # fmt: skip
