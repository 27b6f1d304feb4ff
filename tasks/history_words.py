"""What is behind a case, as a question tells it: steps done, the latest contacts, promises and what became of them."""

from policies.facts import Contact, DoneHow, StepDone
from policies.stages import Channel, Stage
from storage.dossier import Dossier
from storage.promises import Kept
from tasks import wording
from tasks.staff_text import named, say, semicolon, short_day
from tasks.staff_words import STAFF, cell
from tasks.stage_names import stage_words

TOLD = 5
"""Contacts and promises told, the latest."""
HOW_WORDS = {
    "confirmed": "{step} sent on {day}",
    "elsewhere": "{step} sent before Relance on {day}",
    "skipped": "{step} skipped by a person on {day}",
    "lapsed": "{step} lapsed on {day}",
    "passed_over": "{step} passed over on {day}",
}
DONE_WORDS = {
    Stage.FOLLOW_UP_CALL: "{step} made on {day}",
    Stage.AGENCY: "{step}: file handed over on {day}",
    Stage.LEGAL: "{step}: file handed over on {day}",
}
"""Stages at which nothing is sent: calls are made, files are handed over."""
WORD_WORDS = {
    "kept": "{what}: kept",
    "partly_kept": "{what}: kept in part",
    "broken": "{what}: broken",
}


def history(lead: Dossier) -> str:
    """What is behind the leading invoice, and between the customer and us."""
    return "\n\n".join(part for part in (_steps(lead), _contacts(lead), _promises(lead)) if part)


def _steps(lead: Dossier) -> str:
    """Of what the old system had sent only the last step is known to have left."""
    done = lead.case.done
    elsewhere = [one for one in done if one.how is DoneHow.ELSEWHERE]
    steps = [_step(one, lead) for one in done if one not in elsewhere[:-1]]
    invoice = cell(lead.case.invoice)
    return say("**What was done for {invoice}**: {steps}.", invoice=invoice, steps=semicolon(steps)) if steps else ""


def _step(done: StepDone, lead: Dossier) -> str:
    step = lead.ladder.step(done.step)
    how = DONE_WORDS.get(step.stage) if step and done.how is DoneHow.CONFIRMED else None
    return say(
        how or HOW_WORDS[done.how.value], step=stage_words(done.step), day=f"{short_day(done.on)} {done.on.year}"
    )


def _contacts(lead: Dossier) -> str:
    """Over all invoices of the customer, in the last hundred days; a file that went to an agency or a court is none."""
    with_it = [one for one in lead.case.contacts if one.channel is not Channel.HANDOVER]
    told = [_contact(one) for one in with_it[-TOLD:]]
    return say("**Latest contacts with the customer**: {contacts}.", contacts=semicolon(told)) if told else ""


def _contact(one: Contact) -> str:
    how = say("call, spoken with") if one.conversation else named(one.channel.value)
    return say("{how} on {day}", how=how, day=f"{short_day(one.on)} {one.on.year}")


def _promises(lead: Dossier) -> str:
    told = [_promise(one, lead.case.currency) for one in lead.promises[-TOLD:]]
    return say("**Promises and plans**: {promises}.", promises=semicolon(told)) if told else ""


def _promise(one: Kept, currency: str) -> str:
    hold = one.hold
    if hold.instalments:
        amount = wording.amount(sum(part.amount for part in hold.instalments), currency, STAFF)
        last = hold.instalments[-1].on
        what = say(
            "{kind} of {amount} up to {day}",
            kind=named(hold.kind.value), amount=amount, day=f"{short_day(last)} {last.year}",
        )  # fmt: skip
    elif hold.until is not None:
        what = say("{kind} for {day}", kind=named(hold.kind.value), day=f"{short_day(hold.until)} {hold.until.year}")
    else:
        what = named(hold.kind.value)
    return say(WORD_WORDS[one.word.value], what=what) if one.word else what
