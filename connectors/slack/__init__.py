"""Slack: one app in one workspace, called by Slack or holding a socket to it."""

from importlib.resources import files

from connectors.slack.connector import create
from connectors.slack.limits import BUTTONS_LIMIT, FILE_LIMIT, LABEL_LIMIT, MOST_PARTS, SECTION_LIMIT, TEXT_LIMIT
from connectors.slack.settings import SlackSettings
from connectors.slack.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities, ChannelKind, MediaRule

MANIFEST = Manifest(
    key="slack",
    title="Slack",
    kind=ChannelKind("slack"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        max_parts=MOST_PARTS,
        rich_text=True,
        media=MediaRule(types=("*/*",), max_bytes=FILE_LIMIT, max_count=10),
        buttons=(
            ButtonRule(
                form=ButtonForm.inline, max_count=BUTTONS_LIMIT, label_limit=LABEL_LIMIT, text_limit=SECTION_LIMIT
            ),
        ),
        receipts=frozenset({"sent"}),
        replies_to=True,
        edits=True,
        deletes=True,
        reactions=True,
        groups=True,
        can_start=True,
        rate_per_second=5,
        limits_source="https://docs.slack.dev/apis/web-api/rate-limits",
    ),
    settings=SlackSettings,
    create=create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
    simulation=SIMULATION,
)
