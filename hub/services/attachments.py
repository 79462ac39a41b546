"""Stores files: those that came inside messages, those agents upload, those fetched from providers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from hub.domain.errors import Conflict, Forbidden, Invalid, NotFound
from hub.domain.ids import AttachmentId, UserId
from hub.domain.interaction import Attachment, AttachmentState
from hub.domain.phrase import Phrase
from hub.ports import BlobStore, Storage
from hub.services import pictures, sniffing
from hub.services.file_names import safe_name
from hub.services.ids import new_id
from hub.services.made import Made

__all__ = [
    "Stored",
    "TooLarge",
    "WrongContent",
    "discard",
    "forget_uploads",
    "new_file_key",
    "safe_name",
    "store_content",
    "store_stream",
    "upload",
]


class TooLarge(Invalid):
    """A file larger than allowed."""

    def __init__(self, limit: int) -> None:
        most = f"{limit / 1_000_000:.0f}"
        super().__init__(Phrase("The file is too large: at most {most} MB are allowed.", most=most))
        self.limit = limit


class WrongContent(Invalid):
    """A file that is not what its sender says it is."""

    def __init__(self) -> None:
        super().__init__(
            Phrase(
                "The file is not the one that was sent: its checksum differs. It was damaged or changed on the way, and"
                " was not kept. Ask the sender to send it again."
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file in the blob store, and what it is."""

    blob: str
    """Its key."""
    size: int
    media_type: str
    """Sniffed."""
    width: int | None = None
    height: int | None = None
    thumbnail: str | None = None
    """Key of its thumbnail (WebP)."""


async def store_content(blobs: BlobStore, content: bytes, *, claimed: str = "", name: str = "") -> Stored:
    """Store bytes under a key made of themselves: storing them again changes nothing, so a repeated batch is safe."""
    digest = sha256(content).hexdigest()
    key = f"content/{digest[:2]}/{digest}"
    kind = sniffing.media_type(content[: sniffing.HEAD], claimed=claimed, name=name)
    if not await _has(blobs, key):
        await blobs.put(key, content)
    return await _with_picture(blobs, Stored(blob=key, size=len(content), media_type=kind), content)


async def store_stream(
    blobs: BlobStore,
    key: str,
    content: AsyncIterator[bytes],
    *,
    max_bytes: int,
    claimed: str = "",
    name: str = "",
    checksum: str = "",
) -> Stored:
    """Store a stream under a key of its own. Raises TooLarge, WrongContent; then nothing is kept.

    `checksum` is the SHA-256 the content has to have, in hex; empty if nobody named one.
    """
    head = bytearray()
    digest = sha256()
    size = 0
    broken: Exception | None = None

    async def watched() -> AsyncIterator[bytes]:
        nonlocal size, broken
        try:
            async for part in content:
                size += len(part)
                if size > max_bytes:
                    raise TooLarge(max_bytes)
                if len(head) < sniffing.HEAD:
                    head.extend(part[: sniffing.HEAD - len(head)])
                digest.update(part)
                yield part
            if checksum and digest.hexdigest() != checksum.lower():
                raise WrongContent
        except Exception as error:
            broken = error
            raise

    try:
        await blobs.put(key, watched())
    except BaseException as error:
        # A store that writes as it reads may have kept the beginning.
        await blobs.delete(key)
        # Stores say in their own words that a stream broke; what broke it is what counts.
        if broken is not None and isinstance(error, Exception):
            raise broken from error
        raise
    kind = sniffing.media_type(bytes(head), claimed=claimed, name=name)
    stored = Stored(blob=key, size=size, media_type=kind)
    if kind not in pictures.TYPES or size > pictures.BYTES_LIMIT:
        return stored
    return await _with_picture(blobs, stored, b"".join([part async for part in blobs.read(key)]))


