"""The question whether a claim leaves to the credit insurer, in words for the team."""

from policies.insured import Insured
from policies.questions import QuestionKind
from storage.agencies import FOLDER_DOMAIN
from storage.insurance_claim_views import ClaimView
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.insurer_words import insured_table
from tasks.staff_text import day, say
from tasks.staff_words import STAFF, cell


def about_claim(claim: ClaimView, cases: tuple[Insured, ...]) -> Wording:
    """What is claimed, of whom, by when, and what each answer does."""
    amount, paid = (wording.amount(minor, claim.currency, STAFF) for minor in (claim.amount, claim.indemnity))
    what = say("File a claim with the insurer?")
    intro = say(
        "Claim {number} under policy {policy} of **{insurer}**: **{name}** owes {amount} that is insured; {paid} would be paid.",
        number=claim.number, policy=cell(claim.policy), insurer=cell(claim.insurer), name=cell(claim.name), amount=amount, paid=paid,
    )  # fmt: skip
    last = say("It is to be filed by **{day}**.", day=day(claim.last_day)) if claim.last_day else ""
    returned = (
        say("**It did not reach the insurer** ({why}): look before it leaves again.", why=cell(claim.why))
        if claim.why
        else ""
    )
    lives = say("The customer owes it all the same: what it pays later is shared with the insurer.")
    parts = (
        f"### {what}",
        returned,
        intro,
        last,
        _leaves(claim),
        lives,
        insured_table(cases),
        what_each_answer_does(QuestionKind.INSURANCE_CLAIM, None),
    )
    return Wording(
        f"{what} · {wording.one_line(claim.name)} · {amount}", "\n\n".join(one for one in parts if one), amount
    )


def _leaves(claim: ClaimView) -> str:
    """By which way the insurer gets it."""
    if not claim.sent_to:
        return say(
            "The policy names no address for claims: write the file with ./relance insurance claim-file and send it."
        )
    if claim.sent_to.endswith(f"@{FOLDER_DOMAIN}"):
        return say("Its file is laid into **{where}**.", where=f"handover/{claim.sent_to.partition('@')[0]}")
    return say("Its file leaves to **{where}**.", where=cell(claim.sent_to))
