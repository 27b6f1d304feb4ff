"""At what pace e-mail leaves: `rate` and `per_domain` of the mail server's address. What goes to the sink keeps none."""

import asyncio
import os
from datetime import datetime, timedelta

from policies.pace import Pace
from policies.stages import Channel
from policies.step import Step
from storage import mail_pace
from storage.dossier import Dossier
from storage.mail_pace import Line
from storage.outgoing import Outgoing
from storage.recipients import recipient_for
from tasks.relay import Relay, relay_from

BY_MAIL = frozenset({Channel.EMAIL, Channel.HANDOVER})


async def next_turn(dossier: Dossier, step: Step, channel: Channel, now: datetime) -> datetime | None:
    """When a message that would have to wait at the mail server should be decided about again; None: it may go now."""
    paces = _paces(channel, recipient_for(dossier, step, channel)) if dossier.live else {}
    return await mail_pace.turn(paces, dossier.case.customer, now) if paces else None


async def in_its_turn(letter: Outgoing, now: datetime, longest: timedelta) -> bool:
    """Wait until the message may leave; False, at once, where that is not within `longest`. No lock is held meanwhile."""
    return await may_leave(letter.channel, letter.recipient, letter.route, now, longest)


async def may_leave(channel: Channel, recipient: str, route: str, now: datetime, longest: timedelta) -> bool:
    """The same of anything that leaves through `channel`, to whomever."""
    paces = _paces(channel, recipient) if route == "live" else {}
    if not paces:
        return True
    moment = await mail_pace.leave(paces, now, longest)
    if moment is not None:
        await asyncio.sleep((moment - now).total_seconds())
    return moment is not None


def _paces(channel: Channel, recipient: str) -> dict[Line, Pace]:
    """The lines a message passes on its way: that of the server, and that of the recipient's domain behind it."""
    relay = relay_from(os.environ.get("RELANCE_SMTP_URL", "")) if channel in BY_MAIL else []
    if not isinstance(relay, Relay):
        return {}
    server, domain = f"{relay.user}@{relay.host}:{relay.port}", recipient.rpartition("@")[2].strip().lower()
    paces = {(server, ""): relay.rate, (server, domain): relay.per_domain if domain else None}
    return {line: pace for line, pace in paces.items() if pace is not None}
