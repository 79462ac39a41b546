"""Telegram through the Bot API: one bot per channel, called by Telegram or polling it."""

from importlib.resources import files

from connectors.telegram.connector import create
from connectors.telegram.render import BUTTONS_LIMIT, FILE_LIMIT, LABEL_LIMIT, TEXT_LIMIT
from connectors.telegram.settings import TelegramSettings
from connectors.telegram.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule, VoiceFormat

MANIFEST = Manifest(
    key="telegram",
    title="Telegram",
    kind=ChannelKind("telegram"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        text_unit="utf16",
        rich_text=True,
        media=MediaRule(types=("*/*",), max_bytes=FILE_LIMIT, max_count=10),
        voice=VoiceFormat.ogg_opus,
        buttons=(ButtonRule(form=ButtonForm.inline, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT),),
        receipts=frozenset({"sent"}),
        replies_to=True,
        edits=True,
        reactions=True,
        typing_out=True,
        groups=True,
        rate_per_second=30,
        limits_source="https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this",
    ),
    settings=TelegramSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
