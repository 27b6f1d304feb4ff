"""Which class of routes is for whom. Reading is for everybody who is in; the rest is for some roles."""

from collections.abc import Mapping

from policies.staff import Role
from web.callers import Caller
from web.replies import Refused
from web.routes import Operation, RouteClass

ROLES: Mapping[RouteClass, frozenset[Role]] = {
    RouteClass.OPEN: frozenset(Role),
    RouteClass.READ: frozenset(Role),
    RouteClass.ANSWER: frozenset(Role),  # refused and recorded by the door for answers, choice by choice
    RouteClass.STEER: frozenset({Role.MANAGER, Role.ADMIN}),
    RouteClass.START: frozenset(Role),  # act by act: policies.act_roles
    RouteClass.SERVICE: frozenset(),
    RouteClass.DENIED: frozenset(),
}
"""What people may use, by role; our own processes use all but what nobody may, and answer nothing."""


def permitted(operation: Operation | None, caller: Caller) -> Operation:
    """The operation, if this caller may use it at all."""
    if operation is None:
        raise Refused(404, "There is no such operation.")
    if operation.kind is RouteClass.DENIED:
        raise Refused(403, "Nobody may do this at this desk.")
    if not caller.person or caller.role in ROLES[operation.kind]:
        return operation
    if operation.kind is RouteClass.SERVICE:
        raise Refused(403, "Only Relance itself may do this; nothing was done.")
    if caller.role is Role.VIEWER:
        raise Refused(403, "As viewer you may look at everything and change nothing; nothing was done.")
    raise Refused(403, f"This is for a manager; as {caller.role.value} you may not. Nothing was done.")
