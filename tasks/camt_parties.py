"""Who paid, or was paid, in a CAMT transaction: the other side of the account, the one behind it where it is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.xml_paths import Paths, first


@dataclass(frozen=True, slots=True)
class Party:
    """The other side of a movement; `iban` is empty where its account has none."""

    name: str
    iban: str


def counterparty(details: Sequence[Paths], account: str, *, is_credit: bool, is_back: bool) -> Party | None:
    """The debtor of money in, the creditor of money out.

    Money that comes back keeps the parties of the payment it undoes in many banks' files, so there the side that is
    not our own account counts. None where the transactions are of several parties, or name none.
    """
    found = {_of_one(part, account, is_credit=is_credit, is_back=is_back) for part in details} - {None}
    return found.pop() if len(found) == 1 else None


def _of_one(part: Paths, account: str, *, is_credit: bool, is_back: bool) -> Party | None:
    sides = ("Dbtr", "Cdtr") if is_credit else ("Cdtr", "Dbtr")
    if is_back and _party(part, "Dbtr") and _party(part, "Cdtr"):
        ours = _iban(part, sides[0]) == account
        theirs = _iban(part, sides[1]) == account
        sides = sides[::-1] if ours or not theirs else sides
    elif is_back and not _party(part, sides[0]):
        sides = sides[::-1]
    party = _party(part, sides[0])
    return None if party is None or (party.iban and party.iban == account) else party


def _party(part: Paths, side: str) -> Party | None:
    base = f"RltdPties/{side}"
    name = first(part, f"{base}/Nm", f"{base}/Pty/Nm", f"RltdPties/Ultmt{side}/Nm", f"RltdPties/Ultmt{side}/Pty/Nm")
    iban = _iban(part, side)
    return Party(name, iban) if name or iban else None


def _iban(part: Paths, side: str) -> str:
    return first(part, f"RltdPties/{side}Acct/Id/IBAN").replace(" ", "").upper()
