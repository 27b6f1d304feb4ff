"""The books while lines are matched: balances, learned accounts, and what waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from policies.matching.balances import Balances, oldest_first
from policies.matching.deciding import decided_match, match_of
from policies.matching.facts import BankLine, Decisions, OpenItem, Refused, Terms
from policies.matching.looking import Looking
from policies.matching.match import Because, Match
from policies.matching.mentions import Words, read_words
from policies.matching.naming import named_by
from policies.matching.number_book import NumberBook
from policies.matching.payers import PayerBook
from policies.matching.reasons import Doubt, Reason, Sureness, Witness
from policies.matching.returns import named_outright, texts_of
from policies.settlement import Back

_NEVER_REFUSED = Refused()


@dataclass(slots=True)
class Books:
    """Everything known, and how far matching has come."""

    balances: Balances
    numbers: NumberBook
    payers: PayerBook
    decisions: Decisions
    terms: Terms
    back: Back
    out: Mapping[str, frozenset[int]]
    notes: list[OpenItem]
    claimed: set[int] = field(default_factory=set)
    paid: set[tuple[int, int]] = field(default_factory=set)
    learned: list[tuple[str, int]] = field(default_factory=list)
    read: dict[str, Words] = field(default_factory=dict)

    def turn(self, line: BankLine) -> tuple[int, str]:
        """The place of a line within its day."""
        if line.key in self.decisions.decided:
            return 0, line.key
        strong = any(entry.witness != Witness.SUFFIX for one in self._read(line).mentions for entry in one.entries)
        return (1 if strong else 2), line.key

    def begin_day(self, day: date) -> None:
        """Credit notes issued by the day are set against the invoices they correct, oldest first."""
        self.balances.begin(day)
        while self.notes and self.notes[-1].opened <= day:
            note = self.notes.pop()
            corrected = [self.balances.items[one] for one in note.corrects if one in self.balances.items]
            for item in sorted(corrected, key=oldest_first):
                if item.currency == note.currency:
                    share = min(self.balances.open[note.id], self.balances.open[item.id])
                    self.balances.take(item.id, share)
                    self.balances.take(note.id, share)

    def match(self, line: BankLine) -> Match:
        """The match of the next line; what is sure settles its items for those that follow."""
        if line.amount <= 0:
            return self._money_out(line)
        money = line.amount - self.back.returned.get(line.key, 0)
        if money <= 0:
            named = named_outright(line, self.numbers)
            return Match(line.key, _told(named), Because(Reason.RETURNED), named=named)
        at = self._looking(line, money)
        if (decided := self.decisions.decided.get(line.key)) is not None:
            match = decided_match(at, decided)
        else:
            match = match_of(at, self.decisions.refused.get(line.key, _NEVER_REFUSED))
        self._keep(line, match)
        return match

    def end_day(self) -> None:
        """Accounts learned on a day serve from the next day on."""
        for iban, customer in self.learned:
            self.payers.learn(iban, customer)
        self.learned.clear()
        self.read.clear()

    def _looking(self, line: BankLine, money: int) -> Looking:
        words = self._read(line)
        payer = self.payers.payer(line, words)
        at = Looking(line, money, words, payer, self.balances, self.numbers, self.terms, self.claimed, self.paid)
        return replace(at, named=named_by(at))

    def _read(self, line: BankLine) -> Words:
        if line.key not in self.read:
            self.read[line.key] = read_words(texts_of(line), self.numbers)
        return self.read[line.key]

    def _money_out(self, line: BankLine) -> Match:
        named = self.out.get(line.key, frozenset())
        reason = Reason.RETURNED if line.key in self.back.returns else Reason.MONEY_OUT
        return Match(line.key, _told(named), Because(reason), named=named)

    def _keep(self, line: BankLine, match: Match) -> None:
        if match.sureness == Sureness.LIKELY:
            self.claimed |= match.named
        if match.sureness != Sureness.SURE:
            return
        for share in match.shares:
            self.paid.add((share.item, line.amount))
            self.balances.take(share.item, abs(share.amount))
        for remainder in match.remains:
            if remainder.closes:
                self.balances.take(remainder.item, remainder.amount)
        customers = {self.balances.items[number].customer for number in match.named}
        if len(customers) == 1 and Doubt.OTHER_PAYER not in match.why.doubts:
            self.learned.append((line.iban, customers.pop()))


def _told(named: frozenset[int]) -> Sureness:
    return Sureness.SURE if named else Sureness.UNKNOWN
