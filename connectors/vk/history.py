"""What VK has since some time: chats newest first, and in each its messages newest first.

https://dev.vk.com/en/method/messages.getConversations, https://dev.vk.com/en/method/messages.getHistory
"""

import json
from asyncio import sleep
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime

from connectors._lib.loose_json import Json, inner, objects, text
from connectors.vk.client import Client, Refused
from connectors.vk.directory import chat_note_of
from connectors.vk.ids import integer, is_chat
from connectors.vk.parse import DIRECTORY
from connectors.vk.people import People
from hub.contract import RawEvent

HISTORY = "history"
"""Kind of the raw events that reconciling found."""
_PAGE = 200
_MOST_PAGES = 50
_TOO_FAST = 6
_PAUSES = (1.0, 2.0, 4.0)
"""Seconds to wait when VK asks to call more slowly; it says no times."""


class History:
    """The chats of one community. Every method raises ApiError."""

    def __init__(
        self, client: Client, people: People, group_id: int, pause: Callable[[float], Awaitable[None]] = sleep
    ) -> None:
        self._client = client
        self._pause = pause
        self._people = people
        self._group_id = group_id

    async def since(self, since: datetime, now: datetime) -> AsyncIterator[RawEvent]:
        """Yield every message since then as the event it would have been, and the titles of chats."""
        oldest = int(since.timestamp())
        async for chat in self._chats(oldest):
            peer = integer(inner(inner(chat, "conversation"), "peer"), "id")
            title = text(inner(inner(chat, "conversation"), "chat_settings"), "title")
            if is_chat(peer) and self._people.is_new(peer) and (note := chat_note_of(peer, title)):
                yield _raw(DIRECTORY, note, now)
            async for message in self._messages(peer, oldest):
                ours = integer(message, "from_id") == -self._group_id
                event = {
                    "type": "message_reply" if ours else "message_new",
                    "group_id": self._group_id,
                    "object": message if ours else {"message": message},
                }
                yield _raw(HISTORY, event, now)

    async def _chats(self, oldest: int) -> AsyncIterator[Json]:
        for page in range(_MOST_PAGES):
            asked = {"count": _PAGE, "offset": page * _PAGE, "group_id": self._group_id}
            chats = objects(await self._one("messages.getConversations", asked), "items")
            for chat in chats:
                if integer(inner(chat, "last_message"), "date") < oldest:
                    return
                yield chat
            if len(chats) < _PAGE:
                return

    async def _messages(self, peer: int, oldest: int) -> AsyncIterator[Json]:
        for page in range(_MOST_PAGES):
            asked = {"peer_id": peer, "count": _PAGE, "offset": page * _PAGE, "group_id": self._group_id}
            messages = objects(await self._one("messages.getHistory", asked), "items")
            for message in messages:
                if integer(message, "date") < oldest:
                    return
                yield message
            if len(messages) < _PAGE:
                return

    async def _one(self, method: str, asked: Mapping[str, object]) -> Json:
        for seconds in _PAUSES:
            try:
                return await self._client.one(method, **asked)
            except Refused as error:
                if error.code != _TOO_FAST:
                    raise
            await self._pause(seconds)
        return await self._client.one(method, **asked)


def raw_note(note: Mapping[str, object], now: datetime) -> RawEvent:
    """Return a note as a raw event."""
    return _raw(DIRECTORY, note, now)


def _raw(kind: str, body: Mapping[str, object], now: datetime) -> RawEvent:
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return RawEvent(kind=kind, body=written, received_at=now, recovered=kind == HISTORY)
