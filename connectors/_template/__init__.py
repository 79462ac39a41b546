"""Template provider: an account whose provider calls us and takes JSON; docs/writing-a-connector.md explains it."""

from pathlib import Path

from connectors._template.connector import TemplateConnector
from connectors._template.render import TEXT_LIMIT
from connectors._template.settings import TemplateSettings
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind, MediaRule

MANIFEST: Manifest[TemplateSettings] = Manifest(
    key="_template",
    title="Template provider",
    kind=ChannelKind("_template"),
    capabilities=Capabilities(
        text_limit=TEXT_LIMIT,
        media=MediaRule(types=("image/*", "application/pdf"), max_bytes=5 * 1024 * 1024, max_count=4),
        receipts=frozenset({"sent", "delivered", "read"}),
        replies_to=True,
        can_start=True,
        rate_per_second=10,
        limits_source="connectors/_template/README.md",  # put the provider's own page here
    ),
    settings=TemplateSettings,
    create=TemplateConnector,
    icon=(Path(__file__).parent / "icon.svg").read_text(encoding="utf-8"),
)
