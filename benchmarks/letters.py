"""Letters per second: a formal notice as PDF/A with its data as input, beside a bare page by the same typesetter."""

import time
from collections.abc import Callable
from typing import Any

import typst

from policies.facts import DebtorKind
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
        "bare_pages_per_s": _rate(COUNT, lambda: typst.compile(
            BARE, sys_inputs={"page": "Bonjour"}, ignore_system_fonts=True, format="pdf", pdf_standards="a-2b")),
        "letters_per_s": _rate(COUNT, lambda: letter(one, posting)),
        "letters_of_thirty_per_s": _rate(COUNT // LONG, lambda: letter(thirty, posting)),
    }  # fmt: skip
    for name, value in figures.items():
        say(f"{name}: {value}")
    return figures


def _rate(count: int, make: Callable[[], object]) -> float:
    make()
    began = time.monotonic()
    for _ in range(count):
        make()
    return round(count / (time.monotonic() - began), 1)
