"""The library's HTTP back end on the hub's shared session. Import it where the library is needed: it is large.

The library's own back end ignores its time-out, retries POST requests (which sends messages twice), opens sessions of
its own and uses what aiohttp is about to remove (https://github.com/twilio/twilio-python/issues/925, /866). This one
waits as long as we say, asks once, and sorts every failure by one question: may Twilio have acted?
"""

import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]  # it ships no types
from twilio.http.response import Response  # type: ignore[import-untyped]  # it ships no types

from connectors._lib.http import never_left, read_at_most, unanswered, unreached
from connectors._lib.twilio_failures import NotSent, Patience, Refused, Unclear, seconds_asked

_ANSWER_LIMIT = 32 * 1024 * 1024
_OFFICIAL_SUFFIX = ".twilio.com"


class HubHttpClient(AsyncHttpClient):  # type: ignore[misc]  # the library's base has no types
    """Carries the library's requests."""

    def __init__(self, http: aiohttp.ClientSession, api_url: str, patience: Patience) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self._http = http
        self._api = urlsplit(api_url)
        self._timeout = aiohttp.ClientTimeout(
            total=patience.connect + patience.answer, connect=patience.connect, sock_read=patience.answer
        )

    def __repr__(self) -> str:
        """Show the server and no secret."""
        return f"HubHttpClient({self._api.geturl()})"

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - of the library's signature; ours is one for all
        allow_redirects: bool = False,  # noqa: ARG002 - of the library's signature; none is followed
    ) -> Response:
        """Make one request. Raises Refused, NotSent, Unclear."""
        sent = dict(headers or {})
        if auth is not None:
            sent["Authorization"] = aiohttp.encode_basic_auth(*auth)
        failure: Exception | None = None
        try:
            async with self._http.request(
                method.upper(),
                self._address(uri, params),
                data=_body(data, sent),
                headers=sent,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                status, wait = response.status, response.headers.get("Retry-After", "")
                body = await read_at_most(response, _ANSWER_LIMIT)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            left = not never_left(error)
            failure = Unclear(unanswered("Twilio", error)) if left else NotSent(unreached("Twilio", error))
        if failure is not None:
            # raised outside the handler: the original error, which may quote the request, is not chained to it
            raise failure
        return _answer(status, body, wait)

    def _address(self, uri: str, params: Mapping[str, object] | None) -> str:
        """Return where a request of the library goes: to the settings' region, or to a server of our own.

        On Twilio each service has a name (api, messaging, content); elsewhere a path of that name.
        """
        asked = urlsplit(uri)
        service = (asked.hostname or "api").partition(".")[0]
        host = self._api.hostname or ""
        if host.startswith("api.") and host.endswith(_OFFICIAL_SUFFIX):
            base = f"{self._api.scheme}://{service}{host.removeprefix('api')}"
        else:
            base = self._api.geturl() + ("" if service == "api" else f"/{service}")
        query = "&".join(part for part in (asked.query, urlencode(params or {}, doseq=True)) if part)
        return base + asked.path + (f"?{query}" if query else "")


def _body(data: Mapping[str, object] | None, headers: Mapping[str, str]) -> bytes | None:
    if data is None:
        return None
    if headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(data).encode()
    return urlencode(data, doseq=True).encode()


def _answer(status: int, body: bytes, wait: str) -> Response:
    """Return a good answer; raise what any other means."""
    if status >= 500:
        raise Unclear(f"Twilio's servers are in trouble (HTTP {status}).")
    answer = _object(body)
    if status >= 400:
        raise refused(status, answer, wait)
    if status >= 300:
        raise NotSent(f"The API address redirects elsewhere (HTTP {status}): check it in the settings.")
    if answer is None and body.strip():
        raise Unclear("Twilio's answer could not be read.")
    return Response(status, body.decode("utf-8", "replace"))


def refused(status: int, answer: Mapping[str, Any] | None, wait: str) -> Refused:
    """Return Twilio's no with its own code (https://www.twilio.com/docs/usage/twilios-response)."""
    said = answer or {}
    words = " ".join(str(said.get("message") or said.get("detail") or said.get("title") or f"HTTP {status}").split())
    code = str(said.get("code") or "")
    return Refused(status, code if code.isdecimal() else "", words[:300], seconds_asked(wait))


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
