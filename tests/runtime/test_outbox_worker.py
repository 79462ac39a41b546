"""The outbox is sent in order, at each account's pace, and a stop or a crash never guesses."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from hub.contract import CredentialsRefused, OutboundMessage, RetryLater, SendReceipt
from hub.domain.changes import ChangeKind
from hub.domain.channel import Capabilities
from hub.domain.delivery import Delivery, DeliveryState
from hub.domain.ids import ChannelId, ConversationId, ExternalId, InteractionId
from hub.domain.retry import Backoff
from hub.runtime.accounts import Account
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.runtime.outbox_worker import LOOK_EVERY, OutboxWorker
from hub.services import reply
from hub.services.deliver import Means
from hub.services.ids import new_id
from hub.services.reply import Written
from storage import open_blobs
from tests.scripted import ScriptedConnector, SmallHub, says, small_hub

CAPABILITIES = Capabilities()


class Held(ScriptedConnector):
    """A provider that answers when the test lets it."""

    def __init__(self, hub: SmallHub) -> None:
        super().__init__(hub.script)
        self.arrived: asyncio.Queue[OutboundMessage] = asyncio.Queue()
        self.go = asyncio.Event()

    async def send(self, message: OutboundMessage) -> SendReceipt:
        self.arrived.put_nowait(message)
        await self.go.wait()
        return await super().send(message)


@dataclass
class Post:
    """A small hub with the loop that sends."""

    hub: SmallHub
    means: Means
    notices: Notices = field(default_factory=Notices)
    refused: list[tuple[ChannelId, str]] = field(default_factory=list)
    held: Held | None = None
    seconds: float = 0.0
    """What the loop's clock says; pace and patience go by it."""
    metrics: Metrics = field(default_factory=Metrics)

    def worker(
        self,
        capabilities: Capabilities = CAPABILITIES,
        grace: float = 5.0,
        accounts: Iterable[Account] | None = None,
    ) -> OutboxWorker:
        async def refused(channel_id: ChannelId, words: str) -> None:
            self.refused.append((channel_id, words))

        held = self.held
        ours = [replace(account, connector=held or account.connector) for account in self.hub.accounts]
        return OutboxWorker(
            means=self.means,
            accounts=ours if accounts is None else accounts,
            capabilities=lambda _channel: capabilities,
            notices=self.notices,
            refused=refused,
            metrics=self.metrics,
            grace=grace,
            monotonic=lambda: self.seconds,
        )

    async def conversation(self, who: str = "ann") -> ConversationId:
        await self.hub.hears(says(f"hello from {who}", by=who, at=self.hub.clock.now()))
        return next(row.id for row in await self.hub.conversations() if row.address == who)

    async def reply(self, conversation_id: ConversationId, text: str) -> InteractionId:
        async with self.hub.storage.begin() as uow:
            made = await reply.reply(
                uow,
                id=InteractionId(new_id()),
                conversation_id=conversation_id,
                written=Written(text=text),
                capabilities=CAPABILITIES,
                new_message_id=lambda _delivery: None,
                by=None,
                now=self.hub.clock.now(),
            )
        return made.record.id

    async def delivery(self, entry_id: InteractionId) -> Delivery:
        async with self.hub.storage.read() as uow:
            found = await uow.outbox.of_interaction(entry_id)
        assert found is not None
        return found

    @property
    def sent(self) -> list[str]:
        return [message.text for message in self.hub.script.sent]


@pytest.fixture
async def post(database_url: str, tmp_path: Path) -> AsyncIterator[Post]:
    async with small_hub(database_url, tmp_path) as hub:
        yield Post(
            hub=hub,
            means=Means(
                storage=hub.storage,
                blobs=open_blobs((tmp_path / "blobs").as_uri()),
                clock=hub.clock,
                token_key=b"k" * 32,
                chance=lambda: 0.0,
                backoff=Backoff(jitter=0.0),
            ),
        )


async def settle(worker: OutboxWorker) -> None:
    """Send until nothing is due."""
    while await worker.start_due() == 0.0:
        await worker.idle()


