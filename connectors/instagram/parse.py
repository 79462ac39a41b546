"""What a webhook of Instagram means: as all of Meta's inboxes, for one account. Pure.

https://developers.facebook.com/docs/instagram-platform/webhooks
"""

from connectors._lib.meta_inbox_parse import Inbox, parse_inbox
from connectors.instagram.settings import NAMESPACE, InstagramSettings

__all__ = ["inbox_of", "parse_inbox"]


def inbox_of(settings: InstagramSettings) -> Inbox:
    """Return whose events are read."""
    return Inbox(
        title="Instagram",
        namespace=NAMESPACE,
        own_id=settings.account_id,
        app_id=settings.app_id,
        returns_metadata=False,
        media_hosts=settings.media_hosts,
    )
