"""How long the waveform of a one-hour stereo recording takes, and how much later others are answered meanwhile.

The recording is one that browsers do not play as it is, so a variant of it is written, too: after the waveform is kept.

The hub serves its API and looks into a sealed recording at the same time, in the process that serves. The ratio is the
p99 of listing conversations during the look to the p99 of the same without it, measured in one run.
"""

import asyncio
import logging
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter

import structlog

from bench.common import arguments, engines, percentile, place, report
from hub.domain.ids import UserId
from hub.domain.recording import Lane, RecordingState
from hub.domain.review.content import Content, ContentKind, Look, Work, WorkKind
from hub.domain.user import Role
from hub.ports.calls import CallFlush
from hub.runtime.recordings_media import RecordingMediaWork
from hub.runtime.recordings_store import RecordingStore
from hub.services.ids import new_id
from hub.services.recordings import looking
from hub.services.recordings.means import Means
from tests.api.workspace import Client, Workspace
from tests.recorded import put_call, recording, voices

HOUR = 3600
PACE = 0.02
"""Seconds between two requests: fifty a second."""


def one_hour() -> bytes:
    """Return an hour of stereo sound, 16 bits, 8 kHz: a minute sixty times."""
    minute = voices(60, [(0, 10), (20, 30), (40, 45)], [(10, 20), (29, 40), (50, 60)])
    head = minute.index(b"data")
    samples = minute[head + 8 :] * (HOUR // 60)
    riff = minute[:4] + struct.pack("<I", head + len(samples)) + minute[8:head]
    return riff + struct.pack("<4sI", b"data", len(samples)) + samples


async def stored(hub: Workspace, store: RecordingStore, sound: bytes) -> Work:
    """Store the recording of a call and return the work of looking into it."""
    async with hub.deps.storage.begin() as uow:
        call = await put_call(uow, hub.channel, [UserId(new_id())], began_at=hub.clock.now(), seconds=HOUR)
        # The customer left, as Twilio records a caller: so a variant for browsers is made, too.
        found = recording(call, state=RecordingState.ready, lanes=(Lane.contact, Lane.agent))
        await uow.calls.save(CallFlush(new_recordings=[found], recordings={found.id: found}))
    now = hub.clock.now()
    content = Content(recording_id=found.id, number=1, kind=ContentKind.original, key=store.new_key(), created_at=now)

    async def source() -> AsyncIterator[bytes]:
        for start in range(0, len(sound), 1 << 16):
            yield sound[start : start + (1 << 16)]

    async def told(_stored: int) -> None:
        return

    whole = await store.write(content, source(), told=told, most=10**10)
    async with hub.deps.storage.begin() as uow:
        await uow.recordings.add_content(whole)
        await uow.recordings.update_content(whole)
    return Work(recording_id=found.id, kind=WorkKind.look, next_at=now, began_at=now, attempts=1)


async def asking(client: Client, until: asyncio.Event) -> list[float]:
    """Ask for the conversations until told to stop; returns the seconds of each answer."""
    times = []
    while not until.is_set():
        begun = perf_counter()
        await client.get("/conversations")
        times.append(perf_counter() - begun)
        await asyncio.sleep(PACE)
    return times


async def during(client: Client, seconds: float) -> list[float]:
    """Ask for some seconds."""
    until = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, until.set)
    return await asking(client, until)


async def kept(hub: Workspace, work: Work) -> Look:
    """Return the look when it is there."""
    while True:
        async with hub.deps.storage.read() as uow:
            look = await uow.recordings.look(work.recording_id)
        if look is not None:
            return look
        await asyncio.sleep(0.1)


async def measure(engine: str, url: str, folder: Path, seconds: float) -> None:
    """Measure on one engine."""
    async with Workspace.open(url, folder) as hub:
        client = await hub.person(Role.manager)
        store = RecordingStore(hub.deps.blobs, sealed=True)
        work = await stored(hub, store, one_hour())
        means = Means(
            storage=hub.deps.storage,
            store=store,
            media=RecordingMediaWork(store),
            now=hub.clock.now,
            chance=lambda: 0.0,
        )
        await during(client, 1.0)
        quiet = await during(client, seconds)
        done = asyncio.Event()
        task = asyncio.create_task(asking(client, done))
        begun = perf_counter()
        whole = asyncio.create_task(looking.look(means, work))
        look = await kept(hub, work)
        took = perf_counter() - begun
        await whole
        took_all = perf_counter() - begun
        done.set()
        busy = await task
        report(
            "recordings",
            engine=engine,
            look_seconds=took,
            with_variant_seconds=took_all,
            recorded_seconds=look.seconds,
            quiet_p99_ms=percentile(quiet, 0.99) * 1000,
            busy_p99_ms=percentile(busy, 0.99) * 1000,
            ratio=percentile(busy, 0.99) / percentile(quiet, 0.99),
            limit_seconds=10.0,
            limit_ratio=2.0,
        )


async def measured(engine: str, seconds: float) -> None:
    """Measure on a database made for it."""
    async with place(engine) as spot:
        await measure(engine, spot.url, spot.folder, seconds)


def main() -> None:
    """Measure the engines asked for."""
    asked = arguments(__doc__ or "", 5.0)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for engine in engines(asked.engine):
        asyncio.run(measured(engine, asked.seconds))


if __name__ == "__main__":
    main()
