"""What a person enters about insolvency proceedings, read and checked."""

import re
from datetime import date

from policies.form_days import day_of
from policies.form_values import email_wrong
from policies.insolvency import LONGEST, InsolvencyAsked, InsolvencyWords, Office, kind_of
from policies.problems import Problem

SOURCE = "form"


def read_insolvency(words: InsolvencyWords, today: date) -> InsolvencyAsked | list[Problem]:
    """The proceedings meant, or everything that is wrong with what was said."""
    problems = [*_days(words, today), *_offices(words)]
    if not words.kind.strip():
        problems.append(
            _wrong("kind", "Say what was opened: sauvegarde, redressement, liquidation, or the foreign word.")
        )
    if problems:
        return problems
    kind, name = kind_of(words.kind)
    judgment = day_of(words.judgment.strip())
    assert judgment is not None, "checked above"
    representative = words.representative if words.representative.name.strip() else words.administrator
    return InsolvencyAsked(
        kind, name, judgment, _tidied(words.administrator), _tidied(representative), day_of(words.published.strip()),
        day_of(words.declare_by.strip()), re.sub(r"\s", "", words.register), words.court.strip()[:LONGEST],
        words.ladder.strip(),
    )  # fmt: skip


def _days(words: InsolvencyWords, today: date) -> list[Problem]:
    judgment = day_of(words.judgment.strip())
    if judgment is None:
        return [_wrong("judgment", "Write the day of the judgment as YYYY-MM-DD.")]
    found = [_wrong("judgment", f"{judgment} is still to come; today is {today}.")] if judgment > today else []
    for name, said in (("published", words.published), ("declare_by", words.declare_by)):
        day = day_of(said.strip())
        if said.strip() and day is None:
            found.append(_wrong(name, f"“{said}” is not a day; write it as YYYY-MM-DD."))
        if day is not None and day < judgment:
            found.append(_wrong(name, f"{day} lies before the judgment of {judgment}."))
    if words.published.strip() and not words.declare_by.strip():
        reason = "Say the last day to declare: the notice is published, and claims that are declared late are lost."
        found.append(_wrong("declare_by", reason))
    return found


def _offices(words: InsolvencyWords) -> list[Problem]:
    found = []
    for name, one in (("administrator", words.administrator), ("representative", words.representative)):
        said = bool(one.name.strip() or one.email.strip() or one.postal.strip())
        if name == "representative" and not said:
            continue
        if not one.name.strip() or len(one.name) > LONGEST:
            found.append(_wrong(name, "Say whom the court appointed, by name."))
        elif not one.email.strip() and not one.postal.strip():
            found.append(_wrong(name, "Say how to reach them: an e-mail address or a postal address."))
        if reason := email_wrong(one.email.strip()):
            found.append(_wrong(name, reason))
    return found


def _tidied(one: Office) -> Office:
    lines = (" ".join(line.split()) for line in one.postal.splitlines())
    return Office(" ".join(one.name.split()), one.email.strip(), "\n".join(line for line in lines if line))


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
