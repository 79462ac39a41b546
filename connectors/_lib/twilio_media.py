"""Fetches a file from Twilio: our credentials go to Twilio's own host and to no other.

Twilio answers with a redirect to a store that takes no credentials
(https://www.twilio.com/docs/messaging/api/media-resource). What is elsewhere is fetched by the guarded way, without
them.
"""

from collections.abc import AsyncIterator
from urllib.parse import urljoin, urlsplit

import aiohttp

from connectors._lib.http import unfetched
from connectors._lib.twilio_failures import Patience, Refused, TwilioFailure, Unclear, seconds_asked
from hub.contract import Tools

_REDIRECT = frozenset({301, 302, 303, 307, 308})


class MediaStore:
    """Twilio's files."""

    def __init__(self, tools: Tools, api_url: str, patience: Patience, *, most_bytes: int) -> None:
        self._tools = tools
        self._api_url = api_url
        self._most_bytes = most_bytes
        self._timeout = aiohttp.ClientTimeout(total=None, connect=patience.connect, sock_read=patience.answer)

    async def stream(self, address: str, credentials: tuple[str, str]) -> AsyncIterator[bytes]:
        """Stream a file. Raises TwilioFailure: Refused with Twilio's status, Unclear for all that may pass.

        What lies elsewhere raises FetchFailed.
        """
        if not self.is_twilio(address):
            elsewhere: str | None = address
        else:
            elsewhere = None
            headers = {"Authorization": aiohttp.encode_basic_auth(*credentials)}
            failure: TwilioFailure | None = None
            try:
                async with self._tools.http.get(
                    address, headers=headers, timeout=self._timeout, allow_redirects=False
                ) as response:
                    if response.status == 200:
                        async for piece in response.content.iter_chunked(64 * 1024):
                            yield piece
                    elif response.status in _REDIRECT and response.headers.get("Location"):
                        elsewhere = urljoin(address, response.headers["Location"])
                    else:
                        failure = _failure(response)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                failure = Unclear(unfetched("Twilio", error))
            if failure is not None:
                raise failure
        if elsewhere is not None:
            async for piece in self._tools.fetch(elsewhere, self._most_bytes):
                yield piece

    def is_twilio(self, address: str) -> bool:
        """Tell whether an address is the API's own, where our credentials belong."""
        try:
            asked, ours = urlsplit(address), urlsplit(self._api_url)
            same = (asked.scheme, asked.hostname, asked.port) == (ours.scheme, ours.hostname, ours.port)
        except ValueError:
            return False
        if asked.username or asked.password:
            return False
        host = asked.hostname or ""
        official = (
            asked.scheme == "https"
            and asked.port in (None, 443)
            and host.startswith("api.")
            and host.endswith(".twilio.com")
            and (ours.hostname or "").endswith(".twilio.com")
        )
        return same or official


def _failure(response: aiohttp.ClientResponse) -> TwilioFailure:
    if response.status >= 500:
        return Unclear(f"Twilio's file store is in trouble (HTTP {response.status}).")
    wait = seconds_asked(response.headers.get("Retry-After", ""))
    return Refused(response.status, "", f"HTTP {response.status}", wait)
