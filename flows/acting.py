"""One act: reserve for the whole customer, then hand the messages over, the main one first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from policies.case import EffectState
from policies.decisions import Act
from policies.pace import AT_ONCE, LONGEST
from storage import clock, handing, ledger, outgoing
from storage.dossier import Dossier
from tasks import mail_turn
from tasks.hand_over import QUEUED, channels_with_credentials, hand_over
from tasks.staff_text import say
from tasks.stage_names import stage_words
from tasks.write import write

SOON = timedelta(seconds=30)

CHANNEL_WORDS = {"email": "E-mail", "sms": "SMS", "letter": "Letter", "call": "Call", "handover": "File"}


@dataclass(frozen=True, slots=True)
class Later:
    """The act waits: until when, and for what."""

    at: datetime
    words: str


async def act(dossier: Dossier, decision: Act, token: UUID, as_of: datetime) -> Later | None:
    """Carry out the decision. None: look at the case again at once.

    A message that would have to stand in line at the mail server is not even reserved: when its turn comes everything is
    decided anew, so that no pace ever carries it past its hours, or past a payment.
    """
    case = dossier.case.id
    turn = await mail_turn.next_turn(dossier, decision.step, decision.channel, as_of)
    if turn is not None:
        return Later(turn, say("The mail server takes only so many messages at a time; this one waits its turn."))
    prepared = await handing.prepare(case, token, as_of, channels_with_credentials(), write)
    if isinstance(prepared, handing.NotNow):
        again = _again(prepared, dossier, as_of)
        return (
            None
            if again is None
            else Later(again, say("A message to the same customer is on its way; this case looks again."))
        )
    main, *besides = prepared.messages
    ended = await _hand_over(main, case, token, AT_ONCE)
    for message in besides:
        if ended in (EffectState.CONFIRMED, QUEUED):
            await _hand_over(message, case, token, LONGEST)
        else:
            await ledger.drop(message, "the main message did not leave", as_of)
    return None


async def _hand_over(message: int, case: int, token: UUID, longest: timedelta) -> str:
    """Hand the message over in its turn; where that does not come within `longest` it is void, and decided anew."""
    letter, now = await outgoing.read(message), await clock.now()
    if not await mail_turn.in_its_turn(letter, now, longest):
        await ledger.drop(message, "others stood before it at the mail server", now)
        return EffectState.VOIDED
    label = f"{say(CHANNEL_WORDS[letter.channel.value])} · {stage_words(letter.stage)} · {letter.recipient}"
    return await hand_over(message, case, str(token), label)


def _again(prepared: handing.NotNow, dossier: Dossier, as_of: datetime) -> datetime | None:
    if prepared.again == "at_once":
        return None
    if prepared.again == "soon":
        return as_of + SOON
    zone = dossier.case.calendar.zone
    tomorrow = as_of.astimezone(zone).replace(hour=dossier.ladder.send_from, minute=0, second=0) + timedelta(days=1)
    return tomorrow.astimezone(as_of.tzinfo)
