"""Looks things up for bots: one guarded request, no redirect, bounded in time and size."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from hub.contract.asking import Ask
from hub.contract.errors import FetchFailed
from hub.domain.botflow.effects import CallHttp

ANSWER_LIMIT = 256 * 1024
"""Bytes of an answer that are read."""
_HEADERS_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What an address answered."""

    status: int
    body: Mapping[str, object] | str


class LookUps:
    """Carries out the effect `CallHttp`."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    async def __call__(self, call: CallHttp) -> Found:
        """Ask an address. Raises FetchFailed, in words, for everything but a success."""
        headers = {"Accept": "application/json", "User-Agent": "interaction-hub"}
        if call.body:
            headers["Content-Type"] = "application/json"
        headers |= dict(list(call.headers.items())[:_HEADERS_LIMIT])
        timeout = aiohttp.ClientTimeout(total=call.seconds)
        try:
            async with self._ask(
                call.method, call.url, body=call.body.encode(), headers=headers, timeout=timeout
            ) as answer:
                if not 200 <= answer.status < 300:
                    raise FetchFailed(f"The address of a look-up answered with status {answer.status}.")
                content = await _read(answer)
        except TimeoutError as error:
            raise FetchFailed(f"The address of a look-up gave no answer within {call.seconds:g} s.") from error
        except aiohttp.ClientError as error:
            raise FetchFailed(f"The address of a look-up cannot be asked ({type(error).__name__}).") from error
        return Found(answer.status, _understood(content))


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for piece in answer.content.iter_chunked(16 * 1024):
        content += piece
        if len(content) > ANSWER_LIMIT:
            raise FetchFailed(f"The answer of a look-up is larger than {ANSWER_LIMIT // 1024} kB.")
    return bytes(content)


def _understood(content: bytes) -> Mapping[str, object] | str:
    text = content.decode("utf-8", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text[:10_000]
    if isinstance(value, dict):
        return value
    return {"items": value} if isinstance(value, list) else str(value)
