"""Messages a second of one processor, from facts to the bytes that leave: text, HTML, QR code, and the table of many invoices."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from policies.facts import DebtorKind
from policies.message import Line, MessageFacts
from policies.stages import Channel
from tasks.render import render
from tasks.sample_message import sample
from tasks.write import write

Say = Callable[[str], None]
COUNT = 100
SIZES = {"one": 1, "thirty": 30, "five_hundred": 500}
"""Invoices of a message."""


def run(say: Say) -> dict[str, Any]:
    """Reminders of one invoice, of thirty and of five hundred: their words alone, and whole e-mails."""
    reminder = sample("FR", "courtesy_reminder", DebtorKind.BUSINESS, "fr")
    figures: dict[str, Any] = {}
    for name, size in SIZES.items():
        facts = _with(reminder, size)
        many = max(COUNT // size, 3)
        figures[f"{name}_rendered_per_s"] = _rate(many, lambda number, facts=facts: render(_another(facts, number)))
        figures[f"{name}_written_per_s"] = _rate(
            many, lambda number, facts=facts: write(_another(facts, number), Channel.EMAIL, "compta@dupont.example")
        )
    for name, value in figures.items():
        say(f"{name}: {value}")
    return figures


def _with(facts: MessageFacts, size: int) -> MessageFacts:
    lines = tuple(_line(facts.lines[0], number) for number in range(size))
    open_ = sum(line.open for line in lines)
    return replace(facts, lines=lines, demanded=open_, total_open=open_)


def _line(line: Line, number: int) -> Line:
    return replace(
        line, invoice=f"F-{number}", due=line.due - timedelta(days=number % 90), original=line.original + number
    )


def _another(facts: MessageFacts, number: int) -> MessageFacts:
    """The same to somebody else: no two messages are alike."""
    return replace(facts, customer_name=f"Dupont {number} SARL", demanded=facts.demanded + number)


def _rate(count: int, make: Callable[[int], object]) -> float:
    make(0)
    began = time.process_time()
    for number in range(1, count + 1):
        make(number)
    return round(count / (time.process_time() - began), 1)
