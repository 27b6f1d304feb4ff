"""What a request carries: read once, of a bounded size, and no more than the desk knows."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from web.replies import Refused

LARGEST = 262_144
"""Bytes; the largest form of Prefect's UI stays far below."""
MOST_FIELDS = 2_000
KIND = "__prefect_kind"
Body = dict[str, Any]
Shape = Mapping[str, "Shape | None"]
"""Allowed keys; below each the allowed keys of its object, or None where any value may stand."""

PAUSED: Shape = {"is_paused": None}
ALLOWED: Mapping[str, Shape] = {
    "POST /flow_runs/{id}/set_state": {"state": {"type": None, "name": None, "message": None}, "force": None},
    "POST /flow_runs/bulk_delete": {"flow_runs": {"id": {"any_": None}}, "limit": None},
    "PATCH /deployments/{id}": {"paused": None},
    "PATCH /deployments/{id}/schedules/{schedule_id}": {"active": None},
    "PATCH /work_pools/{name}": PAUSED,
    "PATCH /work_pools/{work_pool_name}/queues/{name}": PAUSED,
    "PATCH /work_queues/{id}": PAUSED,
    "POST /deployments/{id}/create_flow_run": {
        "name": None,
        "parameters": None,
        "tags": None,
        "work_queue_name": None,
        "enforce_parameter_schema": None,
        "empirical_policy": {"resuming": None, "max_retries": None, "retries": None, "retry_delay": None},
        "state": {"type": None, "name": None, "message": None, "state_details": {"scheduled_time": None}},
    },
}


def declares_json(headers: Headers) -> bool:
    """Whether the body is declared as JSON, which no plain form of another site can do."""
    return headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"


def is_empty(headers: Headers) -> bool:
    """Whether the request announces no body at all."""
    return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers


async def read_object(receive: Receive) -> Body:
    """The JSON object in the body; an empty body is an empty object."""
    return _parsed(await read_bytes(receive))


async def read_bytes(receive: Receive) -> bytes:
    """The body as it came, if it is not too large."""
    raw = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The connection ended before the whole request had arrived.")
        raw += message.get("body", b"")
        more = message.get("more_body", False)
        if len(raw) > LARGEST:
            raise Refused(413, "The request is too large.")
    return raw


def form_of(raw: bytes) -> dict[str, str]:
    """The fields of one of our own forms (application/x-www-form-urlencoded); of a repeated one the last."""
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise Refused(422, "The form is not readable.") from None
    if any("\0" in text for pair in pairs for text in pair):
        raise Refused(422, "The form holds a character that cannot be stored.")
    return dict(pairs)


def _parsed(raw: bytes) -> Body:
    try:
        body = json.loads(raw or b"{}", parse_constant=_no_number)
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refused(422, "The request is not readable JSON.") from None
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise Refused(422, "The request must be a JSON object.")
    if any("\0" in text for text in texts(body)):
        raise Refused(422, "The request holds a character that cannot be stored.")
    return body


def _no_number(word: str) -> None:
    raise ValueError(word)


def replay(body: Body) -> tuple[bytes, Receive]:
    """The bytes of the object that was read, and the call that hands exactly them to the server.

    Once the server has begun an act it ends it, even when the browser has gone: it is never told of that.
    """
    raw = json.dumps(body).encode()
    return raw, replay_bytes(raw)


def replay_bytes(raw: bytes) -> Receive:
    """The call that hands exactly these bytes on."""
    waiting: list[Message] = [{"type": "http.request", "body": raw, "more_body": False}]

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop()

    return receive


def texts(value: object) -> Iterator[str]:
    """Every key and every text in a JSON value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def refuse_kinds(value: object) -> None:
    """Values that the server would compute (templates, variables) are never taken from a form."""
    if KIND in set(texts(value)):
        raise Refused(422, "Values must be written out: templates and variables are not accepted here.")


def refuse_extras(key: str, body: Body) -> None:
    """A person may fill only the fields this operation needs; keys without a value do not matter."""
    extras = sorted(_extras(body, ALLOWED[key])) if key in ALLOWED else []
    if extras:
        raise Refused(422, f"This may not be changed here: {', '.join(extras)}. Nothing was done.")


def _extras(body: Body, shape: Shape) -> Iterator[str]:
    for name, value in body.items():
        below = shape.get(name)
        if name not in shape:
            if value:
                yield name
        elif below is not None and value:
            if isinstance(value, dict):
                yield from _extras(value, below)
            else:
                yield name
