"""ARI's REST side on the hub's session, and what each failure proves. The only place that knows the password.

https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/
"""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from connectors._lib.http import in_words, never_left, read_at_most, unreached
from hub.contract import ConnectorError, CredentialsRefused, OutcomeUnknown, Rejected, RetryLater

_ANSWER_LIMIT = 16 * 1024 * 1024
_CHUNK = 64 * 1024
Query = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 5
    answer: float = 10


class AriRefused(ConnectorError):
    """Asterisk answered no: for certain nothing was done."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"Asterisk refused: “{said}”" if said else f"Asterisk refused (HTTP {status})")
        self.status = status
        self.said = said


REFUSED_US = (
    "Asterisk does not accept user and password. Compare them with ari.conf; after a change there: "
    "`asterisk -rx 'module reload res_ari'`."
)
READ_ONLY = "The ARI user may only read. Set read_only = no in ari.conf and reload res_ari."


class Ari:
    """One Asterisk."""

    def __init__(
        self, http: aiohttp.ClientSession, *, url: str, username: str, password: str, patience: Patience
    ) -> None:
        self._http = http
        self._url = url
        self._headers = {"Authorization": aiohttp.encode_basic_auth(username, password)}
        self._patience = patience

    def __repr__(self) -> str:
        """Show the server and no password."""
        return f"Ari({self._url})"

    async def ask(self, method: str, path: str, query: Query | None = None, *, body: object = None) -> Any:
        """Ask for one operation; return its JSON, or None where it has no answer.

        Raises AriRefused for a certain no, CredentialsRefused, RetryLater if nothing was done, OutcomeUnknown.
        """
        try:
            async with self._http.request(
                method,
                f"{self._url}/ari{path}",
                params=query,
                json=body,
                headers=self._headers,
                timeout=self._timeout(),
                allow_redirects=False,
            ) as response:
                content = await read_at_most(response, _ANSWER_LIMIT)
                _raise_for(response.status, content)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(error) from None
        return _json(content) if content else None

    async def file(self, path: str) -> AsyncIterator[bytes]:
        """Stream a file. Raises as `ask` does; RetryLater where it broke off."""
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=self._patience.connect, sock_read=self._patience.answer
        )
        try:
            async with self._http.get(f"{self._url}/ari{path}", headers=self._headers, timeout=timeout) as response:
                if response.status >= 400:
                    _raise_for(response.status, await read_at_most(response, _ANSWER_LIMIT))
                async for part in response.content.iter_chunked(_CHUNK):
                    yield part
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise RetryLater(f"Asterisk did not hand out the file: {in_words(error)}.") from None

    async def socket(self, app: str) -> aiohttp.ClientWebSocketResponse:
        """Open the one WebSocket of an application. Raises CredentialsRefused, ConnectorError."""
        try:
            return await self._http.ws_connect(
                f"{self._url}/ari/events",
                params={"app": app, "subscribeAll": "false"},
                headers=self._headers,
                heartbeat=20,
                max_msg_size=_ANSWER_LIMIT,
                timeout=aiohttp.ClientWSTimeout(ws_close=2),
            )
        except aiohttp.WSServerHandshakeError as error:
            if error.status in (401, 403):
                raise CredentialsRefused(REFUSED_US) from None
            raise ConnectorError(
                f"Asterisk answers (HTTP {error.status}), and not with its events. Are res_ari and "
                "res_http_websocket loaded, and enabled = yes in ari.conf?"
            ) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise ConnectorError(unreached("Asterisk", error)) from None

    def _timeout(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            total=self._patience.connect + self._patience.answer,
            sock_connect=self._patience.connect,
            sock_read=self._patience.answer,
        )


def part(name: str) -> str:
    """Return a name as a part of a path."""
    return quote(name, safe="")


def _raise_for(status: int, content: bytes) -> None:
    if status < 300:
        return
    said = _said(content)
    if status == 401:
        raise CredentialsRefused(REFUSED_US)
    if status == 403 and "read" in said.lower():
        raise CredentialsRefused(READ_ONLY)
    if status == 429 or status == 503:
        raise RetryLater(f"Asterisk is busy (HTTP {status}). The hub tries again.")
    if status >= 500:
        raise OutcomeUnknown(f"Asterisk failed (HTTP {status}: {said or 'no reason given'}). It may have acted.")
    raise AriRefused(status, said)


def _failure(error: BaseException) -> ConnectorError:
    if never_left(error):
        return RetryLater(unreached("Asterisk", error))
    return OutcomeUnknown(f"Asterisk was asked, and its answer is missing: {in_words(error)}. It may have acted.")


def _said(content: bytes) -> str:
    found = _json(content)
    message = found.get("message") if isinstance(found, dict) else None
    return message[:200] if isinstance(message, str) else ""


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def settled(error: ConnectorError, what: str) -> ConnectorError:
    """Return a refusal as the hub's error for a command: certain and final, in words."""
    if not isinstance(error, AriRefused):
        return error
    if error.status == 404:
        return Rejected(f"{what}: the call is over.", code="404")
    return Rejected(f"{what}: {error}.", code=str(error.status))
