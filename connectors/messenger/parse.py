"""What a webhook of Messenger means: as all of Meta's inboxes, for one Page. Pure.

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
"""

from connectors._lib.meta_inbox_parse import Inbox, parse_inbox
from connectors.messenger.settings import NAMESPACE, MessengerSettings

__all__ = ["inbox_of", "parse_inbox"]


def inbox_of(settings: MessengerSettings) -> Inbox:
    """Return whose events are read."""
    return Inbox(
        title="Messenger",
        namespace=NAMESPACE,
        own_id=settings.page_id,
        app_id=settings.app_id,
        returns_metadata=True,
        media_hosts=settings.media_hosts,
    )
