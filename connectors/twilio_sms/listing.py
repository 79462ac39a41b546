"""Looks through Twilio's list of messages for what no webhook told us, each entry as a raw event of its own.

Twilio tries a webhook a few times and never again, so the list is the only place where a lost message is found
(https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources).
"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.twilio_sms.addresses import Sender, SenderKind
from connectors.twilio_sms.api import TwilioApi
from connectors.twilio_sms.parse import LISTED
from connectors.twilio_sms.settings import TwilioSmsSettings
from hub.contract import RawEvent

SETTLED = timedelta(minutes=5)
"""A younger message of ours may be one whose id the hub is just about to store: the next look sees it again."""

_TEXTS = ("sid", "direction", "from_", "to", "body", "status", "error_message")
_TIMES = ("date_created", "date_sent", "date_updated")


async def missed(
    api: TwilioApi, settings: TwilioSmsSettings, since: datetime, now: datetime
) -> AsyncIterator[RawEvent]:
    """Yield what our sender got and sent since then. Raises TwilioFailure."""
    sender = settings.our_sender()
    async for message in _found(api, sender, since):
        if message.status == "receiving" or _is_ours_and_new(message, now):
            continue
        media = await api.media(message.sid) if str(message.num_media or "0") != "0" else ()
        entry: dict[str, Any] = {name: getattr(message, name) or "" for name in _TEXTS}
        entry["error_code"] = str(message.error_code or "")
        entry |= {name: _time(getattr(message, name)) for name in _TIMES}
        entry["media"] = [
            {"url": _address(settings, message.sid, file), "content_type": file.content_type or ""} for file in media
        ]
        body = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace")
        yield RawEvent(kind=LISTED, body=body, received_at=now, recovered=True)


async def _found(api: TwilioApi, sender: Sender, since: datetime) -> AsyncIterator[Any]:
    if sender.kind is SenderKind.messaging_service:
        # The list cannot be asked for a messaging service.
        async for message in api.messages(date_sent_after=since):
            if message.messaging_service_sid == sender.value:
                yield message
        return
    if sender.kind is not SenderKind.name:
        async for message in api.messages(to=sender.value, date_sent_after=since):
            yield message
    async for message in api.messages(from_=sender.value, date_sent_after=since):
        yield message


def _is_ours_and_new(message: Any, now: datetime) -> bool:
    made = message.date_created
    return message.direction != "inbound" and made is not None and now - made < SETTLED


def _address(settings: TwilioSmsSettings, message_sid: str, file: Any) -> str:
    return f"{settings.api_url}/2010-04-01/Accounts/{settings.account_sid}/Messages/{message_sid}/Media/{file.sid}"


def _time(value: datetime | None) -> str | None:
    """Write a time down. Twilio's are in UTC, whether the library says so or not."""
    if value is None:
        return None
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
