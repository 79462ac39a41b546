"""Speaks the provider's HTTP: each failure becomes the contract's error that says whether to send again."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import aiohttp

from connectors._lib.http import LOOK_AT, in_words, never_left, read_at_most
from connectors._template.settings import TemplateSettings
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    FetchFailed,
    OutboundAttachment,
    OutcomeUnknown,
    Rejected,
    RetryLater,
)

_ANSWER_LIMIT = 1024 * 1024
_LONGEST_WAIT = 24 * 3600


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds we wait for the provider."""

    connect: float = 10
    answer: float = 60


class Client:
    """The API for one account."""

    def __init__(self, settings: TemplateSettings, http: aiohttp.ClientSession, patience: Patience) -> None:
        self._settings = settings
        self._http = http
        self._timeout = aiohttp.ClientTimeout(total=None, connect=patience.connect, sock_read=patience.answer)

    async def account(self) -> str:
        """Return our own address there."""
        answer = await self._call("GET", "/me")
        if not isinstance(answer.get("address"), str):
            raise ConnectorError("The provider's answer could not be read. Check the API address in the settings.")
        return str(answer["address"])

    async def post_message(self, body: Mapping[str, object]) -> str:
        """Hand over one message and return its id there."""
        answer = await self._call("POST", "/messages", json=body)
        if not isinstance(answer.get("id"), str) or not answer["id"]:
            raise OutcomeUnknown("The provider took the message, but its answer could not be read.")
        return str(answer["id"])

    async def upload(self, file: OutboundAttachment) -> str:
        """Upload one file and return its id there."""
        headers = {"Content-Type": file.media_type}
        try:
            answer = await self._call(
                "POST", "/files", params={"name": file.name}, data=await file.read(), headers=headers
            )
        except OutcomeUnknown as error:
            # No customer sees a file that no message names: trying again is safe.
            raise RetryLater(f"A file could not be uploaded. {error}") from None
        return str(answer.get("id", ""))

    async def events(self, since: str) -> list[Any]:
        """Return what the provider has since then."""
        answer = await self._call("GET", "/events", params={"since": since})
        found = answer.get("events")
        if not isinstance(found, list):
            raise ConnectorError("The provider's list of events could not be read.")
        return found

    async def file(self, file_id: str) -> AsyncIterator[bytes]:
        """Stream a file a customer sent."""
        # The id came with an event: it must not lead to another place of the API.
        address = f"{self._settings.api_url}/files/{quote(file_id, safe='')}"
        try:
            async with self._http.get(
                address, headers=self._authorised(), timeout=self._timeout, allow_redirects=False
            ) as response:
                if response.status != 200:
                    raise FetchFailed(
                        f"The provider does not give the file (HTTP {response.status}).", passing=response.status >= 500
                    )
                async for piece in response.content.iter_chunked(64 * 1024):
                    yield piece
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise FetchFailed(f"The file could not be fetched: {in_words(error)}.", passing=True) from None

    def _authorised(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._settings.token.get_secret_value()}"}

    async def _call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> Mapping[str, Any]:
        try:
            async with self._http.request(
                method,
                self._settings.api_url + path,
                headers={**self._authorised(), **(headers or {})},
                timeout=self._timeout,
                allow_redirects=False,
                **more,
            ) as response:
                status, wait = response.status, response.headers.get("Retry-After", "")
                answer = _object(await read_at_most(response, _ANSWER_LIMIT))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if never_left(error):
                raise RetryLater(f"The provider could not be reached: {in_words(error)}. {LOOK_AT}") from None
            raise OutcomeUnknown(f"The provider did not answer: {in_words(error)}.") from None
        if 200 <= status < 300:
            return answer
        raise self._failure(status, wait, answer)

    def _failure(self, status: int, wait: str, answer: Mapping[str, Any]) -> ConnectorError:
        said = str(answer.get("error") or f"HTTP {status}")[:300]
        said = said.replace(self._settings.token.get_secret_value(), "[token]")
        if status in (401, 403):
            return CredentialsRefused(
                "The provider does not accept the API token. Copy the current one from its console into the settings."
            )
        if status == 429:
            seconds = min(int(wait), _LONGEST_WAIT) if wait.isdecimal() else 5
            return RetryLater("The provider asks us to slow down.", code="429", after=timedelta(seconds=seconds))
        if status >= 500:
            return OutcomeUnknown(f"The provider's servers are in trouble (HTTP {status}).", code=str(status))
        return Rejected(f"The provider refused: {said}.", code=str(status))


def _object(body: bytes) -> Mapping[str, Any]:
    """Read a JSON object; empty for anything else."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