async def test_messages_of_one_conversation_go_in_order_one_after_the_other(post: Post) -> None:
    ann = await post.conversation()
    for text in ("one", "two", "three"):
        await post.reply(ann, text)
    post.held = Held(post.hub)
    worker = post.worker()
    assert await worker.start_due() == 0.0
    assert (await post.held.arrived.get()).text == "one"
    assert await worker.start_due() > 0
    assert post.held.arrived.empty()
    post.held.go.set()
    await worker.idle()
    await settle(worker)
    assert post.sent == ["one", "two", "three"]


async def test_an_account_keeps_its_providers_pace(post: Post) -> None:
    for number in range(6):
        await post.reply(await post.conversation(f"c{number}"), str(number))
    worker = post.worker(Capabilities(rate_per_second=2.0))
    assert await worker.start_due() == 0.0
    await worker.idle()
    wait = await worker.start_due()
    assert len(post.sent) == 2
    assert 0 < wait <= 0.5
    post.seconds += 1
    assert await worker.start_due() == 0.0
    await worker.idle()
    assert len(post.sent) == 4


async def test_only_what_starts_at_once_is_claimed(post: Post) -> None:
    entries = [await post.reply(await post.conversation(f"c{number}"), str(number)) for number in range(12)]
    post.held = Held(post.hub)
    worker = post.worker()
    await worker.start_due()
    states = [(await post.delivery(entry)).state for entry in entries]
    assert states.count(DeliveryState.sending) == 8
    assert states.count(DeliveryState.queued) == 4
    post.held.go.set()
    await worker.idle()


async def test_a_provider_that_asks_for_a_pause_gets_it_for_the_whole_account(post: Post) -> None:
    await post.reply(await post.conversation("ann"), "one")
    busy = RetryLater("Too many requests.", after=timedelta(seconds=30))
    post.hub.script.answer = raising(busy)
    worker = post.worker()
    await worker.start_due()
    await worker.idle()
    await post.reply(await post.conversation("bob"), "two")
    post.hub.script.answer = accepting
    assert await worker.start_due() > 0
    assert post.sent == ["one"]


async def test_refused_credentials_reach_who_stops_the_account(post: Post) -> None:
    entry = await post.reply(await post.conversation(), "one")
    post.hub.script.answer = raising(CredentialsRefused("The token was revoked."))
    worker = post.worker()
    await worker.start_due()
    await worker.idle()
    assert post.refused == [(post.hub.channel.id, "The token was revoked.")]
    assert (await post.delivery(entry)).state is DeliveryState.queued


async def test_the_bell_wakes_the_loop_and_a_graceful_stop_lets_a_send_finish(post: Post) -> None:
    post.held = Held(post.hub)
    loop = asyncio.create_task(post.worker().run())
    entry = await post.reply(await post.conversation(), "one")
    post.notices.ring([ChangeKind.delivery_changed])
    async with asyncio.timeout(LOOK_EVERY / 2):  # sooner than the loop would look by itself
        await post.held.arrived.get()
    loop.cancel()
    post.held.go.set()
    with pytest.raises(asyncio.CancelledError):
        await loop
    assert (await post.delivery(entry)).state is DeliveryState.sent
    assert b'hub_deliveries_total{connector="scripted",state="sent"} 1.0' in post.metrics.render()[0]


async def test_a_stop_that_cannot_wait_leaves_the_send_unknown(post: Post) -> None:
    post.held = Held(post.hub)
    entry = await post.reply(await post.conversation(), "one")
    loop = asyncio.create_task(post.worker(grace=0.01).run())
    await post.held.arrived.get()
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop
    delivery = await post.delivery(entry)
    assert delivery.state is DeliveryState.unknown
    assert "The hub was stopped while it sent this" in delivery.reason


async def test_a_channel_that_may_not_send_keeps_its_messages(post: Post) -> None:
    entry = await post.reply(await post.conversation(), "one")
    (account,) = post.hub.accounts
    worker = post.worker(accounts=[Account(account.channel, None, "broken")])
    assert await worker.start_due() > 0
    assert (await post.delivery(entry)).state is DeliveryState.queued


def raising(error: Exception) -> Callable[[OutboundMessage], SendReceipt]:
    def answer(_message: OutboundMessage) -> SendReceipt:
        raise error

    return answer


def accepting(message: OutboundMessage) -> SendReceipt:
    return SendReceipt(external_id=ExternalId(f"out-{message.delivery_id}"))
