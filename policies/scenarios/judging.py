"""Playing a scenario and comparing it with everything expected: a line too many fails as surely as one that is missing."""

import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo

from policies.play.play import play
from policies.play.played import Played
from policies.play.world import Choose, Debtor
from policies.scenarios.checking import LOOKED_AT
from policies.scenarios.fitting import choice
from policies.scenarios.lines import act_line, dated, ending_words, passed_line, question_line
from policies.scenarios.looking import look
from policies.scenarios.scenario import Failure, Scenario

_HOUR = re.compile(r"[0-9-]{10} [0-9]{2}:[0-9]{2}(Z?) ")
Spellings = Sequence[str]
"""The ways in which one line may be written; the first is the one shown."""


def judge(scenario: Scenario) -> Failure | None:
    """None where everything went as expected; else both sides, each line of theirs."""
    choose = choice(scenario.ladder, scenario.changes, scenario.named, scenario.law_ids)
    played = play(scenario.debtors, choose, scenario.until, scenario.house)
    zones = {debtor.number: debtor.calendar.zone for debtor in scenario.debtors}
    sides = [*_lists(scenario, played, zones), _ends(scenario, played), _checked(scenario, choose)]
    expected = tuple(line for mine, _ in sides for line in mine)
    remarks = [f"{one.at.astimezone(zones[one.debtor]):%Y-%m-%d} {one.words}" for one in played.remarks]
    actual = tuple([line for _, theirs in sides for line in theirs] + remarks)
    return None if expected == actual else Failure(scenario.name, expected, actual)


Sides = tuple[list[str], list[str]]


def _lists(scenario: Scenario, played: Played, zones: dict[str, tzinfo]) -> Iterable[Sides]:
    acts = [dated(one.at, zones[one.debtor], act_line(one)) for one in played.acts]
    asked = [dated(one.at, zones[one.debtor], question_line(one)) for one in played.questions]
    passed = sorted([f"{one.on.isoformat()} {passed_line(one)}"] for one in played.passed)
    for wanted, found, word in (
        (scenario.expect, acts, ""), (scenario.asked, asked, "asked "), (scenario.passed, passed, "passed "),
    ):  # fmt: skip
        if wanted is not None:
            expected, actual = compared(wanted, found)
            yield [word + one for one in expected], [word + one for one in actual]


def compared(wanted: Sequence[str], found: Sequence[Spellings]) -> Sides:
    """Both sides in the order of their days; what is the same on both is spelt the same."""
    left, actual = list(wanted), list[str]()
    spelling = _spelling(wanted)
    for spellings in found:
        same = next((one for one in left if one in spellings), None)
        if same is not None:
            left.remove(same)
        actual.append(spellings[min(spelling, len(spellings) - 1)] if same is None else same)
    return sorted(wanted), sorted(actual)


def _spelling(wanted: Sequence[str]) -> int:
    """How lines nobody expected are spelt: with the hour, or that in UTC, where the others are."""
    marks = [_HOUR.match(line) for line in wanted]
    named = next((mark for mark in marks if mark is not None), None)
    return 0 if named is None else 2 if named.group(1) else 1


def _ends(scenario: Scenario, played: Played) -> Sides:
    """How the items asked about ended."""
    ends = {one.item: ending_words(one) for one in played.endings}
    expected = [f"outcome {item}: {wanted}" for item, wanted in scenario.outcome]
    actual = [
        f"outcome {item}: {wanted if wanted in ends[item] else ends[item][-1]}" for item, wanted in scenario.outcome
    ]
    return expected, actual


def _checked(scenario: Scenario, choose: Choose) -> Sides:
    """What stands at the moments looked at."""
    expected, actual = list[str](), list[str]()
    debtors: dict[str, Debtor] = {one.number: one for one in scenario.debtors}
    for check in scenario.checks:
        looked = look(debtors[check.debtor], choose, scenario.house, check.moment, check.invoice)
        who = check.invoice or check.debtor
        for word, wanted in check.expected:
            expected.append(f"check {check.shown} {who} {word}: {wanted}")
            actual.append(f"check {check.shown} {who} {word}: {LOOKED_AT[word](looked, wanted)}")
    return expected, actual
