"""Which files are looked into after they are stored: sound, film and documents that have more to show than a name."""

from hub.domain.interaction import Attachment, AttachmentState

_LOOKED_INTO = ("audio/", "video/")


def worth_a_look(attachment: Attachment) -> bool:
    """Tell whether a stored file gets a waveform, a poster or a first page."""
    kind = attachment.media_type
    return (
        attachment.state is AttachmentState.ready
        and attachment.blob is not None
        and attachment.thumbnail is None
        and not attachment.peaks
        and (kind.startswith(_LOOKED_INTO) or kind == "application/pdf")
    )
