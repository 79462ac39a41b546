"""The HTTP channel for anything else: a system of your own tells the hub what people say, and is told the answers."""

from importlib.resources import files

from connectors.api_channel.connector import create
from connectors.api_channel.limits import FILES, MEGABYTES, TEXT
from connectors.api_channel.settings import ApiSettings
from connectors.api_channel.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind, MediaRule, VoiceFormat

MANIFEST = Manifest(
    key="api_channel",
    title="API (your own system)",
    kind=ChannelKind("api"),
    capabilities=Capabilities(
        text_limit=TEXT,
        subject=True,
        rich_text=True,
        media=MediaRule(types=("*/*",), max_bytes=MEGABYTES * 1024 * 1024, max_count=FILES),
        voice=VoiceFormat.m4a,
        receipts=frozenset({"sent", "delivered", "read"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        typing_out=True,
        groups=True,
        can_start=True,
        limits_source="docs/api-channel.md",
    ),
    settings=ApiSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