async def upload(
    storage: Storage,
    blobs: BlobStore,
    *,
    id: AttachmentId,  # noqa: A002 - the word of every record
    name: str,
    media_type: str,
    content: AsyncIterator[bytes],
    max_bytes: int,
    by: UserId | None,
    now: datetime,
    voice: bool = False,
) -> Made[Attachment]:
    """Take a file an agent attaches to what they write. Repeating it with the same id gives the stored file.

    Raises Invalid (empty, TooLarge) and Conflict (the id is a file of somebody else).
    """
    known = await _known(storage, id, by)
    if known is not None:
        return Made(known, created=False)
    tidy = safe_name(name, media_type)
    # A key of this call's own: when the same upload runs twice at once, neither can remove the other's bytes.
    stored = await store_stream(blobs, new_file_key(), content, max_bytes=max_bytes, claimed=media_type, name=tidy)
    if stored.size == 0:
        await blobs.delete(stored.blob)
        raise Invalid(Phrase("The file is empty."))
    attachment = Attachment(
        id=id,
        interaction_id=None,
        name=tidy,
        media_type=stored.media_type,
        size=stored.size,
        state=AttachmentState.ready,
        blob=stored.blob,
        thumbnail=stored.thumbnail,
        width=stored.width,
        height=stored.height,
        voice=voice and stored.media_type.startswith(("audio/", "video/")),
        created_at=now,
        uploaded_by=by,
    )
    try:
        async with storage.begin() as uow:
            await uow.timeline.add_attachment(attachment)
    except Conflict:
        await _delete_files(blobs, attachment)
        known = await _known(storage, id, by)
        if known is None:
            raise
        return Made(known, created=False)
    return Made(attachment, created=True)


def new_file_key() -> str:
    """Return a blob key for one file."""
    return f"file/{new_id()}"


async def discard(storage: Storage, blobs: BlobStore, attachment_id: AttachmentId, *, by: UserId | None) -> None:
    """Throw away an upload that no message took. Raises NotFound, Forbidden (another's), Conflict (it was sent)."""
    async with storage.begin() as uow:
        attachment = await uow.timeline.attachment(attachment_id)
        if attachment is None:
            raise NotFound("There is no such file; it may have been removed already.")
        if attachment.interaction_id is not None:
            raise Conflict("The file belongs to a message already.")
        if attachment.uploaded_by != by:
            raise Forbidden("Somebody else uploaded this file.")
        await uow.timeline.delete_attachment(attachment_id)
    await _delete_files(blobs, attachment)


async def forget_uploads(storage: Storage, blobs: BlobStore, *, before: datetime, limit: int = 200) -> int:
    """Delete uploads from before then that no message and no draft took; returns how many. Run by the scheduler."""
    async with storage.begin() as uow:
        forgotten = await uow.timeline.forgotten_uploads(before, limit)
        for attachment in forgotten:
            await uow.timeline.delete_attachment(attachment.id)
    for attachment in forgotten:
        await _delete_files(blobs, attachment)
    return len(forgotten)


async def _known(storage: Storage, attachment_id: AttachmentId, by: UserId | None) -> Attachment | None:
    async with storage.read() as uow:
        known = await uow.timeline.attachment(attachment_id)
    if known is not None and known.uploaded_by != by:
        raise Conflict("This id belongs to a file of somebody else. Make a new id.")
    return known


async def _with_picture(blobs: BlobStore, stored: Stored, content: bytes) -> Stored:
    if stored.media_type not in pictures.TYPES:
        return stored
    picture = await pictures.examine(content)
    if picture.thumbnail is None:
        return replace(stored, width=picture.width, height=picture.height)
    key = f"{stored.blob}.thumbnail"
    await blobs.put(key, picture.thumbnail)
    return replace(stored, width=picture.width, height=picture.height, thumbnail=key)


async def _has(blobs: BlobStore, key: str) -> bool:
    try:
        await blobs.size(key)
    except NotFound:
        return False
    return True


async def _delete_files(blobs: BlobStore, attachment: Attachment) -> None:
    for key in (attachment.blob, attachment.thumbnail, attachment.playable, attachment.converted):
        if key is not None:
            await blobs.delete(key)
