"""Prefect asks the server for a default result storage at every run unless a saved block is named (design 2, fix b)."""

import os
from pathlib import Path

from prefect.client.orchestration import PrefectClient
from prefect.exceptions import ObjectNotFound
from prefect.filesystems import LocalFileSystem

NAME = "relance"


async def ensure_result_storage(client: PrefectClient) -> None:
    """Save the block that PREFECT_DEFAULT_RESULT_STORAGE_BLOCK names; nothing is ever written to it."""
    try:
        await client.read_block_document_by_name(NAME, "local-file-system", include_secrets=False)
    except ObjectNotFound:
        folder = Path(os.environ.get("PREFECT_HOME", ".")) / "results"
        await LocalFileSystem(basepath=str(folder)).save(NAME, overwrite=True)
