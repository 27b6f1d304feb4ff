"""A PostgreSQL of your own, named by RELANCE_DATABASE_URL: our roles where you let us make them, else as given."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import asyncpg

from cli.refusal import Refusal
from cli.roles import APP, OWNER, PREFECT, Names, address, prepare, signs_in, wait_for

RIGHTS = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = user"


def your_server(url: str, secrets: Mapping[str, str]) -> tuple[str, str, str]:
    """Addresses for programs, for migrations and for Prefect on the server at `url`; its database name is ours."""
    plain = url.replace("postgresql+asyncpg://", "postgresql://").replace("postgres://", "postgresql://")
    parts = urlsplit(plain)
    if parts.scheme != "postgresql" or not parts.hostname:
        raise Refusal("RELANCE_DATABASE_URL must look like postgresql://user:password@host:5432/relance.")
    ours = parts.path.strip("/") or "relance"
    names = Names(ours, "prefect" if ours == "relance" else f"{ours}_prefect")
    try:
        return wait_for(_addresses(plain, secrets, names))
    except (OSError, TimeoutError, asyncpg.PostgresError) as problem:
        raise Refusal(
            f"The PostgreSQL server at {parts.hostname}:{parts.port or 5432} does not let us in "
            f"({str(problem) or type(problem).__name__}): check RELANCE_DATABASE_URL."
        ) from problem


async def _addresses(url: str, secrets: Mapping[str, str], names: Names) -> tuple[str, str, str]:
    ours = (
        address(url, APP, secrets["app"], names.ours),
        address(url, OWNER, secrets["owner"], names.ours),
        address(url, PREFECT, secrets["prefect"], names.prefect),
    )
    if await signs_in(ours[2]) and await signs_in(ours[0]):
        return ours
    connection, at = await _somewhere(url)
    try:
        rights = await connection.fetchrow(RIGHTS)
        stranger = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", APP)
        databases = {row[0] for row in await connection.fetch("SELECT datname FROM pg_database")}
        if rights["rolsuper"] or (rights["rolcreatedb"] and rights["rolcreaterole"]):
            if stranger:
                raise Refusal(_taken(APP))
            await prepare(at, secrets, names)
            return ours
        if not {names.ours, names.prefect} <= databases:
            raise Refusal(_missing(names))
    finally:
        await connection.close()
    as_given = _with_database(url, names.ours)
    return as_given, as_given, _with_database(url, names.prefect)


async def _somewhere(url: str) -> tuple["asyncpg.Connection[asyncpg.Record]", str]:
    try:
        return await asyncpg.connect(url, timeout=10), url
    except asyncpg.InvalidCatalogNameError:
        other = _with_database(url, "postgres")
        return await asyncpg.connect(other, timeout=10), other


def _with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _taken(role: str) -> str:
    return (
        f"That server already has a role {role} made by another installation: "
        "copy that installation's secrets.json into RELANCE_HOME, or name another server."
    )


def _missing(names: Names) -> str:
    return (
        f"The databases {names.ours} and {names.prefect} are missing and this account may not create them: "
        "create both, owned by the account in RELANCE_DATABASE_URL."
    )
