"""What kind of telephone a number leads to, where its country's plan says so: an SMS to a fixed line arrives nowhere."""

from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

_WORDS: dict[int, str] = {
    PhoneNumberType.FIXED_LINE: "a fixed line",
    PhoneNumberType.TOLL_FREE: "a free-call number",
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
    PhoneNumberType.SHARED_COST: "a shared-cost number",
    PhoneNumberType.VOICEMAIL: "a voice mailbox",
    PhoneNumberType.UAN: "a company's call number",
}
"""What surely takes no SMS. Where a plan does not tell (+1: fixed or mobile), nothing is guessed."""
_LINES_OVER_INTERNET = frozenset({"FR"})
"""Plans whose numbers for telephony over the internet (FR: 09) are boxes on a desk that take no SMS."""


@lru_cache(maxsize=65536)
def takes_no_sms(number: str) -> str:
    """Why the number (E.164) surely takes no SMS, in words (`a fixed line`); empty: it may."""
    parsed = phonenumbers.parse(number)
    kind = phonenumbers.number_type(parsed)
    if kind == PhoneNumberType.VOIP and country_of(number) in _LINES_OVER_INTERNET:
        return "a line over the internet"
    return _WORDS.get(kind, "")


@lru_cache(maxsize=65536)
def country_of(number: str) -> str:
    """The country (ISO 3166-1) whose plan the number (E.164) belongs to; empty where it is nobody's (satellites)."""
    region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    return region if region and region.isalpha() else ""
