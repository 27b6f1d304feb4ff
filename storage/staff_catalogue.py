"""The catalogues of what staff read, from the files that come with Relance; and the language of the house."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import text

from policies.choice import Choice
from policies.staff_text.catalogue import Catalogue, catalogue
from policies.staff_text.languages import ENGLISH, LANGUAGES
from storage.session import reading

_HOUSE = text("SELECT staff_language FROM creditor ORDER BY id LIMIT 1")


@lru_cache
def staff_catalogue(language: str) -> Catalogue:
    """The catalogue of a language staff read; an empty one for English, which the code is written in."""
    if language == ENGLISH or language not in LANGUAGES:
        return Catalogue(ENGLISH, {})
    folder = files("policies").joinpath("staff_text", language)
    tables = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return catalogue(language, (tomllib.loads(one.read_text(encoding="utf-8")) for one in tables))


def in_every_language(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The choices, each with its sentence in every language it may have been shown in."""
    offered = tuple(choices)
    others = [staff_catalogue(language) for language in LANGUAGES if language != ENGLISH]
    return offered + tuple(
        replace(one, sentence=said) for other in others for one in offered if (said := other.exact(one.sentence))
    )


async def house_language() -> str:
    """The language questions and runs are written in: a form is one per run, whoever opens it."""
    async with reading() as connection:
        return str(await connection.scalar(_HOUSE) or ENGLISH)
