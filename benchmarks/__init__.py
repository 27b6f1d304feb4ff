"""Measurements on the real thing: `./relance bench [NAME…]`. Each module has `run(say) -> dict` and prints its figures."""

NAMES = (
    "wakeups", "opening", "idle", "faults", "decide", "million", "replay", "agreement", "imports", "bank", "matching",
    "letters", "rendering", "emails", "desk_pages", "week_report",
)  # fmt: skip
"""In the order they are run; without a name only the first."""
