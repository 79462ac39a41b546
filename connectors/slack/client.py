"""Slack's Web API on the hub's shared session. The only place that knows the tokens.

https://docs.slack.dev/apis/web-api
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from connectors._lib.http import in_words, never_left, read_at_most, unanswered, unfetched, unreached
from connectors._lib.loose_json import Json, text
from hub.contract import OutboundAttachment

Pause = Callable[[float], Awaitable[object]]
"""Waits so many seconds."""

_ANSWER_LIMIT = 16 * 1024 * 1024
_UPLOAD_SPEED = 100 * 1024
"""Bytes per second we allow the slowest up-link before a send is given up."""
_LONGEST_WAIT = 3600
_UNCLEAR = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Slack says of these that a part of the call may have succeeded: https://docs.slack.dev/reference/methods"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 10
    answer: float = 30
    ping: float = 60
    """How long a socket may be silent: Slack pings it every few seconds."""


class SlackError(Exception):
    """A call that did not succeed; `words` say why, without a secret."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Refused(SlackError):
    """Slack answered no: for certain nothing was done. `code` is Slack's own word."""

    def __init__(self, code: str, needed: str = "", after: timedelta | None = None) -> None:
        super().__init__(f"Slack refused: “{code}”")
        self.code = code
        self.needed = needed
        """The scope that is missing."""
        self.after = after


class NotSent(SlackError):
    """The request never reached Slack."""


class Unclear(SlackError):
    """Slack may have acted: no answer, a broken one, a 5xx, or an error in the middle of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What Slack said to a call it carried out."""

    body: Json
    scopes: frozenset[str] | None
    """What the token may do, of the header `x-oauth-scopes`; None if the server does not say."""


class Client:
    """The Web API for one app in one workspace."""

    def __init__(self, http: aiohttp.ClientSession, *, api_url: str, token: str, patience: Patience) -> None:
        self._http = http
        self._api_url = api_url
        self._token = token
        self._patience = patience

    def __repr__(self) -> str:
        """Show the server and no token."""
        return f"Client({self._api_url})"

    async def call(self, method: str, values: Mapping[str, object] | None = None, *, token: str = "") -> Answer:
        """Call a method with form fields; what is no text is written as JSON, None is left out.

        Raises Refused, NotSent, Unclear.
        """
        form = {name: _field(value) for name, value in (values or {}).items() if value is not None}
        headers = {"Authorization": f"Bearer {token or self._token}"}
        status, got, body = await self._request("POST", f"{self._api_url}/{method}", data=form, headers=headers)
        answer = _object(body)
        if status == 429 or answer.get("error") in {"ratelimited", "rate_limited"}:
            raise Refused("ratelimited", after=_pause(got.get("Retry-After", "")))
        if status >= 500:
            raise Unclear(f"Slack's servers are in trouble (HTTP {status}).")
        if answer.get("ok") is True:
            granted = got.get("x-oauth-scopes")
            return Answer(body=answer, scopes=_scopes(granted) if granted is not None else None)
        code = self._without_secrets(text(answer, "error"))
        if code in _UNCLEAR:
            raise Unclear(f"Slack stopped in the middle of it (“{code}”).")
        if not code and 200 <= status < 300:
            raise Unclear("Slack's answer could not be read.")
        raise Refused(code or f"HTTP {status}", needed=text(answer, "needed"))

    async def upload(self, url: str, file: OutboundAttachment) -> None:
        """Stream a file to where Slack said. Raises Refused, NotSent, Unclear. The token does not go along."""
        if not self._is_safe(url):
            raise Refused("the address for the upload is not https")
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(file.size)}
        extra = file.size / _UPLOAD_SPEED
        status, _, _ = await self._request("POST", url, data=file.open(), headers=headers, extra=extra)
        if status >= 500:
            raise Unclear(f"Slack did not take the file (HTTP {status}).")
        if status >= 300:
            raise Refused(f"upload: HTTP {status}")

    async def stream(self, url: str) -> AsyncIterator[bytes | str]:
        """Stream a file from Slack's own file store; a text is the address it redirects to instead.

        The token goes to Slack's hosts only and follows no redirect. Raises Refused, NotSent, Unclear.
        """
        if not self._is_slacks(url):
            raise Refused("the file is kept outside of Slack")
        timeout = aiohttp.ClientTimeout(total=None, connect=self._patience.connect, sock_read=self._patience.answer)
        headers = {"Authorization": f"Bearer {self._token}"}
        failure: SlackError | None = None
        try:
            async with self._http.get(url, headers=headers, timeout=timeout, allow_redirects=False) as response:
                if 300 <= response.status < 400:
                    yield response.headers.get("Location", "")
                elif response.status >= 500 or response.status == 429:
                    failure = Unclear(f"Slack cannot give the file at the moment (HTTP {response.status}).")
                elif response.status != 200:
                    failure = Refused(f"HTTP {response.status}")
                else:
                    async for chunk in response.content.iter_chunked(64 * 1024):
                        yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = Unclear(unfetched("Slack", error))
        if failure is not None:
            raise failure

    async def connect(self, url: str) -> aiohttp.ClientWebSocketResponse:
        """Open the socket Slack gave us the address of. Raises NotSent."""
        failure = ""
        try:
            timeout = aiohttp.ClientWSTimeout(ws_receive=self._patience.ping, ws_close=2)
            return await self._http.ws_connect(url, timeout=timeout, max_msg_size=_ANSWER_LIMIT)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # the address holds a ticket: no error may quote it
            failure = in_words(error)
        raise NotSent(f"The socket to Slack could not be opened: {failure}.")

    async def _request(
        self, method: str, url: str, *, extra: float = 0, **more: Any
    ) -> tuple[int, Mapping[str, str], bytes]:
        timeout = aiohttp.ClientTimeout(
            total=self._patience.connect + self._patience.answer + extra, connect=self._patience.connect
        )
        failure: SlackError | None = None
        try:
            async with self._http.request(method, url, timeout=timeout, allow_redirects=False, **more) as response:
                return response.status, response.headers, await read_at_most(response, _ANSWER_LIMIT)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = NotSent(unreached("Slack", error)) if never_left(error) else Unclear(unanswered("Slack", error))
        # raised outside the handler: the original error may quote the address of an upload
        raise failure

    def _is_slacks(self, url: str) -> bool:
        """Whether an address is on a host the token may be shown to."""
        host = urlsplit(url).hostname or ""
        known = host in {"slack.com", "slack-files.com"} or host.endswith((".slack.com", ".slack-files.com"))
        return self._is_safe(url) and (known or host == urlsplit(self._api_url).hostname)

    def _is_safe(self, url: str) -> bool:
        """Whether an address is https, or as open as the API address of a test server is."""
        api = urlsplit(self._api_url)
        given = urlsplit(url)
        return given.scheme == "https" or (given.scheme == api.scheme == "http" and given.hostname == api.hostname)

    def _without_secrets(self, said: str) -> str:
        return said.replace(self._token, "[token]")[:200]


def _field(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _object(body: bytes) -> Json:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _scopes(header: str) -> frozenset[str]:
    return frozenset(scope.strip() for scope in header.split(",") if scope.strip())


def _pause(header: str) -> timedelta:
    """https://docs.slack.dev/apis/web-api/rate-limits: whole seconds."""
    return timedelta(seconds=min(int(header), _LONGEST_WAIT) if header.isdecimal() else 30)
