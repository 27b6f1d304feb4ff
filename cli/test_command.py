"""`relance test`: every test, in the environment the launcher has just completed with the test tools."""

import os
import sys

import typer

from cli.home import CHECKOUT

LANES = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
"""Two processes share the files, in the order tests/conftest.py gives; `./relance test -n 0` runs them one by one."""


def test(context: typer.Context) -> None:
    """Run the suite from the checkout; a variable of yours must not decide whether it passes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    os.chdir(CHECKOUT)
    os.execve(  # noqa: S606  # pytest takes this process over, its exit code too
        sys.executable, [sys.executable, "-m", "pytest", *LANES, *context.args], kept
    )
