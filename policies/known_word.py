"""That nothing came in time is known only when the bank's files reach the last day that was waited for."""

from datetime import date

from policies.bank_position import BankPosition
from policies.case import Calendar, Hold
from policies.ladder import Ladder
from policies.promise import Word, waited_for, word_of


def known_word(
    hold: Hold, principal: int, ladder: Ladder, calendar: Calendar, today: date, bank: BankPosition | None
) -> Word | None:
    """What became of a word as far as the bank's files tell; None while it is not known.

    An agreement is not over, and nobody is told that it is, before those files reach the last day its money could come:
    it may have; nor while a person is asked whether money that has come is for it. A promise is a word of one side: what
    is said of it is mended by a later file, and reminders have a limit of their own. `bank` None, or a creditor for whom
    age does not matter: what is in the books is all there is.
    """
    word = word_of(hold, principal, ladder, calendar, today)
    if word in (None, Word.KEPT) or hold.agreement is None:
        return word
    if hold.agreement.may_be_paid:
        return None
    if bank is None or bank.most is None:
        return word
    missed = waited_for(hold, principal, ladder, calendar)
    return word if missed is None or bank.through >= missed.last else None
