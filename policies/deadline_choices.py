"""The choices of a deadline's question."""

from policies.choice import Choice

DONE, KNOWN, GONE = "done", "known", "gone"

DEADLINE_CHOICES: tuple[Choice, ...] = (
    Choice(DONE, "It was done on the date below", needs=frozenset({"date"})),
    Choice(KNOWN, "I know: it is being seen to"),
    Choice(GONE, "It no longer matters, for the reason below", needs=frozenset({"note"})),
)
