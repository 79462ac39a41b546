"""Answers providers that ask what a live call does next: decide, store, render.

A caller is waiting. So where storing is slow or fails the call goes on all the same: what was told is kept in memory
and stored as soon as that is possible, and what a crash would lose meanwhile the connector's reconciling finds.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Protocol

import structlog

from hub.contract.calls import AnswersCalls, CallHappening
from hub.contract.events import RawEvent
from hub.contract.webhook import WebhookRequest, WebhookResponse
from hub.domain.callflow.steps import Decision
from hub.domain.ids import ChannelId
from hub.ports import Journal
from hub.runtime.backoff import Backoff

log = structlog.get_logger(__name__)

PATIENCE = 0.015
"""Seconds a caller waits for the journal: silence on the line costs more than a commit that is still under way."""
STORE_WITHIN = 2.0
"""Seconds after which a commit that does not come counts as failed."""
KEPT = 20_000
"""Raw events kept in memory while they cannot be stored; of more, the oldest go, which a log line tells."""


class Decides(Protocol):
    """The hub's call plans."""

    async def decide(self, channel_id: ChannelId, happening: CallHappening) -> tuple[Decision, RawEvent | None]:
        """Say what is next, and what of it the journal has to hold. Never fails."""
        ...


class CallDoor:
    """The part of the door for questions of live calls."""

    def __init__(self, decides: Decides, journal: Journal) -> None:
        self._decides = decides
        self._journal = journal
        self._later: deque[tuple[ChannelId, Sequence[RawEvent]]] = deque()
        self._storing: asyncio.Task[None] | None = None
        self._now: set[asyncio.Task[None]] = set()

    async def answer(
        self,
        channel_id: ChannelId,
        connector: AnswersCalls,
        request: WebhookRequest,
        happening: CallHappening,
        event: RawEvent,
    ) -> WebhookResponse:
        """Decide, store the question and the decision in one commit, and write the answer; see `PATIENCE`."""
        decision, told = await self._decides.decide(channel_id, happening)
        events = [event] if told is None else [event, told]
        storing = asyncio.create_task(self._store(channel_id, happening, events), name="store a live call's webhook")
        self._now.add(storing)
        storing.add_done_callback(self._now.discard)
        await asyncio.wait([storing], timeout=PATIENCE)
        return connector.render_decision(decision, request)

    async def _store(self, channel_id: ChannelId, happening: CallHappening, events: Sequence[RawEvent]) -> None:
        try:
            await self._journal.append(channel_id, events, within=STORE_WITHIN)
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being stored, the caller is served
            # Without a traceback: where the disk is full a hundred of these a second must not hold up the callers.
            log.error(
                "a live call's webhook could not be stored; the call goes on",
                call=happening.external_id,
                reason=f"{type(error).__name__}: {error}",
            )
            self._keep(channel_id, events)

    def _keep(self, channel_id: ChannelId, events: Sequence[RawEvent]) -> None:
        if len(self._later) >= KEPT:
            self._later.popleft()
            log.error("too much of live calls waits to be stored; the oldest is left to reconciling")
        self._later.append((channel_id, events))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_later(), name="store calls later")

    async def _store_later(self) -> None:
        backoff = Backoff(first=0.5, most=15.0)
        while self._later:
            await asyncio.sleep(backoff.delay())
            channel_id, events = self._later[0]
            try:
                await self._journal.append(channel_id, events, within=STORE_WITHIN)
            except Exception as error:  # noqa: BLE001 - whatever keeps it from being stored, it is tried again
                log.warning("live calls still wait to be stored", waiting=len(self._later), reason=str(error))
                continue
            # Stored twice, if the first try was stored after all: equal news is one.
            self._later.popleft()
            backoff.reset()

    async def close(self) -> None:
        """Let what is under way be stored, and stop trying the rest. Called when the hub stops."""
        await asyncio.gather(*self._now, return_exceptions=True)
        if self._storing is not None:
            self._storing.cancel()
            await asyncio.gather(self._storing, return_exceptions=True)
