"""Puts together what recordings and transcripts are worked on with in this process."""

import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import aiohttp
import structlog

from hub.domain.ids import ChannelId
from hub.ports import BlobStore, Clock, Storage
from hub.ports.transcripts import TranscriptEngine
from hub.runtime.accounts import Accounts
from hub.runtime.loops import Loops
from hub.runtime.notices import Notices
from hub.runtime.recordings_media import RecordingMediaWork
from hub.runtime.recordings_store import RecordingStore
from hub.runtime.scheduler import Job
from hub.services.recordings.means import Means
from hub.settings import HubSettings

log = structlog.get_logger(__name__)

Refused = Callable[[ChannelId, str], Awaitable[None]]
"""Stops an account whose credentials the provider refused: `refused(channel_id, words)`."""


class Parts(Protocol):
    """What of a hub recordings need."""

    @property
    def settings(self) -> HubSettings:
        """What the operator set."""
        ...

    @property
    def storage(self) -> Storage:
        """The database."""
        ...

    @property
    def blobs(self) -> BlobStore:
        """Files."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...

    @property
    def accounts(self) -> Accounts:
        """The connectors at work."""
        ...

    @property
    def notices(self) -> Notices:
        """What wakes loops."""
        ...

    @property
    def http(self) -> aiohttp.ClientSession:
        """For providers and services the operator named."""
        ...


def means_of(hub: Parts) -> Means:
    """Return the means of this process."""
    store = RecordingStore(hub.blobs, sealed=hub.settings.recordings_sealed)
    return Means(
        storage=hub.storage,
        store=store,
        media=RecordingMediaWork(store),
        now=hub.clock.now,
        chance=random.SystemRandom().random,
        transcribes=hub.settings.transcripts != "none",
    )


def start_recordings(hub: Parts, loops: Loops, *, refused: Refused) -> tuple[Job, ...]:
    """Start the loops of recordings and transcripts; returns what the scheduler shall do for them."""
    # Not at the top: a hub that only answers requests needs none of it.
    from hub.runtime.recordings_worker import RecordingsWorker, recording_jobs
    from hub.runtime.transcripts_worker import TranscriptsWorker

    means = means_of(hub)
    worker = RecordingsWorker(means=means, accounts=hub.accounts, notices=hub.notices, refused=refused)
    transcripts = TranscriptsWorker(
        means=means,
        engine=_engine(hub.settings, hub.http),
        language=hub.settings.transcripts_language,
        notices=hub.notices,
    )
    loops.start("recordings", worker.run)
    loops.start("transcripts", transcripts.run)
    return recording_jobs(means)


def _engine(settings: HubSettings, http: aiohttp.ClientSession) -> TranscriptEngine | None:
    if settings.transcripts == "none":
        return None
    from hub.runtime.transcripts_engines import OpenAiEngine  # as above
    from hub.runtime.transcripts_sherpa import EngineUnusable, SherpaEngine

    if settings.transcripts == "openai":
        return OpenAiEngine(
            http,
            url=settings.transcripts_url,
            key=settings.transcripts_key.get_secret_value(),
            model=settings.transcripts_model,
        )
    try:
        return SherpaEngine(Path(settings.transcripts_model), language=settings.transcripts_language)
    except EngineUnusable as error:
        # Calls come in all the same; what waits is transcribed once this is mended.
        log.error("transcripts cannot be made", problem=str(error))
        return None
