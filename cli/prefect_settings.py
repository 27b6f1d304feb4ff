"""Every Prefect setting this house relies on, with its reason; in the environment before prefect is imported."""

import json
from collections.abc import Mapping
from pathlib import Path

RESULT_BLOCK = "local-file-system/relance"
"""The block that must exist so that no run has to ask the server for its result storage; nothing is stored in it."""


def desk_url(port: int) -> str:
    """Where people and our processes reach the desk, and through it Prefect."""
    return f"http://127.0.0.1:{port}"


def client_environment(home: Path, port: int, service: str) -> dict[str, str]:
    """For processes that talk to Prefect through the desk: the dispatcher and the commands."""
    return {
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": f"{desk_url(port)}/api",
        # As a header of its own: PREFECT_API_KEY is not sent when a websocket is opened, this is.
        "PREFECT_CLIENT_CUSTOM_HEADERS": json.dumps({"Authorization": f"Bearer {service}"}),
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",  # one request more per call; the desk checks the origin
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # server and client come from one lock
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # never a second server behind our back
        "PREFECT_DEFAULT_RESULT_STORAGE_BLOCK": RESULT_BLOCK,
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(home / "prefect" / "results"),
        # The result block switches the task cache on: the second identical act of a run would not be done.
        "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",
        "PREFECT_TASKS_DEFAULT_PERSIST_RESULT": "false",
        "PREFECT_LOGGING_LEVEL": "INFO",  # the Logs tab of a run: a higher level would drop the business sentences
        "PREFECT_LOGGING_COLORS": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "DO_NOT_TRACK": "1",
    }


def server_environment(home: Path, port: int, prefect_url: str) -> dict[str, str]:
    """For the Prefect server behind the desk."""
    return {
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": prefect_url.replace("postgresql://", "postgresql+asyncpg://", 1),
        "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE": "20",  # 5 + 10 opens and closes connections all the time
        "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false",  # cli.prefect_schema has done it
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "false",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": desk_url(port),
        "PREFECT_SERVER_UI_API_URL": "/api",  # whatever name the desk is reached by
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "prefect" / "ui"),  # not into .venv, which may be read-only
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_COLORS": "false",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",  # our journal is the history
        **_SERVICES,
    }


def prefect_environment(home: Path, port: int, secrets: Mapping[str, str], prefect_url: str = "") -> dict[str, str]:
    """Client settings, and the server's as well if its database is named."""
    client = client_environment(home, port, secrets["service"])
    return client | server_environment(home, port, prefect_url) if prefect_url else client


_SERVICES = {
    # Marks every waiting run late, then polls all of them every five seconds.
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    # Fails suspended runs whose time is up; ours have no time limit, and the loop costs 45 % of a core at 10,000.
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    # Both set states of runs behind the lease's back.
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED": "false",
    # Serves Prefect's own worker processes, which are not used; wakes every five seconds.
    "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_ENABLED": "false",
    # Automations: every event would be evaluated against none; facts wake cases through our database.
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    # Kept: foreman (is the work pool alive?), scheduler (service flows), event persister, task run recorder, vacuum.
    "PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS": "30",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "15",
}
