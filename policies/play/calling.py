"""Calls that were made: counted as contacts, and by the step they were about."""

from datetime import datetime

from policies.call_choices import IN_VAIN
from policies.case import Contact
from policies.play.account import Account
from policies.play.asked import Asked
from policies.play.item import Item
from policies.play.played import ActPlayed, StepTaken
from policies.questions import QuestionKind
from policies.stages import Channel


def calls_made(account: Account, asked: Asked, members: list[Item]) -> int:
    """The calls about this time of the step that reached nobody; whoever asks to be called back was reached."""
    if asked.kind is not QuestionKind.CALL_OUTCOME:
        return 0
    ids, moment = {item.id for item in members}, (asked.ask.step, asked.ask.occurrence)
    in_vain = (one for one in account.questions if one.choice in IN_VAIN and ids & {id for id, _ in one.shown})
    return sum(1 for one in in_vain if (one.ask.step, one.ask.occurrence) == moment)


def called(account: Account, asked: Asked, members: list[Item], now: datetime, *, spoken: bool) -> None:
    """Somebody called: one contact, whatever number of invoices it was about."""
    step, today = asked.ask.step, account.day(now)
    assert step is not None, "a call is a step"
    account.contacts = (*account.contacts, Contact(today, Channel.CALL, spoken))
    taken = tuple(StepTaken(item.name, step.id, asked.ask.occurrence) for item in members)
    account.acts.append(
        ActPlayed(
            at=now, on=today, debtor=account.debtor.number, stage=step.stage, step=step.id, channels=(Channel.CALL,),
            taken=taken, besides=(), demanded=sum(item.principal for item in members), currency=asked.currency,
            because=asked.ask.because,
        )
    )  # fmt: skip
