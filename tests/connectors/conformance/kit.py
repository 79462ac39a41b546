"""What every connector test needs: tools on a real session, a message to send, and its words for what became of it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import aiohttp

from hub.contract import FetchFailed, OutboundAttachment, OutboundMessage, SeenMessage, Tools
from hub.domain.ids import ChannelId, ConversationId, DeliveryId, ExternalId

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CHANNEL = ChannelId(UUID("01930000-0000-7000-8000-000000000001"))
OTHER_CHANNEL = ChannelId(UUID("01930000-0000-7000-8000-000000000002"))
WEBHOOK_URL = "https://hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk"


_FIRST_DELIVERY = 0x01930000_0000_7000_8000_000000000D00
_deliveries = count()


async def _refuse_to_fetch(url: str, max_bytes: int) -> AsyncIterator[bytes]:
    raise FetchFailed(f"a test fetches nothing from {url} ({max_bytes} bytes)")
    yield b""  # type: ignore[unreachable]  # makes it a generator, as the real one is


def tools_for(
    http: aiohttp.ClientSession,
    data_dir: Path,
    *,
    channel: ChannelId = CHANNEL,
    webhook_url: str = WEBHOOK_URL,
    now: datetime = NOW,
) -> Tools:
    """Return what the hub would lend a connector, with a clock that stands still."""
    return Tools(
        http=http,
        fetch=_refuse_to_fetch,
        now=lambda: now,
        channel_id=channel,
        webhook_url=webhook_url,
        data_dir=data_dir,
    )


def outbound(
    thread: str,
    text: str = "Good morning, how can I help?",
    *,
    html: str = "",
    recipient: str = "",
    reply_to: str | None = None,
    attachments: tuple[OutboundAttachment, ...] = (),
) -> OutboundMessage:
    """Return a message to send into a thread, of a delivery of its own."""
    return OutboundMessage(
        delivery_id=DeliveryId(UUID(int=_FIRST_DELIVERY + next(_deliveries))),
        conversation_id=ConversationId(UUID("01930000-0000-7000-8000-0000000000c1")),
        message_id=None,
        thread=ExternalId(thread),
        recipient=recipient or thread,
        text=text,
        html=html,
        reply_to=ExternalId(reply_to) if reply_to else None,
        attachments=attachments,
    )


def attachment(
    name: str, content: bytes, media_type: str, *, voice: bool = False, size: int | None = None
) -> OutboundAttachment:
    """Return a file to send. `size` may claim more than the content has, for rules that look at sizes only."""

    async def stream() -> AsyncIterator[bytes]:
        yield content

    length = len(content) if size is None else size
    return OutboundAttachment(name=name, media_type=media_type, size=length, voice=voice, open=stream)


def seen(thread: str, message: str, **data: object) -> SeenMessage:
    """Return a customer's message that an agent has seen."""
    return SeenMessage(thread=ExternalId(thread), id=ExternalId(message), data=data)
