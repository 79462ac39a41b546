"""Voice notes: made into what a channel wants and into what every browser plays, once, kept beside the original."""

from collections.abc import Mapping

from hub.domain.channel import VoiceFormat
from hub.domain.errors import NotFound
from hub.domain.interaction import Attachment
from hub.ports import BlobStore, MediaTool, Storage

SUFFIX: Mapping[VoiceFormat, str] = {
    VoiceFormat.ogg_opus: "ogg",
    VoiceFormat.m4a: "m4a",
    VoiceFormat.mp3: "mp3",
    VoiceFormat.amr: "amr",
}
_FORMAT = {suffix: kind for kind, suffix in SUFFIX.items()}

BITS: Mapping[VoiceFormat, int] = {
    VoiceFormat.ogg_opus: 32_000,
    VoiceFormat.m4a: 64_000,
    VoiceFormat.mp3: 64_000,
    VoiceFormat.amr: 12_200,
}
"""Of one second of sound made by the hub, as hub/runtime/media_work.py makes it."""

PLAYABLE = VoiceFormat.mp3
"""What the hub makes of sound that some browser does not play."""
_PLAYED_EVERYWHERE = frozenset({"audio/mpeg", "audio/mp4", "audio/aac", "audio/wav", "audio/x-wav"})


def media_type_of(key: str) -> str:
    """Return the media type of a converted file, by the end of its key."""
    return _FORMAT[key.rpartition(".")[2]].value


def plays_everywhere(media_type: str) -> bool:
    """Tell whether every browser plays this: Safari knows neither WebM nor, before 18.4, Ogg; none knows AMR."""
    return media_type in _PLAYED_EVERYWHERE


def converted_key(blob: str, kind: VoiceFormat) -> str:
    """Return where a file's sound in another format is kept: beside the original."""
    return f"{blob}.{SUFFIX[kind]}"


def size_of(file: Attachment, kind: VoiceFormat) -> int:
    """Return about how many bytes a recording will have in another format; 0 while nobody knows how long it is."""
    return round((file.duration or 0.0) * BITS[kind] / 8)


async def for_channel(storage: Storage, blobs: BlobStore, media: MediaTool, file: Attachment, kind: VoiceFormat) -> str:
    """Return the key of a recording in the format a channel wants. Raises MediaUnreadable, NotFound."""
    key = converted_key(file.blob or "", kind)
    if file.converted != key:
        await _make(blobs, media, file, kind, key)
        async with storage.begin() as uow:
            await uow.timeline.keep_variant(file.id, converted=key)
    return key


async def for_browsers(storage: Storage, blobs: BlobStore, media: MediaTool, file: Attachment) -> tuple[str, str]:
    """Return the key and media type of sound that every browser plays. Raises MediaUnreadable, NotFound."""
    if file.blob is None:
        raise NotFound("The file is not here yet.")
    if plays_everywhere(file.media_type):
        return file.blob, file.media_type
    key = converted_key(file.blob, PLAYABLE)
    if file.playable != key:
        await _make(blobs, media, file, PLAYABLE, key)
        async with storage.begin() as uow:
            await uow.timeline.keep_variant(file.id, playable=key)
    return key, PLAYABLE.value


async def _make(blobs: BlobStore, media: MediaTool, file: Attachment, kind: VoiceFormat, key: str) -> None:
    """Convert a file's sound and store it; several at once store the same."""
    await blobs.put(key, await media.convert(file.blob or "", kind))
