"""WhatsApp through Meta's Cloud API: one number per channel, called by Meta."""

from datetime import timedelta
from importlib.resources import files

from connectors.whatsapp.connector import create
from connectors.whatsapp.render import BUTTONS, FILE_LIMIT, PARTS, TEXT_LIMIT
from connectors.whatsapp.settings import WhatsAppSettings
from connectors.whatsapp.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind, MediaRule, VoiceFormat

MANIFEST = Manifest(
    key="whatsapp",
    title="WhatsApp",
    kind=ChannelKind("whatsapp"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        max_parts=PARTS,
        media=MediaRule(types=("*/*",), max_bytes=FILE_LIMIT, max_count=10),
        buttons=BUTTONS,
        voice=VoiceFormat.ogg_opus,
        templates=True,
        receipts=frozenset({"sent", "delivered", "read"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        typing_out=True,
        groups=True,
        can_start=True,
        reaches="phone",
        reply_window=timedelta(hours=24),
        rate_per_second=80,
        limits_source="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages",
    ),
    settings=WhatsAppSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
