"""The channel `email`: one mailbox, received over IMAP or from a provider that posts mail, answered over SMTP."""

from importlib.resources import files

from connectors.email.making import create
from connectors.email.settings import EmailSettings
from connectors.email.simulate import SIMULATION
from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind, MediaRule

MANIFEST = Manifest(
    key="email",
    title="E-mail",
    kind=ChannelKind("email"),
    capabilities=Capabilities(
        text_limit=None,
        subject=True,
        rich_text=True,
        # Encoding adds a third, and Gmail takes mails of 25 MB: https://support.google.com/mail/answer/6584
        media=MediaRule(types=("*/*",), max_bytes=18 * 1024 * 1024, max_count=20),
        # Bounces tell of failures; the delivered and read that some servers report come when they come.
        receipts=frozenset({"sent"}),
        replies_to=True,
        can_start=True,
        # No common rate: Microsoft 365 takes 30 mails a minute, Gmail 2,000 a day, others what they like; they say so.
        limits_source="https://learn.microsoft.com/en-us/office365/servicedescriptions/"
        "exchange-online-service-description/exchange-online-limits#sending-limits",
    ),
    settings=EmailSettings,
    create=create,
    icon=files("connectors.email").joinpath("icon.svg").read_text(encoding="utf-8"),
    simulation=SIMULATION,
)

__all__ = ["MANIFEST"]
