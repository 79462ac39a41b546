"""Web form: a form for a website or landing page; the hub itself is the provider."""

from importlib.resources import files

from connectors.webform.connector import create
from connectors.webform.limits import ANSWER_ELSEWHERE
from connectors.webform.settings import WebformSettings
from connectors.webform.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind

MANIFEST = Manifest(
    key="webform",
    title="Web form",
    kind=ChannelKind("webform"),
    capabilities=Capabilities(receive_only=ANSWER_ELSEWHERE, limits_source="connectors/webform/README.md"),
    settings=WebformSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
