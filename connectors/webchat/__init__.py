"""Web chat: a widget on a website; the hub itself is the provider."""

from pathlib import Path

from connectors.webchat.connector import WebchatConnector
from connectors.webchat.frames import BUTTONS_LIMIT, FILES_LIMIT, LABEL_LIMIT, TEXT_LIMIT
from connectors.webchat.render import FILE_LIMIT
from connectors.webchat.settings import WebchatSettings
from connectors.webchat.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule

MANIFEST: Manifest[WebchatSettings] = Manifest(
    key="webchat",
    title="Web chat",
    kind=ChannelKind("webchat"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        media=MediaRule(max_bytes=FILE_LIMIT, max_count=FILES_LIMIT),
        buttons=(ButtonRule(form=ButtonForm.quick_reply, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        receipts=frozenset({"sent", "delivered", "read"}),
        typing_in=True,
        typing_out=True,
        limits_source="connectors/webchat/README.md",
    ),
    settings=WebchatSettings,
    create=WebchatConnector,
    icon=(Path(__file__).parent / "icon.svg").read_text(encoding="utf-8"),
    simulation=SIMULATION,
)
