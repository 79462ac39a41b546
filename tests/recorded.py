"""Recorded calls for tests: sound of two voices, a provider that gives it, and a small hub that fetches it."""

import math
import random
from array import array
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import av

from hub.contract.calls import FetchesRecordings
from hub.domain.call import Call, CallState, Outcome
from hub.domain.channel import Channel
from hub.domain.ids import CallId, ChannelId, ExternalId, InteractionId, RecordingId, UserId
from hub.domain.interaction import AuthorKind, ContentKind, Direction, InteractionKind
from hub.domain.recording import Lane, Recording, RecordingState
from hub.domain.review.content import Content
from hub.ports import Storage, UnitOfWork
from hub.ports.calls import CallFlush
from hub.runtime.accounts import Accounts
from hub.runtime.notices import Notices
from hub.runtime.recordings_media import RecordingMediaWork
from hub.runtime.recordings_store import RecordingStore
from hub.runtime.recordings_worker import RecordingsWorker
from hub.runtime.registry import Registry
from hub.runtime.secrets_box import SecretBox
from hub.services.ids import new_id
from hub.services.recordings.means import Means
from storage import open_blobs, open_storage
from storage.blobs import ObjectBlobs
from storage.errors import StorageError, StorageFull
from tests.scripted import ManualClock, Script, ScriptedConnector, _tools, channel, scripted
from tests.storage.builders import begin_thread, message

RATE = 8_000
Spoken = Sequence[tuple[float, float]]


