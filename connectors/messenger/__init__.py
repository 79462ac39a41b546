"""Messenger: the inbox of one Facebook Page per channel, called by Meta."""

from datetime import timedelta
from importlib.resources import files

from connectors._lib.meta_inbox_render import BUTTONS_LIMIT, LABEL_LIMIT
from connectors.messenger.connector import create
from connectors.messenger.render import FILE_LIMIT, PARTS, PICTURE_LIMIT, TEXT_LIMIT, TEXT_UNIT
from connectors.messenger.settings import MessengerSettings
from connectors.messenger.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule, VoiceFormat

MANIFEST = Manifest(
    key="messenger",
    title="Messenger",
    kind=ChannelKind("messenger"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        text_unit=TEXT_UNIT,
        max_parts=PARTS,
        media=MediaRule(types=("*/*",), max_bytes=FILE_LIMIT, sizes={"image/*": PICTURE_LIMIT}),
        buttons=(ButtonRule(form=ButtonForm.quick_reply, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        voice=VoiceFormat.m4a,
        receipts=frozenset({"sent", "delivered", "read"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        typing_out=True,
        reply_window=timedelta(hours=24),
        human_window=timedelta(days=7),
        rate_per_second=40,
        limits_source="https://developers.facebook.com/docs/graph-api/overview/rate-limiting#messenger",
    ),
    settings=MessengerSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
