"""In which hours of the week a step may leave: the ladder's or its own, and never outside those of the law."""

from functools import lru_cache

from policies.case import Case
from policies.ladder import Ladder, Step
from policies.law.contact_rules import ContactRule, Window
from policies.stages import Channel

Span = tuple[int, int]
"""Hours from and until, in the debtor's time zone."""
Week = tuple[tuple[Span, ...], ...]
"""The open hours of each day, Monday first."""


def office_week(ladder: Ladder) -> Week:
    """The open hours of the ladder itself."""
    return _week(ladder.send_from, ladder.send_until, ladder.send_days, ())


def open_week(case: Case, ladder: Ladder, step: Step, channel: Channel | None) -> Week:
    """The hours in which the step may leave by `channel`, under the law of the debtor where it is known."""
    return week_under(None if case.law is None else case.law.contact, ladder, step, channel)


def week_under(contact: ContactRule | None, ladder: Ladder, step: Step, channel: Channel | None) -> Week:
    """The same under a law on contacts; None: the law says nothing."""
    hours = ladder if step.hours is None else step.hours
    if contact is None or channel is None or not contact.windows:
        return _week(hours.send_from, hours.send_until, hours.send_days, ())
    windows = tuple(window for window in contact.windows if channel in window.channels)
    return _week(hours.send_from, hours.send_until, hours.send_days, windows)


@lru_cache(maxsize=1024)
def _week(send_from: int, send_until: int, send_days: frozenset[int], windows: tuple[Window, ...]) -> Week:
    """Windows of the law add up; without any the hours stand alone."""
    allowed = windows or (Window(frozenset(), 0, 24, frozenset(range(7))),)
    return tuple(
        _spans(send_from, send_until, tuple(window for window in allowed if day in window.days))
        if day in send_days
        else ()
        for day in range(7)
    )


def _spans(send_from: int, send_until: int, windows: tuple[Window, ...]) -> tuple[Span, ...]:
    """The hours of one day that lie in a window; windows that meet are one."""
    spans: list[Span] = []
    for window in sorted(windows, key=lambda window: window.send_from):
        opens, closes = max(window.send_from, send_from), min(window.send_until, send_until)
        if spans and opens <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
        elif opens < closes:
            spans.append((opens, closes))
    return tuple(spans)


def beside_week(contact: ContactRule | None, ladder: Ladder, channel: Channel) -> Week:
    """The hours of a message that belongs to no step: the ladder's own, and never outside those of the law."""
    windows = () if contact is None else tuple(window for window in contact.windows if channel in window.channels)
    return _week(ladder.send_from, ladder.send_until, ladder.send_days, windows)
