"""Contents of files, and what makes something of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from hub.domain.channel import VoiceFormat
from hub.domain.errors import HubError


class BlobStore(Protocol):
    """Files and recordings: a local folder or S3, one interface. Keys are ours; never made from anyone's file name."""

    async def put(self, key: str, content: AsyncIterator[bytes] | bytes) -> int:
        """Store and return the size. Durable on return."""
        ...

    def read(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Stream bytes `start` to `end` (exclusive). Raises NotFound."""
        ...

    async def size(self, key: str) -> int:
        """Raises NotFound."""
        ...

    async def delete(self, key: str) -> None: ...
    def keys(self, prefix: str = "") -> AsyncIterator[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLook:
    """What was learned of sound, film or a document."""

    width: int | None = None
    height: int | None = None
    duration: float | None = None
    """Seconds."""
    peaks: tuple[int, ...] = ()
    """About a hundred levels from 0 to 100."""
    preview: bytes | None = field(default=None, repr=False)
    """A picture of film or of the first page, WebP."""


class MediaUnreadable(HubError):
    """A file is damaged, of an unknown kind, or takes too long; said in words."""


class MediaTool(Protocol):
    """Looks into stored files and converts sound; what a hostile file does harms nobody."""

    async def look(self, blob: str, media_type: str) -> MediaLook:
        """Raises MediaUnreadable, NotFound."""
        ...

    async def convert(self, blob: str, kind: VoiceFormat) -> bytes:
        """Return the sound in another format. Raises MediaUnreadable, NotFound."""
        ...
