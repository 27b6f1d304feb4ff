"""What an SMS is asked before its first byte leaves: a refusal here costs nothing, and the step goes on by another way."""

from policies.sms_answers import SmsTrouble
from policies.sms_segments import Encoding, segments
from policies.sms_sender import SenderKind, name_refused, sender_kind, sender_wrong
from tasks.addresses import telephone
from tasks.handed import Handed, refused, spoken
from tasks.phone_types import country_of, takes_no_sms


def sms_refused(text: str, recipient: str, sender: str, *, most: int, to_call: str) -> Handed | None:
    """Why the SMS may not leave; None: it may.

    `most`: parts it may be cut into. `to_call`: the creditor's telephone number, which a text must give whose sender
    (a name) cannot be answered. `sender` is empty where no account is set: then only text and recipient are looked at.
    """
    return (
        _wrong_number(recipient)
        or _wrong_sender(text, recipient, sender, to_call)
        or _wrong_text(text, most)
    )  # fmt: skip


def _wrong_number(recipient: str) -> Handed | None:
    number = telephone(recipient)
    if number is None:
        return _never(f"“{spoken(recipient)}” is not a telephone number with its country code.", SmsTrouble.DEAD)
    kind = takes_no_sms(number)
    return _never(f"The number takes no SMS: by its country's plan it is {kind}.", SmsTrouble.DEAD) if kind else None


def _wrong_sender(text: str, recipient: str, sender: str, to_call: str) -> Handed | None:
    if not sender:
        return None
    if wrong := sender_wrong(sender) or name_refused(sender, country_of(telephone(recipient) or "")):
        return _never(wrong)
    if sender_kind(sender) is SenderKind.NAME and not (to_call and _figures(to_call) in _figures(text)):
        return _never(
            f"Nobody can answer an SMS under the name “{sender}”, and this one gives no number to call: "
            "say it once with relance creditor set phone=…"
        )
    return None


def _figures(text: str) -> str:
    """A telephone number stands in a text however either of them is spaced."""
    return "".join(one for one in text if one.isdigit())


def _wrong_text(text: str, most: int) -> Handed | None:
    if not text.strip():
        return _never("This message has no short text.")
    found = segments(text)
    if found.count <= most:
        return None
    letter = next((one for one in text if segments(one).encoding is Encoding.UCS2), "")
    because = f" “{letter}” is in no telephone's short alphabet." if letter else ""
    return _never(
        f"The SMS would be cut into {found.count} parts; the most allowed is {most} (sms_max_segments).{because}"
    )


def _never(words: str, trouble: SmsTrouble | None = None) -> Handed:
    return refused(words, temporary=False, trouble=trouble)
