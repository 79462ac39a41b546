"""Has recordings looked into, silenced in places, and cut for speech recognition, in short-lived bounded processes."""

import asyncio
import json
import tempfile
from base64 import b64decode
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from hub.domain.recording import Lane
from hub.domain.review.content import Content
from hub.domain.review.playing import Span
from hub.ports.recordings import RecordingBlobs, Sound
from hub.runtime.media import run_bounded
from hub.runtime.recordings_wav import HEADER as WAV_HEADER
from hub.runtime.recordings_wav import SPEECH_RATE

AT_ONCE = 1
"""One at a time: a long recording keeps a processor busy for some seconds, and the hub has other things to do."""
WITHIN = 600.0
"""Seconds for one job: a call of four hours takes about half a minute on a slow processor."""
CHUNK = 1 << 20
_WORK = Path(__file__).with_name("recordings_work.py")


class RecordingMediaWork:
    """Implements hub.ports.recordings.RecordingMedia."""

    def __init__(self, store: RecordingBlobs, *, at_once: int = AT_ONCE, within: float = WITHIN) -> None:
        self._store = store
        self._within = within
        self._room = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def look(self, content: Content, lanes: Sequence[Lane]) -> AsyncIterator[Sound]:
        """Measure the sound; a variant for browsers can be had as long as the block runs. Raises MediaUnreadable."""
        async with self._room, self._local(content) as folder:
            found = json.loads(await self._run("look", folder, {"lanes": _words(lanes)}))
            yield Sound(
                seconds=found["seconds"],
                codec=found["codec"],
                rate=found["rate"],
                channels=found["channels"],
                peaks=tuple(b64decode(lane) for lane in found["peaks"]),
                talk=found["talk"],
                broken=found["broken"],
                playable=None if found["plays"] else self._variant(folder, lanes),
            )

    async def _variant(self, folder: Path, lanes: Sequence[Lane]) -> AsyncIterator[bytes]:
        await self._run("variant", folder, {"lanes": _words(lanes)})
        async for part in _file(folder / "out"):
            yield part

    @asynccontextmanager
    async def silenced(
        self, content: Content, lanes: Sequence[Lane], spans: Sequence[Span]
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """Give the recording as FLAC with silence in these seconds, agent left. Raises MediaUnreadable."""
        async with self._room, self._local(content) as folder:
            await self._run("silence", folder, {"lanes": _words(lanes), "spans": [list(span) for span in spans]})
            yield _file(folder / "out")

    @asynccontextmanager
    async def clip(
        self, content: Content, lanes: Sequence[Lane], start: float, end: float
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """Give what lies between two seconds as FLAC, agent left. Raises MediaUnreadable."""
        async with self._room, self._local(content) as folder:
            await self._run("clip", folder, {"lanes": _words(lanes), "start": start, "end": end})
            yield _file(folder / "out")

    @asynccontextmanager
    async def voices(self, content: Content) -> AsyncIterator["Voices"]:
        """Give out the voices of a recording, piece by piece. Raises MediaUnreadable."""
        async with self._local(content) as folder:
            yield Voices(self, folder)

    async def voice(self, folder: Path, lane: int | None) -> Path:
        """Write one voice (None: all) as 16 kHz mono WAV, once, and return where."""
        target = folder / f"voice-{lane}.wav"
        if not target.exists():
            async with self._room:
                await self._run("lane", folder, {"lane": lane})
            (folder / "out").rename(target)
        return target

    def _local(self, content: Content) -> AbstractAsyncContextManager[Path]:
        return _local(self._store, content)

    async def _run(self, job: str, folder: Path, options: dict[str, object]) -> bytes:
        places = (str(folder / "in"), str(folder / "out"))
        return await run_bounded(_WORK, job, *places, json.dumps(options), folder=folder, within=self._within)


class Voices:
    """A recording laid out for speech recognition."""

    def __init__(self, media: RecordingMediaWork, folder: Path) -> None:
        self._media = media
        self._folder = folder

    async def cut(self, lane: int | None, start: float, end: float) -> bytes:
        """Return one voice (None: all mixed) between two seconds as 16 kHz mono WAV. Raises MediaUnreadable."""
        return await asyncio.to_thread(_piece, await self._media.voice(self._folder, lane), start, end)


def _piece(voice: Path, start: float, end: float) -> bytes:
    with voice.open("rb") as file:
        header = file.read(WAV_HEADER)
        file.seek(WAV_HEADER + round(start * SPEECH_RATE) * 2)
        sound = file.read(round((end - start) * SPEECH_RATE) * 2)
    # The header of a WAV file holds two lengths: of all that follows, and of the samples at its end.
    sizes = (len(sound) + WAV_HEADER - 8).to_bytes(4, "little"), len(sound).to_bytes(4, "little")
    return header[:4] + sizes[0] + header[8:-4] + sizes[1] + sound


@asynccontextmanager
async def _local(store: RecordingBlobs, content: Content) -> AsyncIterator[Path]:
    """Yield a folder, readable by us only, with the recording as `in`, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="hub-recording-") as name:
        folder = Path(name)
        with (folder / "in").open("wb") as file:
            async for part in store.read(content):
                await asyncio.to_thread(file.write, part)
        yield folder


async def _file(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while part := await asyncio.to_thread(file.read, CHUNK):
            yield part


def _words(lanes: Sequence[Lane]) -> list[str]:
    return [lane.value for lane in lanes]
