"""A question that belongs to no single case: a run of its own in the same inbox, whose answer is a fact (design 2)."""

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed

from flows import waiting
from flows.asking import suspend_for
from flows.case_lease import LEASE
from flows.problem_words import in_words
from flows.runs import tags_of
from policies.case import EffectState
from policies.pace import LONGEST
from policies.questions import QuestionKind
from storage import clock, ledger, outgoing, plan_moves, questions, resending
from storage.questions import Question
from storage.settling import settle_decided
from tasks import mail_turn
from tasks.hand_over import hand_over
from tasks.question_standing import titled
from tasks.staff_text import say, told


@flow(name="ask-person", persist_result=False, validate_parameters=False, log_prints=False)
@in_words
async def ask_person(question: int) -> State:
    """Stand in the inbox until the question is answered or no longer asked."""
    await questions.asleep(question)
    found = await questions.read(question)
    if found is not None and found.state == "open":
        if found.attempt:  # it may have been passed on since it was asked
            await waiting.this_client().update_flow_run(
                waiting.this_run().id, name=titled(found), tags=await tags_of(found)
            )
        await suspend_for(question)
        found = await questions.read(question)
    if found is not None:
        await waiting.this_client().update_flow_run(waiting.this_run().id, tags=[f"ask:{found.kind.value}"])
    if found is None or found.state == "voided":
        return Cancelled(
            name="No longer asked", message=say("What was asked has changed; a newer question took its place.")
        )
    if found.kind is QuestionKind.RESEND:
        return await _sent_again(found)
    if found.kind is QuestionKind.MIGRATION:
        return await _moved(found)
    if found.kind in (QuestionKind.MATCH, QuestionKind.CREDIT, QuestionKind.SET_OFF):
        await settle_decided(await clock.now())
    get_run_logger().info(say("Answered."))
    return Completed(name="Answered", message=say("Answered; the cases it concerns go on."))


async def _sent_again(question: Question) -> State:
    """A message leaves once more, if a person agreed and everything is still as it was shown."""
    lease, at = LEASE.get(), await clock.now()
    message, recipient, state = await resending.words_of(question.id)
    if state != "draft":
        return Completed(
            name="Answered",
            message=say("It does not leave once more.")
            if state == "voided"
            else say("Message {number}: {state}.", number=message, state=say(state)),
        )
    if lease is None:
        return Completed(name="Not sent", message=say("Only a dispatcher sends messages."))
    reserved = await resending.reserve(question.id, lease.token, at)
    if isinstance(reserved, str):
        said = say("It did not leave once more: {why}.", why=told(reserved))
    elif not await mail_turn.in_its_turn(await outgoing.read(reserved), at, LONGEST):
        await ledger.drop(reserved, "others stood before it at the mail server", at)
        said = say("It did not leave once more: others stood before it at the mail server. Ask again.")
    else:
        ended = await hand_over(
            reserved, 0, str(lease.token), say("E-mail · once more · {recipient}", recipient=recipient)
        )
        said = say("Message {number} to {recipient}: {state}.", number=message, recipient=recipient, state=say(ended))
        if ended == EffectState.AMBIGUOUS:
            said += " " + say(
                "Ask the customer, then ./relance outbox settle {number} delivered or not-delivered.", number=message
            )
    get_run_logger().info(said)
    return Completed(name="Answered", message=said)


async def _moved(question: Question) -> State:
    """A plan was approved or not: its cases move, each if it is still as it was."""
    await plan_moves.carry_out(await clock.now())
    done = await plan_moves.carried_out(int(question.step))
    left = say("Left, because they changed since: {cases}.", cases=", ".join(done.left)) if done.left else ""
    count = done.moved
    moved = (
        say("1 case moved to the new policy.")
        if count == 1
        else say("{count} cases moved to the new policy.", count=count)
    )
    said = f"{moved} {left}".strip() if done.approved else say("The plan was not approved: nothing moved.")
    get_run_logger().info(said)
    return Completed(name="Answered", message=said)
