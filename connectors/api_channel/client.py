"""Posts to a system's callback address and asks for its list: signed, bounded, every failure sorted."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from yarl import URL

from connectors._lib.http import in_words, never_left, read_at_most
from connectors._lib.loose_json import Json, text
from connectors.api_channel.limits import ANSWER, PAGES
from connectors.api_channel.settings import ApiSettings
from connectors.api_channel.verify import signature
from hub.contract import (
    Ask,
    ConnectorError,
    CredentialsRefused,
    FetchFailed,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    SendError,
)

_LONGEST_WAIT = timedelta(days=1)
_GONE = 410
_CALLBACK = "The callback address"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds we wait for the system."""

    connect: float = 10
    answer: float = 30
    ping: float = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What the system answered."""

    status: int
    said: Json
    after: timedelta | None


class Client:
    """The callback and the list of one system."""

    def __init__(self, settings: ApiSettings, ask: Ask, now: Callable[[], datetime], patience: Patience) -> None:
        self._settings = settings
        self._secrets = settings.secrets
        self._ask = ask
        self._now = now
        self._patience = patience

    async def tell(self, body: Mapping[str, object], *, delivery: str) -> str:
        """Post a message and return the id the system gives it; "" if none. Raises CredentialsRefused, SendError."""
        if not self._settings.callback_url:
            raise Rejected("This channel only receives. Enter the callback address of your system in its settings.")
        answer = await self._message(body, delivery)
        if 200 <= answer.status < 300 or answer.status == 409:
            return self._safe(text(answer.said, "id"))
        raise self._refusal(answer)

    async def sign(self, body: Mapping[str, object]) -> None:
        """Post a passing sign. Raises ConnectorError."""
        if self._settings.callback_url:
            await self._post(body, {}, self._patience.ping)

    async def ping(self, webhook_url: str) -> None:
        """Prove that the callback address accepts our signature. Raises CredentialsRefused, ConnectorError."""
        body = {"type": "ping", "system": self._settings.system, "webhook_url": webhook_url}
        try:
            answer = await self._post(body, {}, self._patience.ping)
        except _NeverSent as error:
            raise ConnectorError(f"{error} Check the address, and whether your system runs.") from None
        if 200 <= answer.status < 300:
            return
        if answer.status in (401, 403):
            raise CredentialsRefused(f"{_CALLBACK} refuses our signature{self._words(answer)}. {_SAME_SECRET}")
        raise ConnectorError(
            f"{_CALLBACK} answers a ping with HTTP {answer.status}{self._words(answer)}. It has to answer 200."
        )

    async def missed(self, since: datetime) -> AsyncIterator[bytes]:
        """Yield the events the system lists since then, each as JSON. Raises CredentialsRefused, ConnectorError."""
        cursor = ""
        for _ in range(PAGES):
            query = {"since": since.astimezone(UTC).isoformat(), **({"cursor": cursor} if cursor else {})}
            page = await self._page(URL(self._settings.list_url).with_query(query))
            events = page.get("events")
            if not isinstance(events, list):
                raise ConnectorError("The list of missed events has to be a JSON object with a list “events”.")
            for event in events:
                yield json.dumps(event, ensure_ascii=True, separators=(",", ":")).encode()
            following = text(page, "next")
            if not following:
                return
            if following == cursor:
                raise ConnectorError("The list of missed events names the same page as the next one again.")
            cursor = following
        raise ConnectorError(f"The list of missed events has more than {PAGES} pages.")

    async def _page(self, url: URL) -> Json:
        headers = {"X-Hub-Signature": signature(self._secrets, url.raw_query_string.encode(), self._now())}
        answer = await self._request("GET", str(url), b"", headers, self._patience.answer, "The list address")
        if answer.status in (401, 403):
            raise CredentialsRefused(f"The list address refuses our signature{self._words(answer)}. {_SAME_SECRET}")
        if answer.status != 200:
            raise ConnectorError(f"The list address answers with HTTP {answer.status}{self._words(answer)}.")
        return answer.said

    async def _message(self, body: Mapping[str, object], delivery: str) -> Answer:
        headers = {"X-Hub-Delivery": delivery, "Idempotency-Key": delivery}
        try:
            return await self._post(body, headers, self._patience.answer)
        except _Unclear as error:
            raise self._unclear(str(error)) from None
        except _NeverSent as error:
            raise RetryLater(str(error)) from None
        except FetchFailed as error:
            raise Rejected(f"{_CALLBACK} cannot be used: {error}") from None

    async def _post(self, body: Mapping[str, object], more: Mapping[str, str], seconds: float) -> Answer:
        written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Event": str(body["type"]),
            "X-Hub-Signature": signature(self._secrets, written, self._now()),
            **more,
        }
        return await self._request("POST", self._settings.callback_url, written, headers, seconds, _CALLBACK)

    async def _request(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str], seconds: float, who: str
    ) -> Answer:
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=self._patience.connect)
        try:
            async with self._ask(method, url, body=body, headers=headers, timeout=timeout) as response:
                said = _object(await read_at_most(response, ANSWER))
                return Answer(response.status, said, self._wait(response.headers.get("Retry-After", "")))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if never_left(error):
                raise _NeverSent(f"{who} could not be reached: {in_words(error)}.") from None
            raise _Unclear(f"{who} did not answer: {in_words(error)}.") from None

    def _refusal(self, answer: Answer) -> ConnectorError:
        status, words = answer.status, self._words(answer)
        if status in (401, 403):
            return CredentialsRefused(f"Your system refuses our signature{words}. {_SAME_SECRET}")
        if status == 429 or (status == 503 and answer.after is not None):
            return RetryLater(f"Your system asks to wait{words}.", code=str(status), after=answer.after)
        if status >= 500:
            return self._unclear(f"Your system is in trouble (HTTP {status}){words}.", str(status), answer.after)
        if 300 <= status < 400:
            return Rejected(f"{_CALLBACK} has moved (HTTP {status}). Enter the new one.", code=str(status))
        unreachable = status == _GONE or answer.said.get("unreachable") is True
        return Rejected(
            f"Your system refused the message (HTTP {status}){words}.", code=str(status), unreachable=unreachable
        )

    def _unclear(self, words: str, code: str = "", after: timedelta | None = None) -> SendError:
        """A system that promised to take each delivery once may be told again; any other one may not."""
        if self._settings.takes_once:
            return RetryLater(words, code=code, after=after)
        return OutcomeUnknown(f"{words} The message may have arrived.", code=code)

    def _words(self, answer: Answer) -> str:
        """Return what the system says for a person: the field `error` of its answer, and nothing else of it."""
        said = self._safe(" ".join(text(answer.said, "error").split()))[:300].rstrip(".")
        return f": {said}" if said else ""

    def _safe(self, said: str) -> str:
        for secret in self._secrets:
            said = said.replace(secret, "[secret]")
        return said

    def _wait(self, header: str) -> timedelta | None:
        """Read Retry-After: seconds or a date (RFC 9110 section 10.2.3); None for nonsense."""
        header = header.strip()
        try:
            seconds = (
                int(header) if header.isdecimal() else (parsedate_to_datetime(header) - self._now()).total_seconds()
            )
        except (ValueError, TypeError, OverflowError):
            return None
        return timedelta(seconds=min(max(seconds, 0), _LONGEST_WAIT.total_seconds()))


_SAME_SECRET = "Enter the same signing secret on both sides, and compare the clocks."  # noqa: S105 - advice, no secret


class _NeverSent(ConnectorError):
    """No connection was made."""


class _Unclear(ConnectorError):
    """The request left, and no clear answer came."""


def _object(body: bytes) -> Mapping[str, Any]:
    """Read a JSON object; empty for anything else."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
