"""Instagram: the inbox of one professional account per channel, called by Meta."""

from datetime import timedelta
from importlib.resources import files

from connectors._lib.meta_inbox_render import BUTTONS_LIMIT, LABEL_LIMIT
from connectors.instagram.connector import create
from connectors.instagram.render import FILE_LIMIT, FILE_TYPES, PARTS, PICTURE_LIMIT, TEXT_LIMIT, TEXT_UNIT
from connectors.instagram.settings import InstagramSettings
from connectors.instagram.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule, VoiceFormat

MANIFEST = Manifest(
    key="instagram",
    title="Instagram",
    kind=ChannelKind("instagram"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        text_unit=TEXT_UNIT,
        max_parts=PARTS,
        media=MediaRule(types=FILE_TYPES, max_bytes=FILE_LIMIT, sizes={"image/*": PICTURE_LIMIT}),
        buttons=(ButtonRule(form=ButtonForm.quick_reply, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        voice=VoiceFormat.m4a,
        receipts=frozenset({"sent", "read"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        typing_out=True,
        reply_window=timedelta(hours=24),
        human_window=timedelta(days=7),
        rate_per_second=10,
        limits_source="https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message",
    ),
    settings=InstagramSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
