"""A payment plan as a page to keep: the words of its message, and every payment with the code that pays it."""

from typing import Any

from policies.beside import BesideFacts
from policies.epc_code import NoCode, Transfer, epc_code
from policies.message import Rendered
from tasks import wording
from tasks.letter import lines_of, place
from tasks.pay_code import drawn_code
from tasks.plan_code import reference_of
from tasks.template_choice import TEMPLATES
from tasks.typst_page import paper

PLAN = TEMPLATES / "_plan" / "plan.typ"
NAME = "plan.pdf"


def plan_page(facts: BesideFacts, rendered: Rendered) -> bytes:
    """The page as PDF/A-2b; the same facts give the same bytes. Raises NotPrinted."""
    return paper(PLAN, _told(facts, rendered))


def _told(facts: BesideFacts, rendered: Rendered) -> dict[str, Any]:
    creditor, language, piece = facts.creditor, wording.written_language(facts.language), facts.pieces[0]
    on = facts.written_at.date()
    return {
        "language": language,
        "date": [on.year, on.month, on.day],
        "place": place(creditor.address, "", wording.day(on, language)),
        "sender": [
            wording.one_line(creditor.name), *lines_of(creditor.address), *(one for one in (creditor.email,) if one)
        ],
        "mentions": wording.one_line(creditor.mentions),
        "recipient": [wording.one_line(one) for one in (facts.customer_name, facts.contact_name) if one],
        "subject": rendered.subject,
        "parts": [
            [line for line in part.splitlines() if line.strip()] for part in rendered.text.split("\n\n") if part.strip()
        ],
        "payments": [
            {
                "day": wording.day(one.on, language),
                "amount": wording.amount(one.amount, facts.currency, language),
                "code": _code(facts, one.amount),
            }
            for one in piece.instalments
        ],
    }  # fmt: skip


def _code(facts: BesideFacts, amount: int) -> str:
    """The code of a transfer as a drawing of lines; empty where there is no account, or no code for it."""
    creditor = facts.creditor
    transfer = Transfer(creditor.name, creditor.iban, creditor.bic, amount, facts.currency, reference_of(facts))
    content = epc_code(transfer)
    return "" if isinstance(content, NoCode) else drawn_code(content)
