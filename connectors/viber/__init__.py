"""Viber: one bot per channel, called by Viber."""

from importlib.resources import files

from connectors.viber.render import BUTTONS_LIMIT, FILE_LIMIT, LABEL_LIMIT, MOST_PARTS, TEXT_LIMIT
from connectors.viber.settings import ViberSettings
from connectors.viber.simulate import SIMULATION
from hub.contract import Connector, Manifest, Tools
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule


def _create(settings: ViberSettings, tools: Tools) -> Connector:
    """Make the connector; imported here, since every start of the hub reads this module and few have the channel."""
    from connectors.viber.connector import ViberBot

    return ViberBot(settings, tools)


MANIFEST = Manifest(
    key="viber",
    title="Viber",
    kind=ChannelKind("viber"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        max_parts=MOST_PARTS,
        media=MediaRule(types=("*/*",), max_bytes=FILE_LIMIT, max_count=10),
        buttons=(ButtonRule(form=ButtonForm.quick_reply, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        receipts=frozenset({"sent", "delivered", "read"}),
        rate_per_second=50,
        limits_source="https://developers.viber.com/docs/api/rest-bot-api/#general-send-message-parameters",
    ),
    settings=ViberSettings,
    create=_create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)

__all__ = ["MANIFEST"]
