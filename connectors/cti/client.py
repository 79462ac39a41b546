"""Asks the telephone system, and sorts every failure by one question: may it have acted?"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from connectors._lib.http import in_words, never_left, read_at_most
from connectors._lib.hub_signature import HEADER, signature
from connectors.cti.settings import CtiSettings
from hub.contract import (
    Ask,
    CredentialsRefused,
    FetchFailed,
    OutcomeUnknown,
    Rejected,
    RetryLater,
)

_ANSWER_LIMIT = 64 * 1024
_LONGEST_WAIT = 3600


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds we wait for the telephone system."""

    connect: float = 10
    answer: float = 20


class CtiClient:
    """Speaks to the address for click-to-call."""

    def __init__(self, settings: CtiSettings, ask: Ask, now: Callable[[], datetime], patience: Patience) -> None:
        self._settings = settings
        self._ask = ask
        self._now = now
        self._timeout = aiohttp.ClientTimeout(
            total=patience.connect + patience.answer, connect=patience.connect, sock_read=patience.answer
        )

    def __repr__(self) -> str:
        """Show no secret."""
        return "CtiClient()"

    async def post(self, body: bytes) -> str:
        """Send one request; return the id the system's answer names, or "".

        Raises CredentialsRefused or a SendError.
        """
        secret = self._settings.secret.get_secret_value()
        headers = {"Content-Type": "application/json", HEADER: signature([secret], body, self._now())}
        failure: Exception | None = None
        try:
            async with self._ask(
                "POST", self._settings.call_url, body=body, headers=headers, timeout=self._timeout
            ) as answer:
                status, wait = answer.status, answer.headers.get("Retry-After", "")
                content = await read_at_most(answer, _ANSWER_LIMIT)
        except FetchFailed as error:
            failure = Rejected(f"The telephone system's address is one the hub does not go to: {error}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            words = in_words(error)
            failure = (
                RetryLater(f"The telephone system could not be reached: {words}. Nothing was done.")
                if never_left(error)
                else OutcomeUnknown(f"The telephone system did not answer: {words}. The call may have begun.")
            )
        if failure is not None:
            # raised outside the handler: the original error, which may quote the request, is not chained to it
            raise failure
        _check(status, wait)
        return _id_in(content)


def _check(status: int, wait: str) -> None:
    if 200 <= status < 300:
        return
    code = str(status)
    if status in (401, 403):
        raise CredentialsRefused(
            "The telephone system does not accept the hub's signature. Compare the secret on both sides."
        )
    if status == 429:
        after = timedelta(seconds=min(int(wait), _LONGEST_WAIT)) if wait.strip().isdecimal() else timedelta(seconds=5)
        raise RetryLater("The telephone system asks to wait.", code=code, after=after)
    if status >= 500:
        raise OutcomeUnknown(f"The telephone system is in trouble (HTTP {status}). The call may have begun.", code=code)
    raise Rejected(f"The telephone system refused the call (HTTP {status}). Nothing was done.", code=code)


def _id_in(content: bytes) -> str:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    named = answer.get("id") if isinstance(answer, dict) else None
    return str(named).strip()[:200] if isinstance(named, str | int) else ""
