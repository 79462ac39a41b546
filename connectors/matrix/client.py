"""Speaks the client-server API over the hub's session: an answer, a refusal with the server's code, or silence.

https://spec.matrix.org/latest/client-server-api/. The access token travels in the `Authorization` header alone.
"""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import aiohttp

from connectors._lib.http import in_words, never_left, read_at_most

_V3 = "/_matrix/client/v3"
_ANSWER_LIMIT = 64 * 1024 * 1024
"""Bytes of one answer; a sync of thousands of rooms has some ten megabytes."""
_LONGEST_WAIT = 24 * 3600.0
_CHUNK = 64 * 1024
_MEDIA = ("/_matrix/client/v1/media/download", "/_matrix/media/v3/download")
"""Since version 1.11 of the specification media needs the token; older servers know the second path only."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds we wait for the homeserver."""

    connect: float = 10
    answer: float = 45
    hold: float = 30
    """How long a sync may stay open while nothing happens."""


class Refused(Exception):
    """The homeserver answered no: https://spec.matrix.org/latest/client-server-api/#standard-error-response."""

    def __init__(self, status: int, code: str, said: str, after: timedelta | None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.said = said
        self.after = after


class Silent(Exception):
    """No answer came; `never_left` tells whether the request certainly did not arrive."""

    def __init__(self, words: str, *, left: bool) -> None:
        super().__init__(words)
        self.words = words
        self.left = left


class Redirected(Exception):
    """A file lies elsewhere: at an address that must not see our token."""

    def __init__(self, address: str) -> None:
        super().__init__("the file lies elsewhere")
        self.address = address


class Client:
    """The API for one account."""

    def __init__(self, http: aiohttp.ClientSession, *, homeserver: str, token: str, patience: Patience) -> None:
        self._http = http
        self._homeserver = homeserver
        self._token = token
        self._patience = patience

    def __repr__(self) -> str:
        """Show where, and no secret."""
        return f"Client({self._homeserver})"

    async def whoami(self) -> str:
        """Return our user id: proves the token."""
        answer = await self.call("GET", f"{_V3}/account/whoami")
        user = answer.get("user_id")
        if not isinstance(user, str) or not user.startswith("@"):
            raise Silent("the server answers, but not as a Matrix homeserver does", left=True)
        return user

    async def sync(self, since: str | None, *, settings: str, hold: float = 0) -> Mapping[str, Any]:
        """Return what happened since then; waits up to `hold` seconds for something to happen."""
        query = {"filter": settings, "timeout": str(int(hold * 1000)), "set_presence": "offline"}
        if since is not None:
            query["since"] = since
        answer = await self.call("GET", f"{_V3}/sync", query=query, hold=hold)
        if not isinstance(answer.get("next_batch"), str):
            raise Silent("the server's answer to the sync could not be read", left=True)
        return answer

    async def messages(self, room: str, before: str, *, until: str | None, settings: str) -> Mapping[str, Any]:
        """Return a page of a room's earlier events, newest first: `chunk`, and `end` if there are more."""
        query = {"dir": "b", "from": before, "limit": "100", "filter": settings}
        if until is not None:
            query["to"] = until
        return await self.call("GET", f"{_room(room)}/messages", query=query)

    async def join(self, room: str) -> None:
        """Accept an invitation. A room of another server may take a while."""
        await self.call("POST", f"{_room(room)}/join", body={})

    async def event(self, room: str, transaction: str, content: Mapping[str, object]) -> str:
        """Send a message event and return its id. The same transaction of the same login is taken once.

        https://spec.matrix.org/latest/client-server-api/#transaction-identifiers
        """
        path = f"{_room(room)}/send/m.room.message/{quote(transaction, safe='')}"
        answer = await self.call("PUT", path, body=content)
        found = answer.get("event_id")
        if not isinstance(found, str) or not found:
            raise Silent("the server's answer could not be read", left=True)
        return found

    async def read(self, room: str, event: str) -> None:
        """Show the others that we have read up to this event."""
        await self.call("POST", f"{_room(room)}/receipt/m.read/{quote(event, safe='')}", body={})

    async def typing(self, room: str, user: str, *, seconds: float) -> None:
        """Show the others that we type."""
        body = {"typing": True, "timeout": int(seconds * 1000)}
        await self.call("PUT", f"{_room(room)}/typing/{quote(user, safe='')}", body=body)

    async def display_name(self, user: str) -> str:
        """Return the name others see; "" without one."""
        answer = await self.call("GET", f"{_V3}/profile/{quote(user, safe='')}/displayname")
        return str(answer.get("displayname") or "")

    async def upload(self, name: str, media_type: str, size: int, content: AsyncIterator[bytes]) -> str:
        """Upload a file and return its mxc address. Nobody sees it until a message names it."""
        # servers want to know the length beforehand; without the header the body would go in chunks
        headers = {"Content-Type": media_type, "Content-Length": str(size)}
        query = {"filename": name}
        answer = await self.call("POST", "/_matrix/media/v3/upload", query=query, data=content, headers=headers)
        address = answer.get("content_uri")
        if not isinstance(address, str) or not address.startswith("mxc://"):
            raise Silent("the server's answer to the upload could not be read", left=True)
        return address

    async def download(self, server: str, media: str) -> AsyncIterator[bytes]:
        """Stream a file. Raises Redirected, Refused or Silent."""
        place = f"{quote(server, safe=':[]')}/{quote(media, safe='')}"
        for path in _MEDIA:
            try:
                async for part in self._stream(f"{path}/{place}"):
                    yield part
                return
            except Refused as error:
                if path is _MEDIA[-1] or error.code != "M_UNRECOGNIZED":
                    raise

    async def _stream(self, path: str) -> AsyncIterator[bytes]:
        try:
            async with self._request("GET", path) as response:
                if response.status in (301, 302, 303, 307, 308):
                    raise Redirected(response.headers.get("Location", ""))
                if response.status != 200:
                    raise _refused(response, _object(await read_at_most(response, _CHUNK)), self._token)
                async for part in response.content.iter_chunked(_CHUNK):
                    yield part
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Silent(in_words(error), left=not never_left(error)) from None

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        hold: float = 0,
        **more: Any,
    ) -> Mapping[str, Any]:
        """Ask once and return the answer's JSON object. Raises Refused or Silent."""
        if body is not None:
            more["data"] = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
            more["headers"] = {"Content-Type": "application/json"}
        try:
            async with self._request(method, path, hold=hold, params=query, **more) as response:
                answer = _object(await read_at_most(response, _ANSWER_LIMIT))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Silent(in_words(error), left=not never_left(error)) from None
        if response.status == 200:
            return answer
        raise _refused(response, answer, self._token)

    def _request(
        self, method: str, path: str, *, hold: float = 0, headers: Mapping[str, str] | None = None, **more: Any
    ) -> Any:
        patience = self._patience
        return self._http.request(
            method,
            self._homeserver + path,
            headers={**(headers or {}), "Authorization": f"Bearer {self._token}"},
            timeout=aiohttp.ClientTimeout(total=None, connect=patience.connect, sock_read=patience.answer + hold),
            allow_redirects=False,
            **more,
        )


def _room(room: str) -> str:
    return f"{_V3}/rooms/{quote(room, safe='')}"


def _object(body: bytes) -> Mapping[str, Any]:
    """Read a JSON object; empty for anything else."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _refused(response: aiohttp.ClientResponse, answer: Mapping[str, Any], token: str) -> Refused:
    said = str(answer.get("error") or "")[:300].replace(token, "[token]")
    return Refused(response.status, str(answer.get("errcode") or "")[:60], said, _asked_to_wait(response, answer))


def _asked_to_wait(response: aiohttp.ClientResponse, answer: Mapping[str, Any]) -> timedelta | None:
    """`Retry-After` replaced `retry_after_ms`: https://spec.matrix.org/latest/client-server-api/#rate-limiting."""
    header, milliseconds = response.headers.get("Retry-After", ""), answer.get("retry_after_ms")
    if isinstance(milliseconds, int | float) and milliseconds >= 0:
        return timedelta(seconds=min(milliseconds / 1000, _LONGEST_WAIT))
    return timedelta(seconds=min(int(header), _LONGEST_WAIT)) if header.isdecimal() else None
