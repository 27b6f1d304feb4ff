"""The demo's world: sixty invoices of twenty-five customers, and what each does about them. Always the same."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from faker import Faker

SEED = 2026
START = date(2026, 1, 5)
DAYS = 120
OWNERS = ("marie", "karim")
COUNTRIES = (("fr_FR", "FR", "fr"),) * 6 + (("fr_BE", "BE", "fr"), ("fi_FI", "FI", "en"), ("de_DE", "DE", "en"))
"""Each country has a ladder for business customers: France, Belgium, Germany, and the directive's for Finland."""


class Habit(StrEnum):
    """How a customer pays."""

    PROMPT = "prompt"  # on the due date or a little before
    FORGETFUL = "forgetful"  # after the first or second reminder
    SLOW = "slow"  # after the formal notice
    PROMISER = "promiser"  # promises on the telephone, pays on the promised day
    IN_PARTS = "in parts"  # a part after the reminder, the rest after the notice
    CREDITED = "credited"  # the delivery was wrong: a credit note
    SILENT = "silent"  # never


HABITS = (
    (Habit.PROMPT, 7), (Habit.FORGETFUL, 7), (Habit.SLOW, 4), (Habit.PROMISER, 2), (Habit.IN_PARTS, 2),
    (Habit.CREDITED, 1), (Habit.SILENT, 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One invoice, in cents."""

    number: str
    customer: str
    issued: date
    due: date
    total: int


@dataclass(frozen=True, slots=True)
class Payer:
    """One customer with its invoices."""

    number: str
    name: str
    email: str
    country: str
    language: str
    owner: str
    habit: Habit
    items: tuple[Item, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Money:
    """A bank line, or a credit note: what arrives on a day, in cents."""

    on: date
    item: Item
    amount: int
    credit: bool = False


def payers() -> tuple[Payer, ...]:
    """Everybody, with sixty invoices in all; one of them owes twelve that fell due on one day."""
    chance = random.Random(SEED)  # noqa: S311 - a play, not a secret
    found: list[Payer] = []
    habits = [habit for habit, count in HABITS for _ in range(count)]
    for place, habit in enumerate(habits):
        found.append(_payer(place, habit, chance))
    spread = _shares(len(found), chance)
    number = 0
    complete = []
    for payer, count in zip(found, spread, strict=True):
        items = tuple(_item(payer, number + nth, count, chance) for nth in range(1, count + 1))
        number += count
        complete.append(replace(payer, items=items))
    return tuple(complete)


def _shares(count: int, chance: random.Random) -> list[int]:
    """How many invoices each has: one slow customer has twelve, the others share what is left of sixty."""
    shares = [1] * count
    shares[14] = 12
    for _ in range(60 - sum(shares)):
        place = chance.choice([nth for nth in range(count) if nth != 14 and shares[nth] < 4])
        shares[place] += 1
    return shares


def _payer(place: int, habit: Habit, chance: random.Random) -> Payer:
    locale, country, language = COUNTRIES[chance.randrange(len(COUNTRIES))]
    fake = Faker(locale)
    fake.seed_instance(SEED + place)
    name = fake.company()
    mailbox = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())[:20] or "client"
    number = f"C{place + 101}"
    return Payer(number, name, f"compta@{mailbox}.example", country, language, OWNERS[place % 2], habit)


def _item(payer: Payer, number: int, count: int, chance: random.Random) -> Item:
    if payer.habit is Habit.SILENT:
        due = START - timedelta(days=chance.randrange(40, 46))
    else:
        due = START + timedelta(days=12 if count == 12 else chance.randrange(-10, 45))
    total = chance.choice((8_400, 18_000, 42_050, 96_000, 125_000, 240_000, 389_990)) + chance.randrange(0, 5_000)
    return Item(f"FA-2026-{number:04d}", payer.number, due - timedelta(days=30), due, total)


def money(everybody: tuple[Payer, ...]) -> tuple[Money, ...]:
    """Everything that will arrive, day by day. Promises are kept when they are made, see `cli.demo_agent`."""
    chance = random.Random(SEED + 1)  # noqa: S311 - a play, not a secret
    found = [one for payer in everybody for item in payer.items for one in _arrives(payer.habit, item, chance)]
    return tuple(sorted(found, key=lambda one: (one.on, one.item.number)))


def _arrives(habit: Habit, item: Item, chance: random.Random) -> Iterator[Money]:
    def later(first: int, last: int, amount: int, *, credit: bool = False) -> Money:
        day = max(item.due + timedelta(days=chance.randrange(first, last)), START + timedelta(days=1))
        return Money(day, item, amount, credit)

    match habit:
        case Habit.PROMPT:
            yield later(-3, 1, item.total)
        case Habit.FORGETFUL:
            yield later(6, 20, item.total)
        case Habit.SLOW:
            yield later(38, 47, item.total)
        case Habit.IN_PARTS:
            yield later(6, 10, item.total // 3)
            yield later(34, 44, item.total - item.total // 3)
        case Habit.CREDITED:
            yield later(8, 16, item.total, credit=True)
        case Habit.PROMISER | Habit.SILENT:
            return


def invoice_file(everybody: tuple[Payer, ...]) -> str:
    """The invoices in Relance's own plain layout."""
    rows = [
        {
            "number": item.number, "kind": "invoice", "issued": item.issued, "due": item.due, "currency": "EUR",
            "amount": f"{item.total / 100:.2f}", "customer_number": payer.number, "customer_name": payer.name,
            "email": payer.email, "country": payer.country, "language": payer.language, "owner": payer.owner,
            "reference": "", **_reached(payer),
        }
        for payer in everybody
        for item in payer.items
    ]  # fmt: skip
    return _table(rows)


def _reached(payer: Payer) -> dict[str, object]:
    """What the old system had already sent: both reminders, to those who never answer."""
    silent = payer.habit is Habit.SILENT
    return {
        "reached_stage": "second_reminder" if silent else "",
        "reached_on": START - timedelta(days=6) if silent else "",
    }


def credit_file(arriving: list[Money], payer_of: dict[str, Payer]) -> str:
    """Credit notes in the same layout; the reference names the invoice."""
    rows = [
        {
            "number": f"AV-{one.item.number}", "kind": "credit_note", "issued": one.on, "due": one.on, "currency": "EUR",
            "amount": f"{one.amount / 100:.2f}", "customer_number": one.item.customer,
            "customer_name": payer_of[one.item.customer].name, "reference": one.item.number,
        }
        for one in arriving
    ]  # fmt: skip
    return _table(rows)


PAYMENT_COLUMNS = (
    "account", "booked", "value_date", "amount", "currency", "reference", "end_to_end_id", "counterparty", "text",
)  # fmt: skip


def payment_file(arriving: list[Money], payer_of: dict[str, Payer]) -> str:
    """Bank lines in Relance's own plain layout; a day on which nothing came has a header only."""
    rows = [
        {
            "account": "FR7630006000011234567890189", "booked": one.on, "value_date": one.on,
            "amount": f"{one.amount / 100:.2f}", "currency": "EUR", "reference": one.item.number,
            "end_to_end_id": f"{one.item.number}-{one.on:%m%d}-{one.amount}", "counterparty": payer_of[one.item.customer].name,
            "text": f"VIR {one.item.number}",
        }
        for one in arriving
    ]  # fmt: skip
    return _table(rows, PAYMENT_COLUMNS)


def _table(rows: list[dict[str, object]], columns: tuple[str, ...] = ()) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns or rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
