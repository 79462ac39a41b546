"""Accepts invitations beside the listening, since joining a room of a slow server may take a minute."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from connectors.matrix.client import Client, Refused, Silent
from connectors.matrix.settings import Invites
from connectors.matrix.wire import objects, text, under

_log = logging.getLogger(__name__)

_AT_ONCE = 4
_WAITS = (5.0, 30.0, 120.0, 600.0)
"""Seconds between the tries to join a room whose server is slow or away."""
_MOST_WAITING = 200
"""Invitations looked at in one run; who floods us waits until the next start."""


class Guests:
    """The invitations of one run of listening. One that fails stays at the homeserver for the next start."""

    def __init__(self, client: Client, accepted: Invites, ignored: Callable[[str], bool]) -> None:
        self._client = client
        self._accepted = accepted
        self._ignored = ignored
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def take(self, invites: Mapping[str, Any], us: str) -> None:
        """Begin to accept what is new among a sync's invitations."""
        for room_id, told in invites.items():
            if room_id in self._tasks or len(self._tasks) >= _MOST_WAITING:
                continue
            if self._welcome(inviter(told, us), us):
                task = asyncio.create_task(self._join(room_id), name="matrix invitation")
                self._tasks[room_id] = task
                task.add_done_callback(partial(self._done, room_id))

    async def close(self) -> None:
        """Stop what is under way; the homeserver names it again."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _welcome(self, user: str, us: str) -> bool:
        if not user or self._ignored(user) or self._accepted is Invites.nobody:
            return False
        return self._accepted is Invites.everyone or user.partition(":")[2] == us.partition(":")[2]

    async def _join(self, room_id: str) -> None:
        async with self._slots:
            for wait in (*_WAITS, None):
                try:
                    return await self._client.join(room_id)
                except Refused as error:
                    words, passing = f"{error.code} {error.said}", error.status == 429 or error.status >= 500
                    asked = error.after.total_seconds() if error.after else 0.0
                except Silent as error:
                    words, passing, asked = error.words, True, 0.0
                if wait is None or not passing:
                    _log.info("matrix: an invitation could not be accepted: %s", words)
                    return None
                await asyncio.sleep(max(wait, asked))
        return None

    def _done(self, room_id: str, task: "asyncio.Task[None]") -> None:
        self._tasks.pop(room_id, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("matrix: accepting an invitation broke off", exc_info=error)


def inviter(told: object, us: str) -> str:
    """Return who invited us into a room; "" if the invitation does not say."""
    for event in objects(under(told, "invite_state").get("events")):
        if event.get("type") == "m.room.member" and event.get("state_key") == us:
            return text(event, "sender")
    return ""
