"""`./relance` on machines that are not like this one."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from cli.home import CHECKOUT

SHELLS = [shell for shell in ("dash", "bash") if shutil.which(shell)]
STUB = "import sys\nprint('started', *sys.argv[1:])\n"


def bare(folder: Path) -> Path:
    """A checkout with a command line that only says it was started, and nothing to install."""
    (folder / "cli").mkdir(parents=True)
    (folder / "cli" / "main.py").write_text(STUB)
    (folder / "requirements.lock").write_text("# nothing\n")
    (folder / "requirements-test.lock").write_text("# nothing more\n")
    shutil.copy(CHECKOUT / "relance", folder / "relance")
    return folder


@pytest.fixture
def clone(folder: Path) -> Path:
    """Freshly cloned."""
    return bare(folder / "clone")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Started once; making a virtual environment takes seconds."""
    made = bare(tmp_path_factory.mktemp("model") / "clone")
    assert start(made / "relance", "up").stdout == "started up\n"
    return made


@pytest.fixture
def installed(model: Path, folder: Path) -> Path:
    """Cloned and started before."""
    shutil.copytree(model, folder / "installed", symlinks=True)
    return folder / "installed"


def start(program: Path, *words: str, shell: str = "dash", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shutil.which(shell) or shell, str(program), *words],
        check=False,
        cwd="/",
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("shell", SHELLS)
def test_it_starts_from_any_directory_through_a_chain_of_links(folder: Path, shell: str) -> None:
    (folder / "first").symlink_to(CHECKOUT / "relance")
    (folder / "second").symlink_to("first")
    done = start(folder / "second", "--help", shell=shell)
    assert (done.returncode, "doctor" in done.stdout) == (0, True), done.stderr


def test_the_second_start_adds_less_than_three_tenths_of_a_second(installed: Path) -> None:
    python = [str(installed / ".venv/bin/python"), "-P", "-m", "cli.main"]
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)}

    def seconds(*command: str) -> float:
        begun = time.monotonic()
        subprocess.run(command, check=True, env=here, capture_output=True)
        return time.monotonic() - begun

    through = min(seconds("dash", str(installed / "relance")) for _ in range(3))
    assert through - min(seconds(*python) for _ in range(3)) < 0.3


def test_a_machine_without_a_new_enough_python_gets_a_sentence(clone: Path) -> None:
    fakes = clone / "fakes"
    fakes.mkdir()
    for name in ("python3.13", "python3.12", "python3.11", "python3", "python"):  # a shim without its interpreter
        (fakes / name).write_text("#!/bin/sh\necho 'shim: command not found' >&2\nexit 127\n")
        (fakes / name).chmod(0o755)
    for tool in ("cksum", "cat", "dirname", "readlink", "mkdir", "rm", "ps", "sleep"):
        (fakes / tool).symlink_to(shutil.which(tool) or "")
    done = start(clone / "relance", PATH=str(fakes))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Relance needs Python 3.11 or newer; none was found as python3.13, python3.12, python3.11, python3 or python.\n"
    )
    assert not (clone / ".venv-turn").exists()


def test_it_installs_once_and_again_when_the_lock_has_changed_or_was_interrupted(clone: Path) -> None:
    said = [start(clone / "relance", "up").stderr for _ in range(2)]
    (clone / "requirements.lock").write_text("# something else\n")
    said += [start(clone / "relance", "up").stderr for _ in range(2)]
    (clone / ".venv" / "relance-unfinished").touch()
    said += [start(clone / "relance", "up").stderr for _ in range(2)]
    assert [bool(words) for words in said] == [True, False, True, False, True, False], said


def test_only_the_test_command_installs_the_test_tools(installed: Path) -> None:
    assert not (installed / ".venv" / "requirements-test.lock.stamp").exists()
    done = start(installed / "relance", "--debug", "test", "-x")
    assert done.stdout == "started --debug test -x\n"
    assert (installed / ".venv" / "requirements-test.lock.stamp").exists()


def test_two_first_starts_at_once_install_one_after_the_other(clone: Path) -> None:
    words = [shutil.which("dash") or "sh", str(clone / "relance"), "up"]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=120) for process in both]
    assert [out for out, _ in answers] == ["started up\n"] * 2
    assert sum("Installing" in err for _, err in answers) == 1, answers


def test_a_turn_left_by_a_killed_installation_is_taken_over(installed: Path) -> None:
    dead = subprocess.run(["dash", "-c", "echo $$"], check=True, capture_output=True, text=True).stdout
    (installed / "requirements.lock").write_text("# something else\n")
    (installed / ".venv-turn").mkdir()
    (installed / ".venv-turn" / "pid").write_text(dead)
    assert start(installed / "relance", "up").stdout == "started up\n"


def test_a_failed_installation_says_where_to_look(installed: Path) -> None:
    (installed / "requirements.lock").write_text("relance-does-not-exist==1 --hash=sha256:" + "0" * 64 + "\n")
    done = start(installed / "relance", "up", PIP_NO_INDEX="1")
    assert done.returncode == 1
    assert "The installation did not succeed" in done.stderr
    assert (installed / ".venv-install.log").exists()


def test_what_lies_in_the_current_directory_is_not_imported(installed: Path) -> None:
    trap = installed / "elsewhere"
    (trap / "cli").mkdir(parents=True)
    (trap / "cli" / "main.py").write_text("print('wrong one')\n")
    done = subprocess.run(["dash", str(installed / "relance")], check=True, cwd=trap, capture_output=True, text=True)
    assert done.stdout == "started\n"
