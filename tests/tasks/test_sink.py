"""The sink answers 250 only when the file and the row are there."""

import asyncio
import hashlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

from policies.case import EffectState
from policies.stages import Stage
from tasks.compose import compose, message_id, sink_address, sink_sms
from tasks.handed import Handed
from tasks.relay import sink_relay
from tasks.render import render
from tasks.send_email import hand_over
from tasks.sink import KeepEveryMessage, outbox_from, safe_in_a_name, serve
from tests.tasks.letters import facts

FORMAL = facts(Stage.FORMAL_NOTICE)


def formal_notice() -> bytes:
    raw = compose(
        FORMAL, render(FORMAL), sender="a@martin.example", recipient="c@dupont.example", domain="martin.example"
    )
    assert isinstance(raw, bytes)
    return raw


class Rows:
    """Keeps the rows; fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.kept: list[dict[str, str]] = []
        self.sizes: list[int] = []

    async def record(self, **row: str) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionRefusedError("no database")
        self.sizes.append(os.stat(row["path"]).st_size)  # noqa: PTH116 - the file is there before its row
        self.kept.append(row)


def story(outbox: Path, rows: Rows, *letters: tuple[bytes, str]) -> list[Handed]:
    async def told() -> list[Handed]:
        server = await serve("127.0.0.1", 0, KeepEveryMessage(outbox, rows.record))
        relay = sink_relay(server.sockets[0].getsockname()[1])
        outcomes = [await hand_over(raw, "a@martin.example", recipient, relay) for raw, recipient in letters]
        server.close()
        return outcomes

    return asyncio.run(told())


def test_a_client_that_dies_before_the_answer_leaves_no_file_without_its_row(tmp_path: Path) -> None:
    rows, outbox = Rows(), tmp_path / "outbox"

    async def told() -> None:
        written, go_on = asyncio.Event(), asyncio.Event()

        async def record(**row: str) -> None:
            written.set()
            await go_on.wait()
            await rows.record(**row)

        sink = KeepEveryMessage(outbox, record)
        server = await serve("127.0.0.1", 0, sink)
        relay = sink_relay(server.sockets[0].getsockname()[1])
        dying = asyncio.ensure_future(hand_over(formal_notice(), "a@martin.example", "c@dupont.example", relay))
        await written.wait()
        dying.cancel()
        await asyncio.sleep(0.1)
        go_on.set()
        while sink.in_hand:
            await asyncio.sleep(0.01)
        server.close()

    asyncio.run(told())
    assert [row["path"] for row in rows.kept] == [str(path) for path in outbox.iterdir()]


def test_a_recipient_can_name_no_other_file() -> None:
    assert safe_in_a_name("../../x y\n@dupont.example") == ".._.._x_y_@dupont.example"
    assert len(safe_in_a_name("a" * 300)) == 80


def test_a_message_is_kept_byte_for_byte_for_its_owner_only_and_recorded(tmp_path: Path) -> None:
    rows, raw, outbox = Rows(), formal_notice(), tmp_path / "outbox"
    [handed] = story(outbox, rows, (raw, "c@dupont.example"))
    digest = hashlib.sha256(raw).hexdigest()
    assert handed == Handed(
        EffectState.CONFIRMED, False, f"250 2.0.0 Ok: kept as {digest[:16]}", f"2.0.0 Ok: kept as {digest[:16]}"
    )
    [path] = outbox.iterdir()
    assert path.name.endswith("-for-c@dupont.example.eml")  # whom it was for, outside the bytes
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.suffix) == (raw, 0o600, ".eml")
    assert rows.kept == [
        {
            "message_id": message_id(FORMAL.key, "martin.example"),
            "recipient": "c@dupont.example",
            "channel": "email",
            "subject": render(FORMAL).subject,
            "path": str(path),
            "sha256": digest,
        }
    ]
    assert rows.sizes == [len(raw)]


def test_a_message_that_cannot_be_recorded_is_refused_for_now_and_leaves_no_file(tmp_path: Path) -> None:
    rows, raw = Rows(failures=1), formal_notice()
    first, second = story(tmp_path, rows, (raw, "c@dupont.example"), (raw, "c@dupont.example"))
    assert (first.state, first.temporary, first.words[:9]) == (EffectState.REFUSED, True, "451 4.3.0")
    assert (second.state, len(rows.kept), len(list(tmp_path.iterdir()))) == (EffectState.CONFIRMED, 1, 1)


def test_a_folder_that_cannot_be_written_is_refused_for_now(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    [handed] = story(tmp_path / "outbox", Rows(), (formal_notice(), "c@dupont.example"))
    assert (handed.state, handed.temporary) == (EffectState.REFUSED, True)


def test_the_same_message_twice_is_kept_twice(tmp_path: Path) -> None:
    rows, raw = Rows(), formal_notice()
    story(tmp_path, rows, (raw, "c@dupont.example"), (raw, "c@dupont.example"))
    assert [row["message_id"] for row in rows.kept] == [message_id(FORMAL.key, "martin.example")] * 2
    assert len(list(tmp_path.iterdir())) == 2


def test_an_sms_is_kept_under_its_number(tmp_path: Path) -> None:
    rows = Rows()
    raw = sink_sms(render(FORMAL).sms, "+33612345678", sender="a@martin.example", key="k", written_at=FORMAL.written_at)
    assert isinstance(raw, bytes)
    story(tmp_path, rows, (raw, str(sink_address("+33612345678"))))
    assert [(row["channel"], row["recipient"], row["subject"]) for row in rows.kept] == [("sms", "+33612345678", "SMS")]


def test_a_message_without_readable_headers_is_kept_all_the_same(tmp_path: Path) -> None:
    rows = Rows()
    story(tmp_path, rows, (b"\xff\xfe: x\r\nMessage-ID: \r\nX-Relance-Channel: pigeon\r\n\r\n\xff\r\n", "c@d.example"))
    assert [(row["message_id"], row["channel"]) for row in rows.kept] == [("", "email")]


def test_the_outbox_lies_in_the_home_folder() -> None:
    assert outbox_from({"RELANCE_HOME": "/srv/relance"}) == Path("/srv/relance/outbox")
    assert outbox_from({}).parts[-2:] == ("var", "outbox")


async def _process(tmp_path: Path, program: str, **environ: Any) -> tuple[int, str]:
    environment = {**os.environ, "RELANCE_HOME": str(tmp_path), **environ}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, env=environment, stderr=asyncio.subprocess.PIPE
    )
    assert child.stderr is not None
    line = (await asyncio.wait_for(child.stderr.readline(), 20)).decode()
    if child.returncode is None and "keeps messages" in line:
        child.send_signal(signal.SIGTERM)
    return await asyncio.wait_for(child.wait(), 10), line


PROGRAM = """
import asyncio, logging, os, sys
from tasks.sink import run
logging.basicConfig(level=logging.INFO, format="%(message)s")
async def record(**row): pass
sys.exit(asyncio.run(run(os.environ, record)))
"""


def test_the_process_ends_well_when_told_to_and_says_why_it_cannot_start(tmp_path: Path) -> None:
    async def told() -> list[tuple[int, str]]:
        busy = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = str(busy.sockets[0].getsockname()[1])
        refused = await _process(tmp_path, PROGRAM, RELANCE_SINK_PORT=port)
        busy.close()
        await busy.wait_closed()
        free = await _process(tmp_path, PROGRAM, RELANCE_SINK_PORT=port)
        return [refused, free, await _process(tmp_path, PROGRAM, RELANCE_SINK_PORT="many")]

    refused, free, wrong = asyncio.run(told())
    assert (refused[0], "set RELANCE_SINK_PORT to a free port" in refused[1]) == (1, True)
    assert (free[0], "keeps messages" in free[1]) == (0, True)
    assert (wrong[0], "must be a port from 1 to 65535" in wrong[1]) == (2, True)
