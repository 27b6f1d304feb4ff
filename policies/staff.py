"""Who works here: the roles of the desk, and a person who acts in one of them.

A role says what somebody may decide, not how hard they work: who may read only, who talks to customers, who may give a
claim away or up, who may go to court, who keeps the accounts.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the desk."""

    VIEWER = "viewer"  # reads everything, decides nothing
    AGENT = "agent"  # works the inbox: calls, replies, promises, formal notices
    MANAGER = "manager"  # agency, write-offs, settlements, court; steers the runs
    LEGAL = "legal"  # court, limitation, claims that are time-barred
    ADMIN = "admin"  # all of it, and the accounts


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who acts: the login under which it is recorded, and the role held at that moment."""

    name: str
    role: Role
