"""A mediator the creditor named, and a mediation that may be proposed with who mediates."""

from dataclasses import dataclass

TOGETHER = "together"
"""The key of a proposal that names nobody: the mediator is chosen by both sides."""


@dataclass(frozen=True, slots=True)
class Mediator:
    """A mediator the creditor named; `segment` empty: for every customer."""

    number: int
    kind: str
    name: str
    address: str = ""
    url: str = ""
    segment: str = ""

    @property
    def in_words(self) -> str:
        """*Médiation Conso, 5 rue du Port, 44000 Nantes, https://…*: on one line."""
        address = ", ".join(line.strip() for line in self.address.splitlines() if line.strip())
        return ", ".join(part for part in (self.name, address, self.url) if part)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mediation that may be proposed: the route of the law, and who mediates."""

    route: str
    title: str
    mediator: str
    """Name, address and web address in a line; empty: to be chosen together."""
    article: str
    number: int | None = None
    """Of the mediator the creditor named; None: named by the law file or the creditor's settings."""
    why: str = ""
    """Why it may be proposed, in a sentence."""
    days: int | None = None
    """Days to answer the law gives; None: those of the ladder."""
    compulsory: str = ""
    """The article that wants an attempt before a court is asked; empty: none does for this debtor and amount."""

    @property
    def by_law(self) -> bool:
        """Whether it is left to the law who mediates: the creditor named nobody of its own."""
        return self.number is None

    @property
    def key(self) -> str:
        """What a person's choice is kept by."""
        return f"mediator:{self.number}" if self.number is not None else f"route:{self.route or TOGETHER}"
