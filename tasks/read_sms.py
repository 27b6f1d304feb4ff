"""An SMS that came in, as it is understood: STOP stops SMS at once; anything else is a reply a person reads."""

import json
from datetime import datetime

from policies.incoming import Incoming, IncomingKind
from storage.received import Received
from tasks.ask_twilio import TwilioMessage
from tasks.opt_out_words import opts_out

STOPS = frozenset(
    {
        "stop",
        "stopall",
        "stop all",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "optout",
        "revoke",
        "arret",
        "stopp",
        "arrêt",
    }
)
"""Words at which the provider itself stops carrying, whatever we think of them (Twilio: default keywords), and the French
one its operators want known."""
SUBJECT = "SMS"


def incoming_sms(message: TwilioMessage, at: datetime) -> Received:
    """What the SMS says; `at` counts where Twilio does not say when it came."""
    kind, reason = _kind(message.text)
    what = Incoming(
        kind=kind,
        reason=reason,
        message_id=message.sid,
        sender=message.sender,
        subject=SUBJECT,
        text=message.text.strip(),
    )
    return Received(what, "sms", message.sid, message.recipient, _raw(message), message.made_at or at)


def _kind(text: str) -> tuple[IncomingKind, str]:
    said = text.strip()
    if said.rstrip(".! ").lower() in STOPS or opts_out(said, ""):
        return IncomingKind.OPT_OUT, f"The SMS says “{said[:40]}” and nothing else."
    if not said:
        return IncomingKind.REPLY, "An SMS without words came in: it may be a picture."
    return IncomingKind.REPLY, "An SMS came in."


def _raw(message: TwilioMessage) -> bytes:
    """What Twilio told of it, so that it can be shown as it came."""
    told = {
        "sid": message.sid, "from": message.sender, "to": message.recipient, "body": message.text, "status": message.status,
        "date_created": message.made_at.isoformat() if message.made_at else None,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
