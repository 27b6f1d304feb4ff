"""One attempt to hand an SMS to Twilio. Repeating it is the run's business, never ours."""

from twilio.base.exceptions import TwilioRestException

from policies.sms_answers import SmsTrouble, trouble
from policies.sms_sender import SenderKind, name_unknown, sender_kind
from tasks.addresses import telephone
from tasks.handed import Handed, ambiguous, confirmed, refused, spoken
from tasks.phone_types import country_of
from tasks.twilio_client import BROKEN, PATIENCE, Http, TwilioAccount, connected_to


async def hand_over(text: str, recipient: str, account: TwilioAccount, timeout: float = PATIENCE) -> Handed:
    """Hand an SMS over once, and tell how that ended. `recipient` is a number in E.164.

    What is kept as sent is what leaves: Twilio is asked to replace nothing.
    """
    number = telephone(recipient)
    if number is None:
        return refused(
            f"“{spoken(recipient)}” is not a telephone number with its country code.",
            temporary=False,
            trouble=SmsTrouble.DEAD,
        )
    http: Http | None = None
    try:
        async with connected_to(account, timeout) as (client, http):
            message = await client.messages.create_async(to=number, body=text, smart_encoded=False, **_origin(account))
    except TwilioRestException as error:
        return _answered(error.status, error.code, str(error.msg), account)
    except BROKEN as error:
        return _unanswered(error, http is not None and http.connected, account)
    if not message.sid:
        return ambiguous("Twilio answered without an id for the SMS.")
    return confirmed(f"201 {message.status}{_unknown(account.sender, number)}", str(message.sid))


def _unknown(sender: str, number: str) -> str:
    """What is to be said besides of an SMS under a name to a country of which nothing is known."""
    country = country_of(number)
    return f"; whether a name reaches {country or number} is not known" if name_unknown(sender, country) else ""


def _unanswered(error: Exception, connected: bool, account: TwilioAccount) -> Handed:
    """Without a connection nothing can have left; with one, nobody can tell."""
    said = spoken(str(error) or type(error).__name__, (account.token,))
    if not connected:
        return refused(f"Twilio could not be reached: {said}.", temporary=True)
    return ambiguous(f"The SMS was sent, then Twilio did not answer: {said}.")


def _origin(account: TwilioAccount) -> dict[str, str]:
    is_service = sender_kind(account.sender) is SenderKind.SERVICE
    return {"messaging_service_sid" if is_service else "from_": account.sender}


def _answered(status: int, code: int | None, words: str, account: TwilioAccount) -> Handed:
    """4xx: Twilio said no, and its number says whether that lasts; anything else may have been taken all the same."""
    said = spoken(f"{status} {words}" + (f" (Twilio error {code})" if code else ""), (account.token,))
    if not 400 <= status < 500:
        return ambiguous(said)
    found = trouble(status, code)
    lasts = found in (SmsTrouble.DEAD, SmsTrouble.STOPPED)
    return refused(said, temporary=found is SmsTrouble.LATER, trouble=found if lasts else None)
