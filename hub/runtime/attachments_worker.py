"""Fetches files that stayed at the provider, within limits, and says in words what could not be had."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from hub.contract.connector import FetchesAttachments
from hub.contract.errors import CredentialsRefused, FetchFailed
from hub.domain.errors import NotFound
from hub.domain.ids import AttachmentId, ChannelId
from hub.domain.interaction import Attachment, AttachmentState
from hub.domain.media import worth_a_look
from hub.domain.phrase import Phrase
from hub.domain.retry import Backoff
from hub.ports import BlobStore, Clock, MediaTool, MediaUnreadable, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.fetch import AddressRefused
from hub.runtime.fetch import TooLarge as FileTooLarge
from hub.runtime.loops import first_of
from hub.runtime.notices import Notices
from hub.services import noting
from hub.services.attachments import Stored, TooLarge, WrongContent, new_file_key, store_stream

log = structlog.get_logger(__name__)

AT_ONCE = 4
LOOK_EVERY = 5.0
GATHER = 0.25
"""Seconds in which files gather, so that a busy inbox costs a few look-ups a second, not one per message."""
FETCH_TIME = 600.0
"""Seconds for one file."""
HELD = timedelta(seconds=FETCH_TIME) + timedelta(minutes=1)
"""For how long a file being fetched is nobody else's: longer than a fetch may take."""
NOT_SERVED = timedelta(minutes=1)

Refused = Callable[[ChannelId, str], Awaitable[None]]
"""Stops an account whose credentials the provider refused: `refused(channel_id, words)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large files may be and how long failing fetches are repeated."""

    max_bytes: int
    backoff: Backoff = Backoff(first=timedelta(seconds=10), longest=timedelta(hours=1))  # noqa: RUF009 - immutable


