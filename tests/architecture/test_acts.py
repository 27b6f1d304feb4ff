"""Every act with a short form says who may start it; what has none is started by nobody."""

from flows.deployments import REGISTRATIONS
from policies.act_roles import ACT_ROLES

COPIED = {"collect-invoice"}
"""No act, but *Copy to new run* of the run page."""


def test_every_act_says_who_may_start_it_and_nothing_else_does() -> None:
    acts = {one.name for one in REGISTRATIONS if "act" in one.tags}
    assert sorted(ACT_ROLES) == sorted(acts | COPIED)
