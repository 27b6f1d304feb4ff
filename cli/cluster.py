"""One embedded PostgreSQL: made once, started, found again after a crash, stopped. Callers hold the locks."""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from cli.account import Account
from cli.cluster_settings import settings
from cli.ports import free_port, is_free
from cli.refusal import Refusal

START_SECONDS = 60
"""Crash recovery of a large database may take this long; a healthy start takes under a second."""
LOG_LIMIT = 10_000_000
# The same order of letters on every machine, whatever its locales.
NEW_CLUSTER = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
               "--builtin-locale=C.UTF-8", "--no-instructions")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data folder, the programs that serve it and the account they run under."""

    folder: Path
    programs: Path
    account: Account

    @property
    def data(self) -> Path:
        """What PostgreSQL calls PGDATA."""
        return self.folder / "data"

    @property
    def server_log(self) -> Path:
        """What the server says."""
        return self.folder / "server.log"

    def create(self, password: str) -> None:
        """Make an empty cluster with a superuser; half-made ones of an interrupted first start are redone."""
        if self.data.exists():
            return
        self.account.take(self.folder)
        draft = self.folder / "data.unfinished"
        shutil.rmtree(draft, ignore_errors=True)
        words = self.folder / "superuser"
        words.write_text(password, encoding="utf-8")
        if self.account.switch:
            os.chown(words, self.account.uid, self.account.gid)
        try:
            self._run("initdb", "-D", draft, "-U", "postgres", f"--pwfile={words}", *NEW_CLUSTER)
        finally:
            words.unlink()
        draft.rename(self.data)

    def start(self, port: int | None, *, only_there: bool = False) -> int:
        """Start the server on 127.0.0.1 and return its port: the one it had, or a free one if that is taken.

        `only_there`: programs still know the port, so another one will not do.
        """
        self._forget_dead_server()
        chosen = port if port and (only_there or is_free(port)) else free_port()
        (self.data / "relance.conf").write_text(settings(chosen), encoding="utf-8")
        self._include_settings()
        self._shorten_log()
        deadline = time.monotonic() + 10
        while True:
            try:
                wait = ("-w", "-t", str(START_SECONDS))
                self._run("pg_ctl", "start", "-s", *wait, "-D", self.data, "-l", self.server_log)
            except Refusal:
                # After a kill -9 its last backends hold memory and port a moment longer.
                if time.monotonic() > deadline or not _passes(self.last_words()):
                    raise
                time.sleep(0.3)
            else:
                return chosen

    def stop(self) -> None:
        """Stop at once but in order (open transactions are rolled back); by force if it does not obey."""
        if self.pid() is None:
            return
        try:
            self._run("pg_ctl", "stop", "-s", "-w", "-t", "6", "-m", "fast", "-D", self.data)
        except Refusal:
            self._run("pg_ctl", "stop", "-s", "-w", "-t", "3", "-m", "immediate", "-D", self.data)

    def pid(self) -> int | None:
        """The process id of the server that really serves this folder; None if there is none."""
        try:
            number = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            process = psutil.Process(number)
            command = process.cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return None
        return number if str(self.data) in command and "postgres" in command[0] else None

    def last_words(self) -> str:
        """The last lines of the server's log, for a message."""
        try:
            lines = self.server_log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join(lines[-8:])

    def _forget_dead_server(self) -> None:
        # Its number may belong to an unrelated process by now, which PostgreSQL would take for itself.
        if self.pid() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _include_settings(self) -> None:
        place = self.data / "postgresql.conf"
        line = "include 'relance.conf'\n"
        if not place.read_text(encoding="utf-8").endswith(line):
            with place.open("a", encoding="utf-8") as file:
                file.write("\n" + line)

    def _shorten_log(self) -> None:
        if self.server_log.exists() and self.server_log.stat().st_size > LOG_LIMIT:
            self.server_log.replace(self.server_log.with_suffix(".log.1"))

    def _run(self, program: str, *words: str | Path) -> None:
        # A file, not a pipe: the server inherits it and a pipe would keep us waiting for as long as it lives.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [str(self.programs / program), *map(str, words)],
                check=False,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                **self.account.popen_options(),
            )
            if done.returncode:
                said.seek(0)
                words_said = said.read().decode(errors="replace").strip()
                raise Refusal(f"PostgreSQL: {program} failed. {words_said}\n{self.last_words()}".strip())


def _passes(words: str) -> bool:
    """Whether what the server complains about is over in a moment."""
    return "is still in use" in words or "Address already in use" in words
