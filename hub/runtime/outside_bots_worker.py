"""Tells bots outside what happens, by their webhooks, and gives humans what they leave undone."""

import asyncio
from collections.abc import Callable, Mapping

import aiohttp
import structlog

from hub.contract.asking import Ask
from hub.contract.errors import FetchFailed
from hub.domain.changes import ChangeKind
from hub.domain.outside_bots import BotEvent
from hub.runtime.notices import Notices
from hub.services.bots.means import Means
from hub.services.outside_bots.delivering import Heard, deliver
from hub.services.outside_bots.telling import open_overdue

log = structlog.get_logger(__name__)

AT_ONCE = 32
BATCH = 64
LOOK_EVERY = 1.0
"""Seconds after which to look although no bell rang: so long a deadline may be late."""
IDLE_EVERY = 10.0
"""The same where no bot is at work."""
ANSWER_LIMIT = 64 * 1024
"""Bytes of an answer that are read."""


class Posting:
    """Posts to a bot's address: one guarded request, no redirect, bounded in time and size."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Heard:
        """Return what the address answered; raises nothing."""
        try:
            timeout = aiohttp.ClientTimeout(total=seconds)
            async with self._ask("POST", url, body=body, headers=headers, timeout=timeout) as answer:
                content = bytearray()
                async for piece in answer.content.iter_any():
                    content += piece
                    if len(content) > ANSWER_LIMIT:
                        return Heard(None, error=f"Its answer is larger than {ANSWER_LIMIT // 1024} kB.")
                return Heard(answer.status, bytes(content))
        except FetchFailed as error:
            return Heard(None, error=str(error))
        except TimeoutError:
            return Heard(None, error=f"Its address did not answer within {seconds:g} seconds.")
        except aiohttp.ClientError as error:
            return Heard(None, error=f"Its address cannot be asked ({type(error).__name__}).")


class OutsideBotsWorker:
    """The loop. Several nodes may run it: events are claimed in the database."""

    def __init__(self, *, means: Means, post: Posting, notices: Notices, chance: Callable[[], float]) -> None:
        self.means = means
        self._post = post
        self._notices = notices
        self._chance = chance
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Run until cancelled. What was under way is told again: bots know it by its id."""
        try:
            while True:
                rings = self._notices.rings_of(ChangeKind.conversation_changed)
                pause = LOOK_EVERY
                try:
                    if await self._wanted():
                        await self.step()
                    else:
                        pause = IDLE_EVERY
                except Exception:
                    log.exception("bots outside could not be told; trying again")
                    await asyncio.sleep(LOOK_EVERY)
                await self._notices.wait_for(ChangeKind.conversation_changed, rings, pause)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def step(self) -> int:
        """Open what is overdue and start telling what is due; returns how many events were started."""
        now = self.means.now()
        await open_overdue(self.means.storage, now)
        room = min(BATCH, AT_ONCE - len(self._tasks))
        if room <= 0:
            return 0
        async with self.means.storage.begin() as uow:
            due = await uow.outside_bots.due(now, room)
        for event in due:
            task = asyncio.create_task(self._tell(event), name="bot outside")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(due)

    async def idle(self) -> None:
        """Return when nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)
            await asyncio.sleep(0)  # a turn for the callbacks that take finished tasks away

    async def _wanted(self) -> bool:
        async with self.means.storage.read() as uow:
            return bool(await uow.outside_bots.all())

    async def _tell(self, event: BotEvent) -> None:
        try:
            await deliver(self.means, self._post, event, self._chance)
        except Exception:
            # The claim ends and it is told again; past its deadline a human has it.
            log.exception("a bot outside could not be told", bot=str(event.bot_id))
