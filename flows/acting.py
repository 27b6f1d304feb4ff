"""One act: reserve for the whole customer, then hand the messages over, the main one first."""

from datetime import datetime, timedelta
from uuid import UUID

from policies.case import EffectState
from policies.decisions import Act
from storage import handing, ledger, outgoing
from storage.dossier import Dossier
from tasks.hand_over import channels_with_credentials, hand_over
from tasks.question_text import stage_words
from tasks.write import write

SOON = timedelta(seconds=30)

CHANNEL_WORDS = {"email": "E-mail", "sms": "SMS", "letter": "Letter", "call": "Call", "handover": "File"}


async def act(dossier: Dossier, decision: Act, token: UUID, as_of: datetime) -> datetime | None:
    """Carry out the decision. None: look at the case again at once; else the moment to look again."""
    case = dossier.case.id
    prepared = await handing.prepare(case, token, as_of, channels_with_credentials(), write)
    if isinstance(prepared, handing.NotNow):
        return _again(prepared, dossier, as_of)
    main, *besides = prepared.messages
    ended = await _hand_over(main, case, token)
    for message in besides:
        if ended == EffectState.CONFIRMED:
            await _hand_over(message, case, token)
        else:
            await ledger.drop(message, "the main message did not leave", as_of)
    return None


async def _hand_over(message: int, case: int, token: UUID) -> str:
    letter = await outgoing.read(message)
    label = f"{CHANNEL_WORDS[letter.channel.value]} · {stage_words(letter.stage)} · {letter.recipient}"
    return await hand_over(message, case, str(token), label)


def _again(prepared: handing.NotNow, dossier: Dossier, as_of: datetime) -> datetime | None:
    if prepared.again == "at_once":
        return None
    if prepared.again == "soon":
        return as_of + SOON
    zone = dossier.case.calendar.zone
    tomorrow = as_of.astimezone(zone).replace(hour=dossier.ladder.send_from, minute=0, second=0) + timedelta(days=1)
    return tomorrow.astimezone(as_of.tzinfo)
