"""Who is asked in whose place: the owner, while away the backup, else the manager; later the manager, last the administrators."""

from collections.abc import Collection, Sequence

from policies.question_deadlines import Waited


def in_charge(owner: str, backup: str, manager: str, away: Collection[str]) -> str:
    """Who a new question goes to. `away` are those who are absent today or have left.

    Where nobody is there it goes to the owner all the same: it will be passed on. What was asked while the owner was away
    stays where it is when the owner is back; only new questions return.
    """
    if owner not in away:
        return owner
    return next((one for one in (backup, manager) if one and one not in away), owner)


def passed_on_to(
    waited: Waited,
    now_with: str,
    owner_side: str,
    managers: Sequence[str],
    admins: Sequence[str],
    away: Collection[str],
) -> str:
    """Who has a question that has stood so long; `now_with` where there is nobody else.

    `owner_side` is who a new question would go to, `managers` and `admins` are in the order in which they are asked.
    """
    if waited is Waited.NOT_LONG:
        return now_with
    if waited is Waited.REMINDED:
        return owner_side if now_with in away else now_with
    asked = managers if waited is Waited.ESCALATED else (*admins, *managers)
    return next((one for one in asked if one and one not in away), now_with)
