"""Twilio's own samples: how texts are cut, which signs it replaces, what its magic numbers answer, and its description."""

import asyncio
import csv
import json
from pathlib import Path
from typing import Any

import pytest

from cli.findings import Health
from cli.service_checks import twilio as doctor
from policies.case import EffectState
from policies.sms_answers import STATUSES, SmsTrouble
from policies.sms_letters import smart
from policies.sms_segments import segments
from tasks.ask_twilio import NoAnswer, message_at, received_since, sent_to
from tasks.phone_types import takes_no_sms
from tasks.send_sms import hand_over
from tests.tasks.twilio_openapi import described, wrong_request
from tests.tasks.twilio_server import ACCOUNT, LIST, NOON, OURS, SERVICE, SID, twilio

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"

pytestmark = pytest.mark.skipif(
    not (CORPORA / "twilio").is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)


def listed(name: str) -> Any:
    return json.loads((CORPORA / "twilio" / name).read_text(encoding="utf-8"))


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((CORPORA / name).read_text(encoding="utf-8").splitlines()))


def test_every_sample_text_is_cut_as_it_says() -> None:
    samples = listed("sms_segments.json")
    for one in samples:
        found = segments(one["body"])
        ours = {
            "encoding": found.encoding.value, "segments": found.count, "message_bits": found.message_bits,
            "total_bits": found.total_bits,
        }  # fmt: skip
        assert {name: ours[name] for name in ours if name in one} == {name: one[name] for name in ours if name in one}
    assert len(samples) == 11


def test_smart_encoding_replaces_every_sign_as_twilio_does() -> None:
    pairs = listed("smart_encoding_pairs.json")
    assert [smart(sign) for sign, _ in pairs] == [plain for _, plain in pairs]
    assert len(pairs) == 270


def test_fixed_lines_and_their_like_take_no_sms() -> None:
    rows = [row for row in table("phone/examples_FR_GB.csv") if row["validity"] == "valid"]
    refused = {(row["region"], row["type"]) for row in rows if takes_no_sms(row["e164"])}
    assert refused == {
        ("FR", "FIXED_LINE"), ("FR", "TOLL_FREE"), ("FR", "PREMIUM_RATE"), ("FR", "SHARED_COST"), ("FR", "VOIP"),
        ("GB", "FIXED_LINE"), ("GB", "TOLL_FREE"), ("GB", "PREMIUM_RATE"),
    }  # fmt: skip


async def test_the_magic_numbers_are_understood_as_twilio_means_them() -> None:
    means = {
        21211: (False, SmsTrouble.DEAD), 21614: (False, SmsTrouble.DEAD), 21610: (False, SmsTrouble.STOPPED),
        21612: (False, None), 21408: (False, None), 21212: (False, None), 21606: (False, None), 21611: (True, None),
    }  # fmt: skip
    rows = [row for row in table("twilio/magic_numbers.csv") if row["resource"] == "sms" and row["number"][0] == "+"]
    async with twilio() as server:
        for row in rows:
            to, sender = (row["number"], OURS) if row["field"] == "To" else ("+33612345678", row["number"])
            handed = await hand_over("Bonjour", to, server.account(sender))
            if row["result"] == "ok":
                assert handed.state is EffectState.CONFIRMED
                continue
            code = int(row["error_code"])
            assert (handed.state, handed.temporary, handed.trouble) == (EffectState.REFUSED, *means[code])
            assert f"(Twilio error {code})" in handed.words
    assert server.wrong == []
    assert len(rows) == 9


async def test_everything_we_ask_of_twilio_is_as_it_describes() -> None:
    async with twilio() as server:
        server.page = 2
        for sender in (OURS, "Martin & Co", SERVICE):
            assert (await hand_over("Réglé ? 10 €", "+33612345678", server.account(sender))).provider_id
        server.add(direction="inbound", to=OURS, body="STOP", status="received", **{"from": "+33612345678"})
        for sender in (OURS, "Martin & Co", SERVICE):
            account = server.account(sender)
            assert not isinstance(await message_at("SM" + "0" * 31 + "1", account), NoAnswer)
            assert not isinstance(await sent_to("+33612345678", account), NoAnswer)
            assert not isinstance(await received_since(NOON.replace(hour=1), account), NoAnswer)
        await message_at("SM" + "f" * 32, server.account())
    assert server.wrong == []
    posted = [form for method, _, form in server.asked if method == "POST"]
    common = {"To": "+33612345678", "Body": "Réglé ? 10 €", "SmartEncoded": "false"}
    assert posted == [
        common | {"From": OURS}, common | {"From": "Martin & Co"}, common | {"MessagingServiceSid": SERVICE},
    ]  # fmt: skip
    assert {method for method, _, _ in server.asked} == {"GET", "POST"}


async def test_what_doctor_asks_is_as_twilio_describes_it() -> None:
    async with twilio() as server:
        token, names = "0123456789abcdef" * 2, (OURS, SERVICE, "Martin", "Martin et Fils", "")
        server.token = token
        environ = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": token, "RELANCE_TWILIO_URL": server.url}
        found = [await asyncio.to_thread(doctor, environ | {"RELANCE_TWILIO_FROM": name}) for name in names]
    assert [one.health for one in found] == [Health.OK, Health.OK, Health.NOTE, Health.BAD, Health.BAD]
    assert found[2].words == "the account is known; nobody can answer an SMS under the name “Martin”"
    assert server.wrong == []
    assert [path for _, path, _ in server.asked] == [ACCOUNT] * 3


def test_the_check_of_requests_finds_what_is_wrong() -> None:
    form = "application/x-www-form-urlencoded"
    assert wrong_request("PUT", LIST, [], [], form) == [f"there is no PUT {LIST}"]
    assert wrong_request("POST", LIST.replace("AC", "XX"), [], [("To", "+1")], form) == [
        f"path: AccountSid is '{SID.replace('AC', 'XX')}'"
    ]
    twice = [("Body", "x"), ("Body", "y"), ("SmartEncoded", "nope"), ("Too", "+1"), ("MessagingServiceSid", "MG1")]
    assert wrong_request("POST", LIST, [], twice, "application/json") == [
        "the body is application/json", "form: To is missing", "form: Body is given twice",
        "form: SmartEncoded is 'nope'", "form: there is no Too", "form: MessagingServiceSid is 'MG1'",
    ]  # fmt: skip
    assert wrong_request("GET", LIST, [("PageSize", "1001"), ("DateSent>", "monday")], [], "") == [
        "query: PageSize is '1001'", "query: DateSent> is 'monday'",
    ]  # fmt: skip


def test_the_states_of_a_message_are_all_known() -> None:
    known = described()
    assert known is not None
    assert frozenset(known["components"]["schemas"]["message_enum_status"]["enum"]) == STATUSES
