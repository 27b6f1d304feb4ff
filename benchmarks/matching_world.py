"""Invented customers and invoices for the benchmark of matching: many of one name, of one amount, of neighbouring numbers."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from policies.discount import Offer
from policies.matching.facts import Customer, OpenItem

FAMILIES = (
    "Dupont Martin Bernard Durand Moreau Lefèvre Mercier Gauthier Perrin Rousseau Müller Schäfer Weiß Köhler Jansen Peeters "
    "Maes Dubois Lambert Fontaine Girard Bonnet Legrand Chevalier Renard Olivier Marchand Garnier Faure Blanc Guérin Noël"
)
TRADES = (
    "Transports Bâtiment Électricité Menuiserie Logistique Conseil Boulangerie Plomberie Imprimerie Négoce Agencement "
    "Maintenance Textiles Mécanique Informatique Paysages"
)
PLACES = "Lyon Lille Nantes Bruxelles Liège Köln Genève Toulouse Rennes Metz Gent Bâle"
FORMS = "SARL SAS SA GmbH SPRL EURL AG BV"
START = date(2026, 1, 2)
DAYS = 270
SUBSCRIPTIONS = (4_900, 9_900, 12_000, 24_900, 50_000)


@dataclass
class World:
    """Everybody and everything that is owed."""

    customers: list[Customer] = field(default_factory=list)
    items: list[OpenItem] = field(default_factory=list)
    groups: dict[int, list[int]] = field(default_factory=dict)
    """Holding by the place of a customer: its account pays for several."""


STYLES = ("FA-2026-{:05d}", "26{:05d}", "INV/26/{}", "R{:04d}-26", "2026/{:04d}", "{}")
"""How creditors number their invoices."""


def world(random: Random, customers: int, invoices: int, style: str = STYLES[0]) -> World:
    made = World()
    for number in range(1, customers + 1):
        made.customers.append(_customer(random, number))
    days = sorted(random.randrange(DAYS) for _ in range(invoices))
    for number, day in enumerate(days, start=1):
        made.items.append(_invoice(random, made, style.format(number), number, START + timedelta(days=day)))
    for holding in range(customers // 60):
        made.groups[holding] = random.sample(range(1, customers + 1), 4)
    return made


def _customer(random: Random, number: int) -> Customer:
    """A quarter bear a family's name alone, the others with trade, or trade and place; names repeat."""
    words = [random.choice(FAMILIES.split())]
    if random.random() < 0.75:
        words.append(random.choice(TRADES.split()))
    if random.random() < 0.6:
        words.append(random.choice(PLACES.split()))
    if random.random() < 0.4:
        words.append(str(random.randrange(2, 99)))
    form = random.choice(FORMS.split())
    name = " ".join([*words, form] if random.random() < 0.7 else [form, *words])
    return Customer(number, f"C{10_000 + number}", name)


def iban_of(customer: int) -> str:
    return f"FR76{customer:023d}"


def _invoice(random: Random, made: World, code: str, number: int, issued: date) -> OpenItem:
    """A seventh are subscriptions of few round amounts; a twelfth have round prices; one in forty is in dollars."""
    customer = (
        min(int(random.paretovariate(0.7)), len(made.customers))
        if random.random() < 0.2
        else random.randrange(1, len(made.customers) + 1)
    )
    draw = random.random()
    if draw < 0.14:
        amount = random.choice(SUBSCRIPTIONS)
    elif draw < 0.22:
        amount = random.randrange(1, 80) * 10_000
    else:
        amount = int(random.lognormvariate(11.2, 1.1)) + 500
    currency = "USD" if random.random() < 0.025 else "EUR"
    discount = amount * 2 // 100 if customer % 23 == 0 else 0
    return OpenItem(
        number,
        code,
        customer,
        issued,
        issued + timedelta(days=30),
        currency,
        amount,
        references=(_reference(random, number),),
        discounts=(Offer(issued + timedelta(days=10), discount),) if discount else (),
    )


def _reference(random: Random, number: int) -> str:
    kind = number % 3
    if kind == 0:
        base = number * 7919 % 10**10
        return f"+++{base:010d}{base % 97 or 97:02d}+++"
    if kind == 1:
        body = f"{number:05d}K{number * 31 % 997:03d}"
        turned = int("".join(str(int(sign, 36)) for sign in body + "RF00"))
        return f"RF{98 - turned % 97:02d}{body}"
    digits, carry = f"{number * 104_729:026d}", 0
    for digit in digits:
        carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)[(carry + int(digit)) % 10]
    return f"{digits}{(10 - carry) % 10}"
