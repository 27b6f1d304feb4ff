"""What an SMS is asked before it leaves: what cannot arrive is refused with a sentence, and nothing is paid for it."""

import pytest

from policies.case import EffectState
from policies.sms_answers import SmsTrouble
from tasks.phone_types import country_of
from tasks.sms_check import sms_refused

NUMBER, MOBILE, TO_CALL = "+33644600123", "+33612345678", "+33 1 23 45 67 89"
TEXT = f"Martin SAS : votre facture F1 arrive a échéance. Une question ? {TO_CALL}"


def refusal(text: str = TEXT, recipient: str = MOBILE, sender: str = NUMBER, to_call: str = TO_CALL) -> str:
    """The words of the refusal; empty: it may leave."""
    handed = sms_refused(text, recipient, sender, most=3, to_call=to_call)
    assert handed is None or (handed.state, handed.temporary) == (EffectState.REFUSED, False)
    return "" if handed is None else handed.words


def test_a_usual_sms_may_leave_from_any_kind_of_sender() -> None:
    senders = (NUMBER, "MG" + "0" * 32, "Martin", "")
    assert [refusal(sender=sender) for sender in senders] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("recipient", "words"),
    [
        ("+33123456789", "The number takes no SMS: by its country's plan it is a fixed line."),
        ("+33 9 12 34 56 78", "The number takes no SMS: by its country's plan it is a line over the internet."),
        ("06 12 34 56 78", "“06 12 34 56 78” is not a telephone number with its country code."),
        ("", "“” is not a telephone number with its country code."),
    ],
)
def test_what_takes_no_sms_is_dead_for_sms(recipient: str, words: str) -> None:
    assert refusal(recipient=recipient) == words
    handed = sms_refused(TEXT, recipient, NUMBER, most=3, to_call=TO_CALL)
    assert handed is not None
    assert handed.trouble is SmsTrouble.DEAD


def test_where_a_plan_does_not_tell_fixed_from_mobile_nothing_is_guessed() -> None:
    assert [refusal(recipient=number) for number in ("+12019235161", "+447400123456")] == ["", ""]
    assert [country_of(number) for number in ("+12019235161", "+15145551234", "+596696123456", "+8835100")] == [
        "US", "CA", "MQ", "",
    ]  # fmt: skip


def test_a_name_is_refused_where_it_does_not_arrive_or_nobody_could_answer() -> None:
    assert refusal(sender="Martin", recipient="+15145551234") == (
        "An SMS under the name “Martin” does not reach Canada: it needs a number there."
    )
    unanswerable = (
        "Nobody can answer an SMS under the name “Martin”, and this one gives no number to call: "
        "say it once with relance creditor set phone=…"
    )
    assert refusal(sender="Martin", to_call="") == unanswerable
    assert refusal("Martin SAS : bonjour", sender="Martin") == unanswerable
    assert refusal("Martin SAS : bonjour") == ""
    assert refusal(sender="Martin", to_call="+33\u00a01.23.45.67.89") == ""
    assert refusal(sender="Martin et Fils").startswith("“Martin et Fils” cannot send SMS (RELANCE_TWILIO_FROM): ")


def test_a_text_in_too_many_parts_is_refused_and_the_letter_that_costs_is_named() -> None:
    assert refusal("a" * 459) == ""
    assert refusal("a" * 460) == (
        "The SMS would be cut into 4 parts; the most allowed is 3 (sms_max_segments)."
    )  # fmt: skip
    assert refusal("ç" + "a" * 201) == (
        "The SMS would be cut into 4 parts; the most allowed is 3 (sms_max_segments). "
        "“ç” is in no telephone's short alphabet."
    )
    assert refusal(" ") == "This message has no short text."
