"""PostgreSQL refuses to run as root: which account runs it then, and what that account can reach."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEDICATED = "pgserver"
CONVENTIONAL = ("postgres", DEDICATED)


@dataclass(frozen=True, slots=True)
class Account:
    """The system account the database server runs under; `switch` is False when it is simply us."""

    uid: int
    gid: int
    switch: bool

    def popen_options(self) -> dict[str, Any]:
        """What subprocess needs to run a command as this account and as nobody else."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def succeeds(self, *command: str | Path) -> bool:
        """Whether this account can run `command` and gets exit code 0."""
        try:
            done = subprocess.run(
                [str(word) for word in command],
                check=False,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the supervisor; it must not look like a "no"
                **self.popen_options(),
            )
        except OSError:
            return False
        return done.returncode == 0

    def take(self, folder: Path) -> None:
        """Make `folder` this account's own, closed to all others."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self.switch:
            os.chown(folder, self.uid, self.gid)

    def can_write(self, folder: Path) -> bool:
        """Whether this account reaches `folder` through all its parents and may write there."""
        return self.succeeds("/bin/sh", "-c", 'test -w "$0" && test -x "$0"', folder)


def database_account(data: Path) -> Account:
    """Ourselves; for root: whoever owns the existing data, else a system account that is there, else a new one."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, switch=True)
    entry = _known(CONVENTIONAL) or _created() or pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def _known(names: tuple[str, ...]) -> pwd.struct_passwd | None:
    for name in names:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _created() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    words = [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", DEDICATED]
    subprocess.run(words, check=False, capture_output=True)
    return _known((DEDICATED,))
