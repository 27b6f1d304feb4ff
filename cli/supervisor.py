"""The local stack: everything is started in order, watched, and stopped together in the opposite order."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType, TracebackType
from typing import Self

from cli.children import QUICK_DEATHS, Child, kill_leftovers
from cli.desk_client import DeskClient
from cli.first_clock import set_first_clock, wanted
from cli.holding import hold
from cli.home import Home
from cli.ports import Ports, answers
from cli.postgres import Database, Say, Urls, named
from cli.prefect_schema import prepare_prefect
from cli.prefect_settings import client_environment, server_environment
from cli.processes import own_environment, plans
from cli.refusal import Refusal

START_SECONDS = 60.0
TICK = 0.2
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(Refusal):
    """Ctrl-C or SIGTERM while the stack was starting."""


class Stack:
    """PostgreSQL, migrations, mail sink, Prefect behind the desk, dispatcher; leaving the block stops all of them."""

    def __init__(self, home: Home, ports: Ports, say: Say) -> None:
        self.home, self.ports = home, ports
        self.urls = Urls("", "", "")
        self.asked_to_stop = False
        self._asked_at: float | None = None
        self._say = say
        self._children: list[Child] = []
        self._database: Database | None = None
        self._held = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            starting.enter_context(self._signals())
            starting.enter_context(hold(self.home, self.ports))
            self._clear_leftovers()
            self.ports.check_free()
            self._start(starting)
            self._held = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._say("Stopping")
        self._held.close()

    def watch(self, done: Callable[[], bool] = lambda: False) -> None:
        """Keep everything running until we are asked to stop or `done()` says so."""
        while not (self.asked_to_stop or done()):
            self.tend()
            time.sleep(TICK)

    def tend(self) -> None:
        """One look at every process: whoever died is started again; three quick deaths end the whole stack."""
        if self._database is not None and not self._database.alive():
            self._say("PostgreSQL ended; starting it again")
            self._database.revive()
        for child in self._children:
            if (code := child.died()) is not None:
                self._note_death(child, code)
            elif child.restart_at is not None and time.monotonic() >= child.restart_at:
                child.start()

    def environment(self) -> dict[str, str]:
        """For a process of ours that works beside the stack: folder, ports, database; Prefect's client settings too."""
        client = client_environment(self.home.path, self.ports.desk, self.home.secrets()["service"])
        return own_environment(self.home, self.ports, self.urls) | client

    def _start(self, starting: ExitStack) -> None:
        secrets, clock = self.home.secrets(), wanted()
        self._say("Starting PostgreSQL")
        self._database = starting.enter_context(Database(self.home, self._say))
        starting.callback(self._stop_children)  # before the database leaves
        self.urls = self._database.urls
        self._go_on("Updating the tables")
        from storage.migrate import migrate  # SQLAlchemy and Alembic: not needed to refuse a second start

        starting.enter_context(named(self.urls))
        migrate(self.urls.owner)
        set_first_clock(clock)
        server = server_environment(self.home.path, self.ports.desk, self.urls.prefect)
        prepare_prefect(self.home, self.urls.prefect, server)
        sink, desk, dispatcher = (Child(plan, self.home) for plan in plans(self.home, self.ports, self.urls, secrets))
        self._go_on("Starting the mail sink")
        self._launch(sink, lambda: answers(self.ports.sink))
        self._go_on("Starting Prefect")
        client = DeskClient(self.ports.desk, secrets["service"])
        self._launch(desk, client.is_up)
        client.ensure_result_block(self.home.prefect / "results")
        self._go_on("Starting the dispatcher")
        self._launch(dispatcher, lambda: True)

    def _launch(self, child: Child, ready: Callable[[], bool]) -> None:
        self._children.append(child)
        child.start()
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            self._go_on()
            if child.died() is not None or time.monotonic() > deadline:
                raise Refusal(f"The {child.plan.name} did not start; see {child.log}:\n{child.last_words()}")
            time.sleep(0.1)

    def _go_on(self, sentence: str = "") -> None:
        if self.asked_to_stop:
            raise Interrupted("Stopped before everything was started.")
        if sentence:
            self._say(sentence)

    def _note_death(self, child: Child, code: int) -> None:
        if child.quick_deaths >= QUICK_DEATHS:
            raise Refusal(
                f"The {child.plan.name} ended {QUICK_DEATHS} times right after its start; everything is stopped. "
                f"See {child.log}:\n{child.last_words()}"
            )
        wait = max(0.0, (child.restart_at or 0.0) - time.monotonic())
        self._say(f"The {child.plan.name} ended (exit code {code}); starting it again in {wait:.1f} s, see {child.log}")

    def _stop_children(self) -> None:
        begun = self._asked_at or time.monotonic()
        while self._children:
            child = self._children.pop()
            child.ask_to_stop()
            child.end(begun + child.plan.patience)

    def _clear_leftovers(self) -> None:
        if found := kill_leftovers(self.home):
            self._say(f"The last start was killed; ended what it left behind: {', '.join(found)}")

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def note(_number: int, _frame: FrameType | None) -> None:
            self.asked_to_stop = True
            self._asked_at = self._asked_at or time.monotonic()

        # nohup wants the hang-up ignored; so do we then
        wanted = [
            number for number in STOPPING if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN
        ]
        before = {number: signal.signal(number, note) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
