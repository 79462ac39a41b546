"""Discord: one bot, listening to the gateway: direct messages, and channels and threads of servers."""

from importlib.resources import files

from connectors.discord.connector import DiscordBot
from connectors.discord.limits import BUTTONS_LIMIT, FILE_LIMIT, FILES_AT_ONCE, LABEL_LIMIT, MOST_PARTS, TEXT_LIMIT
from connectors.discord.settings import DiscordSettings
from connectors.discord.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule

MANIFEST = Manifest(
    key="discord",
    title="Discord",
    kind=ChannelKind("discord"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        max_parts=MOST_PARTS,
        rich_text=True,
        media=MediaRule(types=("*/*",), max_bytes=FILE_LIMIT, max_count=FILES_AT_ONCE),
        buttons=(ButtonRule(form=ButtonForm.inline, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        receipts=frozenset({"sent"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        typing_out=True,
        groups=True,
        can_start=True,
        rate_per_second=50,
        limits_source="https://docs.discord.com/developers/topics/rate-limits",
    ),
    settings=DiscordSettings,
    create=DiscordBot,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
