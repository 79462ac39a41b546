"""Discord's REST API on the hub's shared session. The only place that knows the bot's token.

https://docs.discord.com/developers/reference · …/topics/rate-limits
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from connectors._lib.http import in_words, never_left, read_at_most, unanswered, unreached
from connectors._lib.loose_json import Json, inner, number, text, whole
from hub.contract import OutboundAttachment

Pause = Callable[[float], Awaitable[object]]
"""Waits so many seconds."""

_ANSWER_LIMIT = 16 * 1024 * 1024
_UPLOAD_SPEED = 100 * 1024
"""Bytes per second we allow the slowest up-link before a send is given up."""
_LONGEST_WAIT = 3600.0
AGENT = "DiscordBot (https://github.com/discord/discord-api-docs, 10)"
"""Discord blocks requests without an agent of this form: https://docs.discord.com/developers/reference#user-agent"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 10
    answer: float = 30
    hello: float = 30
    """For the gateway's first words."""


class DiscordError(Exception):
    """A request that did not succeed; `words` say why, without a secret."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Refused(DiscordError):
    """Discord answered no: for certain nothing was done. `code` is Discord's own number, else the HTTP status."""

    def __init__(self, status: int, code: int, said: str, after: timedelta | None = None) -> None:
        super().__init__(f"Discord refused: “{said}”" if said else f"Discord refused (HTTP {status})")
        self.status = status
        self.code = code
        self.after = after


class NotSent(DiscordError):
    """The request never reached Discord."""


class Unclear(DiscordError):
    """Discord may have acted: no answer, a broken one, or a 5xx."""


class Client:
    """The REST API for one bot."""

    def __init__(self, http: aiohttp.ClientSession, *, api_url: str, token: str, patience: Patience) -> None:
        self._http = http
        self._api_url = api_url
        self._token = token
        self._patience = patience

    def __repr__(self) -> str:
        """Show the server and no token."""
        return f"Client({self._api_url})"

    @property
    def token(self) -> str:
        """The bot's token, for the gateway's first message."""
        return self._token

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Ask for something. Raises Refused, NotSent, Unclear."""
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, body: Mapping[str, object] | None = None) -> Json:
        """Do something. Raises Refused, NotSent, Unclear."""
        answer = await self._ask("POST", path, json=body) if body is not None else await self._ask("POST", path)
        return answer if isinstance(answer, dict) else {}

    async def post_files(self, path: str, body: Mapping[str, object], files: tuple[OutboundAttachment, ...]) -> Json:
        """Do something with files: https://docs.discord.com/developers/reference#uploading-files."""
        # quoted file names would arrive percent-encoded
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("payload_json", json.dumps(body, ensure_ascii=False), content_type="application/json")
        size = 0
        for place, file in enumerate(files):
            content = await file.read()
            size += len(content)
            name = _header_safe(file.name)
            form.add_field(f"files[{place}]", content, filename=name, content_type=file.media_type)
        answer = await self._ask("POST", path, extra=size / _UPLOAD_SPEED, data=form)
        return answer if isinstance(answer, dict) else {}

    async def connect(self, url: str) -> aiohttp.ClientWebSocketResponse:
        """Open the gateway. Raises NotSent."""
        failure = ""
        try:
            timeout = aiohttp.ClientWSTimeout(ws_close=2)
            headers = {"User-Agent": AGENT}
            return await self._http.ws_connect(
                f"{url.rstrip('/')}/?v=10&encoding=json", timeout=timeout, headers=headers, max_msg_size=_ANSWER_LIMIT
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = in_words(error)
        raise NotSent(f"Discord's gateway could not be reached: {failure}.")

    async def _ask(self, method: str, path: str, *, extra: float = 0, **more: Any) -> Any:
        timeout = aiohttp.ClientTimeout(
            total=self._patience.connect + self._patience.answer + extra, connect=self._patience.connect
        )
        headers = {"Authorization": f"Bot {self._token}", "User-Agent": AGENT}
        failure: DiscordError | None = None
        try:
            async with self._http.request(
                method, self._api_url + path, headers=headers, timeout=timeout, allow_redirects=False, **more
            ) as response:
                status, got = response.status, response.headers
                answer = _json(await read_at_most(response, _ANSWER_LIMIT))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if never_left(error):
                failure = NotSent(unreached("Discord", error))
            else:
                failure = Unclear(unanswered("Discord", error))
        if failure is not None:
            raise failure
        if 200 <= status < 300:
            return answer
        raise self._failure(status, got, answer if isinstance(answer, dict) else {})

    def _failure(self, status: int, got: Mapping[str, str], answer: Json) -> DiscordError:
        if status >= 500:
            return Unclear(f"Discord's servers are in trouble (HTTP {status}).")
        said = text(answer, "message").replace(self._token, "[token]")[:200]
        after = _pause(answer, got) if status == 429 else None
        return Refused(status, whole(answer, "code") or status, said + _where(answer), after)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body) if body else {}
    except (ValueError, RecursionError):
        return None


def _pause(answer: Json, got: Mapping[str, str]) -> timedelta:
    """`retry_after` is in seconds, with fractions; Cloudflare's own 429 has only the header."""
    seconds = number(answer, "retry_after")
    if seconds is None:
        header = got.get("Retry-After", "")
        seconds = float(header) if header.replace(".", "", 1).isdecimal() else 5.0
    return timedelta(seconds=min(seconds, _LONGEST_WAIT))


def _where(answer: Json) -> str:
    """Name the field an invalid form's first error is about: https://docs.discord.com/developers/reference#error-messages."""
    place: list[str] = []
    inside = inner(answer, "errors")
    while inside and "_errors" not in inside and len(place) < 5:
        key = next(iter(inside))
        place.append(key[:30])
        inside = inner(inside, key)
    return f" ({'.'.join(place)})" if place else ""


def _header_safe(name: str) -> str:
    """A file name that cannot end its header line or its quotation."""
    return "".join(c for c in name if c.isprintable()).replace('"', "'").replace("\\", "_") or "file"
