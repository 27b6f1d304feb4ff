"""An SMS to a local server that speaks as Twilio's published description says."""

import asyncio
import json
import logging
import re
import socket
from base64 import b64encode
from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from policies.case import EffectState
from policies.sms_answers import SmsTrouble
from tasks.handed import Handed
from tasks.send_sms import hand_over
from tasks.twilio_client import TwilioAccount, twilio_account_from

SID = "AC" + "0123456789abcdef" * 2
SERVICE = "MG" + "0123456789abcdef" * 2
DESCRIPTION = Path(__file__).parents[3] / "shared" / "corpora" / "twilio" / "oai" / "twilio_api_v2010.json"
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@lru_cache(maxsize=1)
def described() -> dict[str, Any]:
    """How a message is made, in Twilio's own description."""
    if not DESCRIPTION.exists():
        pytest.skip("Twilio's API description is not beside the checkout (../shared/corpora/twilio)")
    operation: dict[str, Any] = json.loads(DESCRIPTION.read_text())["paths"][MESSAGES]["post"]
    return operation


def send(
    answer: Answer, text: str = "Réglé ? 1000,00 EUR", to: str = "+33612345678", patience: float = 20, **account: str
) -> Handed:
    async def story() -> Handed:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        values = {"sid": SID, "token": "s3cret", "sender": "+15005550006", "base_url": f"http://{host}:{port}"}
        try:
            return await hand_over(text, to, TwilioAccount(**{**values, **account}), timeout=patience)
        finally:
            await runner.cleanup()

    return asyncio.run(story())


def refuses(status: int, code: int, message: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        body = {"code": code, "message": message, "more_info": "https://www.twilio.com/docs", "status": status}
        return web.json_response(body, status=status)

    return answer


@pytest.mark.parametrize(
    ("sender", "field"), [("+15005550006", "From"), ("Martin", "From"), (SERVICE, "MessagingServiceSid")]
)
def test_a_message_is_asked_for_as_twilio_describes_it_and_confirmed_with_its_id(sender: str, field: str) -> None:
    operation = described()
    seen: list[tuple[str, str, str, dict[str, str]]] = []

    async def answer(request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        seen.append((request.method, request.path, request.headers["Authorization"], form))
        example = operation["responses"]["201"]["content"]["application/json"]["examples"]["create"]["value"]
        return web.json_response(example, status=201)

    handed = send(answer, sender=sender)
    assert handed == Handed(EffectState.CONFIRMED, False, "201 queued", "SM" + "a" * 32)
    credentials = "Basic " + b64encode(f"{SID}:s3cret".encode()).decode()
    form = {"To": "+33612345678", "Body": "Réglé ? 1000,00 EUR", "SmartEncoded": "false", field: sender}
    assert seen == [("POST", MESSAGES.replace("{AccountSid}", SID), credentials, form)]
    schema = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert set(schema["required"]) <= form.keys() <= schema["properties"].keys()
    [path_sid] = [each for each in operation["parameters"] if each["name"] == "AccountSid"]
    assert re.fullmatch(path_sid["schema"]["pattern"], SID)


@pytest.mark.parametrize(
    ("status", "code", "message", "temporary", "trouble"),
    [
        (400, 21211, "The 'To' number is not a valid phone number.", False, SmsTrouble.DEAD),
        (400, 21610, "Attempt to send to unsubscribed recipient", False, SmsTrouble.STOPPED),
        (400, 21612, "The 'To' number is not reachable", False, None),
        (400, 21611, "This 'From' number has exceeded the maximum number of queued messages", True, None),
        (401, 20003, "Authenticate", True, None),
        (429, 20429, "Too Many Requests", True, None),
    ],
)
def test_a_message_twilio_refuses_is_refused_in_its_words(
    status: int, code: int, message: str, temporary: bool, trouble: SmsTrouble | None
) -> None:
    words = f"{status} Unable to create record: {message} (Twilio error {code})"
    assert send(refuses(status, code, message)) == Handed(EffectState.REFUSED, temporary, words, "", trouble)


async def _fails(request: web.Request) -> web.StreamResponse:
    await request.post()
    return web.Response(status=503, text="<html>upstream</html>")


async def _answers_html(request: web.Request) -> web.StreamResponse:
    return web.Response(status=201, text="<html>")


async def _falls_silent(request: web.Request) -> web.StreamResponse:
    await request.post()
    await asyncio.sleep(5)
    return web.Response(status=201)


async def _hangs_up(request: web.Request) -> web.StreamResponse:
    await request.post()
    assert request.transport is not None
    request.transport.close()
    return web.Response(status=201)


async def _answers_nothing(request: web.Request) -> web.StreamResponse:
    return web.json_response({}, status=201)


@pytest.mark.parametrize("answer", [_fails, _answers_html, _answers_nothing, _falls_silent, _hangs_up])
def test_a_message_without_a_clear_answer_is_ambiguous(answer: Answer) -> None:
    handed = send(answer, patience=2)
    assert (handed.state, handed.temporary, handed.provider_id) == (EffectState.AMBIGUOUS, False, "")
    assert "s3cret" not in handed.words


def test_a_server_that_cannot_be_reached_is_refused_for_now() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    for url in (nobody, "http://twilio.invalid"):
        handed = asyncio.run(hand_over("x", "+33612345678", TwilioAccount(SID, "t", "+15005550006", url), timeout=5))
        assert (handed.state, handed.temporary) == (EffectState.REFUSED, True)


def test_a_recipient_without_country_code_is_refused_for_good() -> None:
    handed = asyncio.run(hand_over("x", "06 12 34 56 78", TwilioAccount(SID, "t", "+15005550006")))
    assert (handed.state, handed.temporary) == (EffectState.REFUSED, False)


def test_neither_text_nor_token_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    send(refuses(400, 21211, "no"), text="montant confidentiel")
    assert "confidentiel" not in caplog.text
    assert "s3cret" not in caplog.text + repr(TwilioAccount(SID, "s3cret", "x"))


def test_an_account_needs_all_three_of_its_names() -> None:
    whole = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": "t", "RELANCE_TWILIO_FROM": "+15005550006"}
    assert twilio_account_from(whole) == TwilioAccount(SID, "t", "+15005550006", "https://api.twilio.com")
    local = twilio_account_from({**whole, "RELANCE_TWILIO_URL": "http://127.0.0.1:9/"})
    assert local == TwilioAccount(SID, "t", "+15005550006", "http://127.0.0.1:9")
    assert [twilio_account_from({**whole, name: " "}) for name in whole] == [None, None, None]
