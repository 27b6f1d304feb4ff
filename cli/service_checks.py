"""What `doctor` asks the outside: the SMTP server, Twilio, Prefect. One short attempt each."""

import base64
import os
import re
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping

from cli.desk_client import DeskClient
from cli.findings import Finding, Health, bad, note, ok
from cli.holding import holder
from cli.home import Home
from policies.sms_sender import can_be_answered, sender_wrong

SECONDS = 10
TWILIO = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "RELANCE_TWILIO_FROM")
SHAPES = {
    "TWILIO_ACCOUNT_SID": (re.compile(r"AC[0-9a-fA-F]{32}"), "AC and 32 characters 0-9 a-f"),
    "TWILIO_AUTH_TOKEN": (re.compile(r"[0-9a-fA-F]{32}"), "32 characters 0-9 a-f"),
}  # fmt: skip


def prefect(home: Home) -> Finding:
    """Whether the server behind the desk answers, if the stack is up."""
    who = holder(home)
    if who is None:
        return note("prefect", "not running", "Start it with ./relance up.")
    if DeskClient(who.desk, home.secrets()["service"], SECONDS).is_up():
        return ok("prefect", f"healthy behind the desk on port {who.desk}, supervised by process {who.pid}")
    return bad(
        "prefect", f"process {who.pid} runs the stack but Prefect does not answer", f"See {home.log / 'desk.log'}."
    )


def smtp(environ: Mapping[str, str] = os.environ) -> Finding:
    """Whether the server that carries our e-mail takes our sign-in."""
    from tasks.relay import Relay, relay_from

    url = environ.get("RELANCE_SMTP_URL", "").strip()
    if not url:
        return note("smtp", "RELANCE_SMTP_URL is not set: every message goes to the local sink")
    relay = relay_from(url)
    if not isinstance(relay, Relay):
        return bad("smtp", " ".join(problem.reason for problem in relay), "Correct RELANCE_SMTP_URL.")
    try:
        _sign_in(relay.host, relay.port, relay.tls, relay.user, relay.password, relay.ca)
    except (OSError, smtplib.SMTPException) as problem:
        return bad("smtp", f"{relay.host}:{relay.port} refuses: {_words(problem)}", "Check RELANCE_SMTP_URL.")
    return ok("smtp", f"{relay.host}:{relay.port} answers" + (" and takes the sign-in" if relay.user else ""))


def mailbox(environ: Mapping[str, str] = os.environ) -> Finding:
    """Whether the mailbox in which answers arrive lets us in."""
    from datetime import UTC, datetime

    from tasks.mailbox import SOURCE, the_mailbox
    from tasks.mailbox_letters import MailboxTrouble
    from tasks.mailbox_open import waiting_in

    place = the_mailbox(environ)
    if place is None:
        return note("mailbox", f"{SOURCE} is not set: bounces and replies are not read")
    if isinstance(place, list):
        return bad("mailbox", " ".join(problem.reason for problem in place), f"Correct {SOURCE}.")
    try:
        waits = waiting_in(place, datetime.now(UTC).date())
    except MailboxTrouble as trouble:
        return bad("mailbox", str(trouble), f"Check {SOURCE}.")
    return ok("mailbox", f"{place.name} lets us in; {waits} of today wait to be read")


def twilio(environ: Mapping[str, str] = os.environ) -> Finding:
    """Whether the SMS account is complete, well-formed and known to Twilio."""
    given = {name: environ.get(name, "").strip() for name in TWILIO}
    if not any(given.values()):
        return note("twilio", "not set: SMS steps are passed over, or mailed")
    for name, (pattern, shape) in SHAPES.items():
        value = given[name]
        if not pattern.fullmatch(value):
            return bad(
                "twilio", f"{name} is {'not ' + shape if value else 'missing'}", f"Set {name} as Twilio shows it."
            )
    if wrong := sender_wrong(given["RELANCE_TWILIO_FROM"]):
        return bad("twilio", wrong, "Set RELANCE_TWILIO_FROM.")
    base = environ.get("RELANCE_TWILIO_URL", "").strip().rstrip("/") or "https://api.twilio.com"
    found = _ask_twilio(base, given["TWILIO_ACCOUNT_SID"], given["TWILIO_AUTH_TOKEN"])
    if found.health is Health.OK and not can_be_answered(given["RELANCE_TWILIO_FROM"]):
        told = f"{found.words}; nobody can answer an SMS under the name “{given['RELANCE_TWILIO_FROM']}”"
        return note("twilio", told, "With a number or a messaging service answers come in, STOP among them.")
    return found


def _ask_twilio(base: str, sid: str, token: str) -> Finding:
    credentials = base64.b64encode(f"{sid}:{token}".encode()).decode()
    headers = {"Authorization": f"Basic {credentials}"}
    if not base.startswith(("https://", "http://")):
        return bad("twilio", f"RELANCE_TWILIO_URL is {base!r}", "It must start with https://.")
    request = urllib.request.Request(f"{base}/2010-04-01/Accounts/{sid}.json", headers=headers)  # noqa: S310  # checked
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310  # checked
            return ok("twilio", "the account is known")
    except urllib.error.HTTPError as answer:
        if answer.code in (401, 403):
            return bad("twilio", "Twilio does not accept these credentials", "Check the SID and the token.")
        return note("twilio", f"Twilio answered {answer.code}", "Try again later.")
    except OSError as problem:
        return bad(
            "twilio", f"{base} cannot be reached: {_words(problem)}", "Check the network and RELANCE_TWILIO_URL."
        )


def _sign_in(host: str, port: int, tls: str, user: str, password: str, ca: str) -> None:
    context = ssl.create_default_context(cafile=ca or None)
    plain = tls != "tls"
    with (
        smtplib.SMTP(host, port, timeout=SECONDS)
        if plain
        else smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    ) as server:
        if tls == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if user:
            server.login(user, password)


def _words(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        said = problem.smtp_error
        return f"{problem.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return str(problem) or type(problem).__name__
