"""Calls a provider's JSON API on the hub's session, and sorts each failure by what it proves about the request.

No error names the address or repeats a header, since both may hold a secret; what the provider itself says is the
caller's to mask.
"""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp

from connectors._lib.http import never_left, read_at_most, unanswered, unfetched, unreached
from connectors._lib.loose_json import Json

_ANSWER_LIMIT = 16 * 1024 * 1024
_UPLOAD_SPEED = 100 * 1024
"""Bytes per second we allow the slowest up-link before an upload is given up."""
_LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 10
    answer: float = 30


class ApiError(Exception):
    """A call came to nothing, or to nobody knows what. Its text is for people and holds no secret."""


class NotSent(ApiError):
    """The request never reached the provider."""


class Unclear(ApiError):
    """The provider may have acted: no answer, or a broken one."""


class NoFile(ApiError):
    """The provider answered, and not with the file."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider said, whatever the status."""

    status: int
    body: Json = field(repr=False)
    """Empty where it is no JSON object."""
    readable: bool
    """Whether it is a JSON object."""
    headers: Mapping[str, str] = field(repr=False)

    @property
    def wait(self) -> timedelta | None:
        """How long the provider asks to wait (`Retry-After` in seconds), at most a day."""
        seconds = self.headers.get("Retry-After", "")
        if not seconds.isdecimal():
            return None
        return min(timedelta(seconds=min(int(seconds), 10**6)), _LONGEST_WAIT)


class JsonApi:
    """The API of one provider. Knows no secret: callers pass what opens it with each call."""

    def __init__(self, http: aiohttp.ClientSession, provider: str, patience: Patience | None = None) -> None:
        self._http = http
        self._provider = provider
        self._patience = patience or Patience()

    def __repr__(self) -> str:
        """Show whose API, and no secret."""
        return f"JsonApi({self._provider})"

    async def call(self, method: str, url: str, *, size: int = 0, patience: float = 0, **request: Any) -> Answer:
        """Make one request and read its answer, whatever the status. Follows no redirect. Raises NotSent, Unclear.

        `size`: bytes of a file that goes along. `patience`: seconds to wait beyond the usual (long polls).
        `request`: `json`, `data`, `params`, `headers` as aiohttp has them.
        """
        total = self._patience.connect + self._patience.answer + size / _UPLOAD_SPEED + patience
        timeout = aiohttp.ClientTimeout(total=total, connect=self._patience.connect)
        failure: ApiError | None = None
        try:
            async with self._http.request(method, url, timeout=timeout, allow_redirects=False, **request) as response:
                body = _object(await read_at_most(response, _ANSWER_LIMIT))
                return Answer(
                    status=response.status, body=body or {}, readable=body is not None, headers=response.headers
                )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            provider, left = self._provider, not never_left(error)
            failure = Unclear(unanswered(provider, error)) if left else NotSent(unreached(provider, error))
        # raised outside the handler: the original error, which may quote the address, is not chained to it
        raise failure

    async def stream(self, url: str, *, headers: Mapping[str, str]) -> AsyncIterator[bytes]:
        """Stream a file. Follows no redirect. Raises NoFile for any status but 200, NotSent, Unclear."""
        timeout = aiohttp.ClientTimeout(total=None, connect=self._patience.connect, sock_read=self._patience.answer)
        failure: ApiError | None = None
        try:
            async with self._http.get(url, headers=headers, timeout=timeout, allow_redirects=False) as response:
                if response.status == 200:
                    async for chunk in response.content.iter_chunked(64 * 1024):
                        yield chunk
                else:
                    failure = NoFile(response.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = Unclear(unfetched(self._provider, error))
        if failure is not None:
            raise failure


def _object(body: bytes) -> Json | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
