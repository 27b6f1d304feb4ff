"""The tools that judge the source are tests, so that one command is enough."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import CHECKOUT


def run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words], check=False, cwd=CHECKOUT, capture_output=True, text=True, timeout=600
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_has_no_complaint() -> None:
    assert run("ruff", "check", "--no-fix", "--output-format", "concise", ".") == ""


def test_every_file_is_formatted() -> None:
    assert run("ruff", "format", "--check", ".") == ""


def test_types_agree() -> None:
    assert run("mypy") == ""


def test_imports_point_one_way() -> None:
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, cwd=CHECKOUT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout


def test_shell_scripts_parse_in_every_shell_here() -> None:
    shells = [shell for shell in ("dash", "bash", "busybox") if shutil.which(shell)]
    for script in ("relance", "scripts/refresh-lock"):
        for shell in shells:
            words = [shell, *(["sh"] if shell == "busybox" else []), "-n", str(Path(CHECKOUT, script))]
            assert subprocess.run(words, check=False, capture_output=True).returncode == 0, (shell, script)
