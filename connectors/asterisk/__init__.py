"""Asterisk and FreePBX: live phone calls of any PBX with ARI, led by the hub's call plan."""

from importlib.resources import files
from urllib.parse import urlsplit

from connectors.asterisk.connector import TELEPHONE, Asterisk
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import Manifest
from hub.domain.channel import CallCapabilities, Capabilities, ChannelKind


def _capabilities(*, websocket: str) -> Capabilities:
    return Capabilities(
        receive_only=TELEPHONE,
        calls=CallCapabilities(
            controls=frozenset(
                {
                    *("hang_up", "hold", "mute", "digits", "transfer", "consult", "record", "pause_recording"),
                    *("listen", "whisper", "barge"),
                }
            ),
            plan=True,
            browser_phone="sip" if websocket else "",
            phone_hosts=(_origin(websocket),) if websocket else (),
            recording_lanes=2,
        ),
        limits_source="https://docs.asterisk.org/Configuration/Interfaces/Asterisk-REST-Interface-ARI/",
    )


def _origin(websocket: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(websocket)
    return f"{parts.scheme}://{parts.netloc}"


MANIFEST = Manifest(
    key="asterisk",
    title="Asterisk",
    kind=ChannelKind("voice"),
    capabilities=_capabilities(websocket="wss://pbx.example.com:8089/ws"),
    # browser phones need the PBX's WebSocket
    capabilities_of=lambda settings: _capabilities(websocket=settings.browser_websocket),
    settings=AsteriskSettings,
    create=Asterisk,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
)
