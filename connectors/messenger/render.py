"""What Messenger carries in one message: https://developers.facebook.com/docs/messenger-platform/send-messages."""

from connectors._lib.meta_inbox import Ways
from connectors.messenger.settings import MessengerSettings

TEXT_LIMIT = 2000
TEXT_UNIT = "characters"
PARTS = 4
FILE_LIMIT = 25 * 1024 * 1024
PICTURE_LIMIT = 8 * 1024 * 1024
"""https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api"""


def ways_of(settings: MessengerSettings) -> Ways:
    """Return how Messenger is spoken."""
    return Ways(
        kind="page",
        platform="messenger",
        text_limit=TEXT_LIMIT,
        text_unit=TEXT_UNIT,
        answers={"messaging_type": "RESPONSE"},
        profile="first_name,last_name,profile_pic",
        late_tag=settings.late_tag,
    )
