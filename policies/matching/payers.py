"""Who paid: by account, customer number and name, and what of these agrees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from policies.matching.facts import BankLine, Customer
from policies.matching.mentions import Words
from policies.matching.name_book import NameBook, name_book
from policies.matching.payer import NOBODY, Payer
from policies.matching.reasons import Witness
from policies.matching.spelling import compact, could_be_date

_BEFORE_WORDS = "CLIENT CLIENTS KUNDE KUNDENNR KDNR KD CUSTOMER CUST CLI CLT KLANT KLANTNR CLIENTE"
_BEFORE = frozenset(_BEFORE_WORDS.split())
MOST = 50
"""A name or account that stands for more tells nothing."""


@dataclass(slots=True)
class PayerBook:
    """All customers by account, number and name. Accounts are learned from sure lines of earlier value dates."""

    names: NameBook
    numbers: dict[str, frozenset[int]]
    accounts: dict[str, set[int]]
    pays_for: dict[int, frozenset[int]]

    def learn(self, iban: str, customer: int) -> None:
        """This account has paid an invoice of the customer."""
        if iban:
            self.accounts[compact(iban)].add(customer)

    def payer(self, line: BankLine, words: Words) -> Payer:
        """Who paid the line."""
        named = self.names.find(line.counterparty)
        accounts = self.accounts.get(compact(line.iban), set()) if line.iban else set()
        strong = {
            Witness.CUSTOMER_NUMBER: self._numbered(words),
            Witness.IBAN: frozenset(accounts) if len(accounts) <= MOST else frozenset(),
            Witness.NAME: named.same if len(named.same) <= MOST else frozenset(),
        }
        said = [found for found in strong.values() if found]
        if not said:
            like = named.like or (self.names.in_text(words.runs) if not line.counterparty else frozenset())
            return self._weak(like)
        agreed = frozenset.intersection(*said)
        claims: dict[int, set[Witness]] = defaultdict(set)
        for customer in agreed or frozenset().union(*said):
            claims[customer] |= {witness for witness, found in strong.items() if customer in found}
            if customer in named.like:
                claims[customer].add(Witness.LIKE_NAME)
        disagree = not agreed or (bool(named.like) and not agreed & named.like)
        payer = self._with_family(claims, is_one=len(agreed) == 1, disagree=disagree)
        return replace(payer, resembling=partial(self.names.resembling, line.counterparty))

    def _weak(self, like: frozenset[int]) -> Payer:
        if not like or len(like) > MOST:
            return NOBODY
        return self._with_family({customer: {Witness.LIKE_NAME} for customer in like}, is_one=False, disagree=False)

    def _with_family(self, claims: Mapping[int, set[Witness]], *, is_one: bool, disagree: bool) -> Payer:
        """Who pays for others is a payer of theirs too."""
        whole = {customer: frozenset(found) for customer, found in claims.items()}
        for customer, found in claims.items():
            for child in self.pays_for.get(customer, ()):
                whole.setdefault(child, frozenset(found))
        return Payer(dict(sorted(whole.items())), is_one, disagree)

    def _numbered(self, words: Words) -> frozenset[int]:
        found: set[int] = set()
        is_told = bool(words.runs & _BEFORE)
        for token in (*words.leftover, *words.runs):
            known = self.numbers.get(token)
            if known and (is_told or (not token.isdecimal() and len(token) >= 4)):
                found |= known
        return frozenset(found)


def payer_book(customers: Iterable[Customer]) -> PayerBook:
    """The book of all customers; accounts on file count as learned."""
    known = list(customers)
    numbers, accounts, pays_for = defaultdict(set), defaultdict(set), defaultdict(set)
    for customer in known:
        number = compact(customer.number)
        if len(number) >= 3 and any(sign.isdecimal() for sign in number) and not could_be_date(number):
            numbers[number].add(customer.id)
        for iban in customer.ibans:
            accounts[compact(iban)].add(customer.id)
        if customer.payer is not None:
            pays_for[customer.payer].add(customer.id)
    return PayerBook(
        name_book(known),
        {number: frozenset(found) for number, found in numbers.items()},
        accounts,
        {payer: frozenset(found) for payer, found in pays_for.items()},
    )
