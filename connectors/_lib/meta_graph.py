"""Meta's Graph API on the hub's session: requests, pages, uploads, and each failure sorted by what it proves.

https://developers.facebook.com/docs/graph-api/overview. Every request carries `appsecret_proof`, so that a stolen token
alone is worth nothing (https://developers.facebook.com/docs/graph-api/securing-requests).
"""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

from connectors._lib.http import never_left, read_at_most, unanswered, unfetched, unreached

_ANSWER_LIMIT = 16 * 1024 * 1024
_UPLOAD_SPEED = 100 * 1024
"""Bytes per second we allow the slowest up-link before an upload is given up."""
_PAGES = 100
_REDIRECTS = 4
_LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 10
    answer: float = 30


class GraphError(Exception):
    """A request came to nothing, or to nobody knows what."""


class Refused(GraphError):
    """Meta answered no, and said why."""

    def __init__(self, status: int, error: Mapping[str, Any], after: timedelta | None, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.code = _number(error.get("code"))
        self.subcode = _number(error.get("error_subcode"))
        self.after = after
        """How long Meta asks to wait, if it does."""
        self.said = said
        """In Meta's own words."""


class NotSent(GraphError):
    """The request never reached Meta."""


class Unclear(GraphError):
    """Meta may have acted: no answer, a broken one, or a 5xx that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where the API is and what opens it."""

    base_url: str
    version: str
    token: str = field(repr=False)
    app_id: str = ""
    app_secret: str = field(repr=False)
    proves: bool = True
    """Whether the server knows `appsecret_proof`."""

    @property
    def root(self) -> str:
        """The address under which all nodes are."""
        return f"{self.base_url}/{self.version}".rstrip("/")

    @property
    def proof(self) -> str:
        """Proof that who uses the token knows the app's secret."""
        return hmac.new(self.app_secret.encode(), self.token.encode(), hashlib.sha256).hexdigest()

    @property
    def app_token(self) -> str:
        """The app's own token, for what concerns the app (https://developers.facebook.com/docs/facebook-login)."""
        return f"{self.app_id}|{self.app_secret}"


class Graph:
    """The API as one account may use it."""

    def __init__(self, http: aiohttp.ClientSession, access: Access, patience: Patience | None = None) -> None:
        self._http = http
        self._access = access
        self._patience = patience or Patience()

    def __repr__(self) -> str:
        """Show the server and no secret."""
        return f"Graph({self._access.root})"

    async def get(self, path: str, *, as_app: bool = False, **params: str) -> Mapping[str, Any]:
        """Read a node or an edge. Raises GraphError."""
        return await self._call("GET", path, params=params, as_app=as_app)

    async def post(
        self, path: str, body: Mapping[str, object] | None = None, *, as_app: bool = False, **params: str
    ) -> Mapping[str, Any]:
        """Change something. Raises GraphError."""
        return await self._call("POST", path, params=params, as_app=as_app, json=dict(body or {}))

    async def upload(
        self, path: str, fields: Mapping[str, str], *, name: str, media_type: str, content: bytes, part: str = "file"
    ) -> Mapping[str, Any]:
        """Post a form with one file. Raises GraphError."""
        form = aiohttp.FormData(quote_fields=False)
        for key, value in fields.items():
            form.add_field(key, value)
        # a quote or a line break in a name would end its header
        safe = name.replace('"', "'").replace("\\", "_").replace("\r", "").replace("\n", "")
        form.add_field(part, content, filename=safe, content_type=media_type)
        return await self._call("POST", path, params={}, data=form, more_time=len(content) / _UPLOAD_SPEED)

    async def items(self, path: str, **params: str) -> AsyncIterator[Mapping[str, Any]]:
        """Yield what an edge lists, page by page (https://developers.facebook.com/docs/graph-api/results)."""
        after = ""
        for _ in range(_PAGES):
            answer = await self._call("GET", path, params={**params, **({"after": after} if after else {})})
            found = answer.get("data")
            for item in found if isinstance(found, list) else ():
                if isinstance(item, dict):
                    yield item
            paging = answer.get("paging")
            cursors = paging.get("cursors") if isinstance(paging, dict) and paging.get("next") else None
            after = str(cursors.get("after") or "") if isinstance(cursors, dict) else ""
            if not after:
                return

    async def stream(self, url: str, trusted: Callable[[str], bool]) -> AsyncIterator[bytes]:
        """Stream a file; `trusted` tells whether an address is Meta's. Raises GraphError.

        A redirect is followed to Meta's hosts only, and our token is shown to none but the first.
        """
        timeout = aiohttp.ClientTimeout(total=None, connect=self._patience.connect, sock_read=self._patience.answer)
        failure: GraphError | None = None
        headers = self._bearer(self._access.token)
        try:
            for _ in range(_REDIRECTS):
                async with self._http.get(url, headers=headers, timeout=timeout, allow_redirects=False) as response:
                    if response.status == 200:
                        async for chunk in response.content.iter_chunked(64 * 1024):
                            yield chunk
                        return
                    target = urljoin(url, response.headers.get("Location", ""))
                    if not 300 <= response.status < 400 or not trusted(target):
                        failure = self._failure(response, await read_at_most(response, _ANSWER_LIMIT))
                        break
                    headers = headers if urlsplit(target).netloc == urlsplit(url).netloc else {}
                    url = target
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = Unclear(unfetched("Meta", error))
        raise failure or Unclear("The file's address leads from one to the next without end.")

    async def _call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str],
        as_app: bool = False,
        more_time: float = 0,
        **body: Any,
    ) -> Mapping[str, Any]:
        token = self._access.app_token if as_app else self._access.token
        proof = {"appsecret_proof": self._access.proof} if self._access.proves and not as_app else {}
        timeout = aiohttp.ClientTimeout(
            total=self._patience.connect + self._patience.answer + more_time, connect=self._patience.connect
        )
        failure: GraphError | None = None
        try:
            async with self._http.request(
                method,
                f"{self._access.root}/{path}",
                params={**params, **proof},
                headers=self._bearer(token),
                timeout=timeout,
                allow_redirects=False,
                **body,
            ) as response:
                answer = await read_at_most(response, _ANSWER_LIMIT)
                if response.status >= 300:
                    failure = self._failure(response, answer)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            left = not never_left(error)
            failure = Unclear(unanswered("Meta", error)) if left else NotSent(unreached("Meta", error))
        if failure is not None:
            # raised outside the handler: the original error, which may quote the address, is not chained to it
            raise failure
        found = _object(answer)
        if found is None:
            raise Unclear("Meta's answer could not be read.")
        return found

    def _bearer(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"}

    def _failure(self, response: aiohttp.ClientResponse, body: bytes) -> GraphError:
        """https://developers.facebook.com/docs/graph-api/guides/error-handling."""
        status = response.status
        told = (_object(body) or {}).get("error")
        if isinstance(told, dict):
            return Refused(status, told, _wait(response.headers), self._masked(_words(told, status)))
        if status >= 500:
            return Unclear(f"Meta's servers are in trouble (HTTP {status}).")
        if status < 400:
            return NotSent(f"The Graph API address redirects elsewhere (HTTP {status}): check it in the settings.")
        return Refused(status, {}, _wait(response.headers), f"HTTP {status}")

    def _masked(self, said: str) -> str:
        for secret in (self._access.token, self._access.app_secret, self._access.proof):
            said = said.replace(secret, "[secret]")
        return said


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _words(error: Mapping[str, Any], status: int) -> str:
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    said = details or error.get("error_user_msg") or error.get("message") or f"HTTP {status}"
    return str(said)[:300]


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _wait(headers: Mapping[str, str]) -> timedelta | None:
    """How long to wait: the header every server knows, or Meta's own, which counts minutes.

    https://developers.facebook.com/docs/graph-api/overview/rate-limiting#headers
    """
    seconds = headers.get("Retry-After", "")
    if seconds.isdecimal():
        return min(timedelta(seconds=min(int(seconds), 10**9)), _LONGEST_WAIT)
    usage = _object(headers.get("X-Business-Use-Case-Usage", "").encode()) or {}
    entries = [entry for listed in usage.values() if isinstance(listed, list) for entry in listed]
    minutes = [_number(e.get("estimated_time_to_regain_access")) or 0 for e in entries if isinstance(e, dict)]
    longest = max(minutes, default=0)
    return min(timedelta(minutes=min(longest, 10**6)), _LONGEST_WAIT) if longest > 0 else None
