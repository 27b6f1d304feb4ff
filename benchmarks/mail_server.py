"""A mail server as providers have them, STARTTLS and sign-in, that takes everything and keeps nothing; in a process of its own."""

import asyncio
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP

from tests.tasks.smtp_servers import certificate, login

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 20.0
USER, PASSWORD = "relance", "s3cret word"


@contextmanager
def mail_server(port: int, folder: Path) -> Iterator[Path]:
    """The server, for as long as the block lasts; answers the file of the authority that signed its certificate."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mail_server", str(port), str(folder)],
        cwd=CHECKOUT,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield folder / "mx.pem"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


async def _serve(port: int, tls: ssl.SSLContext) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Sink(), loop=loop, hostname="bench", data_size_limit=None, tls_context=tls, authenticator=login),
        "127.0.0.1",
        port,
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), certificate(Path(sys.argv[2]))[0]))
