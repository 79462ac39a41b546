"""VK's API on the hub's session. The only place that knows the token.

https://dev.vk.com/en/api/api-requests. A refusal comes with HTTP 200 and an `error` with VK's own code.
"""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

import aiohttp

from connectors._lib.json_api import ApiError, JsonApi, Unclear
from connectors._lib.loose_json import Json, inner, storable, text
from connectors.vk.ids import integer
from connectors.vk.settings import VkSettings

_UNCLEAR = frozenset({1, 10})
"""VK says of these that something went wrong inside: https://dev.vk.com/en/reference/errors."""


class Refused(ApiError):
    """VK answered no, and for certain did nothing. `code` is VK's own, or minus the HTTP status."""

    def __init__(self, code: int, said: str, after: timedelta | None = None) -> None:
        super().__init__(f"VK says: “{said}” (code {code}).")
        self.code = code
        self.said = said
        self.after = after


class Client:
    """The API as one community may use it."""

    def __init__(self, api: JsonApi, settings: VkSettings) -> None:
        self._api = api
        self._url = settings.api_url
        self._version = settings.api_version
        self._token = settings.token.get_secret_value()

    def __repr__(self) -> str:
        """Show the server and no token."""
        return f"Client({self._url})"

    async def call(self, method: str, **values: object) -> object:
        """Call a method and return its `response`. Raises Refused, NotSent, Unclear."""
        form = {name: str(value) for name, value in values.items() if value is not None and value != ""}
        given = {**form, "access_token": self._token, "v": self._version}
        answer = await self._api.call("POST", f"{self._url}/{method}", data=given)
        if answer.status >= 500:
            raise Unclear(f"VK's servers are in trouble (HTTP {answer.status}).")
        if answer.status >= 300:
            raise Refused(-answer.status, f"HTTP {answer.status}", answer.wait)
        if error := inner(answer.body, "error"):
            raise self.refusal(error, "error_code", "error_msg")
        if "response" not in answer.body:
            raise Unclear("VK's answer could not be read.")
        found: object = answer.body["response"]
        return found

    async def one(self, method: str, **values: object) -> Json:
        """Call a method that answers with one object. Raises as `call`."""
        found = await self.call(method, **values)
        return found if isinstance(found, dict) else {}

    async def upload(self, url: str, part: str, name: str, content: bytes, media_type: str) -> Json:
        """Put a file where VK said. The token does not go along. Raises as `call`."""
        if not self._is_safe(url):
            raise Refused(0, "the address for the upload is not https")
        form = aiohttp.FormData(quote_fields=False)
        # a quote or a line break in a name would end its header
        safe = name.replace('"', "'").replace("\\", "_").replace("\r", "").replace("\n", "")
        form.add_field(part, content, filename=safe, content_type=media_type)
        answer = await self._api.call("POST", url, data=form, size=len(content))
        if answer.status >= 300 or not answer.readable or "error" in answer.body:
            said = text(answer.body, "error_descr", "error")[:200] or f"HTTP {answer.status}"
            if answer.status >= 500:
                raise Unclear(f"VK did not take the file: {said}.")
            raise Refused(0, said)
        return answer.body

    async def poll(self, server: Mapping[str, str], ts: str, wait: int) -> Json:
        """Wait for events: https://dev.vk.com/en/api/bots-long-poll/getting-started. Raises as `call`."""
        asked = {"act": "a_check", "key": server["key"], "ts": ts, "wait": str(wait)}
        if not self._is_safe(server["server"]):
            raise Refused(0, "the address to poll is not https")
        answer = await self._api.call("GET", server["server"], params=asked, patience=wait)
        if answer.status != 200 or not answer.readable:
            raise Unclear(f"VK's poll server is in trouble (HTTP {answer.status}).")
        return answer.body

    def refusal(self, error: Json, code: str, words: str) -> ApiError:
        """Return what an error of VK's means."""
        number = integer(error, code)
        said = storable(text(error, words)).replace(self._token, "[token]")[:300] or f"code {number}"
        if number in _UNCLEAR:
            return Unclear(f"VK stopped in the middle of it (“{said}”, code {number}).")
        return Refused(number, said)

    def _is_safe(self, url: str) -> bool:
        try:
            scheme = urlsplit(url).scheme
        except ValueError:
            return False
        return scheme == "https" or scheme == urlsplit(self._url).scheme
