"""Letters per second of one processor: a formal notice as PDF/A with its data as input, beside a bare page by the same typesetter."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import typst

from policies.facts import DebtorKind
from policies.message import MessageFacts
from tasks.letter import letter
from tasks.sample_message import sample, sample_posting

Say = Callable[[str], None]
COUNT, LONG = 100, 5
BARE = b"#set document(date: datetime(year: 2026, month: 3, day: 16))\n#sys.inputs.page"


def run(say: Say) -> dict[str, Any]:
    """Letters of one invoice and of thirty a second, and bare pages a second on the same machine in the same run."""
    one = sample("FR", "formal_notice", DebtorKind.BUSINESS, "fr")
    thirty = sample("FR", "formal_notice", DebtorKind.BUSINESS, "fr", "thirty")
    posting = sample_posting("formal_notice", "FR")
    figures = {
        "bare_pages_per_s": _rate(COUNT, lambda n: typst.compile(
            BARE, sys_inputs={"page": f"Bonjour {n}"}, ignore_system_fonts=True, format="pdf", pdf_standards="a-2b")),
        "letters_per_s": _rate(COUNT, lambda n: letter(_another(one, n), posting)),
        "letters_of_thirty_per_s": _rate(COUNT // LONG, lambda n: letter(_another(thirty, n), posting)),
    }  # fmt: skip
    for name, value in figures.items():
        say(f"{name}: {value}")
    return figures


def _another(facts: MessageFacts, number: int) -> MessageFacts:
    """The same to somebody else: typst remembers what it has set, and no two letters are alike."""
    lines = tuple(replace(line, invoice=f"{line.invoice}-{number}") for line in facts.lines)
    return replace(facts, customer_name=f"Dupont {number} SARL", lines=lines)


def _rate(count: int, make: Callable[[int], object]) -> float:
    make(0)
    began = time.process_time()
    for number in range(1, count + 1):
        make(number)
    return round(count / (time.process_time() - began), 1)
