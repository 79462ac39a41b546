"""What Instagram carries in one message.

https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message: a text has at most 1000 bytes;
pictures up to 8 MB, sound, film and PDF up to 25 MB.
"""

from connectors._lib.meta_inbox import Ways
from connectors.instagram.settings import InstagramSettings
from hub.contract import OutboundAttachment

TEXT_LIMIT = 1000
TEXT_UNIT = "bytes"
PARTS = 5
FILE_LIMIT = 25 * 1024 * 1024
PICTURE_LIMIT = 8 * 1024 * 1024
FILE_TYPES = (
    "image/jpeg", "image/png", "image/gif", "audio/aac", "audio/mp4", "audio/x-m4a", "audio/wav", "audio/x-wav",
    "video/mp4", "video/ogg", "video/x-msvideo", "video/quicktime", "video/webm", "application/pdf",
)  # fmt: skip


def ways_of(settings: InstagramSettings) -> Ways:
    """Return how Instagram is spoken."""
    return Ways(
        kind="instagram",
        platform="instagram",
        text_limit=TEXT_LIMIT,
        text_unit=TEXT_UNIT,
        answers={},  # its documentation knows a type only with a tag
        profile="name,username,profile_pic",
        late_tag=settings.late_tag,
    )


def too_large(file: OutboundAttachment) -> bool:
    """Tell whether Instagram will refuse a file for its size."""
    return file.size > (PICTURE_LIMIT if file.media_type.startswith("image/") else FILE_LIMIT)
