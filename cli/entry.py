"""One-time links: the first start prints one for the admin; an account's first password is set by one."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from cli.refusal import Refusal
from policies.logins import login_wrong

DEFAULT_ADMIN = "admin"
PATH = "/enter"


def admin_login(environ: Mapping[str, str] = os.environ) -> str:
    """What the first account of a new house is called: RELANCE_ADMIN, by default `admin`."""
    wanted = environ.get("RELANCE_ADMIN", "").strip().lower() or DEFAULT_ADMIN
    if wrong := login_wrong(wanted):
        raise Refusal(f"RELANCE_ADMIN: {wrong}")
    return wanted


async def first_link(base: str) -> str:
    """A link for the first admin, whose account is made where the house has none (for callers without an event loop)."""
    from storage import session

    try:
        return await link_for("", base)
    finally:
        await session.disconnect()


async def link_for(login: str, base: str, actor: str = "") -> str:
    """A link that lets one browser in as this person, once; without a login as the first admin.

    A person who has no password yet gets some days to open it, everybody else half an hour.
    """
    from storage import accounts
    from storage.desk_sessions import INVITATION_LIFE, LINK_LIFE, new_link

    at = datetime.now(UTC)
    found = await accounts.find(login) if login else await accounts.ensure_first_admin(admin_login(), at)
    if found is None or found.disabled_at is not None:
        raise Refusal(f"There is no account {login} that may sign in. See ./relance user list.")
    life = INVITATION_LIFE if login and not found.has_password else LINK_LIFE
    key = await new_link(found.id, actor or found.login, at, life)
    return f"{base.rstrip('/')}{PATH}?key={key}"
