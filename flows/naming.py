"""What the run list shows of a case: its name, its tags, and a sentence for its state."""

import hashlib
from dataclasses import dataclass

from policies.decisions import Act, Ask, Close, Decision, Wait
from policies.stages import Stage
from storage.dossier import Dossier
from tasks import wording
from tasks.staff_text import say
from tasks.stage_names import stage_words

NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Label:
    """The name and tags of a run."""

    name: str
    tags: tuple[str, ...]

    @property
    def print(self) -> str:
        """A short fingerprint: the UI is told again only when it changes."""
        return hashlib.sha256("\n".join((self.name, *self.tags)).encode()).hexdigest()[:16]


def run_name(customer: str, invoice: str, principal: int, currency: str) -> str:
    """`Dupont SARL · FA-2026-0142 · 1 250,00 €`, open amount."""
    who = wording.one_line(customer)
    short = who if len(who) <= NAME_LENGTH else f"{who[: NAME_LENGTH - 1]}…"
    return f"{short} · {wording.one_line(invoice)} · {wording.amount(principal, currency, 'fr')}"


def label(dossier: Dossier, decision: Decision, *, leads: bool = True, todo: str = "") -> Label:
    """The run of a case after a decision: who must do something, at which stage it is, whose it is.

    `todo` is who its question is with, where it asks one.
    """
    case = dossier.case
    name = run_name(case.customer_name, case.invoice, case.open, case.currency)
    tags = [f"customer:{dossier.customer_number}"]
    match decision:
        case Close(outcome=outcome):
            tags.append(f"outcome:{outcome.value}")
        case Ask(question=question, step=step) if leads:
            tags += [f"todo:{todo or dossier.owner or 'anyone'}", f"ask:{question.value}"]
            tags += [f"stage:{step.stage.value}"] if step else []
        case Act(step=step):
            tags.append(f"stage:{step.stage.value}")
        case Wait() | Ask():
            tags += _stage(dossier)
    return Label(name, tuple(tags))


def _stage(dossier: Dossier) -> list[str]:
    reached = [done for done in dossier.case.done if done.is_contact]
    step = dossier.ladder.step(reached[-1].step) if reached else None
    return [f"stage:{step.stage.value}"] if step else []


def last_done(dossier: Dossier) -> str:
    """`courtesy reminder sent`, or nothing yet."""
    reached = [done for done in dossier.case.done if done.is_contact]
    if not reached:
        return say("Nothing sent yet")
    step = dossier.ladder.step(reached[-1].step)
    return _done_words(step.stage) if step else say("{step} sent", step=reached[-1].step)


DONE = {
    Stage.FOLLOW_UP_CALL: "{step} made", Stage.AGENCY: "{step} file handed over", Stage.LEGAL: "{step} file handed over",
}  # fmt: skip
"""What was done at a stage where nothing is sent: calls are made, files are handed over."""


def _done_words(stage: Stage) -> str:
    return say(DONE.get(stage, "{step} sent"), step=stage_words(stage).capitalize())
