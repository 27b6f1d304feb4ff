"""The embedded PostgreSQL: started by the first, stopped by the last, found again after every kind of crash."""

import os
import signal
import subprocess
import time
from pathlib import Path

import asyncpg
import psutil
import pytest

from cli.home import Home, open_home
from cli.ports import free_port
from cli.postgres import Database, database
from cli.prefect_schema import without_trigrams
from cli.refusal import Refusal
from cli.roles import wait_for


async def _value(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def value(url: str, query: str) -> object:
    return wait_for(_value(url, query))


def servers(home: Home) -> list[int]:
    """Every process that serves this folder."""
    commands = ((process.pid, process.info["cmdline"] or [""]) for process in psutil.process_iter(["cmdline"]))
    return [pid for pid, words in commands if "postgres" in words[0] and str(home.path) in " ".join(words)]


@pytest.fixture
def home(folder: Path) -> Home:
    return open_home(folder / "var")


def test_the_first_user_starts_it_and_the_last_one_stops_it(home: Home) -> None:
    with Database(home) as first:
        with Database(home) as second:
            assert second.urls == first.urls
        assert value(first.urls.app, "SELECT current_user::text") == "relance_app"
    assert servers(home) == []


def test_it_keeps_port_and_data_from_one_start_to_the_next(home: Home) -> None:
    with database(home) as before:
        value(before.owner, "CREATE TABLE kept AS SELECT 1 AS one")
    with database(home) as after:
        assert after == before
        assert value(after.owner, "SELECT one FROM kept") == 1


def test_each_role_may_do_its_own_work_only(home: Home) -> None:
    with database(home) as urls:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            value(urls.app, "CREATE TABLE mine (id int)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            value(urls.prefect.removesuffix("/prefect") + "/relance", "SELECT 1")
        with pytest.raises(asyncpg.InvalidPasswordError):
            value(urls.owner.replace("relance_owner:", "relance_owner:x"), "SELECT 1")
        assert value(urls.prefect, "SHOW synchronous_commit") == "off"
        assert value(urls.app, "SHOW synchronous_commit") == "on"
        assert value(urls.app, "SHOW fsync") == "on"
        assert value(urls.app, "SHOW listen_addresses") == "127.0.0.1"


def test_a_killed_server_is_revived_on_the_same_port(home: Home) -> None:
    with Database(home) as held:
        value(held.urls.owner, "CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(int((home.path / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        while held.alive():
            time.sleep(0.01)
        held.revive()
        assert value(held.urls.owner, "SELECT one FROM kept") == 1
    assert servers(home) == []


def test_a_stale_pid_file_that_names_an_unrelated_process_is_not_believed(home: Home) -> None:
    with database(home):
        pass
    stranger = subprocess.Popen(["sleep", "60"])
    place = home.path / "postgres/data/postmaster.pid"
    place.write_text(f"{stranger.pid}\n{home.path}/postgres/data\n1\n5432\n\n127.0.0.1\n")
    with database(home) as urls:
        assert value(urls.app, "SELECT 1") == 1
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_an_interrupted_first_start_is_redone(home: Home) -> None:
    half = home.path / "postgres" / "data.unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with database(home) as urls:
        assert value(urls.app, "SELECT 1") == 1


def test_a_port_taken_meanwhile_is_replaced_by_a_free_one(home: Home) -> None:
    with database(home) as before:
        port = int(before.app.rsplit(":", 1)[1].split("/")[0])
    squatter = subprocess.Popen(
        ["python3", "-m", "http.server", str(port), "--bind", "127.0.0.1"], stderr=-3, stdout=-3
    )
    try:
        while not squatter.poll() and not _listens(port):
            time.sleep(0.05)
        with database(home) as after:
            assert after.app != before.app
            assert value(after.app, "SELECT 1") == 1
    finally:
        squatter.kill()
        squatter.wait()


def test_passwords_are_readable_by_their_owner_only(home: Home) -> None:
    home.secrets()
    assert (home.path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_server_of_your_own_is_used_with_roles_of_its_own(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yours = open_home(folder / "yours")
    with Database(yours) as server:
        port = server.urls.app.rsplit(":", 1)[1].split("/")[0]
        admin = f"postgresql://postgres:{yours.secrets()['superuser']}@127.0.0.1:{port}"
        monkeypatch.setenv("RELANCE_DATABASE_URL", f"{admin}/ledger")
        with pytest.raises(Refusal, match=r"already has a role relance_app"), Database(home):
            pass
        # A server we may not administer is used as it is given.
        for statement in ("CREATE ROLE clerk LOGIN PASSWORD 'c'", "CREATE DATABASE ledger OWNER clerk",
                          "CREATE DATABASE ledger_prefect OWNER clerk"):  # fmt: skip
            value(f"{admin}/postgres", statement)
        monkeypatch.setenv("RELANCE_DATABASE_URL", f"postgresql://clerk:c@127.0.0.1:{port}/ledger")
        with Database(home) as given:
            assert [value(url, "SELECT current_database()::text") for url in (given.urls.app, given.urls.prefect)] == [
                "ledger", "ledger_prefect"]  # fmt: skip
    assert not (home.path / "postgres").exists()


def test_a_server_that_does_not_answer_is_named_in_a_sentence(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("RELANCE_DATABASE_URL", f"postgresql://a:b@127.0.0.1:{port}/relance")
    with pytest.raises(Refusal, match=f"The PostgreSQL server at 127.0.0.1:{port} does not let us in"), Database(home):
        pass


def test_a_home_that_cannot_be_written_is_named_in_a_sentence(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(Refusal, match=r"cannot be written .* set RELANCE_HOME to a folder of yours"):
        open_home(folder / "file" / "var")


def test_a_database_that_has_gone_is_not_replaced_by_an_empty_one(home: Home) -> None:
    with database(home):
        pass
    (home.path / "postgres").rename(home.path / "elsewhere")
    with pytest.raises(Refusal, match="has gone: bring it back from a backup"), Database(home):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database under another account")
def test_a_home_below_a_closed_folder_keeps_its_data_where_the_account_can_reach_it(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    said: list[str] = []
    with Database(open_home(closed / "var"), said.append) as held:
        data = held.cluster_folder
        assert value(held.urls.app, "SELECT 1") == 1
        assert (data / "belongs-to").read_text() == f"{closed / 'var'}\n"
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not data.is_relative_to(closed)
    assert any(str(data) in sentence for sentence in said)
    subprocess.run(["rm", "-rf", str(data)], check=True)


def test_prefects_name_indexes_become_plain_ones_where_the_extension_is_missing() -> None:
    index = "CREATE INDEX CONCURRENTLY trgm_ix_flow_name ON flow USING gin (name gin_trgm_ops);"
    assert [without_trigrams(one) for one in ("CREATE EXTENSION IF NOT EXISTS pg_trgm;", index, "SELECT 2")] == [
        "SELECT 1",
        "CREATE INDEX CONCURRENTLY trgm_ix_flow_name ON flow USING hash (name);",
        "SELECT 2",
    ]


def _listens(port: int) -> bool:
    return any(c.laddr.port == port and c.status == "LISTEN" for c in psutil.net_connections("tcp4"))
