"""How invented customers pay: each habit writes one bank line and knows what it pays. Shares of a hundred lines below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from policies.matching.facts import Customer, OpenItem

SHARES = {
    "reference": 15, "number": 18, "number_restyled": 9, "number_mistyped": 7, "number_without_letters": 4,
    "last_digits": 3, "bundle_listed": 7, "bundle_short_list": 3, "bundle_mistyped": 3, "bundle_all": 3,
    "bundle_oldest": 2, "name_only": 6, "account_only": 4, "short_by_fee": 3, "part": 3, "cash_discount": 1,
    "overpaid": 1, "rounded": 1, "paid_twice": 1, "old_reference": 1, "foreign_number": 1, "third_party": 1,
    "unrelated": 2, "number_of_another": 1,
}  # fmt: skip
"""Of a hundred lines; what cannot be done (no second open invoice for a bundle) is paid by number."""
WORDS = ("", "Facture ", "Rechnung ", "INVOICE ", "Fact. n° ", "paiement ", "Vir ", "votre facture ", "RE ")


@dataclass(frozen=True, slots=True)
class Paid:
    """What a line says, and what it truly pays."""

    items: tuple[OpenItem, ...]
    amount: int
    text: str
    counterparty: str = ""
    has_account: bool = True
    reference: str = ""


Habit = Callable[[Random, Customer, Sequence[OpenItem], Sequence[OpenItem]], Paid | None]
"""Given the customer, its open items (oldest first) and all items of everybody."""


def printed(random: Random, name: str) -> str:
    """A name as banks print it: whole, in capitals, cut at 18 signs, without its form, or with a title."""
    draw = random.random()
    if draw < 0.5:
        return name.upper()
    if draw < 0.65:
        return name[:18]
    if draw < 0.8:
        return " ".join(word for word in name.split() if word not in {"SARL", "SAS", "SA", "GmbH", "EURL"})
    return name


def mistyped(random: Random, number: str) -> str:
    """One error in the last five signs: swapped, missing, wrong or doubled."""
    places = [place for place in range(max(len(number) - 5, 0), len(number) - 1) if number[place : place + 2].isdigit()]
    if not places:
        return number
    place = random.choice(places)
    kind = random.randrange(4)
    if kind == 0 and number[place] != number[place + 1]:
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if kind == 1:
        return number[:place] + number[place + 1 :]
    if kind == 2:
        return number[:place] + number[place] + number[place:]
    return number[:place] + str((int(number[place]) + random.randrange(1, 9)) % 10) + number[place + 1 :]


def _last(number: str) -> str:
    """The digits after the last separator."""
    return number.replace("/", "-").split("-")[-1]


def restyled(random: Random, number: str) -> str:
    plain = number.replace("-", "")
    return random.choice(
        [
            plain,
            plain.lower(),
            number.replace("-", " "),
            number.replace("-", "/"),
            f"FACTURE{plain}",
            f"{number}-REGLEMENT",
        ]
    )


def _one(random: Random, customer: Customer, item: OpenItem, text: str, amount: int | None = None) -> Paid:
    said = (
        random.choice(WORDS) + text + random.choice(["", "", " merci", " du 05/11/2026", f" client {customer.number}"])
    )
    return Paid((item,), item.payable if amount is None else amount, said, printed(random, customer.name))


def _reference(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    reference = mine[0].references[0]
    text = reference if random.random() < 0.6 else f"/ROC/{reference}//"
    return Paid((mine[0],), mine[0].payable, text, printed(random, customer.name) if random.random() < 0.8 else "")


def _number(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    item = random.choice(mine[:3])
    return _one(random, customer, item, item.number)


def _restyled(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return _one(random, customer, mine[0], restyled(random, mine[0].number))


def _mistyped(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return _one(random, customer, mine[0], mistyped(random, mine[0].number))


def _without_letters(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return _one(random, customer, mine[0], mine[0].number.lstrip("FAINVR-/"))


def _last_digits(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return _one(random, customer, mine[0], _last(mine[0].number))


def _bundle(random: Random, customer: Customer, items: Sequence[OpenItem], numbers: str) -> Paid:
    return Paid(tuple(items), sum(item.payable for item in items), numbers, printed(random, customer.name))


def _listed(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid | None:
    items = random.sample(list(mine), min(len(mine), random.randrange(2, 7)))
    between = random.choice([", ", " ", " + ", "; ", " et "])
    return _bundle(random, customer, items, between.join(item.number for item in items)) if len(items) > 1 else None


def _short_list(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid | None:
    items = list(mine[: random.randrange(2, 5)])
    numbers = "/".join([items[0].number, *(_last(item.number) for item in items[1:])])
    return _bundle(random, customer, items, numbers) if len(items) > 1 else None


def _bundle_mistyped(
    random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]
) -> Paid | None:
    items = list(mine[: random.randrange(2, 6)])
    numbers = [item.number for item in items]
    numbers[-1] = mistyped(random, numbers[-1])
    return _bundle(random, customer, items, " ".join(numbers)) if len(items) > 1 else None


def _all(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid | None:
    return _bundle(random, customer, mine, "selon votre relevé") if len(mine) > 1 else None


def _oldest(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid | None:
    return _bundle(random, customer, mine[:2], "reglement factures") if len(mine) > 2 else None


def _name(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    item = random.choice(mine[:2])
    return Paid((item,), item.payable, "virement", printed(random, customer.name), has_account=False)


def _account(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return Paid((mine[0],), mine[0].payable, "VIR SEPA RECU")


def _fee(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    kept = random.randrange(200, 2_900)
    text = mine[0].number if random.random() < 0.8 else "invoice payment"
    return _one(random, customer, mine[0], text, max(mine[0].payable - kept, 100))


def _part(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return _one(random, customer, mine[0], f"acompte {mine[0].number}", mine[0].payable * random.randrange(2, 9) // 10)


def _discount(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid | None:
    item = mine[-1]
    if not item.discounts:
        return None
    return _one(random, customer, item, item.number, item.payable - item.discounts[0].amount)


def _over(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return _one(random, customer, mine[0], mine[0].number, mine[0].payable + random.randrange(100, 20_000))


def _rounded(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    return _one(random, customer, mine[0], mine[0].number, mine[0].payable + random.randrange(-5, 6))


def _old_reference(
    random: Random, customer: Customer, mine: Sequence[OpenItem], everything: Sequence[OpenItem]
) -> Paid | None:
    """A standing order repeats the reference of an earlier invoice."""
    earlier = [item for item in everything[: mine[0].id - 1] if item.customer == customer.id]
    return _one(random, customer, mine[0], random.choice(earlier).number, mine[0].payable) if earlier else None


def _foreign_number(
    random: Random, customer: Customer, mine: Sequence[OpenItem], everything: Sequence[OpenItem]
) -> Paid:
    """The payer's own voucher number is, by chance, an invoice number of ours."""
    return _one(random, customer, mine[0], f"{random.choice(everything).number}")


