"""What a company must say of itself on its letters, and what of it nobody has told us yet."""

import re

from policies.message import CreditorFacts
from tasks.render import NotKnown
from tasks.wording import one_line

WITH_CAPITAL = re.compile(
    r"\b(SA|SAS|SASU|SARL|EURL|SCA)\b|S\.A\.|société (anonyme|par actions|à responsabilité)", re.IGNORECASE
)
FORM = re.compile(
    rf"{WITH_CAPITAL.pattern}|\b(SNC|SCS|SCI|SCOP|SELARL|EI|EIRL|GIE|association)\b|entrepreneur individuel",
    re.IGNORECASE,
)
SIREN = re.compile(r"(?<!\d)\d{3}[ \u00a0\u202f.]?\d{3}[ \u00a0\u202f.]?\d{3}(?!\d)")
REGISTER = re.compile(r"\b(RCS|R\.C\.S\.|RNE)\s*:?\s*\w{3,}", re.IGNORECASE)


def mentions_for(creditor: CreditorFacts, country: str) -> str:
    """The line at the foot of a letter. Raises NotKnown, naming all that is missing (FR: Code de commerce R123-237, R123-238)."""
    missing = missing_mentions(creditor.mentions, country)
    missing += ["its registered office"] if country == "FR" and not creditor.address.strip() else []
    if missing:
        raise NotKnown(
            f"The company's letters must state {', '.join(missing)} (Code de commerce R123-237): "
            "say it once with relance creditor set mentions=… (the registered office with address=…)"
        )
    return one_line(f"{creditor.name} · {creditor.mentions}" if creditor.mentions else creditor.name)


def missing_mentions(said: str, country: str) -> list[str]:
    """What the line `said` does not state and must where the company is established (FR: Code de commerce R123-237)."""
    if country != "FR":
        return []
    capital = bool(WITH_CAPITAL.search(said)) and "capital" not in said.lower()
    wanted = {
        "its legal form": not FORM.search(said),
        "its capital": capital,
        "its SIREN": not SIREN.search(said),
        "RCS with the city of its register": not REGISTER.search(said),
    }
    return [name for name, absent in wanted.items() if absent]
