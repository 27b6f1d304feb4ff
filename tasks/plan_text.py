"""A plan to replace a policy, as the question about it tells it: how many cases, what each way would send next."""

from collections import Counter
from collections.abc import Sequence

from policies.forecast import Foreseen
from policies.ladder import Ladder
from policies.migration import Move
from policies.questions import QuestionKind
from storage.plans import PlanLine
from storage.question_subject import Wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import colon, named, say, short_day, told
from tasks.staff_words import cell

SHOWN = 100
"""Lines of the table; the whole plan is on the command line."""

MOVES: dict[Move, str] = {Move.STAY: "stays", Move.RE_ANCHOR: "goes on", Move.RESTART: "begins anew"}
WAYS = (
    "**Stays**: keeps the old policy to its end. **Goes on**: follows the new one from the stage it has reached, "
    "re-anchored so that nothing comes earlier or twice. **Begins anew**: the new policy starts with its first step."
)


def plan_text(plan: int, old: Ladder, new: Ladder, lines: Sequence[PlanLine]) -> Wording:
    """The question that asks for the approval of the plan as a whole."""
    moves = Counter(one.move for one in lines)
    counts = ", ".join(f"{moves[move]} {say(MOVES[move])}" for move in Move if moves[move])
    cases = say("1 case") if len(lines) == 1 else say("{count} cases", count=len(lines))
    title = f"{say('Replace {old} by {new}', old=old.id, new=new.id)} · {cases}"
    intro = say(
        "Plan {plan} moves cases from **{old}** (`{before}`) to **{new}** (`{after}`): {counts}. "
        "Nothing moves before it is approved, and then all of it.",
        plan=plan,
        old=cell(old.title),
        before=old.hash[:12],
        new=cell(new.title),
        after=new.hash[:12],
        counts=counts,
    )
    more = say("… and {count} more.", count=len(lines) - SHOWN) if len(lines) > SHOWN else ""
    whole = say("The whole plan: `./relance policy plan {plan}`.", plan=plan)
    follows = what_each_answer_does(QuestionKind.MIGRATION, None)
    parts = (f"### {cell(title)}", intro, say(WAYS), _table(lines[:SHOWN]), more, whole, follows)
    return Wording(title, "\n\n".join(part for part in parts if part), counts)


def _table(lines: Sequence[PlanLine]) -> str:
    rows = [
        say("| Invoice | Customer | Plan | Next if it stays | Next if it goes on | Next if it begins anew |"),
        "|---|---|---|---|---|---|",
    ]
    for one in lines:
        move = f"**{say(MOVES[one.move])}**"
        plan = f"{colon(move)} {told(one.why)}" if one.move is Move.STAY else move
        acts = " | ".join(act_words(act) for act in (one.stay, one.re_anchor, one.restart))
        rows.append(f"| {cell(one.invoice)} | {cell(one.customer_name)} | {plan} | {acts} |")
    return "\n".join(rows)


def act_words(act: Foreseen | None) -> str:
    """*second reminder, 20 Mar*; nothing where nothing more would leave."""
    if act is None:
        return say("nothing")
    return f"{named(act.stage.value.replace('_', ' '))}, {short_day(act.on)}"
