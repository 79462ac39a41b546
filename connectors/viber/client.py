"""Viber's REST API on the hub's session. The only place that knows the token.

https://developers.viber.com/docs/api/rest-bot-api/. A refusal comes with HTTP 200 and a `status` that is not 0.
"""

import json
from collections.abc import Mapping
from datetime import timedelta

from connectors._lib.json_api import ApiError, JsonApi, Unclear
from connectors._lib.loose_json import Json, text


class Refused(ApiError):
    """Viber answered no, and for certain did nothing. `status` is Viber's own, or minus the HTTP status."""

    def __init__(self, status: int, said: str, after: timedelta | None = None) -> None:
        super().__init__(f"Viber says: “{said}”.")
        self.status = status
        self.said = said
        self.after = after


class Client:
    """The API of one bot."""

    def __init__(self, api: JsonApi, url: str, token: str) -> None:
        self._api = api
        self._url = url
        self._token = token

    def __repr__(self) -> str:
        """Show the server and no token."""
        return f"Client({self._url})"

    async def call(self, method: str, body: Mapping[str, object] | None = None) -> Json:
        """Call a method. Raises Refused, NotSent, Unclear."""
        headers = {"X-Viber-Auth-Token": self._token, "Content-Type": "application/json"}
        # written in UTF-8: escaped, a long text would not fit into the 30 kB of a request
        written = json.dumps(dict(body or {}), ensure_ascii=False).encode("utf-8", "replace")
        answer = await self._api.call("POST", f"{self._url}/{method}", data=written, headers=headers)
        if answer.status >= 500:
            raise Unclear(f"Viber's servers are in trouble (HTTP {answer.status}).")
        status = answer.body.get("status")
        said = text(answer.body, "status_message").replace(self._token, "[token]")[:300]
        if answer.status >= 300:
            raise Refused(-answer.status, said or f"HTTP {answer.status}", answer.wait)
        if not isinstance(status, int) or isinstance(status, bool):
            raise Unclear("Viber's answer could not be read.")
        if status != 0:
            raise Refused(status, said or f"status {status}", answer.wait)
        return answer.body
