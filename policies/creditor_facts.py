"""The company that is owed, as messages and files name it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CreditorFacts:
    """The company that is owed, as its messages must name it (FR: Code de commerce R123-237)."""

    name: str
    email: str
    reply_to: str
    phone: str = ""
    address: str = ""
    mentions: str = ""
    """Legal form and capital, SIREN, RCS and city, VAT number: one line."""
    iban: str = ""
    bic: str = ""
    payment_url: str = ""
    company_number: str = ""
    """The number in the register of companies, where a notice must name it (BE: enterprise number)."""
    mediator: str = ""
    """The mediator for consumers, with how to reach it (FR: Code de la consommation L616-1)."""
    sms_smart_encoding: bool = False
    """Whether signs of an SMS are replaced by plain ones that read the same."""
