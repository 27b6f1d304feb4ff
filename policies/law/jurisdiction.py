"""One country (or part of one) with its law for each kind of debtor."""

from collections.abc import Mapping
from dataclasses import dataclass

from policies.facts import DebtorKind
from policies.law.rules import KindLaw


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """What was read from `policies/law/<id>.toml`, with the user's own file laid over it."""

    id: str
    """`FR`, `BE`, `UK-EW`, `EU`…"""
    name: str
    currency: str
    complete: bool
    """Ladders and court routes exist; False: rates and flat sums only."""
    kinds: Mapping[DebtorKind, KindLaw]
    hash: str
    """SHA-256 of the file's bytes (and of the user's own)."""
    holidays: str = ""
    """Country code of the public holidays (`GB`), with a subdivision after a dash (`GB-ENG`)."""

    def for_kind(self, kind: DebtorKind) -> KindLaw:
        """The law for this kind of debtor."""
        return self.kinds[kind]
