"""The library's network back end on the hub's shared session. The only place that knows the bot's token.

The library is built without a token: its addresses are bare method names, so neither its log lines nor its errors
nor its repr can hold one. The token joins the address here, at the last moment, and leaves no trace in an error.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from connectors._lib.http import never_left, read_at_most, unanswered, unfetched, unreached
from hub.domain.phrase import Phrase

_ANSWER_LIMIT = 32 * 1024 * 1024
_UPLOAD_SPEED = 100 * 1024
"""Bytes per second we allow the slowest up-link before a send is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 10
    answer: float = 30
    poll: int = 50
    """How long Telegram may hold a getUpdates open."""


class Refused(TelegramError):
    """Telegram answered no (HTTP 4xx): for certain nothing was done. `description` is in its own words."""

    def __init__(self, code: int, description: str, after: timedelta | None, migrated_to: int | None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.after = after
        self.migrated_to = migrated_to


class NotSent(TelegramError):
    """The request never reached Telegram."""


class Unclear(TelegramError):
    """Telegram may have acted: no answer, a broken one, or a 5xx.

    A 5xx counts as unclear: the gateway gives 502 also for what Telegram then carries out, and bots that retried
    it sent twice (https://github.com/scraton/node-red-contrib-telegrambot-home/issues/14).
    """


class Transport(BaseRequest):
    """Carries the library's requests."""

    def __init__(self, http: aiohttp.ClientSession, *, api_url: str, token: str, patience: Patience) -> None:
        self._http = http
        self._api_url = api_url
        self._token = token
        self._patience = patience

    def __repr__(self) -> str:
        """Show the server and no token."""
        return f"Transport({self._api_url})"

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._patience.answer

    async def initialize(self) -> None:
        """Nothing: the session is the hub's."""

    async def shutdown(self) -> None:
        """Nothing: the session is the hub's."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - bounded by the total below
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one for all requests
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the pool is the hub's
    ) -> tuple[int, bytes]:
        """Make one request to a method ("/sendMessage"). Raises Refused, NotSent, Unclear."""
        form, size = _form(request_data)
        answer = read_timeout if isinstance(read_timeout, int | float) else self._patience.answer
        timeout = aiohttp.ClientTimeout(
            total=self._patience.connect + answer + size / _UPLOAD_SPEED, connect=self._patience.connect
        )
        address = f"{self._api_url}/bot{self._token}{url}"
        failure: TelegramError | None = None
        try:
            async with self._http.request(
                method, address, data=form, timeout=timeout, allow_redirects=False
            ) as response:
                status, body = response.status, await read_at_most(response, _ANSWER_LIMIT)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            left = not never_left(error)
            failure = Unclear(unanswered("Telegram", error)) if left else NotSent(unreached("Telegram", error))
        if failure is not None:
            # raised outside the handler: the original error, which may quote the address, is not chained to it
            raise failure
        if status >= 300:
            raise self._failure(status, body)
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Read an answer; the library's own reader would log it. Raises Unclear."""
        answer = _object(payload)
        if "result" not in answer:
            raise Unclear(Phrase("Telegram's answer could not be read."))
        return answer

    async def call(self, method: str, *, seconds: float, **values: object) -> Any:
        """Call a method and return its plain JSON result, unread by the library."""
        parameters = [RequestParameter.from_input(name, value) for name, value in values.items()]
        return await self.post(f"/{method}", RequestData(parameters), read_timeout=seconds)

    async def stream(self, path: str) -> AsyncIterator[bytes]:
        """Stream a file from Telegram's file store. Raises Refused, NotSent, Unclear."""
        timeout = aiohttp.ClientTimeout(total=None, connect=self._patience.connect, sock_read=self._patience.answer)
        address = f"{self._api_url}/file/bot{self._token}/{path}"
        failure: TelegramError | None = None
        try:
            async with self._http.get(address, timeout=timeout, allow_redirects=False) as response:
                if response.status == 200:
                    async for chunk in response.content.iter_chunked(64 * 1024):
                        yield chunk
                else:
                    failure = self._failure(response.status, await read_at_most(response, _ANSWER_LIMIT))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = Unclear(unfetched("Telegram", error))
        if failure is not None:
            raise failure

    def _failure(self, status: int, body: bytes) -> TelegramError:
        """https://core.telegram.org/bots/api#making-requests: ok, error_code, description, parameters."""
        if status >= 500:
            return Unclear(Phrase("Telegram's servers are in trouble (HTTP {status}).", status=str(status)))
        if status < 400:
            return NotSent(
                Phrase(
                    "The Bot API address redirects elsewhere (HTTP {status}): check it in the settings.",
                    status=str(status),
                )
            )
        answer = _object(body)
        described = str(answer.get("description") or f"HTTP {status}").replace(self._token, "[token]")
        given = answer.get("parameters")
        parameters = given if isinstance(given, dict) else {}
        after, migrated = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
        return Refused(
            status,
            described,
            timedelta(seconds=after) if isinstance(after, int | float) else None,
            migrated if isinstance(migrated, int) else None,
        )


def make_bot(transport: Transport) -> Bot:
    """Return the library's bot without a token: the transport adds it."""
    return Bot(
        "hidden",
        base_url=lambda _: "",
        base_file_url=lambda _: "",
        request=transport,
        get_updates_request=transport,
    )


def _object(body: bytes) -> dict[str, Any]:
    """Read a JSON object; empty for anything else."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _form(request_data: RequestData | None) -> tuple[aiohttp.FormData | None, int]:
    """Return the request's form and the size of its files."""
    if request_data is None:
        return None, 0
    # quoted file names would arrive percent-encoded: customers would see %20 and %D0%BF
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    size = 0
    for name, (file_name, content, media_type) in request_data.multipart_data.items():
        size += len(content) if isinstance(content, bytes) else 0
        form.add_field(name, content, filename=_header_safe(file_name), content_type=media_type)
    return form, size


def _header_safe(name: str) -> str:
    """A file name that cannot end its header line or its quotation."""
    return "".join(c for c in name if c.isprintable()).replace('"', "'").replace("\\", "_") or "file"
