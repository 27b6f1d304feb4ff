"""Asking Prefect through the desk without importing Prefect, which takes a second: is it up, is the block there."""

import http.client
import json
from pathlib import Path
from typing import Any

from cli.ports import LOOPBACK
from cli.prefect_settings import RESULT_BLOCK
from cli.refusal import Refusal


class DeskClient:
    """Requests with the service credential."""

    def __init__(self, port: int, service: str, seconds: float = 10) -> None:
        self._port = port
        self._service = service
        self._seconds = seconds

    def is_up(self) -> bool:
        """Whether the server behind the desk says it is healthy."""
        try:
            return self.ask("GET", "/api/health") == (200, True)
        except (OSError, http.client.HTTPException):
            return False

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """One request: status and decoded answer."""
        connection = http.client.HTTPConnection(LOOPBACK, self._port, timeout=self._seconds)
        headers = {"Authorization": f"Bearer {self._service}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            text = response.read()
            return response.status, json.loads(text) if text else None
        except ValueError:
            return response.status, None
        finally:
            connection.close()

    def ensure_result_block(self, folder: Path) -> None:
        """Make the block named in PREFECT_DEFAULT_RESULT_STORAGE_BLOCK if it is missing."""
        kind, name = RESULT_BLOCK.split("/")
        if self._read(f"/api/block_types/slug/{kind}/block_documents/name/{name}") is not None:
            return
        kind_id = (self._read(f"/api/block_types/slug/{kind}") or {}).get("id")
        wanted = {"block_schemas": {"block_type_id": {"any_": [kind_id]}}}
        _, schemas = self.ask("POST", "/api/block_schemas/filter", wanted)
        if not kind_id or not schemas:
            raise Refusal("Prefect does not know its own local storage block: remove its database and start again.")
        document = {
            "name": name,
            "block_type_id": kind_id,
            "block_schema_id": schemas[0]["id"],
            "data": {"basepath": str(folder)},
        }
        status, said = self.ask("POST", "/api/block_documents/", document)
        if status not in (201, 409):  # 409: somebody else was quicker
            raise Refusal(f"Prefect did not take its storage block ({status}): {said}")

    def _read(self, path: str) -> Any:
        status, found = self.ask("GET", path)
        return found if status == 200 else None
