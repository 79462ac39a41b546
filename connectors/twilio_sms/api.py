"""What a sender asks of its Twilio account: messages, senders, services, templates."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from connectors._lib.twilio_account import PAGE, TwilioAccount, read, read_or_none
from connectors._lib.twilio_failures import Unclear

MOST_LISTED = 20_000
"""Messages read in one look; an account that sends more in the time of one look is listed by its newest."""


class TwilioApi(TwilioAccount):
    """The account. Every method raises TwilioFailure (Refused, NotSent, Unclear)."""

    async def send(self, **values: Any) -> str:
        """Create a message and return its SID. `values` are the library's names of the parameters."""
        client = await self.loaded()
        made = await read(client.messages.create_async(**values))
        if not isinstance(made.sid, str) or not made.sid:
            raise Unclear("Twilio took the message, but its answer names no id.")
        return made.sid

    async def messages(self, **filters: Any) -> AsyncIterator[Any]:
        """Yield messages, newest first: filtered by `to`, `from_`, `date_sent_after`."""
        client = await self.loaded()
        found = await read(client.messages.stream_async(limit=MOST_LISTED, page_size=PAGE, **filters))
        while (message := await read(anext(found, None))) is not None:
            yield message

    async def media(self, message_sid: str) -> Sequence[Any]:
        """Return the files of a message."""
        client = await self.loaded()
        found: Sequence[Any] = await read(client.messages(message_sid).media.list_async(limit=20))
        return found

    async def short_code(self, code: str) -> Any | None:
        """Return the record of one of our short codes."""
        client = await self.loaded()
        found = await read(client.short_codes.list_async(short_code=code, limit=PAGE))
        return next((record for record in found if record.short_code == code), None)

    async def service(self, sid: str) -> Any | None:
        """Return the record of a messaging service."""
        client = await self.loaded()
        return await read_or_none(client.messaging.v1.services(sid).fetch_async())

    async def pool(self, sid: str) -> Sequence[str]:
        """Return the numbers of a messaging service."""
        client = await self.loaded()
        found = await read(client.messaging.v1.services(sid).phone_numbers.list_async(limit=PAGE))
        return [record.phone_number for record in found]

    async def channel_sender(self, sender: str) -> Any | None:
        """Return the record of a WhatsApp or RCS sender; the sandbox has none."""
        client = await self.loaded()
        channel = sender.partition(":")[0]
        found = await read_or_none(client.messaging.v2.channels_senders.list_async(channel=channel, limit=PAGE))
        return next((record for record in found or () if record.sender_id == sender), None)

    async def set_channel_sender(self, record: Any, webhook: Mapping[str, str]) -> None:
        """Give a WhatsApp or RCS sender its webhook."""
        kind = type(record)
        change = kind.MessagingV2ChannelsSenderRequestsUpdate(
            {"webhook": kind.MessagingV2ChannelsSenderWebhook(dict(webhook))}
        )
        await read(record.update_async(messaging_v2_channels_sender_requests_update=change))

    async def contents(self) -> Sequence[Any]:
        """Return all content templates with their approvals."""
        client = await self.loaded()
        found: Sequence[Any] = await read(client.content.v1.content_and_approvals.list_async(limit=MOST_LISTED))
        return found
