"""LINE: one Official Account per channel, called by LINE's Messaging API."""

from importlib.resources import files

from connectors.line.render import (
    AUDIO_TYPES,
    BUTTONS_LIMIT,
    FILE_LIMIT,
    IMAGE_LIMIT,
    IMAGE_TYPES,
    LABEL_LIMIT,
    MOST_PARTS,
    TEXT_LIMIT,
    VIDEO_TYPES,
)
from connectors.line.settings import LineSettings
from connectors.line.simulate import SIMULATION
from hub.contract import Connector, Manifest, Tools
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule, VoiceFormat


def _create(settings: LineSettings, tools: Tools) -> Connector:
    """Make the connector; imported here, since every start of the hub reads this module and few have the channel."""
    from connectors.line.connector import LineAccount

    return LineAccount(settings, tools)


MANIFEST = Manifest(
    key="line",
    title="LINE",
    kind=ChannelKind("line"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        text_unit="utf16",
        max_parts=MOST_PARTS,
        media=MediaRule(
            types=(*IMAGE_TYPES, *VIDEO_TYPES, *AUDIO_TYPES), max_bytes=FILE_LIMIT, sizes={"image/*": IMAGE_LIMIT}
        ),
        buttons=(ButtonRule(form=ButtonForm.quick_reply, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        voice=VoiceFormat.m4a,
        receipts=frozenset({"sent"}),
        replies_to=True,
        deletes=True,
        typing_out=True,
        groups=True,
        limits_source="https://developers.line.biz/en/reference/messaging-api/#message-objects",
    ),
    settings=LineSettings,
    create=_create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)

__all__ = ["MANIFEST"]
