"""SMS straight from an operator: one SMPP 3.4 account, both ways over one bind."""

from importlib.resources import files

from connectors.smpp.connector import create
from connectors.smpp.settings import SmppSettings
from connectors.smpp.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind

MANIFEST = Manifest(
    key="smpp",
    title="SMPP",
    kind=ChannelKind("sms"),
    capabilities=Capabilities(
        text_limit=1530,
        segments=True,
        receipts=frozenset({"sent", "delivered"}),
        can_start=True,
        reaches="phone",
        limits_source="https://smpp.org/SMPP_v3_4_Issue1_2.pdf",
    ),
    settings=SmppSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
