"""Every command a person can type says who may run it."""

from collections.abc import Iterator

import typer.main

from cli.main import application
from cli.registry import COMMANDS
from cli.typed import commands
from policies.command_roles import ALSO_LOOKS, AS_AT_THE_DESK, JUDGED_INSIDE, OF_THE_TERMINAL
from policies.reading_commands import READING

NO_BOOKS = {"bench", "demo", "doctor", "migrate", "test", "up"}
"""Commands of whoever runs the machine: they ask nothing of the books, or hold the owner's keys themselves."""


def typed() -> Iterator[str]:
    for name in COMMANDS:
        yield from (
            words for words, _ in commands(typer.main.get_command(application(name))) if words.split()[0] == name
        )


def test_every_command_says_who_may_run_it() -> None:
    classes = (set(AS_AT_THE_DESK), set(OF_THE_TERMINAL), set(JUDGED_INSIDE), set(READING), NO_BOOKS)
    classed = [one for each in classes for one in each]
    assert sorted(typed()) == sorted(classed)
    assert set(OF_THE_TERMINAL) >= ALSO_LOOKS
