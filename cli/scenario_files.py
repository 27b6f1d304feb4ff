"""Files of scenarios on the command line, and everything a scenario may name: ladders, laws, rates, holidays, zones."""

from collections.abc import Iterator
from datetime import date, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cli.ladder_files import shipped
from cli.refusal import Refusal
from policies.scenarios.known import Known

FIRST_YEAR, LAST_YEAR = 2000, 2060
"""Years whose public holidays are known to scenarios."""


def files_in(path: Path) -> list[Path]:
    """The file itself, or every TOML file in a folder and the folders in it."""
    if path.is_file():
        return [path]
    if not path.exists():
        raise Refusal(f"There is no file and no folder {path}.")
    found = sorted(path.rglob("*.toml"))
    if not found:
        raise Refusal(f"There is no scenario file (*.toml) in {path}.")
    return found


def known_from(file: Path) -> Known:
    """What the scenarios of `file` may name; policies by a path count from its folder."""
    from storage.law_store import all_laws, law_of
    from storage.rate_store import shipped_rates

    return Known(
        ladder=lambda name: _ladder(name, file.parent),
        ladders=tuple(path.stem for path in shipped()),
        zone=_zone,
        holidays=_holidays,
        law_id=_law_id,
        law_of=law_of,
        laws=all_laws(),
        rates=shipped_rates(),
    )


def _ladder(name: str, folder: Path) -> bytes | None:
    of_ours = {path.stem: path for path in shipped()}
    path = of_ours.get(name) or folder / name
    return path.read_bytes() if path.is_file() else None


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return None


@lru_cache
def _holidays(country: str, region: str) -> frozenset[date]:
    return frozenset(_all_holidays(country, region))


def _all_holidays(country: str, region: str) -> Iterator[date]:
    from storage.holiday_sets import holidays_around

    for year in range(FIRST_YEAR, LAST_YEAR, 2):
        yield from holidays_around(country, date(year, 1, 1))


def _law_id(country: str, region: str) -> str:
    from storage.law_store import NoLaw, for_country

    try:
        return for_country(country, region).id
    except NoLaw:
        return ""
