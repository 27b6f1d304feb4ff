"""The documented entry: `play(debtors, choose, until)` plays a whole world, debtor by debtor.

    from policies.play.play import play
    played = play(debtors, always(ladder), until)

Debtors do not touch each other, so whoever has many may play them one by one (`play_debtor`) or share them out among
processes, and add up.
"""

from collections.abc import Iterable
from datetime import datetime

from policies.play.debtor import play_debtor
from policies.play.played import ActPlayed, Played, QuestionPlayed
from policies.play.world import Choose, Debtor, House


def play(debtors: Iterable[Debtor], choose: Choose, until: datetime, house: House | None = None) -> Played:
    """What happens to all of them up to and including `until`, in the order of its moments."""
    found = [play_debtor(debtor, choose, until, house or House()) for debtor in debtors]
    return Played(
        acts=tuple(sorted((act for one in found for act in one.acts), key=_moment)),
        questions=tuple(sorted((asked for one in found for asked in one.questions), key=_moment)),
        passed=tuple(passed for one in found for passed in one.passed),
        endings=tuple(ending for one in found for ending in one.endings),
        remarks=tuple(remark for one in found for remark in one.remarks),
    )


def _moment(one: ActPlayed | QuestionPlayed) -> tuple[datetime, str]:
    return one.at, one.debtor
