"""The words matching decides in: how sure, what speaks for it, what against, and what remains."""

from enum import StrEnum


class Sureness(StrEnum):
    """Sure is booked, likely is proposed to a person, unknown goes to the unmatched list."""

    SURE = "sure"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class Witness(StrEnum):
    """What speaks for a match."""

    PERSON = "person"  # somebody decided it
    REFERENCE = "reference"  # a structured reference or end-to-end id of ours
    NUMBER = "number"  # the invoice number, whole
    NEAR_NUMBER = "near_number"  # the invoice number with one typing error
    SUFFIX = "suffix"  # the last digits of the invoice number
    IBAN = "iban"  # an account the customer has paid from, or on file
    CUSTOMER_NUMBER = "customer_number"
    NAME = "name"  # the counterparty is called as the customer
    LIKE_NAME = "like_name"  # the counterparty's name resembles or holds the customer's
    AMOUNT = "amount"  # the open amount, or the sum, to the cent (or within tolerance, less cash discount)


class Doubt(StrEnum):
    """What speaks against booking a match without asking."""

    NO_SECOND_WITNESS = "no_second_witness"
    OTHER_PAYER = "other_payer"  # the payer is another customer of ours, or one account pays for several
    AMOUNT_FITS_OTHERS = "amount_fits_others"  # the amount is that of other items of the payer
    SEVERAL_FIT = "several_fit"
    COINCIDENCE = "coincidence"  # so many sums are possible that one may fit by chance
    ALREADY_SETTLED = "already_settled"  # what it names is settled: paid twice, or an old reference used again
    OTHER_CURRENCY = "other_currency"
    UNKNOWN_NUMBER = "unknown_number"  # it names a number like ours that we do not know
    OTHER_PURPOSE = "other_purpose"  # the text speaks of a deposit, a refund, a rent
    CLAIMED = "claimed"  # another line that waits for a person may pay the same item
    AMOUNT_DIFFERS = "amount_differs"
    INSURER = "insurer"  # the credit insurer may have paid on a claim: the debtor owes all the same


class Reason(StrEnum):
    """Why a line has the match it has; with witnesses and doubts it is put into words for staff."""

    DECIDED = "decided"
    NAMED = "named"  # it names the items
    NAMED_AND_MORE = "named_and_more"  # the items it names and others complete the amount
    PAYER_AND_AMOUNT = "payer_and_amount"
    ALL_OPEN = "all_open"  # everything the payer owes
    OLDEST = "oldest"  # the payer's oldest items, one after the other
    MONTH = "month"  # the payer's items of one month
    SUM = "sum"  # the only items of the payer with this sum
    AMOUNT_ONLY = "amount_only"
    PAYER_ONLY = "payer_only"  # we know who paid, not what
    NOTHING = "nothing"  # nothing in it speaks of an open item
    MONEY_OUT = "money_out"
    RETURNED = "returned"  # the money went back


class Gap(StrEnum):
    """What remains of an item after the line."""

    ROUNDING = "rounding"
    BANK_FEE = "bank_fee"
    CASH_DISCOUNT = "cash_discount"
    SHORT = "short"
