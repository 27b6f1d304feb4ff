"""A file for an agency with a folder is laid there, whole, and the same again where it is laid twice."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from policies.case import EffectState
from policies.stages import Channel, Stage
from storage.outgoing import Outgoing
from tasks.handover_folder import is_a_folder, put


def letter() -> Outgoing:
    mail = EmailMessage()
    mail["Subject"] = "Dossier"
    mail.set_content("Bonjour")
    mail.add_attachment(b"zip", maintype="application", subtype="zip", filename="C1-2026-06-01.zip")
    mail.add_attachment(b"x", maintype="application", subtype="json", filename="../../claim.json")
    return Outgoing(
        7, Channel.HANDOVER, Stage.AGENCY, "step", "live", "a@us.example", "nord@folder.invalid", "Dossier", "", mail.as_bytes(), "k",
        datetime(2026, 6, 1, tzinfo=UTC),
    )  # fmt: skip


def test_the_message_and_what_it_carries_lie_in_the_folder_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    done = [put(letter()), put(letter())]
    assert [(one.state, one.provider_id) for one in done] == [(EffectState.CONFIRMED, "handover/nord/00000007")] * 2
    found = {str(one.relative_to(tmp_path)): one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    mail = found.pop("handover/nord/00000007.eml")
    assert b"Subject: Dossier" in mail
    assert found == {
        "handover/nord/00000007-C1-2026-06-01.zip": b"zip",
        "handover/nord/00000007-claim.json": b"x",
    }


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    (tmp_path / "handover").write_text("a file", encoding="utf-8")
    done = put(letter())
    assert (done.state, done.temporary) == (EffectState.REFUSED, True)


def test_only_a_folder_of_ours_is_one() -> None:
    assert [is_a_folder(one) for one in ("nord@folder.invalid", "nord@folder.invalid.example", "a@b.example")] == [
        True,
        False,
        False,
    ]
