"""A person at the hub's API: signed in, repeating what a restarting hub did not answer."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
from uuid_utils.compat import uuid7

from tests.e2e.hub_process import HubProcess

Json = dict[str, Any]
ADMIN = "admin@localhost"
PASSWORD = "correct horse battery staple 7"
ALL_STATES = tuple(("state", state) for state in ("open", "pending", "snoozed", "resolved"))


class ApiProblem(AssertionError):
    """The hub answered with a problem."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status}: {words}")
        self.status = status


class HubApi:
    """One signed-in person. Use as a context manager: signs the first admin in and gives them a password of ours."""

    def __init__(self, hub: HubProcess) -> None:
        self.hub = hub
        timeout = aiohttp.ClientTimeout(total=60, sock_connect=5)
        jar = aiohttp.CookieJar(unsafe=True)  # unsafe: the hub is an address without a name
        self._http = aiohttp.ClientSession(cookie_jar=jar, timeout=timeout, headers={"Origin": hub.url})

    async def __aenter__(self) -> Self:
        first = self.hub.first_password()
        await self._sign_in("/session", {"email": ADMIN, "password": first})
        await self._sign_in("/session/password", {"current": first, "new": PASSWORD})
        self.hub.secrets.append(PASSWORD)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _sign_in(self, path: str, body: Json) -> None:
        self._http.headers["X-CSRF-Token"] = (await self.post(path, body))["csrf"]

    async def get(self, path: str, query: Any = ()) -> Any:
        """GET below /api/v1. Raises ApiProblem."""
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, body: Mapping[str, object] | None = None) -> Any:
        """POST below /api/v1. Raises ApiProblem."""
        return await self._ask("POST", path, json=body)

    async def put(self, path: str, body: Mapping[str, object]) -> Any:
        """PUT below /api/v1. Raises ApiProblem."""
        return await self._ask("PUT", path, json=body)

    async def sign_in_as(self, email: str) -> None:
        """Be a colleague from here on."""
        await self._sign_in("/session", {"email": email, "password": PASSWORD})

    async def close(self) -> None:
        """End the connection."""
        await self._http.close()

    async def insist(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """Ask the same again until it is answered, as a browser does over a line that breaks. Raises ApiProblem."""
        while True:
            try:
                return await self._ask(method, path, json=body)
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.05)
            except ApiProblem as problem:
                if problem.status < 500:
                    raise
                await asyncio.sleep(0.05)

    async def colleague(self, name: str, role: str) -> str:
        """Let somebody in who has changed their first password to ours; return their address."""
        email, first = f"{name.lower()}@example.com", "first password of a colleague"
        await self.post("/users", {"id": str(uuid7()), "email": email, "name": name, "role": role, "password": first})
        other = HubApi(self.hub)
        try:
            await other._sign_in("/session", {"email": email, "password": first})
            await other._sign_in("/session/password", {"current": first, "new": PASSWORD})
        finally:
            await other.close()
        return email

    async def _ask(self, method: str, path: str, **more: Any) -> Any:
        async with self._http.request(method, f"{self.hub.url}/api/v1{path}", **more) as answer:
            if answer.status >= 400:
                raise ApiProblem(answer.status, f"{method} {path}: {(await answer.text())[:1000]}")
            return await answer.json() if answer.status != 204 else None

    async def download(self, path: str) -> bytes:
        """GET bytes below /api/v1."""
        async with self._http.get(f"{self.hub.url}/api/v1{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def channel(self, connector: str, name: str, settings: Mapping[str, object]) -> Json:
        """Connect an account; its settings are checked against the provider."""
        body = {"id": str(uuid7()), "connector": connector, "name": name, "settings": settings}
        made: Json = await self.post("/channels", body)
        return made

    async def reply(self, conversation_id: str, text: str, **more: object) -> Json:
        """Reply into a conversation."""
        body = {"id": str(uuid7()), "text": text, **more}
        made: Json = await self.post(f"/conversations/{conversation_id}/replies", body)
        return made

    async def every(self, path: str, query: Any = ()) -> list[Json]:
        """Return all items of a paged list."""
        found: list[Json] = []
        cursor: str | None = ""
        while cursor is not None:
            page = await self.get(path, [*query, ("limit", "100"), *([("cursor", cursor)] if cursor else [])])
            found += page["items"]
            cursor = page["next"]
        return found

    async def conversations(self) -> list[Json]:
        """Return all conversations in every state."""
        return await self.every("/conversations", ALL_STATES)

    async def thread(self, conversation_id: str) -> list[Json]:
        """Return all entries of a conversation that are messages."""
        entries = await self.every(f"/conversations/{conversation_id}/interactions")
        return [entry for entry in entries if entry["kind"] == "message"]

    async def messages(self) -> list[Json]:
        """Return every message of every conversation."""
        rows = await self.conversations()
        return [entry for row in rows for entry in await self.thread(row["id"])]
