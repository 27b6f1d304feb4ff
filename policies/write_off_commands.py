"""Who may run which command about write-offs (see `policies.command_roles`)."""

from collections.abc import Mapping

from policies.act_roles import STEERING, WITH_LEGAL
from policies.staff import Role

AS_AT_THE_DESK: Mapping[str, str] = {"write-off propose": "write-off", "write-off reverse": "reverse-write-off"}
"""Commands that do what an act of the desk does."""
OF_THE_TERMINAL: Mapping[str, frozenset[Role]] = {
    "write-off add-proof": WITH_LEGAL,
    "write-off vat amounts": WITH_LEGAL,
    "write-off vat days": WITH_LEGAL,
    "write-off vat send": STEERING,
    "write-off vat sent": WITH_LEGAL,
}
"""Commands that change something and have no form at the desk."""
READING = frozenset({"write-off list", "write-off show", "write-off vat print"})
"""Commands that only look."""