def _third_party(random: Random, customer: Customer, mine: Sequence[OpenItem], _: Sequence[OpenItem]) -> Paid:
    payer = f"CABINET {random.randrange(1000)} EXPERTISE"
    return Paid((mine[0],), mine[0].payable, f"pour {customer.name} {mine[0].number}", payer, has_account=False)


def _unrelated(random: Random, customer: Customer, mine: Sequence[OpenItem], everything: Sequence[OpenItem]) -> Paid:
    """Money that pays no invoice, half of it with the amount of somebody's invoice."""
    other = random.choice(everything)
    amount = other.payable if random.random() < 0.5 else random.randrange(1_000, 900_000)
    payer = random.choice(["URSSAF", "ASSURANCE MUTUELLE", "TRESOR PUBLIC", "M. PETIT JEAN", ""])
    return Paid(
        (),
        amount,
        random.choice(["remboursement", "indemnite sinistre", "12345678", "loyer 11 2026"]),
        payer,
        has_account=False,
    )


def _of_another(random: Random, customer: Customer, mine: Sequence[OpenItem], everything: Sequence[OpenItem]) -> Paid:
    """A digit wrong makes it the neighbour's invoice."""
    neighbour = everything[min(mine[0].id, len(everything) - 1)]
    return _one(random, customer, mine[0], neighbour.number)


HABITS: dict[str, Habit] = {
    "reference": _reference, "number": _number, "number_restyled": _restyled, "number_mistyped": _mistyped,
    "number_without_letters": _without_letters, "last_digits": _last_digits, "bundle_listed": _listed,
    "bundle_short_list": _short_list, "bundle_mistyped": _bundle_mistyped, "bundle_all": _all,
    "bundle_oldest": _oldest, "name_only": _name, "account_only": _account, "short_by_fee": _fee, "part": _part,
    "cash_discount": _discount, "overpaid": _over, "rounded": _rounded, "old_reference": _old_reference,
    "foreign_number": _foreign_number, "third_party": _third_party, "unrelated": _unrelated,
    "number_of_another": _of_another,
}  # fmt: skip
"""`paid_twice` repeats an earlier line, and pays nothing."""
