"""Who may do what about agencies and the files they have, at the terminal."""

from collections.abc import Mapping

from policies.act_roles import STEERING
from policies.staff import Role

PLACEMENT_ACTS: Mapping[str, str] = {
    "placement import": "agency-paid",
    "placement paid": "agency-paid",
    "placement recall": "placement-recall",
    "placement status": "placement-status",
}
"""Commands that do what an act of the desk does."""
AGENCY_SETTINGS: Mapping[str, frozenset[Role]] = {"agency choose": STEERING, "agency set": STEERING}
