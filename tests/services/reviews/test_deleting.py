"""Retention, legal hold, and the proof of a deletion."""

import asyncio
from dataclasses import replace

import pytest

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import RecordingId, UserId
from hub.domain.recording import RecordingState
from hub.domain.review.deleting import broken_at
from hub.domain.review.rules import RecordingRules
from hub.domain.review.transcript import Transcript, TranscriptState
from hub.services.ids import new_id
from hub.services.recordings import deleting
from tests.recorded import RecordingHub, gives, voices

AGENT, ADMIN = UserId(new_id()), UserId(new_id())
TALK = voices(2, [(0, 1)], [(1, 2)])


async def stored(hub: RecordingHub) -> RecordingId:
    key = await hub.recorded(await hub.call(AGENT), gives(TALK))
    await hub.work()
    return key


async def rule(hub: RecordingHub, **more: object) -> None:
    await deleting.set_rules(hub.storage, RecordingRules(channel_id=hub.channel.id, **more))  # type: ignore[arg-type]  # the test's words


async def test_a_deleted_recording_is_gone_and_its_record_stays(hub: RecordingHub) -> None:
    key = await stored(hub)
    (content,) = await hub.contents(key)
    record = await deleting.delete(hub.means, key, by=ADMIN, reason=" The customer asked. ")
    gone = await hub.recording(key)
    assert (gone.state, await hub.contents(key), await hub.files()) == (RecordingState.deleted, [], [])
    assert gone.error == f"Deleted by hand on {hub.clock.now():%Y-%m-%d}: The customer asked."
    assert (record.number, record.sha256, record.size, record.sealed) == (1, content.sha256, len(TALK), True)
    assert await deleting.delete(hub.means, key, by=ADMIN, reason="again") == record
    async with hub.storage.read() as uow:
        assert await uow.recordings.look(key) is None
        assert await uow.recordings.deletion_of(key) == record


async def test_a_record_that_was_changed_or_taken_out_breaks_the_chain(hub: RecordingHub) -> None:
    for _ in range(3):
        await deleting.delete(hub.means, await stored(hub), by=ADMIN, reason="line\nbreak")
    async with hub.storage.read() as uow:
        chain = list(await uow.recordings.deletions(after=0, limit=10))
    assert await deleting.chain_broken_at(hub.storage) is None
    assert broken_at(chain) is None
    assert broken_at([chain[0], replace(chain[1], reason="nothing to see"), chain[2]]) == 2
    assert broken_at([chain[0], chain[2]]) == 3
    assert broken_at(chain[1:]) == 2


async def test_a_legal_hold_keeps_a_recording_from_rule_and_hand(hub: RecordingHub) -> None:
    held, line = await stored(hub), await stored(hub)
    await rule(hub, keep_days=1)
    hub.clock.forward(days=10)
    await deleting.hold(hub.storage, held, reason="Court case 12", by=ADMIN, now=hub.clock.now())
    await rule(hub, keep_days=1, hold=True, hold_reason="Audit")
    assert await deleting.expire(hub.means) == 0
    with pytest.raises(Conflict, match="Court case 12"):
        await deleting.delete(hub.means, held, by=ADMIN, reason="clean up")
    with pytest.raises(Conflict, match="Audit"):
        await deleting.delete(hub.means, line, by=ADMIN, reason="clean up")
    await rule(hub, keep_days=1)
    assert await deleting.expire(hub.means) == 1
    assert [(await hub.recording(key)).state for key in (held, line)] == [RecordingState.ready, RecordingState.deleted]
    await deleting.end_hold(hub.storage, held, by=ADMIN)
    assert await deleting.expire(hub.means) == 1


async def test_rules_delete_what_is_kept_too_long_and_nothing_else(hub: RecordingHub) -> None:
    old = await stored(hub)
    hub.clock.forward(days=20)
    young = await stored(hub)
    await rule(hub, keep_days=15)
    assert await deleting.expire(hub.means) == 1
    async with hub.storage.read() as uow:
        record = await uow.recordings.deletion_of(old)
    assert record is not None
    assert (record.deleted_by, record.reason) == (None, "kept for 15 days")
    assert (await hub.recording(young)).state is RecordingState.ready
    assert await deleting.expire(hub.means) == 0


async def with_transcript(hub: RecordingHub) -> RecordingId:
    key = await stored(hub)
    made = Transcript(
        recording_id=key,
        call_id=(await hub.recording(key)).call_id,
        state=TranscriptState.ready,
        created_at=hub.clock.now(),
    )
    async with hub.storage.begin() as uow:
        await uow.transcripts.save(made)
    return key


async def state(hub: RecordingHub, key: RecordingId) -> TranscriptState:
    async with hub.storage.read() as uow:
        found = await uow.transcripts.get(key)
    assert found is not None
    return found.state


async def test_a_transcript_goes_with_its_recording_unless_the_line_keeps_it(hub: RecordingHub) -> None:
    first, second = await with_transcript(hub), await with_transcript(hub)
    await deleting.delete(hub.means, first, by=ADMIN, reason="x")
    await rule(hub, transcripts_stay=True, keep_transcripts_days=30)
    record = await deleting.delete(hub.means, second, by=ADMIN, reason="x")
    assert (await state(hub, first), await state(hub, second)) == (TranscriptState.deleted, TranscriptState.ready)
    assert record.transcript is False
    hub.clock.forward(days=31)
    assert await deleting.expire(hub.means) == 1
    assert await state(hub, second) is TranscriptState.deleted


async def test_files_without_a_recording_are_swept_away(hub: RecordingHub) -> None:
    kept = await stored(hub)
    await hub.blobs.put(f"recordings/{new_id().hex}/1/000000", b"of an erased contact")
    await hub.blobs.put("recordings/notes/readme", b"somebody else's")
    assert await deleting.sweep(hub.means) == 1
    (content,) = await hub.contents(kept)
    assert await hub.files() == sorted([content.blob(0), "recordings/notes/readme"])


async def test_a_store_that_is_away_does_not_keep_a_recording_readable(hub: RecordingHub) -> None:
    key = await stored(hub)

    hub.blobs.away = True
    record = await deleting.delete(hub.means, key, by=ADMIN, reason="x")
    assert (record.sealed, await hub.contents(key), len(await hub.files())) == (True, [], 1)


async def test_deletions_at_the_same_time_find_their_places_in_the_chain(hub: RecordingHub) -> None:
    keys = [await stored(hub) for _ in range(4)]
    records = await asyncio.gather(*(deleting.delete(hub.means, key, by=ADMIN, reason="x") for key in keys))
    assert sorted(record.number for record in records) == [1, 2, 3, 4]
    assert await deleting.chain_broken_at(hub.storage) is None


async def test_what_cannot_be_asked_is_said_in_words(hub: RecordingHub) -> None:
    key, nowhere = await stored(hub), RecordingId(new_id())
    with pytest.raises(Invalid, match="Say why"):
        await deleting.delete(hub.means, key, by=ADMIN, reason=" ")
    with pytest.raises(NotFound):
        await deleting.delete(hub.means, nowhere, by=ADMIN, reason="x")
    with pytest.raises(Invalid, match="Say why"):
        await deleting.hold(hub.storage, key, reason="", by=ADMIN, now=hub.clock.now())
    with pytest.raises(Invalid, match="legal hold"):
        await rule(hub, hold=True)
    with pytest.raises(Invalid, match="1 to"):
        await rule(hub, keep_days=0)
