"""What happens to a file before a court, as staff record it, with the words for it."""

from enum import StrEnum


class CourtEvent(StrEnum):
    """One thing that happened to a file, on a day."""

    FILED = "filed"
    LETTER_SENT = "letter_sent"
    ORDER_MADE = "order_made"
    ORDER_IN_PART = "order_in_part"
    DECLINED = "declined"
    SERVED = "served"
    OPPOSITION = "opposition"
    NO_OPPOSITION = "no_opposition"
    ENFORCEMENT_ASKED = "enforcement_asked"
    HEARING = "hearing"
    JUDGMENT = "judgment"
    AGREED = "agreed"
    REFUSED = "refused"
    TITLE = "title"
    TO_BAILIFF = "to_bailiff"
    PART_PAID = "part_paid"
    PAID = "paid"
    FRUITLESS = "fruitless"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


EVENT_WORDS = {
    CourtEvent.FILED: "filed with the court or the officer",
    CourtEvent.LETTER_SENT: "the officer wrote to the debtor",
    CourtEvent.ORDER_MADE: "the order was made",
    CourtEvent.ORDER_IN_PART: "the order was made for a part",
    CourtEvent.DECLINED: "we decline to serve an order for a part",
    CourtEvent.SERVED: "the order was served",
    CourtEvent.OPPOSITION: "the debtor opposes",
    CourtEvent.NO_OPPOSITION: "no opposition was made",
    CourtEvent.ENFORCEMENT_ASKED: "the enforcement order was asked for",
    CourtEvent.HEARING: "a hearing is fixed",
    CourtEvent.JUDGMENT: "judgment was given",
    CourtEvent.AGREED: "the debtor agreed before the officer",
    CourtEvent.REFUSED: "the debtor refused, or did not answer the officer",
    CourtEvent.TITLE: "an enforceable title was obtained",
    CourtEvent.TO_BAILIFF: "given to a bailiff for enforcement",
    CourtEvent.PART_PAID: "enforcement brought a part",
    CourtEvent.PAID: "everything was paid",
    CourtEvent.FRUITLESS: "enforcement was fruitless",
    CourtEvent.REJECTED: "the court rejected the claim",
    CourtEvent.LAPSED: "the procedure lapsed",
    CourtEvent.WITHDRAWN: "the file was withdrawn",
}
"""As a form and the history name them."""


def event_named(words: str) -> CourtEvent | None:
    """The event meant by its name or its words, with dashes or without; None: there is no such one."""
    said = words.strip().casefold().replace("-", "_")
    named = next((one for one in CourtEvent if one.value == said.replace(" ", "_")), None)
    return named or next(
        (one for one, known in EVENT_WORDS.items() if known.casefold() == words.strip().casefold()), None
    )
