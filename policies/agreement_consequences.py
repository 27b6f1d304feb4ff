"""What follows from an answer about something that is proposed to a customer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgreementAccepted:
    """What is proposed stands from now on, as it was shown."""


@dataclass(frozen=True, slots=True)
class AgreementRefused:
    """It does not; the reason is kept in the customer's file."""
