"""Any telephone system that can call a web address: it tells of its calls, and rings phones for the hub."""

from importlib.resources import files

from connectors.cti.settings import CtiSettings
from connectors.cti.simulate import SIMULATION
from connectors.cti.words import NO_TEXTS
from hub.contract import Connector, Manifest, Tools
from hub.domain.channel import CallCapabilities, Capabilities, ChannelKind


def _create(settings: CtiSettings, tools: Tools) -> Connector:
    """Make the connector; imported here, since every start of the hub reads this module and few have the channel."""
    from connectors.cti.connector import Cti

    return Cti(settings, tools)


def _capabilities(outbound: bool) -> Capabilities:
    calls = CallCapabilities(outbound=outbound, recording_lanes=2)
    return Capabilities(receive_only=NO_TEXTS, calls=calls, limits_source="connectors/cti/README.md")


MANIFEST = Manifest(
    key="cti",
    title="Telephone system (CTI)",
    kind=ChannelKind("voice"),
    capabilities=_capabilities(True),
    capabilities_of=lambda settings: _capabilities(bool(settings.call_url)),
    settings=CtiSettings,
    create=_create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)

__all__ = ["MANIFEST"]
