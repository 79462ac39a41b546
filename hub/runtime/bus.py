"""The bus between nodes over NATS core: rings and signs, nothing that must not be lost."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

import orjson
import structlog

if TYPE_CHECKING:
    from nats.aio.client import Client

log = structlog.get_logger(__name__)

SUBJECT = "hub.notices"


class NatsBus:
    """One subject, published to and listened on by every node; a node ignores its own messages."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._me = uuid4().hex
        self._ready: asyncio.Task[Client] | None = None

    async def publish(self, message: Mapping[str, object]) -> None:
        """Send to every other node. While the server is away messages are dropped: readers poll meanwhile."""
        connection = await self._connection()
        try:
            await connection.publish(SUBJECT, orjson.dumps({"from": self._me, **message}))
        except Exception as error:  # noqa: BLE001 - whatever the client raises, a lost ring costs a poll only
            log.debug("bus message dropped", reason=str(error))

    async def listen(self, receive: Callable[[Mapping[str, object]], None]) -> None:
        """Call `receive` for every message of other nodes, until cancelled."""
        connection = await self._connection()
        subscription = await connection.subscribe(SUBJECT)
        async for message in subscription.messages:
            try:
                content = orjson.loads(message.data)
            except orjson.JSONDecodeError:
                log.warning("bus message is not JSON", size=len(message.data))
                continue
            if isinstance(content, dict) and content.get("from") != self._me:
                receive(content)

    async def close(self) -> None:
        """Leave the bus."""
        if self._ready is not None and self._ready.done() and not self._ready.exception():
            await (await self._connection()).close()

    async def _connection(self) -> "Client":
        if self._ready is None:
            import nats  # an extra: needed only where a bus is configured

            self._ready = asyncio.create_task(
                nats.connect(
                    self._url,
                    name="interaction-hub",
                    max_reconnect_attempts=-1,
                    allow_reconnect=True,
                    pending_size=0,
                    error_cb=self._say,
                )
            )
        return await self._ready

    async def _say(self, error: Exception) -> None:
        log.warning("the bus is disturbed; notices arrive a little later", reason=str(error))
