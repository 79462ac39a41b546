"""Make the connector that fits how a mailbox's mail arrives."""

from connectors.email.choices import Arrival
from connectors.email.connector import EmailConnector
from connectors.email.posted import PostedMailbox, SesMailbox
from connectors.email.settings import EmailSettings
from hub.contract import Tools


def create(settings: EmailSettings, tools: Tools) -> EmailConnector | PostedMailbox | SesMailbox:
    """Make the connector of one mailbox."""
    match settings.receive:
        case Arrival.imap:
            return EmailConnector(settings, tools)
        case Arrival.ses:
            return SesMailbox(settings, tools)
        case _:
            return PostedMailbox(settings, tools)
