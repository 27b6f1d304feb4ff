"""A salesperson hears of a formal notice two business days before it leaves, and may object once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from policies.decisions import Ask, Decision, Wait
from policies.fingerprint import decision_text
from policies.ladder import Ladder
from policies.message import MessageFacts
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Channel
from storage import asking, clock, collecting, doors, pinning, questions
from storage.bundles import Copy
from storage.creditor import ensure_creditor, update
from storage.handing import Written
from storage.objections import ask_about_objections, next_question, object_to
from storage.question_subject import Lead
from storage.questions import Question
from storage.sales_notices import mailed, tell_first, unmailed
from tasks.sales_words import about_an_objection, notice_mail
from tests.storage.books import do, refused, rows, told
from tests.storage.test_asking import LARGE, MAIL, MORNING, at_the_formal_notice, describe
from tests.storage.test_occurrences import SHIPPED
from tests.storage.test_question_deadlines import account

pytestmark = pytest.mark.usefixtures("database_url")

THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 3, 6, 22, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)
SOPHIE = Signer("sophie", Role.VIEWER)
CLAIRE = Signer("claire", Role.MANAGER)


def write(facts: MessageFacts, channel: Channel, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    words = f"{facts.stage.value} {facts.demanded}"
    return Written("compta@us.example", recipient, words, words, words.encode())


async def a_notice_of(salesperson: str) -> tuple[int, UUID]:
    """A formal notice that is due, to a customer of this salesperson."""
    assert await update((await ensure_creditor()).id, {"owner": "marie", "manager": "claire"}, "ann", MORNING) == []
    await account("sophie", Role.VIEWER)
    await do("UPDATE person SET email = 'sophie@us.example'")
    case, token = await at_the_formal_notice("F1", LARGE)
    await do("UPDATE customer SET salesperson = :who", who=salesperson)
    return case, token


async def decided(case: int, token: UUID, at: datetime) -> Decision:
    return (await collecting.consider(case, token, at, MAIL)).decision


async def told_first(case: int, token: UUID, at: datetime) -> bool:
    return await tell_first(case, token, at, MAIL, write, await decided(case, token, at))


async def asked(at: datetime) -> list[Question]:
    await ask_about_objections(at, about_an_objection)
    return [one for one in await questions.inbox() if one.kind is QuestionKind.OBJECTION]


async def said(question: Question, sentence: str, at: datetime, **values: str) -> str | None:
    await clock.advance(at)
    given = values | {"decision": decision_text(sentence, "", question.fingerprint)}
    return await doors.answer_directly(question.id, CLAIRE, "terminal", given)


async def test_the_salesperson_is_told_once_and_without_an_objection_the_notice_is_asked_about_after_two_days() -> None:
    case, token = await a_notice_of("sophie")
    assert await told_first(case, token, MORNING)
    waits = await decided(case, token, THURSDAY)
    assert isinstance(waits, Wait)
    (notice,) = await unmailed()
    subject, text = notice_mail(notice)
    assert (notice.salesperson, subject.replace("\u202f", " ")) == (
        "sophie",
        "Formal notice to Firm C1: 9 000,00\u00a0€",
    )
    assert "up to and including 6 March 2026" in text
    assert "formal_notice 900000" in text
    await mailed(notice.id, MORNING)
    assert await unmailed() == ()
    assert await told("F1") == ["opened", "decided", "held", "salesperson_told", "decided"]
    again = await decided(case, token, MONDAY)
    assert isinstance(again, Ask)
    assert not await told_first(case, token, MONDAY)
    assert isinstance(await asking.ask(case, token, MONDAY, MAIL, write, describe), Lead)
    assert refused(await object_to("C1", "a good customer", SOPHIE, MONDAY)) == [
        "The two business days are over: the notice goes on. Speak with the owner of the customer."
    ]


async def test_a_salesperson_is_written_in_their_own_language_whatever_the_house_reads() -> None:
    case, token = await a_notice_of("sophie")
    await do("UPDATE person SET language = 'fr' WHERE login = 'sophie'")
    assert await told_first(case, token, MORNING)
    (notice,) = await unmailed()
    subject, text = notice_mail(notice)
    assert subject.startswith("Mise en demeure de Firm C1")
    assert "6 mars 2026" in text


@pytest.mark.parametrize("salesperson", ["", "nobody"])
async def test_where_no_salesperson_can_be_written_to_nothing_waits(salesperson: str) -> None:
    case, token = await a_notice_of(salesperson)
    assert not await told_first(case, token, MORNING)
    assert isinstance(await decided(case, token, MORNING), Ask)


async def test_an_objection_is_heard_once_and_becomes_a_question_to_the_manager() -> None:
    case, token = await a_notice_of("sophie")
    assert await told_first(case, token, MORNING)
    assert refused(await object_to("C1", " ", SOPHIE, THURSDAY)) == [
        "Say why the notice should not leave: the manager decides on your words."
    ]
    assert refused(await object_to("C1", "no", Signer("jean", Role.AGENT), THURSDAY)) == [
        "The salesperson of Firm C1 is sophie: only they object, or a manager for them."
    ]
    assert not isinstance(await object_to("C1", "a large order is coming", SOPHIE, THURSDAY), list)
    assert refused(await object_to("C1", "really", SOPHIE, THURSDAY)) == [
        "Somebody has objected already; one objection is heard, and a manager decides about it."
    ]
    assert await next_question(THURSDAY) is not None
    (question,) = await asked(THURSDAY)
    assert (question.todo, question.amount, await next_question(THURSDAY)) == ("claire", LARGE, None)
    assert "*a large order is coming*" in question.description
    assert isinstance(await decided(case, token, MONDAY), Wait)
    assert await asked(MONDAY) == [question]


@pytest.mark.parametrize(
    ("sentence", "values", "on_monday", "on_the_first_of_april"),
    [
        ("Send the notice all the same", {}, Ask, Ask),
        ("Wait until the date below", {"date": "2026-03-31"}, Wait, Ask),
        ("Keep it on hold until I say", {}, Wait, Wait),
    ],
)
async def test_what_the_manager_decides_is_done(
    sentence: str, values: dict[str, str], on_monday: type, on_the_first_of_april: type
) -> None:
    case, token = await a_notice_of("sophie")
    await told_first(case, token, MORNING)
    await object_to("C1", "a large order is coming", SOPHIE, THURSDAY)
    (question,) = await asked(THURSDAY)
    assert await said(question, sentence, FRIDAY_NIGHT, **values) is None
    assert isinstance(await decided(case, token, MONDAY), on_monday)
    assert isinstance(await decided(case, token, datetime(2026, 4, 1, 9, tzinfo=UTC)), on_the_first_of_april)
    assert await rows("SELECT state FROM sales_notice") == [("decided",)]
    assert await asked(MONDAY) == []
    assert not await told_first(case, token, datetime(2026, 4, 1, 9, tzinfo=UTC))


async def test_the_case_rests_from_the_customers_day_on_which_the_manager_decides() -> None:
    case, token = await a_notice_of("sophie")
    await told_first(case, token, MORNING)
    await object_to("C1", "a large order is coming", SOPHIE, THURSDAY)
    (question,) = await asked(THURSDAY)
    just_after_midnight = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)
    assert await said(question, "Keep it on hold until I say", just_after_midnight) is None
    assert await rows("SELECT since::text FROM hold ORDER BY id DESC LIMIT 1") == [("2026-03-07",)]


async def test_an_agent_does_not_decide_about_an_objection() -> None:
    case, token = await a_notice_of("sophie")
    await told_first(case, token, MORNING)
    await object_to("C1", "a large order is coming", SOPHIE, THURSDAY)
    (question,) = await asked(THURSDAY)
    given = {"decision": decision_text("Send the notice all the same", "", question.fingerprint)}
    refusal = await doors.answer_directly(question.id, Signer("jean", Role.AGENT), "terminal", given)
    assert str(refusal).startswith("“Send the notice all the same” is for a manager or an administrator to decide")


async def test_the_salesperson_is_told_again_before_a_notice_that_comes_a_second_time() -> None:
    twice = SHIPPED.replace('stage = "formal_notice"', 'stage = "formal_notice"\nrepeat = { every = 14, most = 2 }')
    pinned = await pinning.pin_file(twice.encode(), "twice.toml", (await ensure_creditor()).id, "ann", MORNING)
    assert isinstance(pinned, Ladder)
    case, token = await a_notice_of("sophie")
    assert await told_first(case, token, MORNING)
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:case, 'formal_notice', 'formal_notice', '2026-03-09', 'confirmed')",
        case=case,
    )
    assert await told_first(case, token, datetime(2026, 3, 25, 9, tzinfo=UTC))
    assert await rows("SELECT occurrence FROM sales_notice_case ORDER BY id") == [(1,), (2,)]


async def two_notices() -> None:
    """Two formal notices to one customer that are about to leave: of 9 000,00 € told today, of 600,00 € told tomorrow."""
    case, token = await a_notice_of("sophie")
    assert await told_first(case, token, MORNING)
    other, lease = await at_the_formal_notice("F2", 60_000)
    assert await told_first(other, lease, THURSDAY)


async def test_an_objection_is_to_every_notice_that_is_about_to_leave() -> None:
    await two_notices()
    assert not isinstance(await object_to("C1", "a large order is coming", SOPHIE, THURSDAY), list)
    assert await rows("SELECT state FROM sales_notice ORDER BY id") == [("objected",), ("objected",)]
    assert await rows("SELECT count(*) FROM hold WHERE ended_at IS NULL AND until IS NULL") == [(2,)]


async def test_what_the_manager_decides_is_done_with_the_notice_the_question_shows() -> None:
    await two_notices()
    await object_to("C1", "a large order is coming", SOPHIE, THURSDAY)
    (question,) = await asked(THURSDAY)
    assert question.amount == LARGE
    assert await said(question, "Send the notice all the same", FRIDAY_NIGHT) is None
    assert await rows("SELECT state FROM sales_notice ORDER BY id") == [("decided",), ("objected",)]
    (other,) = await asked(FRIDAY_NIGHT)
    assert other.amount == 60_000


async def test_nobody_is_asked_about_a_notice_any_more_once_everything_in_it_is_paid() -> None:
    case, token = await a_notice_of("sophie")
    await told_first(case, token, MORNING)
    await object_to("C1", "a large order is coming", SOPHIE, THURSDAY)
    (question,) = await asked(THURSDAY)
    await do("UPDATE cases SET closed_at = now()")
    assert await next_question(FRIDAY_NIGHT) is not None
    assert await asked(FRIDAY_NIGHT) == []
    assert await next_question(FRIDAY_NIGHT) is None
    assert await rows("SELECT ended_why FROM question WHERE id = :id", id=question.id) == [
        ("nothing of the notice is open any more",)
    ]
