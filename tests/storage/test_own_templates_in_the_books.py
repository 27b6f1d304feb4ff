"""A broken template of the company's own: nothing is written down, nothing leaves, and mending the file is enough."""

from pathlib import Path

import pytest

from storage import handing
from storage.handing import Reserved
from tasks.template_source import TEMPLATES
from tasks.write import CannotWrite, write
from tests.storage.books import do, rows
from tests.storage.test_holds import MAIL, at, case_of, owed

pytestmark = pytest.mark.usefixtures("database_url")

COURTESY = "common/courtesy_reminder/any/fr/body.txt"


async def test_a_case_whose_words_are_broken_leaves_no_message_behind_until_the_file_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    file = tmp_path / "templates" / COURTESY
    file.parent.mkdir(parents=True)
    leased = await owed("F1")
    await do("UPDATE creditor SET email = 'compta@us.example'")
    await do("UPDATE contact SET email = 'compta@dupont.example'")
    case, day = await case_of("F1"), at("2026-02-10")
    file.write_text("Bonjour {{ client }}")
    with pytest.raises(CannotWrite) as told:
        await handing.prepare(case, leased["F1"], day, MAIL, write)
    assert str(told.value) == f"{file}:1: 'client' is undefined."
    assert await rows("SELECT count(*) FROM message") == [(0,)]
    assert await rows("SELECT count(*) FROM effect") == [(0,)]
    shipped = (TEMPLATES / COURTESY).read_text(encoding="utf-8")
    file.write_text(shipped.replace("Bien cordialement", "Avec nos meilleures salutations"), encoding="utf-8")
    assert isinstance(await handing.prepare(case, leased["F1"], day, MAIL, write), Reserved)
    (text,) = await rows("SELECT text FROM message")
    assert "Avec nos meilleures salutations" in text[0]
