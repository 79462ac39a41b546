"""Looks into media files and converts sound, each in a short-lived process, bounded in time, memory and number."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from hub.domain.channel import VoiceFormat
from hub.ports import BlobStore, MediaLook, MediaUnreadable

log = structlog.get_logger(__name__)

AT_ONCE = 2
WITHIN = 90.0
"""Seconds for one job."""
MAX_BYTES = 300_000_000
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "TMPDIR")
"""No setting of the hub is given to a process that reads foreign bytes."""
_WORK = Path(__file__).with_name("media_work.py")


class MediaWork:
    """Implements hub.ports.MediaTool."""

    def __init__(self, blobs: BlobStore, *, at_once: int = AT_ONCE, within: float = WITHIN) -> None:
        self._blobs = blobs
        self._within = within
        self._room = asyncio.Semaphore(at_once)

    async def look(self, blob: str, media_type: str) -> MediaLook:
        """Return what can be learned of a stored file."""
        kind = "pdf" if media_type == "application/pdf" else "media"
        async with self._room, self._local(blob) as folder:
            found = json.loads(await self._run("examine", kind, folder))
            preview = folder / "out"
            picture = await asyncio.to_thread(preview.read_bytes) if await asyncio.to_thread(preview.exists) else None
        return MediaLook(
            width=found.get("width"),
            height=found.get("height"),
            duration=found.get("duration"),
            peaks=tuple(found.get("peaks", ())),
            preview=picture,
        )

    async def convert(self, blob: str, kind: VoiceFormat) -> bytes:
        """Return a stored file's sound in another format."""
        async with self._room, self._local(blob) as folder:
            await self._run("convert", kind.value, folder)
            return await asyncio.to_thread((folder / "out").read_bytes)

    @asynccontextmanager
    async def _local(self, blob: str) -> AsyncIterator[Path]:
        """Yield a folder with the file as `in`, for as long as the block runs."""
        if await self._blobs.size(blob) > MAX_BYTES:
            raise MediaUnreadable("The file is too large to be looked into.")
        with tempfile.TemporaryDirectory(prefix="hub-media-") as name:
            folder = Path(name)
            with (folder / "in").open("wb") as file:
                async for part in self._blobs.read(blob):
                    await asyncio.to_thread(file.write, part)
            yield folder

    async def _run(self, job: str, kind: str, folder: Path) -> bytes:
        return await run_bounded(
            _WORK, job, kind, str(folder / "in"), str(folder / "out"), folder=folder, within=self._within
        )


async def run_bounded(program: Path, job: str, *arguments: str, folder: Path, within: float) -> bytes:
    """Run one of our programs that read foreign bytes, and return what it writes. Raises MediaUnreadable.

    It is bounded in time here, in memory and processor time by itself, and knows no setting of the hub.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(program), job, *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
    )
    try:
        async with asyncio.timeout(within):
            said, complaint = await process.communicate()
    except TimeoutError:
        raise MediaUnreadable("Looking into the file took too long.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        words = complaint.decode(errors="replace")[-300:]
        log.info("media_not_read", job=job, status=process.returncode, reason=words)
        raise MediaUnreadable("The file is damaged, or of a kind the hub cannot read.")
    return said
