"""XMPP: one account on any server, with its archive, in chats of two and in rooms."""

from importlib.resources import files

from connectors.xmpp.connector import XmppAccount
from connectors.xmpp.settings import XmppSettings
from connectors.xmpp.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind, MediaRule

MANIFEST = Manifest(
    key="xmpp",
    title="XMPP",
    kind=ChannelKind("xmpp"),
    capabilities=Capabilities(
        text_limit=50_000,
        text_unit="bytes",
        media=MediaRule(types=("*/*",), max_bytes=50_000_000, max_count=10),
        receipts=frozenset({"sent", "delivered", "read"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        typing_out=True,
        groups=True,
        can_start=True,
        limits_source="https://xmpp.org/extensions/xep-0205.html",
    ),
    settings=XmppSettings,
    create=XmppAccount,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
