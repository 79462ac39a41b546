"""Matrix through the client-server API: one account on a homeserver, in direct rooms and groups."""

from importlib.resources import files

from connectors.matrix.connector import MatrixAccount
from connectors.matrix.settings import MatrixSettings
from connectors.matrix.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind, MediaRule, VoiceFormat

MANIFEST = Manifest(
    key="matrix",
    title="Matrix",
    kind=ChannelKind("matrix"),
    capabilities=Capabilities(
        text_limit=20_000,
        text_unit="bytes",
        rich_text=True,
        media=MediaRule(types=("*/*",), max_bytes=50_000_000, max_count=10),
        voice=VoiceFormat.ogg_opus,
        receipts=frozenset({"sent", "read"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        typing_out=True,
        groups=True,
        limits_source="https://spec.matrix.org/latest/client-server-api/#size-limits",
    ),
    settings=MatrixSettings,
    create=MatrixAccount,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
