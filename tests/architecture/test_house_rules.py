"""Rules no linter knows."""

import ast
import re
import subprocess

from tests.architecture.sources import CHECKOUT, decorator_name, length, sources

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "manager", "core", "common", "misc"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|raise NotImplementedError)\b")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/[\w.-]|(?<![\w.])/tmp/[\w.-]")
REGISTRY = re.compile(
    r"https?://(?!127\.0\.0\.1|localhost)[\w.-]*(?:pypi|pythonhosted|artifact|nexus|mirror|registry)[\w.-]*"
)


FROZEN = "storage/migrations/versions/"
"""A migration that has run is never touched again, nor shortened."""


def test_a_module_fits_on_a_few_screens() -> None:
    long = [
        (source.name, lines)
        for source in sources()
        if (lines := source.text.count("\n")) > (120 if source.name.startswith("policies/") else 250)
        and not source.name.startswith(FROZEN)
    ]
    assert long == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        (source.name, function.name, lines)
        for source in sources()
        for function in source.functions()
        if (lines := length(function)) > 40 and not source.name.startswith(FROZEN)
    ]
    assert long == []


def test_modules_are_named_for_what_they_hold() -> None:
    empty = [source.name for source in sources() if EMPTY_WORDS & set(source.path.stem.split("_"))]
    assert empty == []


def test_nothing_is_left_to_do() -> None:
    left = [source.name for source in sources() if UNFINISHED.search(source.text)]
    assert left == []


def test_only_the_session_commits() -> None:
    commits = [
        source.name
        for source in sources()
        for call in source.calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]
    assert set(commits) <= {"storage/session.py"}


def test_no_error_is_swallowed_unseen() -> None:
    swallowed = [
        (source.name, handler.lineno)
        for source in sources()
        for handler in ast.walk(source.tree)
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or (isinstance(handler.type, ast.Name) and "Exception" in handler.type.id[:13]))
        and all(isinstance(line, ast.Pass) for line in handler.body)
    ]
    assert swallowed == []


def test_the_law_has_no_clock() -> None:
    reads = [
        (source.name, call.lineno)
        for source in sources("policies")
        for call in source.calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"now", "today", "utcnow", "monotonic", "time"}
    ]
    assert reads == []


def test_every_flow_keeps_its_result_to_itself() -> None:
    flows = [
        (source.name, function.name, decorator)
        for source in sources()
        for function in source.functions()
        for decorator in function.decorator_list
        if decorator_name(decorator) == "flow"
    ]
    keeping = [(name, flow) for name, flow, decorator in flows if not _says(decorator, "persist_result", value=False)]
    assert flows
    assert keeping == []


def test_prefect_forms_and_tables_keep_their_annotations() -> None:
    deferred = [
        source.name
        for source in sources("storage", "flows")
        if "from __future__ import annotations" in source.text and re.search(r"SQLModel|RunInput", source.text)
    ]
    assert deferred == []


def test_no_machine_and_no_registry_is_named() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        cwd=CHECKOUT,
        capture_output=True,
    )
    files = [CHECKOUT / name for name in listed.stdout.decode().split("\0") if name]
    assert files, "git lists the project's files"
    named = []
    for file in files:
        if file.suffix in {".png", ".jpg", ".ico", ".pdf"} or not file.is_file() or file.name == "test_house_rules.py":
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        named += [(str(file.relative_to(CHECKOUT)), found) for found in MACHINE.findall(text) + REGISTRY.findall(text)]
    assert named == []


def test_the_locks_name_exact_versions_with_hashes_and_no_index() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        lines = (CHECKOUT / name).read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and line[0].isalnum()]
        assert pins
        assert [pin for pin in pins if "==" not in pin] == []
        assert [line for line in lines if line.startswith("-") or "://" in line] == []
        assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def _says(decorator: ast.expr, keyword: str, *, value: object) -> bool:
    return isinstance(decorator, ast.Call) and any(
        word.arg == keyword and isinstance(word.value, ast.Constant) and word.value.value is value
        for word in decorator.keywords
    )
