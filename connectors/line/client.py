"""LINE's Messaging API on the hub's session. The only place that knows the token.

https://developers.line.biz/en/reference/messaging-api/#status-codes
"""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from connectors._lib.json_api import Answer, ApiError, JsonApi, NoFile, Unclear
from connectors._lib.loose_json import Json, objects, text
from connectors.line.settings import LineSettings

RETRY_KEY = "X-Line-Retry-Key"


class Refused(ApiError):
    """LINE answered no, and for certain did nothing."""

    def __init__(self, status: int, said: str, after: timedelta | None = None) -> None:
        super().__init__(f"LINE says: “{said}”.")
        self.status = status
        self.said = said
        """In LINE's own words, with the fields that do not fit."""
        self.after = after


class Client:
    """The API of one account."""

    def __init__(self, api: JsonApi, settings: LineSettings) -> None:
        self._api = api
        self._url = settings.api_url
        self._data_url = settings.data_url
        self._token = settings.token.get_secret_value()

    def __repr__(self) -> str:
        """Show the server and no token."""
        return f"Client({self._url})"

    async def get(self, path: str) -> Json:
        """Read something. Raises Refused, NotSent, Unclear."""
        return (await self._call("GET", path)).body

    async def put(self, path: str, body: Mapping[str, object]) -> None:
        """Set something. Raises as `get`."""
        await self._call("PUT", path, json=dict(body))

    async def post(self, path: str, body: Mapping[str, object]) -> Json:
        """Do something. Raises as `get`."""
        return (await self._call("POST", path, json=dict(body))).body

    async def push(self, to: str, messages: list[Mapping[str, object]], key: UUID) -> list[str]:
        """Send up to five messages as one request that LINE carries out once for each key; returns their ids.

        What was accepted before is answered with 409, and counts
        (https://developers.line.biz/en/docs/messaging-api/retrying-api-request/). Raises as `get`.
        """
        body = {"to": to, "messages": messages}
        answer = await self._call("POST", "/v2/bot/message/push", good=(409,), json=body, headers={RETRY_KEY: str(key)})
        ids = [text(one, "id") for one in objects(answer.body, "sentMessages")]
        if answer.status == 409 and not any(ids):
            return [f"accepted:{answer.headers.get('x-line-accepted-request-id') or key}"]
        if not any(ids):
            raise Unclear("LINE took the message, but its answer names no id.")
        return [ident for ident in ids if ident]

    async def content(self, message_id: str) -> AsyncIterator[bytes]:
        """Stream a customer's file. Raises NoFile (202 while LINE prepares it), NotSent, Unclear."""
        url = f"{self._data_url}/v2/bot/message/{message_id}/content"
        async for chunk in self._api.stream(url, headers=self._headers()):
            yield chunk

    async def _call(self, method: str, path: str, *, good: tuple[int, ...] = (), **request: Any) -> Answer:
        headers = {**self._headers(), **request.pop("headers", {})}
        answer = await self._api.call(method, f"{self._url}{path}", headers=headers, **request)
        if 200 <= answer.status < 300 or answer.status in good:
            if not answer.readable:
                raise Unclear("LINE's answer could not be read.")
            return answer
        if answer.status >= 500:
            raise Unclear(f"LINE's servers are in trouble (HTTP {answer.status}).")
        raise Refused(answer.status, self._said(answer), answer.wait)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _said(self, answer: Answer) -> str:
        """https://developers.line.biz/en/reference/messaging-api/#error-responses."""
        details = [f"{text(one, 'property')}: {text(one, 'message')}" for one in objects(answer.body, "details")[:3]]
        words = text(answer.body, "message") or f"HTTP {answer.status}"
        said = f"{words} ({'; '.join(details)})" if details else words
        return said.replace(self._token, "[token]")[:300]


__all__ = ["RETRY_KEY", "Client", "NoFile", "Refused"]
