"""The labelled lines: customers pay what is open, day by day, each by a habit drawn with its share."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.matching_habits import HABITS, SHARES, Paid
from benchmarks.matching_world import DAYS, START, World, iban_of
from policies.matching.facts import BankLine, OpenItem


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with the habit that wrote it and the items it truly pays."""

    line: BankLine
    habit: str
    pays: frozenset[int]


def labelled(random: Random, made: World, wanted: int) -> list[Labelled]:
    """Lines over all days until `wanted` are written, or nothing is left to pay."""
    open_of: dict[int, list[OpenItem]] = defaultdict(list)
    left = {item.id: item.payable for item in made.items}
    written: list[Labelled] = []
    coming = list(reversed([item for item in made.items if item.currency == "EUR"]))
    names, shares = list(SHARES), list(SHARES.values())
    accounts = {customer: holding for holding, several in made.groups.items() for customer in several}
    for day in range(DAYS + 60):
        on = START + timedelta(days=day)
        while coming and coming[-1].issued is not None and coming[-1].issued < on - timedelta(days=5):
            item = coming.pop()
            open_of[item.customer].append(item)
        debtors = sorted(customer for customer, items in open_of.items() if items)
        for customer in random.sample(debtors, min(len(debtors), 1 + len(debtors) // 14)):
            mine = [replace(item, payable=left[item.id]) for item in open_of[customer]]
            habit = random.choices(names, shares)[0]
            if habit == "paid_twice":
                again = written[-random.randrange(1, 200)] if len(written) > 200 else None
                if again is not None and again.habit in {"number", "reference"}:
                    line = replace(again.line, key=f"L{len(written):06d}", value_date=on)
                    written.append(Labelled(line, habit, frozenset()))
                continue
            paid = HABITS[habit](random, made.customers[customer - 1], mine, made.items)
            if paid is None:
                habit, paid = "number", HABITS["number"](random, made.customers[customer - 1], mine, made.items)
            assert paid is not None
            account = iban_of(10**6 + accounts[customer]) if customer in accounts else iban_of(customer)
            written.append(_line(len(written), on, habit, paid, account))
            _settle(paid, left, open_of[customer])
            if len(written) == wanted:
                return written
    return written


def _line(number: int, on: date, habit: str, paid: Paid, account: str) -> Labelled:
    line = BankLine(
        f"L{number:06d}",
        on,
        paid.amount,
        "EUR",
        paid.counterparty,
        account if paid.has_account else "",
        paid.reference,
        "NOTPROVIDED",
        paid.text,
    )
    return Labelled(line, habit, frozenset(item.id for item in paid.items))


def _settle(paid: Paid, left: dict[int, int], mine: list[OpenItem]) -> None:
    """A small rest counts as settled: nobody pays a fee or a rounding later."""
    money = paid.amount
    for item in sorted(paid.items, key=lambda item: item.id):
        share = min(money, left[item.id])
        left[item.id] -= share
        money -= share
        if left[item.id] <= max([3_000, *(one.amount for one in item.discounts)]):
            mine[:] = [one for one in mine if one.id != item.id]
