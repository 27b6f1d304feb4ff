"""The VAT of a claim that is lost (France): how the debtor is told, from when it may be got back, and the last day for it.

Art. 272 CGI as read in secondary sources (secob.fr, cep-recouvrement.com, artemavocats.com; confidence M): a duplicate of
the invoice, or a list, goes to the debtor with a mention; possible from the liquidation judgment; until 31 December of the
second year after closure. What these sources do not say is not said here: the accountant adds it in words of their own.
"""

from datetime import date

from policies.problems import Problem

ARTICLE = "art. 272 CGI"
CREDITORS = frozenset({"FR"})
"""Countries of the creditor whose VAT this is; of others no rule is known, and none is made up."""
TO_CONFIRM = (
    "The wording is read in secondary sources (confidence M): have your accountant confirm it before it leaves. Words the "
    "accountant wants added to the mention are given with --words."
)


def last_day(closed_on: date) -> date:
    """The last day on which the VAT can be got back: 31 December of the second year after the day of closure.

    >>> last_day(date(2026, 3, 4))
    datetime.date(2028, 12, 31)
    """
    return date(closed_on.year + 2, 12, 31)


def days_wrong(judged_on: date | None, closed_on: date | None, today: date) -> list[Problem]:
    """What is wrong with the day of the judgment and that of the closure, as far as they are known."""
    if any(day is not None and day > today for day in (judged_on, closed_on)):
        return [Problem("form", None, "date", "A day to come is not known yet.")]
    if judged_on is not None and closed_on is not None and closed_on < judged_on:
        why = f"The insolvency was not closed, on {closed_on}, before its judgment, on {judged_on}."
        return [Problem("form", None, "closed", why)]
    return []


def why_not_yet(judged_on: date | None, today: date) -> str:
    """Why the debtor may not be told yet; empty: it may."""
    if judged_on is None:
        return "Enter the day of the liquidation judgment first (--judged YYYY-MM-DD): it is possible from then on."
    return f"It is possible from the liquidation judgment on, {judged_on}." if judged_on > today else ""


def mention(net: str, vat: str, words: str = "") -> str:
    """The mention the duplicate carries: amounts as they are printed, and what the accountant wants added.

    >>> mention("1 000,00", "200,00")
    'Facture demeurée impayée pour la somme de 1 000,00 € (prix net) et 200,00 € (TVA) – art. 272 du CGI'
    """
    added = f" {' '.join(words.split())}" if words.strip() else ""
    return f"Facture demeurée impayée pour la somme de {net} € (prix net) et {vat} € (TVA){added} – art. 272 du CGI"


def amounts_wrong(net: int, vat: int, lost: int) -> list[Problem]:
    """What is wrong with net and VAT of an amount that is lost (minor units): they must make exactly that amount."""
    if net < 0 or vat < 0:
        return [Problem("form", None, "net", "Neither amount is negative.")]
    if net + vat != lost:
        return [
            Problem("form", None, "net", "Net and VAT together must make what is still written off of it, to the cent.")
        ]
    return []


def must_be_given_back(vat: int, lost: int, recovered: int) -> int:
    """The VAT owed again where `recovered` of `lost` came after all (minor units), by proportion, rounded to the cent."""
    if lost <= 0 or recovered <= 0:
        return 0
    return vat if recovered >= lost else (2 * vat * recovered + lost) // (2 * lost)
