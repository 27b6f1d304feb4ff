"""Two people sign above an amount: the first signature is kept, the second, of somebody else, lets it happen."""

from dataclasses import replace
from uuid import uuid4

import pytest

from policies.fingerprint import decision_text
from policies.ladder import Ladder
from policies.staff import Role, Signer
from storage import asking, doors, leases, pinning, questions
from storage.creditor import ensure_creditor, update
from storage.journal import entries
from storage.question_deadlines import pass_on
from storage.question_subject import Lead
from storage.questions import Question
from storage.signatures import TWICE
from storage.status import status
from tasks.question_standing import standing
from tasks.question_text import describe
from tests.storage.books import do, rows
from tests.storage.test_asking import LARGE, MAIL, MORNING, asked, at_the_formal_notice, write
from tests.storage.test_occurrences import SHIPPED
from tests.storage.test_question_deadlines import account

pytestmark = pytest.mark.usefixtures("database_url")

MARIE, PAUL = Signer("marie", Role.MANAGER), Signer("paul", Role.MANAGER)


async def of_a_write_off(**settings: str) -> tuple[int, Question]:
    """Whether 9 000,00 € are written off is asked."""
    wanted = {"second_signature_write_off": "5000 EUR"} | settings
    assert await update((await ensure_creditor()).id, wanted, "ann", MORNING) == []
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    await do("UPDATE question SET kind = 'exhausted', stage = '' WHERE id = :id", id=question.id)
    return case, await now(question.id)


async def now(id: int) -> Question:
    found = await questions.read(id)
    assert found is not None
    return found


async def said(question: Question, sentence: str, signer: Signer, **values: str) -> str | None:
    given = values | {"decision": decision_text(sentence, "", question.fingerprint)}
    return await doors.answer_directly(question.id, signer, "terminal", given)


async def write_off(question: Question, signer: Signer) -> str | None:
    return await said(question, "Write it off", signer, note=f"says {signer.name}")


async def test_the_first_signature_leaves_the_question_open_and_the_second_decides() -> None:
    case, question = await of_a_write_off()
    assert await write_off(question, MARIE) is None
    assert await rows("SELECT written_off FROM cases") == [(None,)]
    signed = await now(question.id)
    assert (signed.state, [one[:3] for one in signed.signed]) == ("open", [("marie", "manager", "write_off")])
    assert standing(signed).startswith(
        "**Signed** by marie on 4 March 2026: *Write it off*. It takes effect when a second,"
    )
    assert await write_off(signed, MARIE) == TWICE
    assert await rows("SELECT written_off FROM cases") == [(None,)]
    assert await write_off(signed, PAUL) is None
    assert await rows("SELECT written_off FROM cases") == [("says paul",)]
    told = [(one.kind, one.facts["actor"], one.facts.get("signed_before")) for one in await entries("case", case)
            if one.kind in ("signed", "answered")]  # fmt: skip
    assert told == [("signed", "marie", None), ("answered", "paul", ["marie"])]
    assert await rows("SELECT a.actor, v.accepted FROM answer a JOIN answer_verdict v ON v.answer_id = a.id ORDER BY a.id") == [
        ("marie", True), ("marie", False), ("paul", True),
    ]  # fmt: skip


async def test_up_to_the_limit_and_without_one_a_single_signature_is_enough() -> None:
    _, question = await of_a_write_off(second_signature_write_off="9000 EUR")
    assert await write_off(question, MARIE) is None
    assert await rows("SELECT written_off FROM cases") == [("says marie",)]


async def test_another_decision_of_the_second_person_takes_effect_and_voids_the_signature() -> None:
    case, question = await of_a_write_off()
    assert await write_off(question, MARIE) is None
    assert await said(question, "Wait 30 days", PAUL) is None
    assert (await now(question.id)).state == "answered"
    void = [one.facts for one in await entries("case", case) if one.kind == "signature_void"]
    assert void == [{"question": question.id, "actor": "marie", "why": "somebody else decided otherwise"}]
    assert await rows("SELECT written_off FROM cases") == [(None,)]


async def test_who_has_signed_may_still_think_better_of_it() -> None:
    _, question = await of_a_write_off()
    assert await write_off(question, MARIE) is None
    assert await said(question, "Wait 30 days", MARIE) is None
    assert (await now(question.id)).state == "answered"


async def test_somebody_without_the_right_is_no_second_signer() -> None:
    _, question = await of_a_write_off()
    assert await write_off(question, MARIE) is None
    assert str(await write_off(question, Signer("jean", Role.AGENT))).startswith("“Write it off” is for a manager")
    assert await rows("SELECT written_off FROM cases") == [(None,)]


