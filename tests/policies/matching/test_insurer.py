"""The credit insurer may name our invoices when it pays on a claim: the debtor owes them all the same."""

from policies.matching.reasons import Doubt
from tests.policies.matching.builders import item, line, matches


def test_a_line_of_the_insurer_that_names_an_invoice_is_proposed_and_never_booked() -> None:
    owed = item("F-2026-0012", 300_00)
    [debtor] = matches([owed], line(300_00, "F-2026-0012", "Menuiserie Nord SARL"))
    [insurer] = matches([owed], line(300_00, "F-2026-0012", "Coface", from_insurer=True))
    assert debtor.sureness == "sure"
    assert (insurer.sureness, Doubt.INSURER in insurer.why.doubts) == ("likely", True)
