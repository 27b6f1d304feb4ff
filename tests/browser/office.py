"""A collections office on the afternoon of Wednesday, 1 April 2026: what waits, what is asked, who may be chased."""

from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from tests.engine.world import World

T = TypeVar("T")
DAY = "2026-03-31"
FIRST = {"reached_stage": "courtesy_reminder", "reached_on": "2026-03-20"}
"""The second reminder is due at once."""
SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
"""The formal notice is due on 1 April."""
LATE_SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-27"}
"""The formal notice is due on 7 April: until then the case waits."""
NOTICE = {"reached_stage": "formal_notice", "reached_on": "2026-03-18"}
"""The call is due on 1 April."""
SMALL = (("Boulangerie Petit", 42_050), ("Cabinet Moreau & Fils", 389_990), ("Lefèvre Frères", 118_000))
"""Formal notices under the limit, in one daily review."""
BUTTONS = ("Cancel", "Delete", "Copy", "Retry")


class Office(World):
    """A world beside a browser: the browser's own event loop runs in this thread, so ours runs in another."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine against the stack's database."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(super().run, work).result()


def furnish(office: Office) -> None:
    """Customers, invoices, and a day and a half of collecting."""
    dupont = office.customer("C101", "Dupont SARL", contact="Claire Dupont", email="compta@dupont.example")
    for number, total in ((142, 480_000), (143, 125_000), (150, 213_450)):
        office.invoice(dupont, f"FA-2026-0{number}", "2026-03-02", total, **SECOND)
    office.invoice(office.customer("C102", "Bernard SA"), "FA-2026-0151", "2026-03-02", 620_000, **SECOND)
    garage = office.customer("C103", "Garage Lemoine", contact="Paul Lemoine", phone="+33240112233")
    office.invoice(garage, "FA-2026-0090", "2026-02-16", 96_000, **NOTICE)
    for place, (name, total) in enumerate(SMALL, 1):
        office.invoice(office.customer(f"C11{place}", name), f"FA-2026-016{place}", "2026-03-02", total, **SECOND)
    office.invoice(office.customer("C120", "Menuiserie Roux"), "FA-2026-0180", "2026-03-10", 78_000, **FIRST)
    office.until("2026-04-01", 12)


def a_case_for_every_button(office: Office) -> None:
    """For each button of the run page one case that waits and one that is asked about."""
    for place, button in enumerate(BUTTONS):
        waits, asked = office.customer(f"W{place}", f"{button} Weber"), office.customer(f"U{place}", f"{button} Ulmer")
        office.invoice(waits, f"FW{place}", "2026-03-02", 50_000, **LATE_SECOND)
        office.invoice(asked, f"FU{place}", "2026-03-02", 600_000, **SECOND)
