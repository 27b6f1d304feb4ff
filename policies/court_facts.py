"""What the file for a court says beside its covering words: the way it takes, the others, and the claim as a file."""

from dataclasses import dataclass

from policies.claim_file import ClaimFile
from policies.court_proposal import CourtProposal, OpenWay


@dataclass(frozen=True, slots=True)
class CourtFacts:
    """The way a draft takes stands first of `ways`; none: no law names one."""

    proposal: CourtProposal | None
    ways: tuple[OpenWay, ...]
    file: ClaimFile

    @property
    def way(self) -> OpenWay | None:
        """The way this draft takes."""
        return self.ways[0] if self.ways else None
