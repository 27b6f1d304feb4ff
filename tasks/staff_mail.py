"""E-mails to our own people: once per key, through the creditor's mail server, to the sink while `live` is off."""

import os
from datetime import datetime

from policies.case import EffectState
from policies.message import Rendered
from policies.pace import LONGEST
from policies.stages import Channel
from storage import staff_letters
from storage.creditor import Creditor, ensure_creditor
from storage.staff_letters import Colleague, StaffLetter
from tasks import mail_turn, send_email
from tasks.addresses import mailbox
from tasks.compose import domain_of, header_text, named_address, opening, put_together
from tasks.hand_over import the_sink
from tasks.handed import Handed, refused
from tasks.relay import relay_from
from tasks.relay_connections import connections
from tasks.wording import one_line


async def send_to_staff(person: str, subject: str, text: str, html: str, key: str, at: datetime) -> EffectState | None:
    """E-mail the person with this login; `html` may be empty. Answers what became of it; None: there is nobody to write to.

    Nobody: no such account, one that is disabled, one without an e-mail address, or a creditor without one. A second call
    with the same key sends nothing. What the server refuses for now is tried again by `hand_over_due`.
    """
    return await _send(await ensure_creditor(), await staff_letters.colleague(person), subject, text, html, key, at)


async def send_to_house(creditor: Creditor, subject: str, text: str, key: str, at: datetime) -> EffectState | None:
    """E-mail what the creditor itself is to keep: to its manager, or to its own address where the manager has none."""
    to = await staff_letters.colleague(creditor.manager)
    if to is None or mailbox(to.email) is None:
        to = Colleague("", creditor.name, creditor.email, creditor.staff_language)
    return await _send(creditor, to, subject, text, "", key, at)


async def _send(
    creditor: Creditor, to: Colleague | None, subject: str, text: str, html: str, key: str, at: datetime
) -> EffectState | None:
    if to is None or mailbox(to.email) is None or mailbox(creditor.email) is None:
        return None
    raw = _written(creditor, to, Rendered(subject=one_line(subject), text=text, html=html, sms=""), key, at)
    kept = await staff_letters.put(creditor.id, to, key, creditor.email, one_line(subject), raw, at)
    if kept is None:
        return await staff_letters.state_of(key)
    return await _hand_over(kept, at)


async def hand_over_due(at: datetime) -> int:
    """Hand over what waits: refused for now, or written by somebody who died. Answers how many left."""
    await staff_letters.bury(at)
    ended = [await _hand_over(one, at) for one in await staff_letters.due(at)]
    return ended.count(EffectState.CONFIRMED)


async def _hand_over(id: int, at: datetime) -> EffectState:
    """One attempt. Where it has to stand in line at the mail server for long, it stays as it is."""
    recipient, route = await staff_letters.way(id)
    if not await mail_turn.may_leave(Channel.EMAIL, recipient, route, at, LONGEST):
        return EffectState.RESERVED
    letter = await staff_letters.begin(id, at)
    if letter is None:
        return EffectState.HANDING_OVER
    handed = await _carry(letter)
    await staff_letters.settle(letter, handed.state, handed.words, at, temporary=handed.temporary)
    return handed.state


async def _carry(letter: StaffLetter) -> Handed:
    if letter.route == "sink":
        return await send_email.hand_over(letter.raw, letter.sender, letter.recipient, the_sink(), connections())
    relay = relay_from(os.environ.get("RELANCE_SMTP_URL", ""))
    if isinstance(relay, list):
        return refused("No mail server is set, or not one that can be used (RELANCE_SMTP_URL).", temporary=True)
    return await send_email.hand_over(letter.raw, letter.sender, letter.recipient, relay, connections())


def _written(creditor: Creditor, to: Colleague, rendered: Rendered, key: str, at: datetime) -> bytes:
    headers = [
        *opening(f"staff/{key}", at, domain_of(creditor.email), Channel.EMAIL),
        ("From", named_address(creditor.name, creditor.email)),
        ("To", named_address(to.name, to.email)),
        ("Subject", header_text(rendered.subject, "Subject")),
        ("X-Relance-Kind", "staff"),
    ]
    return put_together(f"staff/{key}", headers, rendered, ())
