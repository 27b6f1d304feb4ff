"""RELANCE_HOME: the one folder that holds everything an installation remembers outside its code."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.refusal import Refusal

CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder the launcher lives in."""

PASSWORDS = ("superuser", "owner", "app", "prefect", "service", "session", "salt")
"""What `secrets.json` holds: four database passwords, the service credential, the cookie key, the hash salt."""


@dataclass(frozen=True, slots=True)
class Home:
    """An opened home folder. Files in it are readable by their owner only; the folder itself can be passed through."""

    path: Path

    @property
    def run(self) -> Path:
        """What is running now: who holds the stack, the children, the locks."""
        return self.path / "run"

    @property
    def log(self) -> Path:
        """One log file per process of the stack."""
        return self.path / "log"

    @property
    def outbox(self) -> Path:
        """Every message the local sink took, as .eml."""
        return self.path / "outbox"

    @property
    def published(self) -> Path:
        """Every page about a policy that was written for somebody, under the policy's hash."""
        return self.path / "published"

    @property
    def prefect(self) -> Path:
        """Prefect's own folder (PREFECT_HOME)."""
        return self.path / "prefect"

    def secrets(self) -> dict[str, str]:
        """The installation's passwords and keys, made on first use, kept in `secrets.json` with mode 0600."""
        place = self.path / "secrets.json"
        known = read_json(place)
        missing = [name for name in PASSWORDS if name not in known]
        if missing:
            known |= {name: secrets.token_urlsafe(32) for name in missing}
            write_json(place, known)
        return known


def home_path(environ: Mapping[str, str] = os.environ) -> Path:
    """RELANCE_HOME, or `var/` in the checkout."""
    named = environ.get("RELANCE_HOME", "").strip()
    return Path(named).expanduser().resolve() if named else CHECKOUT / "var"


def open_home(path: Path | None = None) -> Home:
    """The home folder, made if it is missing; refused with a sentence if it cannot be written."""
    home = Home((path or home_path()).resolve())
    try:
        # Root passes the data on to the database's own account, which must be able to walk through, not to look.
        _make(home.path, 0o711 if os.geteuid() == 0 else 0o700)
        for folder in (home.run, home.log, home.outbox, home.prefect):
            _make(folder, 0o700)
        _try_writing(home.run)
    except OSError as problem:
        raise Refusal(_unwritable(home.path, problem)) from problem
    return home


def read_json(place: Path) -> dict[str, Any]:
    """The object in a state file; empty if the file is missing or was cut short by a crash."""
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(place: Path, content: Mapping[str, Any]) -> None:
    """Write a state file whole or not at all, readable by its owner only."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
    draft.replace(place)


def _make(folder: Path, mode: int) -> None:
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=mode, exist_ok=True)
        folder.chmod(mode)  # whatever the umask says


def _try_writing(folder: Path) -> None:
    probe = folder / f".probe.{os.getpid()}"
    probe.write_bytes(b"x")
    probe.unlink()


def _unwritable(path: Path, problem: OSError) -> str:
    reason = problem.strerror or str(problem)
    return f"The folder {path} cannot be written ({reason}): set RELANCE_HOME to a folder of yours with free space."
