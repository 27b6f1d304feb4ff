"""What `doctor` looks at on this machine: versions, disk, folder."""

import os
import platform
import re
import shutil
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cli.findings import Finding, bad, note, ok
from cli.home import CHECKOUT, Home

PINNED = re.compile(r"(?P<name>[\w.-]+)(\[[^]]*\])?==(?P<version>[^ ;]+) \\")
AGAIN = "Remove .venv and start ./relance again."
LOW, VERY_LOW = 2_000_000_000, 200_000_000
"""Bytes free below which we mention it, and below which PostgreSQL is about to stop."""


def versions() -> Finding:
    """Whether what is installed is what the lock says."""
    words = f"Python {platform.python_version()}, Prefect {version('prefect')}, SQLAlchemy {version('sqlalchemy')}"
    different = [name for name, locked in _locked().items() if _installed(name) != locked]
    if different:
        return bad("versions", f"{words}; not as locked: {', '.join(different)}", AGAIN)
    return ok("versions", f"{words}, all as locked")


def disk(home: Home) -> Finding:
    """Whether the folder's disk has room."""
    free = shutil.disk_usage(home.path).free
    words = f"{free / 1e9:.1f} GB free for {home.path}"
    if free < VERY_LOW:
        return bad("disk", words, "Free some space now: without it PostgreSQL stops.")
    return note("disk", words, "Free some space soon.") if free < LOW else ok("disk", words)


def templates(home: Home) -> Finding:
    """Whether the company's own words of messages can be used: a message with a broken one waits."""
    from tasks.template_check import wrong_own_templates

    os.environ["RELANCE_HOME"] = str(home.path)
    count, wrong = wrong_own_templates()
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        return bad(
            "templates", wrong[0].rstrip(".") + more, "Messages that need it wait: see ./relance template check."
        )
    return ok("templates", f"{count} files of your own, all usable" if count else "as shipped, none of your own")


def time_zones() -> Finding:
    """Whether the days of a customer's time zone can be told."""
    try:
        ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        return bad("time zones", "no time zone data", AGAIN)
    return ok("time zones", "known")


def _locked() -> dict[str, str]:
    """Exact versions by name; lines for other platforms carry a condition and are left out."""
    lines = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return {found["name"]: found["version"] for line in lines if (found := PINNED.fullmatch(line))}


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
