"""What a case's timeline tells besides its past: rules asked, until when the claim lives, acts to come."""

from policies.decisions import Close
from policies.explain import Asked, Explanation
from policies.limitation_words import life_notes, life_sentence
from storage.dossier import Dossier
from tasks.staff_text import named, say, told
from tasks.staff_words import cell
from tasks.stage_names import stage_words


def ahead(dossier: Dossier, why: Explanation) -> str:
    """Until when the claim lives, and the next acts if nothing changes; nothing for a case at its end."""
    if isinstance(why.decision, Close):
        return ""
    return "\n\n".join(part for part in (_life(dossier), _coming(why)) if part)


def reasons(why: Explanation) -> str:
    """Every rule that was asked, and the steps the ladder goes past."""
    return "\n\n".join([_rules(why), *(say("Gone past: {step}", step=cell(told(passed))) for passed in why.gone_past)])


def _rules(why: Explanation) -> str:
    rows = [say("| Asked | Answer | Rests on |"), "|---|---|---|", *(_row(asked) for asked in why.rules)]
    return "\n".join(rows)


def _row(asked: Asked) -> str:
    said = cell(told(asked.answer))
    answer = f"**{said}**" if asked.decides else said
    return f"| {named(asked.question)} | {answer} | {cell(asked.rests_on)} |"


def _life(dossier: Dossier) -> str:
    life = dossier.life.time
    if life is None:
        return say("**The claim dies**: not known; the reason stands below.")
    dies = say("**The claim dies**: {when}.", when=cell(told(life_sentence(life))))
    return " ".join([dies, *(cell(told(note)) for note in life_notes(life))])


def _coming(why: Explanation) -> str:
    if not why.coming:
        return ""
    rows = [say("| If nothing changes | Step | How |"), "|---|---|---|"]
    for one in why.coming:
        how = say("a person is asked") if one.asks else say("by {channel}", channel=named(one.how))
        rows.append(f"| {one.on} | {stage_words(one.stage)} | {how} |")
    return "\n".join(rows)
