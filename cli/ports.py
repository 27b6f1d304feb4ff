"""The ports of the stack, and which ports of this machine are free."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from cli.refusal import Refusal

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the desk and the mail sink listen."""

    desk: int
    sink: int

    @property
    def url(self) -> str:
        """The desk's address."""
        return f"http://{LOOPBACK}:{self.desk}"

    def check_free(self) -> None:
        """Refuse, naming the variable to change, if somebody else listens on one of them."""
        wanted = ((self.desk, "RELANCE_PORT", "desk"), (self.sink, "RELANCE_SINK_PORT", "mail sink"))
        for port, variable, whom in wanted:
            if not is_free(port):
                raise Refusal(
                    f"Port {port}, where the {whom} should listen, is taken by another program: "
                    f"stop that program, or set {variable} to a free port."
                )


def ports(environ: Mapping[str, str] = os.environ) -> Ports:
    """RELANCE_PORT (default 4200) and RELANCE_SINK_PORT (default 4225)."""
    return Ports(_port(environ, "RELANCE_PORT", 4200), _port(environ, "RELANCE_SINK_PORT", 4225))


def _port(environ: Mapping[str, str], variable: str, default: int) -> int:
    text = environ.get(variable, "").strip() or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Refusal(f"{variable} is {text!r}: it must be a port number between 1 and 65535.")
    return int(text)


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` (connections of the last one still closing do not count)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether something accepts connections on `port`."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False
