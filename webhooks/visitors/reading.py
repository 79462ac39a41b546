"""Reads what browsers send to the visitors' door: bounded, and only what it claims to be."""

import asyncio

import orjson
from aiohttp import WSMsgType, web

from webhooks.visitors.answers import Problem

BODY_BYTES = 512 * 1024
BODY_S = 20
HELLO_S = 10


async def first_frame(ws: web.WebSocketResponse) -> dict[str, object] | None:
    """Return the first frame, which says who is there; None if none came in time or it is not one."""
    try:
        message = await ws.receive(timeout=HELLO_S)
    except TimeoutError:
        return None
    if message.type is not WSMsgType.TEXT:
        return None
    return _parsed(message.data.encode())


async def json_object(request: web.Request) -> dict[str, object]:
    """Return a request's JSON object. Raises Problem."""
    body = b""
    try:
        async with asyncio.timeout(BODY_S):
            while part := await request.content.readany():
                body += part
                if len(body) > BODY_BYTES:
                    raise Problem(413, "too_large", f"This is too much: at most {BODY_BYTES} bytes are taken.")
    except TimeoutError:
        raise Problem(408, "slow", "This took too long to arrive. Try again.") from None
    said = _parsed(body)
    if said is None:
        raise Problem(400, "malformed", "Send a JSON object.")
    return said


def _parsed(body: bytes) -> dict[str, object] | None:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return said if isinstance(said, dict) else None


def text(said: dict[str, object], key: str) -> str:
    """Return a text of an object; empty if it is none."""
    value = said.get(key, "")
    return value if isinstance(value, str) else ""


def place(value: object) -> int:
    """Return a place in the feed; 0, the beginning, for anything that is none."""
    digits = str(value)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0
