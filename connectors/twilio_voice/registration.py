"""Where Twilio asks about our number's calls: read, compared with our address, and set; and the browser phone's app."""

from dataclasses import dataclass
from typing import Any

from connectors.twilio_voice.addresses import Links
from connectors.twilio_voice.api import TwilioVoiceApi
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.domain.ids import ChannelId
from hub.domain.phrase import NOTHING, Phrase

_LEFT_TO_APPLICATION = Phrase(
    "The number hands its calls to a TwiML app or a SIP trunk, so no webhook is called. Restart this channel, or "
    "choose “Webhook” at the number in the Twilio console."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one number's calls go now."""

    record: Any
    """The library's record; None if the account has no such number."""
    ours: bool = False
    other: Phrase = NOTHING
    """In words, what makes Twilio pass over the address."""


async def place_of(api: TwilioVoiceApi, settings: TwilioVoiceSettings, links: Links) -> Place:
    """Read where our number's calls go. Raises TwilioFailure."""
    record = await api.number(settings.number)
    if record is None:
        return Place(record=None)
    taken = getattr(record, "voice_application_sid", None) or getattr(record, "trunk_sid", None)
    wanted = number_values(settings, links)
    same = all((getattr(record, name, None) or "") == value for name, value in wanted.items() if name in _COMPARED)
    return Place(record=record, ours=same and not taken, other=_LEFT_TO_APPLICATION if taken else NOTHING)


_COMPARED = frozenset({"voice_url", "status_callback"})


def number_values(settings: TwilioVoiceSettings, links: Links) -> dict[str, str]:
    """Return what has to stand at the number, in the library's names."""
    values = {
        "voice_url": links.arrival(),
        "voice_method": "POST",
        "status_callback": links.tell("call"),
        "status_callback_method": "POST",
        "voice_application_sid": "",
    }
    if settings.fallback_url:
        values |= {"voice_fallback_url": settings.fallback_url, "voice_fallback_method": "GET"}
    return values


async def application_sid(
    api: TwilioVoiceApi, settings: TwilioVoiceSettings, links: Links, channel_id: ChannelId
) -> str:
    """Return the TwiML app through which browser phones call, made or set right where it is the hub's own."""
    values = {
        "voice_url": links.arrival(),
        "voice_method": "POST",
        "status_callback": links.tell("call"),
        "status_callback_method": "POST",
    }
    if settings.application_sid:
        record = await api.application_of(settings.application_sid)
        if record is not None and settings.set_webhook and record.voice_url != values["voice_url"]:
            await api.update(record, **values)
        return settings.application_sid
    name = f"Hub phone {channel_id}"
    record = await api.application(name)
    if record is None:
        record = await api.make_application(name, values)
    elif record.voice_url != values["voice_url"] or record.status_callback != values["status_callback"]:
        await api.update(record, **values)
    return str(record.sid)
