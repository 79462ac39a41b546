"""SMS, MMS and WhatsApp through Twilio: one number, messaging service or WhatsApp sender per channel."""

from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

from connectors.twilio_sms.addresses import SenderKind, sender_of
from connectors.twilio_sms.render import EITHER, MMS, MOST_PARTS, TEXT_LIMIT, TEXT_UNIT, WHATSAPP
from connectors.twilio_sms.settings import TwilioSmsSettings
from connectors.twilio_sms.simulate import SIMULATION
from hub.contract import Connector, Manifest, Tools
from hub.domain.channel import Capabilities, ChannelKind, VoiceFormat


def _create(settings: TwilioSmsSettings, tools: Tools) -> Connector:
    """Make the connector; imported here, since every start of the hub reads this module and few have the channel."""
    from connectors.twilio_sms.connector import TwilioSms

    return TwilioSms(settings, tools)


CAPABILITIES = Capabilities(
    text_limit=TEXT_LIMIT,
    text_unit=TEXT_UNIT,
    max_parts=MOST_PARTS,
    segments=True,
    media=EITHER,
    # The one format that both phones' own message apps (MMS) and WhatsApp play.
    voice=VoiceFormat.mp3,
    templates=True,
    receipts=frozenset({"sent", "delivered", "read"}),
    can_start=True,
    reaches="phone",
    limits_source="https://www.twilio.com/docs/messaging/api/message-resource",
)
"""Of a messaging service, whose pool may hold numbers and WhatsApp senders; one sender alone can less."""


def _capabilities(settings: TwilioSmsSettings) -> Capabilities:
    match sender_of(settings.sender).kind:
        case SenderKind.number | SenderKind.short_code:
            return replace(
                CAPABILITIES,
                media=MMS,
                templates=False,
                receipts=frozenset({"sent", "delivered"}),
            )
        case SenderKind.name:
            return replace(
                CAPABILITIES, media=None, voice=None, templates=False, receipts=frozenset({"sent", "delivered"})
            )
        case SenderKind.whatsapp:
            return replace(
                CAPABILITIES,
                segments=False,
                media=WHATSAPP,
                reply_window=timedelta(hours=settings.whatsapp_window_hours),
            )
        case _:
            return CAPABILITIES


MANIFEST = Manifest(
    key="twilio_sms",
    title="SMS and WhatsApp (Twilio)",
    kind=ChannelKind("sms"),
    capabilities=CAPABILITIES,
    capabilities_of=_capabilities,
    settings=TwilioSmsSettings,
    create=_create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)

__all__ = ["MANIFEST"]
