"""Files that came inside raw events: stored before the transaction, so that it holds no lock while writing them."""

from asyncio import gather
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from hub.contract.events import InboundAttachment, InboundMessage
from hub.domain.ids import AttachmentId
from hub.domain.interaction import Attachment, AttachmentState
from hub.services.attachments import Stored, WrongContent, safe_name

if TYPE_CHECKING:
    from hub.domain.ids import InteractionId
    from hub.services.ingest.batch import Batch
    from hub.services.ingest.messages import Source
    from hub.services.ingest.reading import Reading

AT_ONCE = 8
"""Files stored at the same time: a disk makes several durable in the time of one."""


class Keep(Protocol):
    """Stores a file's bytes and says what they are. Keys are content-addressed: storing again changes nothing."""

    async def __call__(self, content: bytes, *, claimed: str, name: str) -> Stored:
        """Store bytes of which the sender claims this type and name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The stored files of a batch, by the identity of the attachment that carried them."""

    stored: Mapping[int, Stored] = field(default_factory=dict)

    def attachments(
        self, event: InboundMessage, interaction_id: "InteractionId", batch: "Batch", source: "Source"
    ) -> Sequence[Attachment]:
        """Return the attachments of a message as records: ready if their bytes came along, else to be fetched."""
        return [
            self._attachment(position, file, interaction_id, batch, source)
            for position, file in enumerate(event.attachments)
        ]

    def _attachment(
        self, position: int, file: InboundAttachment, owner: "InteractionId", batch: "Batch", source: "Source"
    ) -> Attachment:
        stored = self.stored.get(id(file))
        state, error = AttachmentState.pending, ""
        if stored is not None:
            state = AttachmentState.ready
            if file.sha256 and stored.blob.rpartition("/")[2] != file.sha256.lower():
                state, error, stored = AttachmentState.refused, str(WrongContent()), None
        elif file.source is None:
            state, error = AttachmentState.failed, "The file did not come with the message."
        return Attachment(
            id=AttachmentId(batch.new_id()),
            interaction_id=owner,
            position=position,
            name=safe_name(file.name),
            media_type=stored.media_type if stored else file.media_type,
            size=stored.size if stored else file.size,
            state=state,
            source=file.source,
            blob=stored.blob if stored else None,
            thumbnail=stored.thumbnail if stored else None,
            width=stored.width if stored else file.width,
            height=stored.height if stored else file.height,
            duration=file.duration,
            voice=file.voice,
            content_id=file.content_id,
            inline=file.inline,
            sha256=file.sha256,
            error=error,
            created_at=source.raw.received_at,
        )


async def keep_contents(readings: "Iterable[Reading]", keep: Keep) -> Contents:
    """Store the bytes of every file that came inside the batch's events, some at a time."""
    files = [
        (file, file.content)
        for reading in readings
        for event in reading.events
        if isinstance(event, InboundMessage)
        for file in event.attachments
        if file.content is not None
    ]
    stored: dict[int, Stored] = {}
    for start in range(0, len(files), AT_ONCE):
        some = files[start : start + AT_ONCE]
        kept = await gather(*(keep(content, claimed=file.media_type, name=file.name) for file, content in some))
        stored.update({id(file): one for (file, _), one in zip(some, kept, strict=True)})
    return Contents(stored=stored)
