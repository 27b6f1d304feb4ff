"""The browser keeps what never changes and nothing else."""

import pytest
from starlette.types import Message

from web.forwarding import outward


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/v2/assets/index-Dyy5jLiI.js", 200, "private, max-age=31536000, immutable"),
        ("/v2/assets/index-Dyy5jLiI.js", 404, None),
        ("/v2/runs", 200, None),
        ("/api/flow_runs/filter", 200, "no-store"),
    ],
)
async def test_files_named_after_their_content_are_kept_and_answers_of_the_api_are_not(
    path: str, status: int, kept: str | None
) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await outward({"type": "http", "path": path}, send)(
        {"type": "http.response.start", "status": status, "headers": []}
    )
    assert dict(sent[0]["headers"]).get(b"cache-control", b"").decode() == (kept or "")
