"""A workplace for tests: a small hub, an agent, and short ways to what a test does and looks at."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hub.domain.channel import Capabilities, MediaRule
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery, DeliveryEvent
from hub.domain.ids import AttachmentId, ConversationId, DeliveryId, ExternalId, InteractionId, UserId
from hub.domain.interaction import Attachment, Interaction
from hub.domain.user import Role, User
from hub.domain.views import ConversationRow, InteractionView
from hub.ports import BlobStore, DueDelivery
from hub.services import attachments, reply
from hub.services.ids import new_id
from hub.services.made import Made
from hub.services.reply import Written
from tests.scripted import T0, SmallHub, says

CAPABILITIES = Capabilities(
    text_limit=100,
    rich_text=True,
    media=MediaRule(types=("image/*", "text/plain"), max_bytes=2000, max_count=2),
    can_start=True,
    reply_window=timedelta(hours=24),
)


@dataclass
class Workplace:
    """A small hub, an agent, and short ways to what tests look at."""

    hub: SmallHub
    blobs: BlobStore
    ann: User
    capabilities: Capabilities = CAPABILITIES

    async def customer_writes(self, text: str = "hello", **changed: Any) -> ConversationRow:
        """Let the customer write now; returns the conversation."""
        await self.hub.hears(says(text, at=self.hub.clock.now(), **changed))
        return (await self.hub.conversations())[0]

    async def reply(
        self,
        conversation_id: ConversationId,
        text: str = "Yes.",
        *,
        id: InteractionId | None = None,  # noqa: A002 - as the service calls it
        **more: Any,
    ) -> Made[Interaction]:
        """Reply as Ann in a unit of work of its own."""
        written = Written(text=text, **{k: more.pop(k) for k in list(more) if k in Written.__dataclass_fields__})
        async with self.hub.storage.begin() as uow:
            return await reply.reply(
                uow,
                id=id or InteractionId(new_id()),
                conversation_id=conversation_id,
                written=written,
                capabilities=more.pop("capabilities", self.capabilities),
                new_message_id=more.pop("new_message_id", lambda _delivery: None),
                by=self.ann.id,
                now=self.hub.clock.now(),
                **more,
            )

    async def upload(self, content: bytes = b"hello", name: str = "hello.txt", **more: Any) -> Attachment:
        """Upload a file as Ann."""

        async def parts() -> AsyncIterator[bytes]:
            yield content

        made = await attachments.upload(
            self.hub.storage,
            self.blobs,
            id=more.pop("id", AttachmentId(new_id())),
            name=name,
            media_type=more.pop("media_type", ""),
            content=parts(),
            max_bytes=more.pop("max_bytes", 10_000_000),
            by=more.pop("by", self.ann.id),
            now=self.hub.clock.now(),
            voice=more.pop("voice", False),
        )
        return made.record

    async def conversation(self, conversation_id: ConversationId) -> Conversation:
        async with self.hub.storage.read() as uow:
            found = await uow.conversations.get(conversation_id)
        assert found is not None
        return found

    async def delivery(self, entry: Interaction) -> Delivery:
        async with self.hub.storage.read() as uow:
            found = await uow.outbox.of_interaction(entry.id)
        assert found is not None
        return found

    async def history(self, delivery_id: DeliveryId) -> list[DeliveryEvent]:
        async with self.hub.storage.read() as uow:
            return list(await uow.outbox.events(delivery_id))

    async def claim(self, limit: int = 10) -> list[DueDelivery]:
        async with self.hub.storage.begin() as uow:
            return list(await uow.outbox.claim(self.hub.clock.now(), limit, channels=[self.hub.channel.id]))

    async def events(self, conversation_id: ConversationId) -> list[str]:
        """Return the names of the event entries of a thread, in order."""
        return [
            str(entry.data["event"]) for entry in await self.hub.thread(conversation_id) if entry.kind.value == "event"
        ]

    async def entry(self, entry: Interaction) -> InteractionView:
        (found,) = await self.hub.storage.queries.interactions([entry.id])
        return found

    async def user(self, name: str, role: Role = Role.agent) -> User:
        """Add somebody who works here, without the cost of a password."""
        user = User(id=UserId(new_id()), email=f"{name.lower()}@hub.example", name=name, role=role, created_at=T0)
        async with self.hub.storage.begin() as uow:
            await uow.users.add(user, "no password opens this")
        return user

    async def switch(self, *, enabled: bool) -> None:
        """Switch the channel on or off."""
        async with self.hub.storage.begin() as uow:
            channel = await uow.channels.get(self.hub.channel.id)
            assert channel is not None
            await uow.channels.update(replace(channel, enabled=enabled))


def chosen(prefix: str) -> Any:
    """Return a `new_message_id` that makes ids of the delivery's."""
    return lambda delivery_id: ExternalId(f"{prefix}-{delivery_id}")
