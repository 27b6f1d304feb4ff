"""A write-off put to a manager: what is given up, why, on which proof, what of it is VAT, what each answer does."""

from policies.questions import QuestionKind
from policies.write_off import PROVEN, SENTENCES
from storage.question_subject import Wording
from storage.write_off_views import Proof, WriteOffView
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import say
from tasks.staff_words import STAFF, cell

PROOFS = {
    "liquidator": "Certificate of the liquidator",
    "judgment": "Judgment",
    "fruitless": "Record of a fruitless enforcement",
    "search": "Record of a search for the debtor",
    "other": "Document",
}


def about_write_off(one: WriteOffView) -> Wording:
    """The question about one write-off."""
    amount = wording.amount(one.amount, one.currency, STAFF)
    name = wording.one_line(one.row["customer_name"])
    parts = [
        say("### Write it off? {customer}", customer=cell(one.row["customer_name"])),
        say(
            "{actor} proposes to write off **{amount}**: {reason}.",
            actor=cell(one.row["proposed_by"]),
            amount=amount,
            reason=say(SENTENCES[one.reason]),
        ),
        "\n".join(f"> {cell(line)}  " for line in str(one.row["remark"]).splitlines()),
        _table(one),
        _proofs(one),
        what_each_answer_does(QuestionKind.WRITE_OFF, None),
    ]
    title = f"{say('Write it off?')} · {name} · {amount}"
    return Wording(title, "\n\n".join(part for part in parts if part), amount)


def proof_line(one: Proof) -> str:
    """A document of it on one line."""
    return f"{say(PROOFS[one.kind])}: {cell(one.name)}, {one.size} bytes, SHA-256 `{one.sha256[:12]}…`"


def _table(one: WriteOffView) -> str:
    rows = []
    for each in one.items:
        given = each.left if one.row["whole"] else min(each.amount, each.left)
        vat = say("not known") if each.vat is None else wording.amount(each.vat, one.currency, STAFF)
        figures = [wording.amount(minor, one.currency, STAFF) for minor in (each.total, each.open, given)]
        rows.append(f"| {cell(each.invoice)} | {each.due.isoformat()} | {' | '.join(figures)} | {vat} |")
    head = say("| Invoice | Due | Amount | Open | Written off | VAT of it |")
    return "\n".join([head, "|---|---|--:|--:|--:|--:|", *rows])


def _proofs(one: WriteOffView) -> str:
    where = f"`./relance write-off add-proof {one.number}`"
    if one.proofs:
        return "\n".join(["", *(f"- {proof_line(each)}" for each in one.proofs)]).strip()
    if one.reason in PROVEN:
        return say("**No proof is kept with it**: an auditor asks for one; add it with {where} FILE.", where=where)
    return say("No proof is kept with it; add one with {where} FILE.", where=where)
