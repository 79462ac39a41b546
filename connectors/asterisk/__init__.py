"""Asterisk and FreePBX: live phone calls of any PBX with ARI, led by the hub's call plan."""

from importlib.resources import files

from connectors.asterisk.connector import TELEPHONE, Asterisk
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import Manifest
from hub.domain.channel import CallCapabilities, Capabilities, ChannelKind

MANIFEST = Manifest(
    key="asterisk",
    title="Asterisk",
    kind=ChannelKind("voice"),
    capabilities=Capabilities(
        receive_only=TELEPHONE,
        calls=CallCapabilities(
            controls=frozenset(
                {
                    *("hang_up", "hold", "mute", "digits", "transfer", "consult", "record", "pause_recording"),
                    *("listen", "whisper", "barge"),
                }
            ),
            plan=True,
            browser_phone="sip",
            recording_lanes=2,
        ),
        limits_source="https://docs.asterisk.org/Configuration/Interfaces/Asterisk-REST-Interface-ARI/",
    ),
    settings=AsteriskSettings,
    create=Asterisk,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
)
