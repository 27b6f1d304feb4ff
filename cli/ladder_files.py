"""Ladders named on the command line: one of your own or one that comes with Relance by its id, or a file."""

from pathlib import Path

from cli.home import home_path
from cli.refusal import Refusal
from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.problems import Problem

LADDERS = Path(load_ladder.__code__.co_filename).parent / "ladders"


def shipped() -> list[Path]:
    """The files of the ladders that come with Relance."""
    return sorted(LADDERS.glob("*.toml"))


def own() -> list[Path]:
    """The files of your own: `policies` in RELANCE_HOME."""
    return sorted((home_path() / "policies").glob("*.toml"))


def path_of(policy: str) -> Path:
    """The file of the ladder with this id, your own before one that comes with Relance, or the file itself."""
    known = {path.stem: path for path in (*shipped(), *own())}
    if policy in known:
        return known[policy]
    if Path(policy).exists():
        return Path(policy)
    raise Refusal(f"There is no policy and no file “{policy}”; known are {', '.join(sorted(known))}.")


def bytes_of(file: Path) -> bytes:
    """What the file holds."""
    if file.is_dir():
        raise Refusal(f"{file} is a folder: name a file in it.")
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}.") from None


def checked(path: Path) -> Ladder | list[Problem]:
    """The ladder in the file, or everything that is wrong with it: by itself, by its law, by the words that exist."""
    from storage.law_store import all_laws
    from storage.rate_store import shipped_rates
    from tasks.ladder_check import checked_ladder

    return checked_ladder(bytes_of(path), path.name, all_laws(), shipped_rates())


def loaded(path: Path) -> Ladder:
    """The same; refused with everything that is wrong with it."""
    return _good(checked(path))


def playable(path: Path) -> Ladder:
    """The ladder for a play in which nothing is written: checked by itself and by its law, not for words to send."""
    from storage.law_store import all_laws
    from storage.rate_store import shipped_rates

    return _good(load_ladder(bytes_of(path), path.name, laws=all_laws(), rates=shipped_rates()))


def read(path: Path) -> Ladder:
    """The ladder in the file by itself, whatever its law says."""
    return _good(load_ladder(bytes_of(path), path.name))


def _good(found: Ladder | list[Problem]) -> Ladder:
    if isinstance(found, list):
        raise Refusal("\n".join(str(problem) for problem in found))
    return found
