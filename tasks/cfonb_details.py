"""What records 05 add to a movement of a CFONB 120 statement, by their qualifier."""

from dataclasses import dataclass, field

UNSTATED = "NARR"
"""ISO 20022: the reason is told in words only."""


@dataclass(slots=True)
class Details:
    """The records 05 of one movement."""

    told: dict[str, list[str]] = field(default_factory=dict)

    def add(self, qualifier: str, text: str) -> None:
        """One record: what it is about, and 70 signs."""
        self.told.setdefault(qualifier, []).append(text)

    def text(self, label: str) -> str:
        """The bank's label and everything the payer wrote."""
        written = [part.strip() for key in ("LIB", "LCC", "LC2", "LCS") for part in self.told.get(key, ())]
        return " ".join(dict.fromkeys(part for part in (label, *written) if part))

    @property
    def counterparty(self) -> str:
        """The payer (NPY), or who was paid (NBE, NBU)."""
        return self._first("NPY") or self._first("NBE") or self._first("NBU") or self._first("NPO")

    @property
    def iban(self) -> str:
        """The other side's account (CPY, CBE), where it is an IBAN."""
        found = (self._first("CPY") or self._first("CBE"))[:34].replace(" ", "")
        return found if found[:2].isalpha() and found[2:4].isdigit() else ""

    @property
    def end_to_end_id(self) -> str:
        """RCN, its first 35 signs: the payer's own reference."""
        return self._first("RCN", 35)

    @property
    def remitter(self) -> str:
        """REF: the reference of the remittance, 35 signs."""
        return self._first("REF", 35)

    @property
    def mandate(self) -> str:
        """RUM: the mandate's unique reference."""
        return self._first("RUM", 35)

    def return_reason(self, code: str) -> str:
        """French banks give codes of their own for a refusal; the words tell them."""
        return UNSTATED if code.strip("0") else ""

    def _first(self, qualifier: str, length: int = 70) -> str:
        return self.told.get(qualifier, [""])[0][:length].strip()
