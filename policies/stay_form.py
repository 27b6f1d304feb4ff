"""What a person enters to leave a customer alone, read and checked."""

from datetime import date

from policies.form_days import act_day_wrong, day_of
from policies.limitation import years_after
from policies.problems import Problem
from policies.stay import STAY_LAWS, StayAsked, StayKind, StayLaw, StayWords

SOURCE = "form"
LONGEST = 2000
"""Characters."""


def read_stay(words: StayWords, actor: str, today: date) -> StayAsked | list[Problem]:
    """The stay meant, or everything that is wrong with what was said."""
    kind = next((one for one in StayKind if one == words.kind.strip().replace("-", "_")), None)
    if kind is None:
        return [_wrong("kind", f"“{words.kind}” is no stay; choose one of: {', '.join(StayKind)}.")]
    law = STAY_LAWS[kind]
    problems = [_wrong("since", reason)] if (reason := act_day_wrong(words.since.strip(), today)) else []
    if len(words.words) > LONGEST:
        problems.append(_wrong("words", f"At most {LONGEST} characters."))
    since = day_of(words.since.strip()) or today
    last = _last_day(words.last_day.strip(), law, since)
    if isinstance(last, Problem) or problems:
        return [*problems, *([last] if isinstance(last, Problem) else [])]
    article = words.article.strip() or law.article or f"the day entered by {actor}"
    return StayAsked(kind, words.words.strip() or kind.value.replace("_", " "), since, last, article)


def _last_day(said: str, law: StayLaw, since: date) -> date | Problem:
    longest = None if law.years is None else years_after(since, law.years)
    day = day_of(said) if said else longest
    if day is None:
        reason = (
            f"“{said}” is not a day; write it as YYYY-MM-DD." if said else "Say the day on which it is looked at again."
        )
        return _wrong("last_day", reason)
    if day < since:
        return _wrong("last_day", f"{day} lies before {since}, on which it begins.")
    if longest is not None and day > longest:
        return _wrong("last_day", f"It lasts {law.years} years at most, until {longest} ({law.article}).")
    return day


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
