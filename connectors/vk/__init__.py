"""VK: messages of one community per channel, called by VK or by long poll."""

from importlib.resources import files

from connectors.vk.render import BUTTONS_LIMIT, FILE_LIMIT, LABEL_LIMIT, MOST_FILES, MOST_PARTS, TEXT_LIMIT
from connectors.vk.settings import VkSettings
from connectors.vk.simulate import SIMULATION
from hub.contract import Connector, Manifest, Tools
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule, VoiceFormat


def _create(settings: VkSettings, tools: Tools) -> Connector:
    """Make the connector; imported here, since every start of the hub reads this module and few have the channel."""
    from connectors.vk.connector import create

    return create(settings, tools)


MANIFEST = Manifest(
    key="vk",
    title="VK",
    kind=ChannelKind("vk"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        max_parts=MOST_PARTS,
        media=MediaRule(types=("*/*",), max_bytes=FILE_LIMIT, max_count=MOST_FILES),
        buttons=(ButtonRule(form=ButtonForm.inline, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        voice=VoiceFormat.ogg_opus,
        receipts=frozenset({"sent", "read"}),
        replies_to=True,
        edits=True,
        reactions=True,
        typing_out=True,
        groups=True,
        rate_per_second=20,
        limits_source="https://dev.vk.com/en/method/messages.send",
    ),
    settings=VkSettings,
    create=_create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)

__all__ = ["MANIFEST"]
