"""A dispute put to its owner: what is disputed, what is owed, what was sent, which files there are, what each answer does."""

from policies.dispute import DisputeState
from policies.dispute_reasons import in_words
from policies.questions import QuestionKind
from storage.dispute_views import DisputeView
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.history_words import HOW_WORDS
from tasks.staff_text import colon, day, language, say, semicolon
from tasks.staff_words import STAFF, cell
from tasks.stage_names import stage_words

SOURCES = {"person": "noted by", "reply": "from an answer of the customer, read by", "call": "from a call, noted by", "import": "from an imported file,"}  # fmt: skip


def about_dispute(one: DisputeView) -> Wording:
    """The question about one dispute."""
    amount = wording.amount(one.disputed, one.currency, STAFF) if one.currency else ""
    name = wording.one_line(one.customer_name)
    what = say("A credit note is awaited") if one.standing == "credit_awaited" else say("Disputed")
    title = " · ".join(part for part in (what, name, wording.one_line(one.invoice), amount) if part)
    parts = [
        say("### {what}: {customer}", what=what, customer=cell(one.customer_name)),
        _intro(one, amount),
        _said(one),
        _table(one),
        _sent(one),
        _documents(one),
        what_each_answer_does(QuestionKind.DISPUTE, None),
    ]
    return Wording(title, "\n\n".join(part for part in parts if part), amount)


def _intro(one: DisputeView, amount: str) -> str:
    since, by = day(one.dispute.since), day(one.deadline)
    if not one.invoice:
        return say(
            "The customer disputes **everything it owes** since {since}; to be decided by {by}. Nothing leaves meanwhile.",
            since=since,
            by=by,
        )
    values = {"amount": amount, "invoice": cell(one.invoice), "since": since, "by": by}
    if one.dispute.state is DisputeState.ACCEPTED:
        decided = day(one.decided_on) if one.decided_on else ""
        return say(
            "A credit note of **{amount}** on {invoice} was promised on {decided} and has not come. It is not asked for meanwhile.",
            decided=decided,
            **values,
        )
    if one.dispute.amount is None:
        return say(
            "**{amount}**, the whole of {invoice}, is disputed since {since}; to be decided by {by}. Nothing leaves about it meanwhile.",
            **values,
        )
    return say(
        "**{amount}** of {invoice} is disputed since {since}; to be decided by {by}. The rest goes on being collected.",
        **values,
    )


def _said(one: DisputeView) -> str:
    """The reason, where it comes from, and the words; a quotation is nobody's markup."""
    reason = in_words(one.dispute.reason, language())
    head = say(
        "**Reason**: {reason}, {source} {actor}.",
        reason=reason,
        source=say(SOURCES[one.source]),
        actor=cell(one.opened_by),
    )
    quoted = [f"> {cell(line)}  " for line in one.text[:4000].splitlines()]
    lines = [f"{colon(say('**What exactly**'))} {cell(one.lines)}"] if one.lines else []
    return "\n\n".join([head, *lines, *(["\n".join(quoted)] if quoted else [])])


def _table(one: DisputeView) -> str:
    if not one.invoice:
        return ""
    late = (one.today - one.due).days if one.due else 0
    rest = one.open - one.set_aside
    money = [wording.amount(minor, one.currency, STAFF) for minor in (one.original, one.credited, one.open, one.set_aside, rest)]  # fmt: skip
    due = one.due.isoformat() if one.due else ""
    return "\n".join(
        [
            say("| Invoice | Due | Days late | Amount | Credited | Open | Disputed | Asked for |"),
            "|---|---|--:|--:|--:|--:|--:|--:|",
            f"| {cell(one.invoice)} | {due} | {late} | {' | '.join(money)} |",
        ]
    )


def _sent(one: DisputeView) -> str:
    done = [say(HOW_WORDS[each.how], step=stage_words(each.step), day=day(each.on)) for each in one.sent]
    return f"{colon(say('**What was done**'))} {semicolon(done)}." if done else ""


def _documents(one: DisputeView) -> str:
    where = f"`./relance disputes document {one.number}`"
    if not one.documents:
        return say("No document is kept with it; add one with {where} FILE.", where=where)
    rows = [f"- {cell(each.name)}, {each.size} bytes, SHA-256 `{each.sha256[:12]}…`" for each in one.documents]
    return "\n".join([say("**Documents** ({where} --out FOLDER writes them out):", where=where), "", *rows])
