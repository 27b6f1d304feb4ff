"""The commands a person can type. A new one is a line here; its module is imported only when it is called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives: a function, or a `typer.Typer` for a group such as `case list`."""

    module: str
    attribute: str
    help: str
    passes_on: bool = False
    """Unknown options are the command's own business (`test` hands them to pytest)."""


COMMANDS: dict[str, Entry] = {
    "up": Entry("cli.up", "up", "Start everything, watch it, stop it together with Ctrl-C."),
    "doctor": Entry("cli.doctor", "doctor", "Check database, Prefect, SMTP, Twilio, clock, disk and versions."),
    "test": Entry("cli.test_command", "test", "Run every test; further words go to pytest.", passes_on=True),
}
"""In the order of the help text."""