async def test_the_signature_of_somebody_who_has_left_since_still_counts() -> None:
    _, question = await of_a_write_off()
    await account("marie", Role.MANAGER)
    await account("paul", Role.MANAGER)
    assert await write_off(question, MARIE) is None
    await do("UPDATE person SET disabled_at = now() WHERE login = 'marie'")
    assert (await status(MORNING)).alone == ()
    assert await write_off(question, PAUL) is None
    assert await rows("SELECT written_off FROM cases") == [("says paul",)]


async def test_where_nobody_is_left_to_sign_the_administrators_have_it_and_nothing_is_approved() -> None:
    _, question = await of_a_write_off(owner="marie")
    await account("marie", Role.MANAGER)
    await account("ann", Role.ADMIN)
    await account("paul", Role.MANAGER)
    assert await write_off(question, Signer("ann", Role.ADMIN)) is None
    assert await pass_on(MORNING) == ()
    await do("UPDATE person SET disabled_at = now() WHERE login IN ('marie', 'paul')")
    (alone,) = (await status(MORNING)).alone
    assert alone.words == "Question 1 (A question) has the signature of ann, and nobody else may give the second"
    assert [(one.before, one.now) for one in await pass_on(MORNING)] == [("marie", "ann")]
    assert await pass_on(MORNING) == ()
    assert await rows("SELECT why FROM question_move") == [("no_second_signer",)]
    assert await rows("SELECT written_off FROM cases") == [(None,)]
    await account("claire", Role.MANAGER)
    assert (await status(MORNING)).alone == ()


async def test_a_signature_under_what_is_no_longer_shown_does_not_count() -> None:
    _, question = await of_a_write_off()
    assert await write_off(question, MARIE) is None
    await do("UPDATE question SET fingerprint = 'abcdef'")
    changed = await now(question.id)
    assert changed.signed == ()
    assert await write_off(changed, PAUL) is None
    assert (await now(question.id)).state == "open"


async def test_a_signature_is_never_rewritten() -> None:
    _, question = await of_a_write_off()
    assert await write_off(question, MARIE) is None
    with pytest.raises(Exception, match="permission denied"):
        await do("UPDATE signature SET actor = 'paul'")


async def test_that_two_people_sign_is_said_before_the_first_of_them_does() -> None:
    _, question = await of_a_write_off()
    said_before = "**Two people sign:** *Write it off*, *Withdraw the claim*. It takes effect when a second, different person chooses"
    assert standing(question).startswith(said_before)
    assert await write_off(question, MARIE) is None
    assert "**Two people sign:**" not in standing(await now(question.id))
    assert "**Two people sign:**" not in standing(replace(question, amount=500_000))


@pytest.mark.parametrize(("above", "says"), [("8999.99", True), ("9000.00", False)])
async def test_a_step_that_two_people_sign_says_so_in_its_question(above: str, says: bool) -> None:
    two = SHIPPED.replace(
        'approval_above = { EUR = "5000.00" }',
        f'approval_above = {{ EUR = "5000.00" }}\nsecond_signature_above = {{ EUR = "{above}" }}',
    )
    us = (await ensure_creditor()).id
    assert isinstance(await pinning.pin_file(two.encode(), "two.toml", us, "ann", MORNING), Ladder)
    case, token = await at_the_formal_notice("F1", LARGE)
    placed = await asking.ask(case, token, MORNING, MAIL, write, describe)
    assert isinstance(placed, Lead)
    question = await now(placed.question)
    assert ("**Two people sign:** *Send the formal notice*. It takes effect" in question.description) is says
    assert await said(question, "Send the formal notice", MARIE) is None
    assert (await now(question.id)).state == ("open" if says else "answered")


async def test_what_two_people_sign_is_not_given_up_part_by_part_by_one() -> None:
    await of_a_write_off()
    await at_the_formal_notice("F2", LARGE)
    first = (await rows("SELECT min(id) FROM cases"))[0][0]
    await do("UPDATE creditor SET second_signature_write_off = '10000 EUR'")
    await do("UPDATE question SET state = 'voided', ended_at = now(), ended_why = 'a test'")
    await do("DELETE FROM lease WHERE case_id = :case", case=first)
    lease = await leases.take(7, f"case:{first}", first, uuid4())
    assert lease is not None
    question = await asked(first, lease.token)
    await do("UPDATE question SET kind = 'exhausted', stage = '' WHERE id = :id", id=question.id)
    both = await now(question.id)
    assert both.amount == 2 * LARGE
    assert await said(both, "Write it off", MARIE, note="gone", only="F2") is None
    assert await rows("SELECT written_off FROM cases ORDER BY id") == [(None,), (None,)]
    assert await said(both, "Write it off", MARIE, note="gone", only=" F2,") == TWICE
    assert await said(both, "Write it off", PAUL, note="gone", only="F2;") is None
    assert await rows("SELECT written_off FROM cases ORDER BY id") == [(None,), ("gone",)]
