"""A server that takes SMS as Twilio does, and keeps them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class TwilioServer(ThreadingHTTPServer):
    """Keeps (number, text) of every SMS it was asked to send."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.taken: list[tuple[str, str]] = []

    @property
    def environment(self) -> dict[str, str]:
        """What a dispatcher must be told to send there."""
        return {
            "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2, "TWILIO_AUTH_TOKEN": "0123456789abcdef" * 2,
            "RELANCE_TWILIO_FROM": "+33700000000", "RELANCE_TWILIO_URL": f"http://127.0.0.1:{self.server_address[1]}",
        }  # fmt: skip


class _Answer(BaseHTTPRequestHandler):
    server: TwilioServer

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.taken.append((form["To"][0], form["Body"][0]))
        self._say(201, {"sid": f"SM{len(self.server.taken):032x}", "status": "queued", "error_code": None})

    def do_GET(self) -> None:
        """What is asked of a message: it was delivered; of a list: there is none."""
        sid = self.path.rpartition("/")[2].partition(".")[0].partition("?")[0]
        self._say(
            200, {"messages": []} if sid == "Messages" else {"sid": sid, "status": "delivered", "error_code": None}
        )

    def _say(self, status: int, body: object) -> None:
        said = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written to the terminal."""


@contextmanager
def twilio_serving() -> Iterator[TwilioServer]:
    """The server at work."""
    server = TwilioServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