class AttachmentsWorker:
    """The loop that fetches files."""

    def __init__(
        self,
        *,
        storage: Storage,
        blobs: BlobStore,
        accounts: Accounts,
        clock: Clock,
        notices: Notices,
        refused: Refused,
        chance: Callable[[], float],
        limits: Limits,
        media: MediaTool | None = None,
    ) -> None:
        self._storage = storage
        self._blobs = blobs
        self._accounts = accounts
        self._clock = clock
        self._notices = notices
        self._refused = refused
        self._chance = chance
        self._limits = limits
        self._media = media
        self._failures: dict[AttachmentId, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._freed = asyncio.Event()

    async def run(self) -> None:
        """Fetch until cancelled. What was under way is fetched again later, from its beginning."""
        try:
            while True:
                rings = self._notices.rings
                self._freed.clear()
                try:
                    await self.start_due()
                except Exception:
                    log.exception("files to fetch could not be read; trying again")
                await first_of(self._freed.wait(), self._notices.wait(rings, LOOK_EVERY))
                await asyncio.sleep(GATHER)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def start_due(self) -> int:
        """Start to fetch, and to look into, what is due; returns how many files."""
        return await self._start_fetches() + await self._start_looks()

    async def _start_looks(self) -> int:
        room = AT_ONCE - len(self._tasks)
        if room <= 0 or self._media is None:
            return 0
        async with self._storage.read() as uow:
            if not await uow.timeline.unseen_attachments(1):
                return 0
        async with self._storage.begin() as uow:
            unseen = await uow.timeline.unseen_attachments(room)
            for attachment in unseen:
                await uow.timeline.retry_attachment(attachment.id, attempts=1, next_at=self._clock.now() + HELD)
        for attachment in unseen:
            self._start(self._look(self._media, attachment))
        return len(unseen)

    async def _look(self, media: MediaTool, attachment: Attachment) -> None:
        """Give a stored file its waveform, poster or first page. One that cannot be read stays as it is."""
        seen = attachment
        try:
            found = await media.look(attachment.blob or "", attachment.media_type)
        except (MediaUnreadable, NotFound) as error:
            log.info("file not looked into", attachment=str(attachment.id), reason=str(error))
        else:
            key = f"{attachment.blob}.thumbnail" if found.preview is not None else None
            if key is not None and found.preview is not None:
                await self._blobs.put(key, found.preview)
            seen = replace(
                attachment,
                thumbnail=key,
                width=found.width or attachment.width,
                height=found.height or attachment.height,
                duration=found.duration or attachment.duration,
                peaks=found.peaks,
            )
        async with self._storage.begin() as uow:
            current = await uow.timeline.attachment(attachment.id)
            if current is None:
                return
            # What became of it meanwhile stays: it may belong to a message by now, or have a variant.
            changed = {name: getattr(seen, name) for name in ("thumbnail", "width", "height", "duration", "peaks")}
            after = replace(current, **changed)
            await uow.timeline.update_attachment(after)
            entry = await uow.timeline.get(after.interaction_id) if after.interaction_id is not None else None
            if entry is not None and after != current:
                uow.note(noting.entry_changed(entry))

    async def _start_fetches(self) -> int:
        room = AT_ONCE - len(self._tasks)
        if room <= 0:
            return 0
        async with self._storage.read() as uow:
            if not await uow.timeline.pending_attachments(1):
                return 0
        now = self._clock.now()
        async with self._storage.begin() as uow:
            pending = await uow.timeline.pending_attachments(room)
            for attachment, _ in pending:
                tries = self._failures.get(attachment.id, 0)
                await uow.timeline.retry_attachment(attachment.id, attempts=tries + 1, next_at=now + HELD)
        for attachment, channel_id in pending:
            self._start(self._fetch(attachment, channel_id))
        return len(pending)

    def _start(self, job: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(job, name="attachment")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def idle(self) -> None:
        """Return when nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)
            await asyncio.sleep(0)  # a turn for the callbacks that take finished tasks away

    async def _fetch(self, attachment: Attachment, channel_id: ChannelId) -> None:
        account = self._accounts.get(channel_id)
        connector: object = account.connector if account is not None and account.may_send else None
        if connector is None:
            await self._later(attachment, self._clock.now() + NOT_SERVED)
            return
        if not isinstance(connector, FetchesAttachments) or attachment.source is None:
            await self._give_up(
                attachment, AttachmentState.failed, Phrase("This channel's connector does not fetch files.")
            )
            return
        try:
            async with asyncio.timeout(FETCH_TIME):
                stored = await store_stream(
                    self._blobs,
                    new_file_key(),
                    connector.fetch(attachment.source),
                    max_bytes=self._limits.max_bytes,
                    claimed=attachment.media_type,
                    name=attachment.name,
                    checksum=attachment.sha256,
                )
        except (TooLarge, WrongContent, FileTooLarge, AddressRefused) as error:
            await self._give_up(attachment, AttachmentState.refused, str(error))
        except FetchFailed as error:
            await self._failed(attachment, str(error) or Phrase("The provider did not give the file."), error.passing)
        except CredentialsRefused as error:
            await self._later(attachment, self._clock.now() + NOT_SERVED)
            await self._refused(channel_id, str(error) or "The provider refused our credentials.")
        except TimeoutError:
            minutes = f"{FETCH_TIME / 60:g}"
            words = Phrase("The file did not arrive within {minutes} min.", minutes=minutes)
            await self._failed(attachment, words, passing=True)
        except Exception as error:
            log.exception("file could not be fetched", attachment=str(attachment.id))
            await self._failed(
                attachment, Phrase("Fetching broke off ({kind}).", kind=type(error).__name__), passing=True
            )
        else:
            await self._ready(attachment, stored)

    async def _ready(self, attachment: Attachment, stored: Stored) -> None:
        ready = replace(
            attachment,
            state=AttachmentState.ready,
            media_type=stored.media_type,
            size=stored.size,
            blob=stored.blob,
            thumbnail=stored.thumbnail,
            width=stored.width or attachment.width,
            height=stored.height or attachment.height,
            error="",
        )
        if await self._save(ready):
            return
        for key in (stored.blob, stored.thumbnail):  # its message was erased meanwhile
            if key is not None:
                await self._blobs.delete(key)

    async def _failed(self, attachment: Attachment, words: str, passing: bool) -> None:
        failures = self._failures[attachment.id] = self._failures.get(attachment.id, 0) + 1
        due: datetime | None = None
        if passing:
            due = self._limits.backoff.next_try(
                began=attachment.created_at, now=self._clock.now(), failures=failures, chance=self._chance()
            )
        if due is not None:
            await self._later(attachment, due)
            return
        hours = f"{self._limits.backoff.give_up / timedelta(hours=1):g}"
        tried = Phrase("{words} Given up after {hours} h.", words=words, hours=hours)
        await self._give_up(attachment, AttachmentState.failed, tried if passing else words)

    async def _later(self, attachment: Attachment, due: datetime) -> None:
        tries = self._failures.get(attachment.id, 0)
        async with self._storage.begin() as uow:
            await uow.timeline.retry_attachment(attachment.id, attempts=tries, next_at=due)

    async def _give_up(self, attachment: Attachment, state: AttachmentState, words: str) -> None:
        log.info("file not fetched", attachment=str(attachment.id), state=state.value, reason=words)
        await self._save(replace(attachment, state=state, error=words))

    async def _save(self, attachment: Attachment) -> bool:
        """Store what became of a file; False if its message is gone."""
        self._failures.pop(attachment.id, None)
        async with self._storage.begin() as uow:
            owner = attachment.interaction_id
            entry = await uow.timeline.get(owner) if owner is not None else None
            if entry is None or await uow.timeline.attachment(attachment.id) is None:
                return False
            look_at = self._clock.now() if worth_a_look(attachment) else None
            await uow.timeline.update_attachment(attachment, look_at=look_at)
            uow.note(noting.entry_changed(entry))
        return True

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self._freed.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The database was away: the file is due again when its hold ends.
            log.error("what became of a file was not written", exc_info=error)
