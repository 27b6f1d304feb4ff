"""What each rule of the decision rests on: an article of law, a line of the ladder's file, or a rule of the design."""

from policies.contact_budget import is_owed_by_law
from policies.facts import HoldKind
from policies.law.provenance import Provenance
from policies.look import Look
from policies.matter import Matter
from policies.stages import Stage
from policies.step import ApprovalRule, CountedFrom, Step

DESIGN = {
    "settled": "design 4.4: the principal alone closes a case",
    "switched_off": "the creditor's own switch",
    "held": "design 4.7: nothing leaves while a hold stands",
    "underway": "design 4.3: every effect once, and none in doubt is repeated",
    "fresh_money": "the creditor's own limit on the age of bank data: bank_max_age, courtesy_max_age",
    "may_be_paid": "nobody who paid is chased: money that may be for it is matched first",
    "insurer": "law.md section 15: what puts payment off needs the credit insurer's consent",
    "first_days": "the creditor's own limit on the first days of `live`",
    "harder_stage": "design 4.11: customers are contacted as one",
}
"""Rules that neither a law nor a ladder can change."""
NOTICES = "notices the law itself asks for are never capped"
INSOLVENCY = "C. com. L622-21, L622-28 (FR): the judgment stops claims and interest"


def grounds(rule: str, matter: Matter) -> str:
    """What the answer of `rule` rests on."""
    look, turn = matter.look, matter.turn
    if rule == "held" and any(hold.kind is HoldKind.INSOLVENCY for hold in look.case.holds):
        return f"{DESIGN[rule]}; {INSOLVENCY}"
    if rule in DESIGN:
        return DESIGN[rule]
    if rule == "time_barred":
        return _limitation(matter)
    if rule == "exhausted" or turn is None:
        return f"policy {look.ladder.id}: {len(look.steps)} steps, ask_at_end_after = {look.ladder.ask_at_end_after}"
    if rule == "contact_budget":
        return NOTICES if is_owed_by_law(turn.step) else _budget(look)
    told = [
        f"policy {look.ladder.id}, step {turn.step.id}: {_line(rule, look, turn.step)}",
        *_law(rule, look, turn.step),
    ]
    return "; ".join(told)


def cited(where: Provenance) -> str:
    """A source with the day it was read and how sure it is: *C. civ. 2224 (read 2026-04-03, H)*."""
    read = f"read {where.as_of}, " if where.as_of else ""
    confirmed = f", confirmed in {where.confirmed_by}" if where.confirmed_by else ""
    return f"{where.source} ({read}confidence {where.confidence.value}{confirmed})"


def _limitation(matter: Matter) -> str:
    if matter.life is not None:
        return cited(matter.life.rule.where)
    law = matter.case.law
    refused = None if law is None or law.refused is None else law.refused.get("limitation")
    if matter.case.country is None:
        return "the customer's country is not known, and with it the law: import it with the customers"
    return refused or f"no law on limitation is known for a {matter.case.kind.value} in {matter.case.country}"


def _budget(look: Look) -> str:
    law = None if look.case.law is None else look.case.law.contact
    caps = f"policy {look.ladder.id}: caps" if look.ladder.caps else ""
    return "; ".join(part for part in (caps, "" if law is None else cited(law.where)) if part) or "no cap is set"


def _law(rule: str, look: Look, step: Step) -> list[str]:
    """What the law of the debtor says besides about a step's time, or about the notice itself."""
    law = look.case.law
    if law is None:
        return []
    told = []
    if rule == "its_time" and law.contact is not None and law.contact.windows:
        told.append(cited(law.contact.where))
    waits = rule == "its_time" and law.notice is not None and law.notice.free_reminder_first
    if law.notice is not None and (waits or (rule == "act" and step.stage is Stage.FORMAL_NOTICE)):
        told.append(cited(law.notice.where))
    return told


def _line(rule: str, look: Look, step: Step) -> str:
    """The lines of the ladder's file an answer about a step rests on."""
    if rule == "its_time":
        after = "" if step.after is CountedFrom.DUE else f", after = {step.after.value}"
        again = "" if step.repeat is None else f", repeat every {step.repeat.every}, at most {step.repeat.most}"
        return f"offset = {step.offset}{after}, gap = {step.gap}{again}"
    if rule == "approval":
        limit = (step.approval_above or {}).get(look.case.currency)
        above = "" if step.approval is not ApprovalRule.ABOVE or limit is None else ", approval_above"
        return f"approval = {step.approval.value}{above}"
    return f"channels = {', '.join(channel.value for channel in step.channels)}"
