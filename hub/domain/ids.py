"""The identifiers of our own records, told apart by type, and the provider's ids, which stay opaque."""

from typing import NewType
from uuid import UUID

ChannelId = NewType("ChannelId", UUID)
ContactId = NewType("ContactId", UUID)
ContactPointId = NewType("ContactPointId", UUID)
ConversationId = NewType("ConversationId", UUID)
InteractionId = NewType("InteractionId", UUID)
DeliveryId = NewType("DeliveryId", UUID)
AttachmentId = NewType("AttachmentId", UUID)
WaitId = NewType("WaitId", UUID)
UserId = NewType("UserId", UUID)
TeamId = NewType("TeamId", UUID)
MergeId = NewType("MergeId", UUID)
CalendarId = NewType("CalendarId", UUID)
TargetId = NewType("TargetId", UUID)
CallId = NewType("CallId", UUID)
RecordingId = NewType("RecordingId", UUID)
LineId = NewType("LineId", UUID)

ExternalId = NewType("ExternalId", str)
"""An id a provider made. Opaque outside its connector; at most 512 characters (see `bounded`)."""

JournalSeq = NewType("JournalSeq", int)
"""The place of a raw event in the journal: rises with the order in which we accepted events."""

EXTERNAL_ID_LIMIT = 512


def bounded(value: str) -> ExternalId:
    """Return a provider's id as we store it: unchanged up to 512 characters, else its head and a digest.

    Message-IDs of thousands of characters exist in real mail; an index cannot hold them, yet two of them
    that differ at the end must stay two.
    """
    if len(value) <= EXTERNAL_ID_LIMIT:
        return ExternalId(value)
    from hashlib import sha256

    digest = sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    return ExternalId(f"{value[: EXTERNAL_ID_LIMIT - 65]}#{digest}")
