"""What a person may choose about a court file whose debt is paid."""

from policies.choice import Choice

TOLD, GOES_ON = "told", "goes_on"

COURT_CHOICES: tuple[Choice, ...] = (
    Choice(TOLD, "The court or the officer was told on the date below", needs=frozenset({"date"})),
    Choice(GOES_ON, "It goes on for interest and costs, for the reason below", needs=frozenset({"note"})),
)
