"""All customers by name, so that a counterparty is looked up and never compared with each of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from policies.matching.facts import Customer
from policies.matching.names import all_words, is_like, words_of

COMMON = 200
"""A beginning of words that more customers share tells nothing."""
_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """Customers called the same as the counterparty; where there are none, those whose name resembles it."""

    same: frozenset[int] = frozenset()
    like: frozenset[int] = frozenset()


@dataclass(slots=True)
class NameBook:
    """Customers by all their words, by the words that tell, and by the beginnings of those."""

    by_all: dict[tuple[str, ...], set[int]] = field(default_factory=lambda: defaultdict(set))
    by_words: dict[tuple[str, ...], set[int]] = field(default_factory=lambda: defaultdict(set))
    by_beginning: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[str, Found] = field(default_factory=dict)

    def find(self, counterparty: str) -> Found:
        """Who the counterparty may be. The legal form decides between two of one name."""
        if counterparty not in self.asked:
            self.asked[counterparty] = self._find(counterparty)
        return self.asked[counterparty]

    def resembling(self, counterparty: str) -> frozenset[int]:
        """Whose name resembles the counterparty's and is another: beside one who is called the same."""
        words = words_of(counterparty)
        return self._like(words) - self.by_words.get(tuple(sorted(words)), set())

    def _find(self, counterparty: str) -> Found:
        words = words_of(counterparty)
        if not words:
            return Found()
        same = self.by_words.get(tuple(sorted(words)), set()) | self.by_words.get(("".join(words),), set())
        exact = same & self.by_all.get(tuple(sorted(all_words(counterparty))), set())
        same = exact or same
        return Found(frozenset(same)) if same else Found(like=self._like(words))

    def in_text(self, runs: frozenset[str]) -> frozenset[int]:
        """Customers all of whose telling words stand in a text: two of them, or a long one."""
        found: set[int] = set()
        for run in runs:
            found |= self._near(run)
        return frozenset(
            customer for customer in found
            if any(runs >= set(name) and (len(name) > 1 or len(name[0]) >= 7) for name in self.names[customer])
        )  # fmt: skip

    def _like(self, words: tuple[str, ...]) -> frozenset[int]:
        near: set[int] = set()
        for word in (*words, "".join(words)):
            near |= self._near(word)
        return frozenset(one for one in near if any(is_like(name, words) for name in self.names[one]))

    def _near(self, word: str) -> set[int]:
        if len(word) < 3 or word.isdecimal():
            return set()
        found = self.by_beginning.get(word[:_LETTERS], set())
        return found if len(found) <= COMMON else self.by_words.get((word,), set())


def name_book(customers: Iterable[Customer]) -> NameBook:
    """The book of all customers."""
    book = NameBook()
    for customer in customers:
        words = words_of(customer.name)
        if not words:
            continue
        book.by_all[tuple(sorted(all_words(customer.name)))].add(customer.id)
        book.by_words[tuple(sorted(words))].add(customer.id)
        book.by_words["".join(words),].add(customer.id)
        book.names[customer.id].append(words)
        for word in words:
            if len(word) >= 3 and not word.isdecimal():
                book.by_beginning[word[:_LETTERS]].add(customer.id)
    return book