def voices(
    seconds: float,
    left: Spoken = (),
    right: Spoken = (),
    *,
    codec: str = "pcm_s16le",
    form: str = "wav",
    tones: tuple[int, int] = (300, 700),
) -> bytes:
    """Return stereo sound: in these spans the left voice hums at the first tone, the right at the second."""
    chance, out, step = random.Random(1), BytesIO(), RATE // 10  # noqa: S311 - noise
    hum = [[round(9_000 * math.sin(2 * math.pi * tone * n / RATE)) for n in range(RATE)] for tone in tones]
    noise = [chance.randint(-20, 20) for _ in range(step)]
    with av.open(out, "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=RATE, layout="stereo")
        resampler = av.AudioResampler(format=stream.format, layout="stereo", rate=RATE)
        for tenth in range(round(seconds * 10)):
            at, place = tenth / 10, tenth % 10 * step
            lanes = [
                hum[n][place : place + step] if any(a <= at < b for a, b in spans) else noise
                for n, spans in enumerate((left, right))
            ]
            both = array("h", bytes(step * 4))
            both[::2], both[1::2] = array("h", lanes[0]), array("h", lanes[1])
            frame = av.AudioFrame(format="s16", layout="stereo", samples=step)
            frame.rate = RATE
            frame.planes[0].update(both.tobytes())
            for piece in resampler.resample(frame):
                piece.pts = None
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return out.getvalue()


def loudness(sound: bytes) -> list[list[int]]:
    """Return the loudest sample of every tenth of a second, for each channel."""
    container: Any = av.open(BytesIO(sound))
    with container:
        channels = container.streams.audio[0].codec_context.channels
        samples: list[array[int]] = [array("h") for _ in range(channels)]
        resampler = av.AudioResampler(format="s16p", layout="stereo" if channels == 2 else "mono", rate=RATE)
        for frame in [*container.decode(container.streams.audio[0]), None]:
            if frame is not None:
                frame.pts = None
            for piece in resampler.resample(frame):
                for lane, plane in zip(samples, piece.planes, strict=True):
                    lane.frombytes(memoryview(plane)[: piece.samples * 2])
    step = RATE // 10
    return [
        [max(abs(s) for s in lane[at : at + step]) for at in range(0, len(lane) - step + 1, step)] for lane in samples
    ]


Gives = Callable[[int], AsyncIterator[bytes]]
"""What the provider gives at the nth try, from 0."""


def gives(sound: bytes, *, piece: int = 64 * 1024) -> Gives:
    """Give this file, in pieces."""

    async def stream(_tried: int) -> AsyncIterator[bytes]:
        for start in range(0, len(sound), piece):
            yield sound[start : start + piece]

    return stream


def fails(*errors: Exception, then: Gives) -> Gives:
    """Fail with each of these errors, then give."""

    async def stream(tried: int) -> AsyncIterator[bytes]:
        if tried < len(errors):
            raise errors[tried]
        async for part in then(tried - len(errors)):
            yield part

    return stream


@dataclass
class Provider:
    """What a provider has, and what was asked of it."""

    sounds: dict[str, Gives] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    refuses_deletion: list[Exception] = field(default_factory=list)


class RecordedConnector(ScriptedConnector, FetchesRecordings):
    """A scripted connector whose provider records calls."""

    def __init__(self, script: Script, provider: Provider) -> None:
        super().__init__(script)
        self._provider = provider

    async def fetch_recording(self, source: ExternalId) -> AsyncIterator[bytes]:
        tried = self._provider.tries.get(source, 0)
        self._provider.tries[source] = tried + 1
        async for part in self._provider.sounds[source](tried):
            yield part

    async def delete_recording(self, source: ExternalId) -> None:
        if self._provider.refuses_deletion:
            raise self._provider.refuses_deletion.pop(0)
        self._provider.deleted.append(source)


class SmallDisk(ObjectBlobs):
    """A store that is full for a while."""

    room: int | None = None
    """How many more files it takes; None takes all."""
    away = False
    """It deletes nothing."""

    async def delete(self, key: str) -> None:
        if self.away:
            raise StorageError("The store is away.")
        await super().delete(key)

    async def put(self, key: str, content: AsyncIterator[bytes] | bytes) -> int:
        if self.room is not None:
            if self.room == 0:
                raise StorageFull("There is no room left. Free disk space.")
            self.room -= 1
        return await super().put(key, content)


@dataclass
class RecordingHub:
    """A hub that fetches recordings from one provider."""

    storage: Storage
    clock: ManualClock
    provider: Provider
    blobs: SmallDisk
    channel: Channel
    means: Means
    worker: RecordingsWorker
    refused: list[str]

    async def call(self, *agents: UserId, **changed: Any) -> Call:
        """Store an ended call in which these agents spoke."""
        async with self.storage.begin() as uow:
            return await put_call(uow, self.channel, agents, began_at=self.clock.now(), **changed)

    async def recorded(
        self, call: Call, gives_: Gives | None = None, *, state: RecordingState = RecordingState.pending, **changed: Any
    ) -> RecordingId:
        """Store a recording that waits at the provider."""
        made = recording(call, state=state, **changed)
        if gives_ is not None and made.source is not None:
            self.provider.sounds[made.source] = gives_
        async with self.storage.begin() as uow:
            await uow.calls.save(CallFlush(new_recordings=[made], recordings={made.id: made}))
        return made.id

    async def work(self, rounds: int = 1) -> None:
        """Do what is due, then wait a minute and do it again, so many rounds."""
        for _ in range(rounds):
            while await self.worker.start_due():
                await self.worker.idle()
            self.clock.forward(minutes=1)

    async def recording(self, recording_id: RecordingId) -> Recording:
        """Return a recording as it is."""
        async with self.storage.read() as uow:
            found = await uow.recordings.get(recording_id)
        assert found is not None
        return found

    async def contents(self, recording_id: RecordingId) -> Sequence[Content]:
        """Return what is stored of it."""
        async with self.storage.read() as uow:
            return await uow.recordings.contents(recording_id)

    async def bytes_of(self, content: Content) -> bytes:
        """Return a whole content."""
        return b"".join([part async for part in self.means.store.read(content)])

    async def files(self) -> list[str]:
        """Return what lies in the store."""
        return sorted([key async for key in self.blobs.keys("")])


async def put_call(
    uow: UnitOfWork, on: Channel, agents: Sequence[UserId], *, began_at: datetime, seconds: float = 60, **changed: Any
) -> Call:
    """Store a contact's call with its entry of the timeline."""
    thread = await begin_thread(uow, on=on)
    call_id = CallId(new_id())
    entry = message(
        thread.conversation,
        kind=InteractionKind.call,
        content=ContentKind.text,
        author_kind=AuthorKind.contact,
        occurred_at=began_at,
        received_at=began_at,
        text="",
    )
    await uow.timeline.add(entry)
    given: dict[str, Any] = {
        "id": call_id,
        "channel_id": on.id,
        "external_id": ExternalId(call_id.hex),
        "direction": Direction.inbound,
        "contact_point_id": thread.point.id,
        "conversation_id": thread.conversation.id,
        "interaction_id": InteractionId(entry.id),
        "began_at": began_at,
        "answered_at": began_at,
        "ended_at": began_at + timedelta(seconds=seconds),
        "state": CallState.ended,
        "outcome": Outcome.answered,
        "agents": tuple(agents),
    }
    call = Call(**(given | changed))
    await uow.calls.save(CallFlush(new={call.id: call}))
    return call


def recording(call: Call, **changed: Any) -> Recording:
    """Build a recording of a call, agent left."""
    key = RecordingId(new_id())
    given: dict[str, Any] = {
        "id": key,
        "call_id": call.id,
        "channel_id": call.channel_id,
        "external_id": ExternalId(key.hex),
        "state": RecordingState.pending,
        "source": ExternalId(key.hex),
        "lanes": (Lane.agent, Lane.contact),
        "began_at": call.began_at,
        "created_at": call.began_at,
    }
    return Recording(**(given | changed))


@asynccontextmanager
async def recording_hub(url: str, folder: Path, *, sealed: bool = True, **changed: Any) -> AsyncIterator[RecordingHub]:
    """Open a hub with one channel of recorded calls on a migrated database."""
    clock, script, provider, notices = ManualClock(), Script(), Provider(), Notices()
    storage = await open_storage(url, secrets=SecretBox({"test": b"k" * 32}), doorbell=notices, clock=clock)
    plain = open_blobs((folder / "blobs").as_uri())
    blobs = SmallDisk(plain._store, folder=plain._folder)
    ours = channel()
    async with storage.begin() as uow:
        await uow.channels.add(ours, {}, ())
    manifest = replace(scripted(script), create=lambda _settings, _tools: RecordedConnector(script, provider))
    accounts = Accounts(storage, Registry({"scripted": manifest}), _tools())
    await accounts.refresh()
    store = RecordingStore(blobs, sealed=sealed)
    means = Means(
        storage=storage,
        store=store,
        media=RecordingMediaWork(store),
        now=clock.now,
        chance=lambda: 0.0,
        **changed,
    )
    refused: list[str] = []

    async def refuse(_channel_id: ChannelId, words: str) -> None:
        refused.append(words)

    worker = RecordingsWorker(means=means, accounts=accounts, notices=notices, refused=refuse)
    try:
        yield RecordingHub(storage, clock, provider, blobs, ours, means, worker, refused)
    finally:
        await accounts.close()
        await storage.close()
