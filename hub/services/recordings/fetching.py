"""Fetches one recording from its provider and stores it; what goes wrong is said in words and tried again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from hub.contract.calls import FetchesRecordings
from hub.contract.errors import CredentialsRefused, FetchFailed, RetryLater
from hub.domain.errors import HubError
from hub.domain.ids import RecordingId
from hub.domain.recording import Recording, RecordingState
from hub.domain.retry import in_words
from hub.domain.review.content import CHUNK, Content, ContentKind, Work, WorkKind, folder
from hub.ports import UnitOfWork
from hub.ports.recordings import Claimed, RecordingTooLarge
from hub.services import sniffing
from hub.services.recordings.means import Means, tell

log = structlog.get_logger(__name__)

HELD = timedelta(minutes=10)
"""For how long a recording being fetched is nobody else's; each chunk that arrives prolongs it."""
STORAGE_WAIT = timedelta(hours=1)
_SOUND = ("audio/", "video/", "application/ogg")


class NotSound(FetchFailed):
    """What came is no sound; the message says what it is."""


async def fetch(means: Means, claimed: Claimed, connector: FetchesRecordings) -> None:
    """Fetch a claimed recording. Raises CredentialsRefused once it is noted that the fetch has to wait."""
    recording = claimed.recording
    if recording.source is None:
        await _give_up(means, recording, "The provider did not say where the recording is.")
        return
    content = await _begin(means, recording)
    try:
        whole = await _store(means, content, recording, connector.fetch_recording(recording.source))
    except RetryLater as error:
        await _again(means, claimed, content, str(error) or "It is not ready at the provider yet.", after=error.after)
    except RecordingTooLarge as error:
        await _drop(means, content)
        await _give_up(means, recording, str(error))
    except FetchFailed as error:
        words = str(error) or "The provider did not give the recording."
        if error.passing:
            await _again(means, claimed, content, words)
        else:
            await _drop(means, content)
            await _give_up(means, recording, words)
    except CredentialsRefused as error:
        await _drop(means, content)
        await _wait(means, recording, timedelta(minutes=1), str(error) or "The provider refused our credentials.")
        raise
    except (HubError, OSError) as error:
        # Our own store or database: the provider still has it, so there is no hurry and nothing to give up.
        log.error("recording not stored", recording=str(recording.id), problem=str(error))
        await _drop(means, content)
        wait = min(means.backoff.wait(claimed.attempts + 1, means.chance()), STORAGE_WAIT)
        await _wait(means, recording, wait, f"It could not be stored here; it is still at the provider. {error}")
    except Exception as error:
        log.exception("recording could not be fetched", recording=str(recording.id))
        await _again(means, claimed, content, f"Fetching broke off ({type(error).__name__}).")
    else:
        await _ready(means, recording, whole)


async def _begin(means: Means, recording: Recording) -> Content:
    """Clear away what an interrupted fetch left, and make a new content."""
    async with means.storage.read() as uow:
        before = await uow.recordings.contents(recording.id)
    for left in before:
        if not left.complete and left.kind is ContentKind.original:
            await _drop(means, left)
    content = Content(
        recording_id=recording.id,
        number=max((one.number for one in before), default=0) + 1,
        kind=ContentKind.original,
        key=means.store.new_key(),
        media_type=recording.media_type,
        created_at=means.now(),
    )
    async with means.storage.begin() as uow:
        await uow.recordings.add_content(content)
    return content


async def _store(means: Means, content: Content, recording: Recording, source: AsyncIterator[bytes]) -> Content:
    kind = content.media_type

    async def checked() -> AsyncIterator[bytes]:
        nonlocal kind
        head = b""
        async for part in source:
            if len(head) >= sniffing.HEAD:
                yield part
                continue
            head += part
            if len(head) >= sniffing.HEAD:
                kind = _kind_of(head, recording)
                yield head
        if not head:
            raise NotSound("The provider gave an empty file.", passing=True)
        if len(head) < sniffing.HEAD:
            kind = _kind_of(head, recording)
            yield head

    async def told(stored: int) -> None:
        async with means.storage.begin(durable=False) as uow:
            await uow.recordings.update_content(replace(content, stored=stored, media_type=kind))
            await uow.recordings.retry(recording.id, at=means.now() + HELD, words="")
            if stored <= CHUNK:
                await _tell(uow, recording.id)

    whole = await means.store.write(content, checked(), told=told, most=means.max_bytes)
    return replace(whole, media_type=kind)


