"""A replay in words and figures: tables for people, one JSON document for other programs."""

from typing import Any

from cli.printing import fields_of, money, print_table
from policies.money import plain
from policies.replay.difference import Contacted, Difference
from policies.replay.report import Report

CAVEAT = (
    "This counts contacts and is no promise of cash: customers paid as they were treated then, and nobody knows when "
    "they would have paid under another policy."
)
CUSTOMERS = 10
"""Customers shown by name in the tables; --json names them all."""


def report_json(report: Report) -> dict[str, Any]:
    """A report as other programs read it."""
    paying = report.although_paying
    return {
        "policy": report.policy, "title": report.title, "hash": report.hash, "from": report.first, "to": report.last,
        "invoices": report.invoices, "customers": report.customers, "outside": report.outside,
        "contacted": {"invoices": report.contacted_invoices, "customers": report.contacted_customers},
        "acts": [fields_of(one) for one in report.acts],
        "months": [fields_of(one) for one in report.months],
        "although_paying": {
            "within_days": paying.within_days, "crossed": paying.crossed, "contacts": paying.contacts,
            "customers": [fields_of(one) for one in paying.customers],
        },
        "accessories": [fields_of(one, {"flat": "currency", "interest": "currency"}) for one in report.accessories],
        "questions": [fields_of(one) for one in report.questions],
        "acts_on_settled": report.acts_on_settled,
    }  # fmt: skip


def difference_json(difference: Difference) -> dict[str, Any]:
    """Two policies side by side: `this` is the one asked about, `other` the one it is put against."""
    return {
        "stages": [fields_of(one) | {"more": one.more} for one in difference.stages],
        "months": [fields_of(one) | {"more": one.more} for one in difference.months],
        "customers": fields_of(difference.customers),
        "invoices": fields_of(difference.invoices),
    }


def tell(report: Report) -> None:
    """One report as tables."""
    print(f"{report.title} · {report.policy} · {report.first} to {report.last}\n")
    rows = [(one.stage, one.step, one.channel, one.count, one.invoices) for one in report.acts]
    print_table(["Stage", "Step", "Channel", "Count", "Invoices"], rows, "Nothing would have been sent.")
    if report.months:
        print()
        print_table(["Month", "Stage", "Count"], [(one.month, one.stage, one.count) for one in report.months], "")
    print()
    for sentence in sentences(report):
        print(sentence)


def sentences(report: Report) -> list[str]:
    """What the tables do not say."""
    customers, invoices = report.contacted_customers, report.contacted_invoices
    whom = f"{_many(customers, 'customer')} of {report.customers} would have been contacted"
    said = [f"{whom}, about {_many(invoices, 'invoice')} of {report.invoices}."]
    if report.outside:
        said.append(f"{_many(report.outside, 'invoice')} belong to customers for whom this policy is not written.")
    said += [*_although_paying(report), *_accessories(report)]
    if report.questions:
        kinds = ", ".join(f"{one.kind.value.replace('_', ' ')} {one.count}" for one in report.questions)
        said.append(f"Questions people would have been asked (all are taken to be agreed to): {kinds}.")
    if report.acts_on_settled:
        said.append(f"{report.acts_on_settled} acts on settled invoices: this must not be; please report it.")
    return said


def _although_paying(report: Report) -> list[str]:
    paying = report.although_paying
    said = [f"Contacted although paying: {_many(paying.crossed, 'contact')} crossed money that was on its way."]
    who = f"{_many(len(paying.customers), 'customer')} who paid everything within {paying.within_days} days"
    said.append(f"{who} would have been contacted {_many(paying.contacts, 'time')}, notices before the due date apart.")
    if paying.customers:
        named = ", ".join(f"{one.number} ({one.contacts})" for one in paying.customers[:CUSTOMERS])
        more = len(paying.customers) - CUSTOMERS
        said.append(f"  {named}{f' and {more} more' if more > 0 else ''}")
    return said


def _accessories(report: Report) -> list[str]:
    return [
        f"Stated beside the principal: flat sums of {money(one.flat, one.currency)} and interest of "
        f"{plain(one.interest, one.currency)}, for {_many(one.invoices, 'invoice')} in {_many(one.messages, 'message')}."
        for one in report.accessories
    ]


def tell_difference(difference: Difference) -> None:
    """Two policies as tables, side by side."""
    this, other = difference.this, difference.other
    for report in (this, other):
        tell(report)
        print()
    print(f"{this.policy} against {other.policy}\n")
    stages = [(one.stage, one.channel, one.this, one.other, f"{one.more:+d}") for one in difference.stages]
    print_table(["Stage", "Channel", this.policy, other.policy, "More"], stages, "Neither would have sent anything.")
    if difference.months:
        print()
        months = [(one.month, one.stage, one.this, one.other, f"{one.more:+d}") for one in difference.months]
        print_table(["Month", "Stage", this.policy, other.policy, "More"], months, "")
    print()
    for what, who in (("Customers", difference.customers), ("Invoices", difference.invoices)):
        print(_whom(what, who, this.policy, other.policy))


def _whom(what: str, who: Contacted, this: str, other: str) -> str:
    return (
        f"{what} contacted under both: {who.both}; only under {this}: {who.only_this}; only under {other}: "
        f"{who.only_other}."
    )


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
