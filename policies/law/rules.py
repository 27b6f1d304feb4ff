"""The law for one kind of debtor, and the kinds of rule it is made of. Values only; the laws that use them stand beside."""

from collections.abc import Mapping
from dataclasses import dataclass

from policies.law.claim_rules import FlatRule, InterestRule, Moves, Starts
from policies.law.contact_rules import Cap, ContactRule, NoticeRule, Route, Window
from policies.law.court_rules import CourtPeriod
from policies.law.limitation_rules import Interruption, LimitationRule, LimitationStart
from policies.law.provenance import Provenance

__all__ = [
    "Cap",
    "ContactRule",
    "CourtPeriod",
    "FlatRule",
    "InterestRule",
    "Interruption",
    "KindLaw",
    "LimitationRule",
    "LimitationStart",
    "Moves",
    "Nothing",
    "NoticeRule",
    "Route",
    "Rule",
    "Starts",
    "Unknown",
    "Window",
]

Rule = InterestRule | FlatRule | LimitationRule | ContactRule | NoticeRule


@dataclass(frozen=True, slots=True)
class Nothing:
    """The law gives nothing of the kind here, and nobody can confirm it away: `reason` says so with the article."""

    reason: str
    where: Provenance


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the law says of it was not found: nothing is claimed and nothing is guessed until the user writes it down."""

    where: Provenance


@dataclass(frozen=True, slots=True)
class KindLaw:
    """The law for one kind of debtor. None: there is nothing of the kind (no flat sum for consumers)."""

    interest: InterestRule | None
    flat: FlatRule | None
    limitation: LimitationRule | None
    contact: ContactRule | None
    notice: NoticeRule | None
    routes: tuple[Route, ...] = ()
    periods: tuple[CourtPeriod, ...] = ()
    """Those that run before a court."""
    ladder: str = ""
    """The ladder used where nobody chose another; empty: there is none, with `no_ladder` as the reason."""
    no_ladder: str = ""
    refused: Mapping[str, str] | None = None
    """Rules of the file that may not be used, with the sentence why (confidence L or GAP)."""
    nothing: Mapping[str, str] | None = None
    """Rules (`flat`, `interest`) this kind of debtor is not subject to, with the sentence why; nobody can confirm them."""

    def reason(self, rule: str) -> str:
        """Why there is no such rule here, in a sentence; empty where nothing is said about it."""
        return (self.nothing or {}).get(rule) or (self.refused or {}).get(rule, "")
