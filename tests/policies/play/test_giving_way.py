"""Two invoices of one customer in the virtual world: the gentler one gives way, and goes on as soon as it may."""

from dataclasses import replace

from policies.case import Calendar
from policies.facts import DebtorKind
from policies.play.deeds import Answered
from policies.play.play import play
from policies.play.played import Played
from policies.play.world import NOBODY, Debtor, House, Owed, always
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from tests.policies.builders import FR_B2B, FRENCH_HOLIDAYS, PARIS, paris

START, UNTIL = paris("2026-03-02 07:00"), paris("2026-03-31 23:00")
LARGE = 900_000
OLD = Owed(
    "F1", paris("2026-01-15 00:00").date(), LARGE, "EUR", START, reached=Stage.FORMAL_NOTICE,
    reached_on=paris("2026-02-25 12:00").date(),
)  # fmt: skip
YOUNG = Owed(
    "F2", paris("2026-02-08 12:00").date(), LARGE, "EUR", START, reached=Stage.SECOND_REMINDER,
    reached_on=paris("2026-02-20 12:00").date(),
)  # fmt: skip
"""On Tuesday 10 March the call about F1 is due and the formal notice of F2, both at nine."""


def asked(*answers: Answered) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f"{one.at.astimezone(PARIS):%m-%d %H:%M}", one.kind.value, one.items) for one in met(*answers).questions]


def met(*answers: Answered) -> Played:
    debtor = Debtor(
        "C1", DebtorKind.BUSINESS, Calendar(PARIS, FRENCH_HOLIDAYS), (OLD, YOUNG), answers, country="FR",
        reach=frozenset({Channel.EMAIL, Channel.CALL}),
    )  # fmt: skip
    return play([debtor], always(replace(FR_B2B, limitation_warnings=())), UNTIL, House(answers=NOBODY))


def test_of_two_questions_due_at_one_moment_the_harder_is_asked_alone() -> None:
    assert asked() == [("03-10 09:00", "call_outcome", ("F1",))]


def test_who_gave_way_to_a_question_is_asked_about_the_moment_it_is_answered() -> None:
    said = Answered(
        known=paris("2026-03-11 15:20"), choice="promised", kind=QuestionKind.CALL_OUTCOME, date="2026-03-20"
    )
    assert asked(said)[1] == ("03-11 15:20", "approve", ("F2",))
