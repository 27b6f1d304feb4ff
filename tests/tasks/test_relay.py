"""The mail server's URL, and every way to get it wrong."""

import pytest

from policies.pace import Pace
from tasks.relay import Relay, relay_from, sink_relay
from tasks.server_url import Tls


@pytest.mark.parametrize(
    ("url", "relay"),
    [
        ("smtp://mx.example.com", Relay("mx.example.com", 587, Tls.STARTTLS)),
        ("smtps://mx.example.com", Relay("mx.example.com", 465, Tls.TLS)),
        ("smtp://127.0.0.1:2525?tls=none&timeout=5", Relay("127.0.0.1", 2525, Tls.NONE, timeout=5.0)),
        (
            "smtp://user%40example.com:p%3Aass@mx.example.com:587?tls=starttls",
            Relay("mx.example.com", 587, Tls.STARTTLS, "user@example.com", "p:ass"),
        ),
        ("smtp://u:p@localhost?tls=none", Relay("localhost", 25, Tls.NONE, "u", "p")),
        (
            "smtps://mx.example.com?rate=5/s&per_domain=100/min",
            Relay("mx.example.com", 465, Tls.TLS, rate=Pace(5, 1), per_domain=Pace(100, 60)),
        ),
        ("smtps://mx.example.com?rate=50000/day", Relay("mx.example.com", 465, Tls.TLS, rate=Pace(50_000, 86_400))),
    ],
)
def test_a_url_names_a_relay(url: str, relay: Relay) -> None:
    assert relay_from(url) == relay


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("", ["", "host"]),
        ("http://mx.example.com", [""]),
        ("smtp://", ["host"]),
        ("smtp://mx.example.com:99999", [""]),
        ("smtp://user@mx.example.com", ["user"]),
        ("smtp://mx.example.com?tls=maybe&timeout=0&verify=no", ["verify", "tls", "timeout"]),
        (f"smtp://mx.example.com?timeout={'9' * 5000}", ["timeout"]),
        ("smtp://u:p@mx.example.com?tls=none", ["tls"]),
        ("smtp://mx.example.com/path", ["path"]),
        ("smtp://mx.example.com?rate=0/s&per_domain=fast", ["rate", "per_domain"]),
        ("smtp://mx.example.com?rate=5", ["rate"]),
        ("smtp://mx.example.com?rate=", ["rate"]),
    ],
)
def test_everything_wrong_with_a_url_is_told(url: str, fields: list[str]) -> None:
    found = relay_from(url)
    assert isinstance(found, list)
    assert [problem.field for problem in found] == fields


def test_a_password_is_never_shown() -> None:
    assert "s3cret" not in repr(relay_from("smtp://u:s3cret@mx.example.com"))
    assert "s3cret" not in str(relay_from("smtp://u:s3cret@mx.example.com?tls=none"))


def test_the_sink_is_on_this_machine() -> None:
    assert sink_relay(4225) == Relay("127.0.0.1", 4225)
