"""Where Twilio delivers what customers write: read, compared with our address, and set, for every kind of sender."""

from dataclasses import dataclass
from typing import Any

from connectors.twilio_sms.addresses import Sender, SenderKind
from connectors.twilio_sms.api import TwilioApi

_LEFT_TO_NUMBERS = (
    "The messaging service leaves incoming messages to the webhooks of its numbers. Restart this channel, or choose "
    "“Send a webhook” under Integration in the Twilio console."
)
_LEFT_TO_APPLICATION = (
    "The number hands its messages to a TwiML app, so no webhook is called. Restart this channel, or choose “Webhook” "
    "at the number in the Twilio console."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one sender's messages go now."""

    record: Any
    """The library's record; None if Twilio lists none (the WhatsApp sandbox, a sender name)."""
    url: str = ""
    method: str = "POST"
    found: bool = True
    overridden: str = ""
    """In words, what makes Twilio pass over the address."""


def is_ours(place: Place, webhook_url: str) -> bool:
    """Tell whether Twilio calls us; what is behind # is for Twilio only."""
    return place.url.partition("#")[0] == webhook_url and place.method.upper() == "POST" and not place.overridden


async def place_of(api: TwilioApi, sender: Sender) -> Place:
    """Read where our sender's messages go. Raises TwilioFailure."""
    match sender.kind:
        case SenderKind.number:
            return _of_number(await api.number(sender.value))
        case SenderKind.short_code:
            return _of_number(await api.short_code(sender.value))
        case SenderKind.messaging_service:
            record = await api.service(sender.value)
            if record is None:
                return Place(record=None, found=False)
            return Place(
                record=record,
                url=record.inbound_request_url or "",
                method=record.inbound_method or "POST",
                overridden=_LEFT_TO_NUMBERS if record.use_inbound_webhook_on_number else "",
            )
        case SenderKind.whatsapp | SenderKind.rcs:
            record = await api.channel_sender(sender.value)
            webhook = getattr(record, "webhook", None) or {}
            given = webhook if isinstance(webhook, dict) else vars(webhook)
            return Place(
                record=record, url=given.get("callback_url") or "", method=given.get("callback_method") or "POST"
            )
        case SenderKind.name:
            return Place(record=None)


async def point_to(api: TwilioApi, sender: Sender, place: Place, address: str) -> None:
    """Make Twilio call our address. Raises TwilioFailure."""
    match sender.kind:
        case SenderKind.number:
            await api.update(place.record, sms_url=address, sms_method="POST", sms_application_sid="")
        case SenderKind.short_code:
            await api.update(place.record, sms_url=address, sms_method="POST")
        case SenderKind.messaging_service:
            await api.update(
                place.record, inbound_request_url=address, inbound_method="POST", use_inbound_webhook_on_number=False
            )
        case SenderKind.whatsapp | SenderKind.rcs:
            webhook = {
                "callback_url": address,
                "callback_method": "POST",
                "status_callback_url": address,
                "status_callback_method": "POST",
            }
            await api.set_channel_sender(place.record, webhook)


def _of_number(record: Any | None) -> Place:
    if record is None:
        return Place(record=None, found=False)
    return Place(
        record=record,
        url=record.sms_url or "",
        method=record.sms_method or "POST",
        overridden=_LEFT_TO_APPLICATION if getattr(record, "sms_application_sid", None) else "",
    )
