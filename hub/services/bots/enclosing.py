"""How a bot's files go with its words: with the message where the channel carries them, else as links."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from hub.domain.botflow.flow import Enclosed, FlowFault
from hub.domain.channel import Capabilities
from hub.domain.errors import CannotSend
from hub.domain.ids import AttachmentId, InteractionId
from hub.domain.interaction import Attachment
from hub.domain.sending import Enclosure, check_enclosures
from hub.services.ids import new_id

Link = Callable[[Attachment], str]
"""Returns a public address of a kept file, good for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosing:
    """A message with files as a channel carries it."""

    text: str
    """With a line for each file that goes as a link."""
    batches: tuple[tuple[Attachment, ...], ...] = ()
    """Files of the message, and of further ones without words where one cannot hold them all."""


def enclosure_of(file: Attachment) -> Enclosure:
    """Return what matters of a file for the question whether it can go."""
    return Enclosure(name=file.name, media_type=file.media_type, size=file.size or 0)


def enclosing(text: str, files: Sequence[Attachment], capabilities: Capabilities, link: Link | None) -> Enclosing:
    """Return how files go with a text. Raises CannotSend if the channel carries one not, and no link can be made."""
    carried: list[Attachment] = []
    lines = [text] if text else []
    for file in files:
        try:
            check_enclosures(capabilities, (enclosure_of(file),))
            carried.append(file)
        except CannotSend:
            if link is None:
                raise
            lines.append(f"{file.name}: {link(file)}")
    most = capabilities.media.max_count if capabilities.media is not None else 1
    batches = tuple(tuple(carried[start : start + most]) for start in range(0, len(carried), most))
    return Enclosing(text="\n".join(lines), batches=batches)


def found(wanted: Sequence[Enclosed], kept: Mapping[UUID, Attachment]) -> tuple[Attachment, ...]:
    """Return the kept files a message sends. Raises FlowFault if one is gone."""
    gone = next((file for file in wanted if file.id not in kept), None)
    if gone is not None:
        raise FlowFault(f"The file “{gone.name or gone.id}” is not in this hub any more.")
    return tuple(kept[file.id] for file in wanted)


def of_message(files: Sequence[Attachment], entry: InteractionId, now: datetime) -> tuple[Attachment, ...]:
    """Return kept files as files of one message: records of their own over the same stored content."""
    return tuple(
        replace(file, id=AttachmentId(new_id()), interaction_id=entry, position=place, created_at=now)
        for place, file in enumerate(files)
    )
