"""Every template there is, written and printed once: what cannot be is named, and harsh words in courteous texts are."""

from collections.abc import Iterator

from policies.facts import DebtorKind
from tasks.letter import letter
from tasks.render import render
from tasks.sample_message import sample, sample_posting
from tasks.template_choice import ANY, TEMPLATES

HARSH = (
    "unpaid", "formal notice", "recovery", "court", "impayé", "mise en demeure", "recouvrement", "contentieux",
    "mahnung", "inkasso", "gericht", "ingebrekestelling", "invordering", "rechtbank",
)  # fmt: skip
LATE = ("late", "retard", "overdue", "überfällig")
"""What the notice before the due date may not say either."""


def wrong_templates() -> tuple[int, list[str]]:
    """How many templates there are, and a sentence for each that is wrong."""
    known = list(_known())
    return len(known), [sentence for one in known for sentence in _wrong(*one)]


def _known() -> Iterator[tuple[str, str, DebtorKind, str]]:
    for path in sorted(TEMPLATES.glob("[!_]*/*/*/*/body.txt")):
        law, text, debtor, language = path.parent.relative_to(TEMPLATES).parts
        kind = DebtorKind.BUSINESS if debtor == ANY else DebtorKind(debtor)
        yield "" if law == "common" else law.upper().replace("_", "-"), text, kind, language


def _wrong(law: str, text: str, debtor: DebtorKind, language: str) -> Iterator[str]:
    where = f"{law or 'common'}/{text}/{debtor.value}/{language}"
    facts = sample(law, text, debtor, language)
    try:
        said = render(facts)
        letter(facts, sample_posting(text, "FR"))
    except Exception as wrong:  # noqa: BLE001  # whatever a template does wrong ends in a sentence with its name
        yield f"{where}: {wrong}"
        return
    banned = {"courtesy_reminder": HARSH, "upcoming": HARSH + LATE}.get(text, ())
    # The sample's invoice is late, and a line of it may say so: only the text around the items is looked at.
    around = [line for line in f"{said.subject}\n{said.text}".lower().split("\n") if not line.startswith("  ")]
    yield from (f"{where}: says “{word}”." for word in banned if any(word in line for line in around))
