"""`relance policy pin|migrate|plan`: versions of policies, and plans that move live cases once they are approved."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, channels, refuse
from cli.ladder_files import bytes_of, loaded, path_of
from cli.printing import clean, fields_of, print_json, print_table
from policies.ladder import Ladder
from policies.migration import Move
from policies.problems import Problem

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who does it.", show_default="you")]


def pin(
    policy: Annotated[str, typer.Argument(metavar="FILE|NAME", help="A policy file, or one that comes with Relance.")],
    by: As = "",
) -> None:
    """Keep a policy under its hash: from now on its id names this version. No live case is moved."""
    path = path_of(policy)
    ladder = _pinned(path, by)
    print(f"{ladder.id} is pinned: version {ladder.hash[:12]}, {len(ladder.steps)} steps. Live cases keep theirs;")
    print(f"to move them: ./relance policy migrate OLD {ladder.id}")


def list_versions(*, json: bool) -> None:
    """Versions of policies in the books: how many open cases follow each, who pinned it."""
    from storage.pinning import versions

    found = at_work(versions)
    if json:
        print_json([fields_of(one) for one in found])
        return
    rows = [
        (one.policy, one.hash[:12], one.open_cases, f"{one.pinned_at:%Y-%m-%d}" if one.pinned_at else "", one.pinned_by)
        for one in found
    ]
    print_table(["Policy", "Hash", "Open cases", "Pinned", "By"], rows, "No version was ever used.")


def _pinned(path: Path, by: str) -> Ladder:
    from storage import clock
    from storage.creditor import ensure_creditor
    from storage.pinning import pin_file

    loaded(path)
    content = bytes_of(path)

    async def work() -> Ladder | list[Problem]:
        creditor = await ensure_creditor()
        return await pin_file(content, path.name, creditor.id, actor(by), await clock.now())

    found = at_work(work, first_import=True)
    if isinstance(found, list):
        raise refuse(found)
    return found


def migrate(
    old: Annotated[str, typer.Argument(help="The policy cases follow now: its id, or its hash.")],
    new: Annotated[str, typer.Argument(help="The policy they are to follow: an id, a hash, or a file (it is pinned).")],
    move: Annotated[Move, typer.Option("--move", help="What is planned for cases that may move.")] = Move.RE_ANCHOR,
    stay: Annotated[
        list[str] | None, typer.Option("--stay", metavar="INVOICE", help="Keeps its policy; may be given again.")
    ] = None,
    by: As = "",
    json: Json = False,
) -> None:
    """Write a plan, case by case, and ask for its approval as a whole: nothing moves before."""
    from storage import clock
    from storage.creditor import ensure_creditor
    from storage.plans import Plan, write_plan
    from tasks.plan_text import MOVES, act_words, plan_text

    if Path(new).is_file():
        new = _pinned(Path(new), by).hash

    async def work() -> Plan | list[Problem]:
        creditor, at = (await ensure_creditor()).id, await clock.now()
        return await write_plan(old, new, move, stay or [], creditor, actor(by), at, channels(), plan_text)

    plan = at_work(work)
    if isinstance(plan, list):
        raise refuse(plan)
    if json:
        shown = {"plan": plan.id, "question": plan.question, "old": plan.old.hash, "new": plan.new.hash}
        print_json(shown | {"cases": [_as_json(one) for one in plan.lines]})
        return
    rows = [
        (one.invoice, one.customer_name[:30], MOVES[one.move], *map(act_words, (one.stay, one.re_anchor, one.restart)),
         one.why if one.move is Move.STAY else "")
        for one in plan.lines
    ]  # fmt: skip
    print_table(["Invoice", "Customer", "Plan", "If it stays", "If it goes on", "If it begins anew", "Why"], rows, "")
    print(f"\nPlan {plan.id} waits for approval: ./relance answer {plan.question}")


def _as_json(line: Any) -> dict[str, Any]:
    ways = {
        way: None if (act := getattr(line, way)) is None else fields_of(act) for way in ("stay", "re_anchor", "restart")
    }
    return fields_of(line) | ways


def plan(
    number: Annotated[
        int | None, typer.Argument(metavar="PLAN", help="One plan with its cases; all without it.")
    ] = None,
    json: Json = False,
) -> None:
    """Plans to replace a policy: what was planned, who approved it, what became of each case."""
    from storage.plan_views import list_plans, show_plan

    if number is None:
        plans = at_work(list_plans)
        if json:
            print_json([fields_of(one) for one in plans])
            return
        rows = [
            (one.id, one.old_policy, one.new_policy, one.cases, one.state, one.moved, one.left, one.written_by,
             one.approved_by)
            for one in plans
        ]  # fmt: skip
        headers = ["Plan", "From", "To", "Cases", "State", "Moved", "Not moved", "Written by", "Approved by"]
        print_table(headers, rows, "No plan was written.")
        return
    found = at_work(lambda: show_plan(number))
    if isinstance(found, list):
        raise refuse(found)
    view, cases = found
    if json:
        print_json(fields_of(view) | {"lines": [fields_of(one) for one in cases]})
        return
    print(
        clean(
            f"Plan {view.id}: {view.old_policy} {view.old_hash[:12]} → {view.new_policy} {view.new_hash[:12]} · {view.state}"
        )
    )
    lines = [
        (one.invoice, one.customer_name[:30], one.move.value.replace("_", "-"), one.anchor, one.why, one.outcome)
        for one in cases
    ]
    print_table(["Invoice", "Customer", "Plan", "Counted from", "Why", "Outcome"], lines, "")
