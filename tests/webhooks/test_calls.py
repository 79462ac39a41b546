"""Providers that ask what a live call does next are answered, stored or not: a caller is waiting."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from hub.contract.calls import AnswersCalls, CallHappening
from hub.contract.events import RawEvent
from hub.contract.webhook import WebhookRequest, WebhookResponse
from hub.domain.callflow.steps import Arrived, Decision, HangUp, Position
from hub.domain.ids import ChannelId, ExternalId, JournalSeq
from webhooks.calls import CallDoor

CHANNEL = ChannelId(UUID(int=1))
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ASKED = RawEvent(kind="webhook", body=b"CallSid=CA1", received_at=NOW)
TOLD = RawEvent(kind="hub/call", body=b"{}", received_at=NOW)
REQUEST = WebhookRequest(method="POST", url="https://hub.example/webhooks/x", headers={}, query={}, body=b"")
HAPPENING = CallHappening(external_id=ExternalId("CA1"), what=Arrived())


class Provider(AnswersCalls):
    """Asks with nothing and is told the last step's name."""

    def call_happening(self, request: WebhookRequest) -> CallHappening | None:
        return HAPPENING if request.body else None

    def render_decision(self, decision: Decision, request: WebhookRequest) -> WebhookResponse:  # noqa: ARG002 - the contract's shape
        return WebhookResponse(body=type(decision.last).__name__.encode())


@dataclass
class Plans:
    """Always hangs up."""

    told: RawEvent | None = TOLD

    async def decide(self, channel_id: ChannelId, happening: CallHappening) -> tuple[Decision, RawEvent | None]:
        assert (channel_id, happening) == (CHANNEL, HAPPENING)
        return Decision(steps=(HangUp(),), position=Position()), self.told


@dataclass
class Disk:
    """A journal whose disk may be full."""

    full: bool = False
    stored: list[Sequence[RawEvent]] = field(default_factory=list)
    wrote: asyncio.Event = field(default_factory=asyncio.Event)

    async def append(
        self,
        channel_id: ChannelId,
        events: Sequence[RawEvent],
        *,
        cursor: str | None = None,
        within: float | None = None,
    ) -> Sequence[JournalSeq]:
        assert (channel_id, cursor) == (CHANNEL, None)
        assert within is not None
        if self.full:
            self.full = False
            raise OSError("No space left on device")
        self.stored.append(events)
        self.wrote.set()
        return ()

    async def cursor(self, channel_id: ChannelId) -> str | None:
        raise NotImplementedError(channel_id)

    async def wait_for_new(self, at_most: float) -> None:
        raise NotImplementedError(at_most)


async def test_question_and_decision_are_stored_together_before_the_answer() -> None:
    disk = Disk()
    answer = await CallDoor(Plans(), disk).answer(CHANNEL, Provider(), REQUEST, HAPPENING, ASKED)
    assert answer.body == b"HangUp"
    assert disk.stored == [[ASKED, TOLD]]


async def test_what_decides_nothing_new_stores_the_question_alone() -> None:
    disk = Disk()
    await CallDoor(Plans(told=None), disk).answer(CHANNEL, Provider(), REQUEST, HAPPENING, ASKED)
    assert disk.stored == [[ASKED]]


async def test_the_call_goes_on_while_the_disk_is_full_and_nothing_is_lost() -> None:
    disk = Disk(full=True)
    door = CallDoor(Plans(), disk)
    answer = await door.answer(CHANNEL, Provider(), REQUEST, HAPPENING, ASKED)
    assert (answer.body, disk.stored) == (b"HangUp", [])
    async with asyncio.timeout(10):
        await disk.wrote.wait()
    assert disk.stored == [[ASKED, TOLD]]
    await door.close()