def _kind_of(head: bytes, recording: Recording) -> str:
    kind = sniffing.media_type(head, claimed=recording.media_type)
    if not kind.startswith(_SOUND):
        # An error page with status 200 while the file is being made, or for good: time will tell.
        raise NotSound(f"The provider gave a file of the type {kind} instead of sound.", passing=True)
    return kind


async def _ready(means: Means, recording: Recording, content: Content) -> None:
    now = means.now()
    async with means.storage.begin() as uow:
        current = await uow.recordings.get(recording.id)
        if current is None or current.state is not RecordingState.pending:  # erased or deleted meanwhile
            old = [content]
        else:
            old = [one for one in await uow.recordings.contents(recording.id) if one.number != content.number]
            for one in old:
                await uow.recordings.forget_content(recording.id, one.number)
            await uow.recordings.update_content(content)
            await uow.recordings.update(
                replace(
                    current,
                    state=RecordingState.ready,
                    size=content.stored,
                    media_type=content.media_type,
                    blob=folder(recording.id),
                    error="",
                )
            )
            for kind in (WorkKind.look, WorkKind.forget_there):
                await uow.recordings.add_work(Work(recording_id=recording.id, kind=kind, next_at=now, began_at=now))
            await uow.reviews.refresh(recording.call_id)
            await _tell(uow, recording.id)
    for one in old:
        await means.store.delete(one)


async def _again(
    means: Means, claimed: Claimed, content: Content, words: str, *, after: timedelta | None = None
) -> None:
    await _drop(means, content)
    now, recording = means.now(), claimed.recording
    due = means.backoff.next_try(
        began=recording.created_at, now=now, failures=claimed.attempts + 1, chance=means.chance(), after=after
    )
    if due is None:
        await _give_up(means, recording, f"{words} Given up after {in_words(means.backoff.give_up)}.")
        return
    await _wait(means, recording, due - now, words)


async def _wait(means: Means, recording: Recording, wait: timedelta, words: str) -> None:
    log.info("recording not fetched yet", recording=str(recording.id), reason=words)
    at: datetime = means.now() + wait
    async with means.storage.begin() as uow:
        await uow.recordings.retry(recording.id, at=at, words=words)
        await _tell(uow, recording.id)


async def _give_up(means: Means, recording: Recording, words: str) -> None:
    log.warning("recording not fetched", recording=str(recording.id), reason=words)
    async with means.storage.begin() as uow:
        current = await uow.recordings.get(recording.id)
        if current is not None and current.state is RecordingState.pending:
            # A repeated fetch that failed leaves what was stored before.
            kept = any(one.complete for one in await uow.recordings.contents(recording.id))
            state = RecordingState.ready if kept else RecordingState.failed
            await uow.recordings.update(replace(current, state=state, error=words))
            await uow.reviews.refresh(recording.call_id)
            await _tell(uow, recording.id)


async def _drop(means: Means, content: Content) -> None:
    """Forget a content that was begun: its key first, so that what cannot be deleted cannot be read."""
    async with means.storage.begin() as uow:
        await uow.recordings.forget_content(content.recording_id, content.number)
    try:
        await means.store.delete(content)
    except HubError as error:
        log.warning("chunks not deleted; the daily sweep tries again", problem=str(error))


async def _tell(uow: UnitOfWork, recording_id: RecordingId) -> None:
    placed = await uow.recordings.placed(recording_id)
    if placed is not None:
        tell(uow, placed)
