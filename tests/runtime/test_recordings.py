"""Recordings from the provider to the store: fetched, looked into, and what goes wrong said in words."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hub.contract.errors import CredentialsRefused, FetchFailed, RetryLater
from hub.domain.ids import RecordingId, UserId
from hub.domain.recording import Lane, RecordingState
from hub.domain.review.content import CHUNK, Content, ContentKind, Work, WorkKind
from hub.domain.review.queue import QueueRule
from hub.ports.recordings import RecordingDamaged
from hub.runtime.recordings_store import RecordingStore
from hub.services.ids import new_id
from hub.services.recordings.playing import chosen
from storage import open_blobs
from tests.recorded import Gives, RecordingHub, fails, gives, loudness, recording_hub, voices
from tests.scripted import T0

AGENT = UserId(new_id())
TALK = voices(12, [(0, 5)], [(5, 10)])
MU_LAW = voices(12, [(0, 5)], [(5, 10)], codec="pcm_mulaw")


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[RecordingHub]:
    async with recording_hub(sqlite_url, tmp_path, max_bytes=3_000_000) as made:
        yield made


async def nothing(_stored: int) -> None:
    return


async def in_pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def content(**more: object) -> Content:
    base = Content(recording_id=RecordingId(new_id()), number=1, kind=ContentKind.original, created_at=T0)
    return replace(base, **more)  # type: ignore[arg-type]  # the test's own words


@pytest.mark.parametrize("sealed", [True, False])
async def test_any_part_of_a_stored_recording_is_read_back(tmp_path: Path, sealed: bool) -> None:
    store = RecordingStore(open_blobs(str(tmp_path)), sealed=sealed)
    data = bytes(range(256)) * 10_000
    told: list[int] = []

    async def tell(stored: int) -> None:
        told.append(stored)

    whole = await store.write(content(key=store.new_key()), in_pieces(data, 70_000), told=tell, most=CHUNK * 3)
    assert (whole.stored, whole.complete, told) == (len(data), True, [CHUNK, 2 * CHUNK])
    for start, end in [(0, len(data)), (0, 1), (CHUNK - 1, CHUNK + 1), (CHUNK, 2 * CHUNK), (2_500_000, 9**9), (7, 7)]:
        assert b"".join([part async for part in store.read(whole, start=start, end=end)]) == data[start:end]
    lies = (tmp_path / whole.blob(0)).read_bytes()
    assert (data[:1_000] in lies) is not sealed


async def test_a_changed_or_exchanged_chunk_does_not_open(tmp_path: Path) -> None:
    store = RecordingStore(open_blobs(str(tmp_path)), sealed=True)
    whole = await store.write(
        content(key=store.new_key()), in_pieces(b"\7" * (2 * CHUNK), CHUNK), told=nothing, most=CHUNK * 3
    )
    first, second = (tmp_path / whole.blob(0), tmp_path / whole.blob(1))
    exchanged = first.read_bytes(), second.read_bytes()
    changes = [exchanged[1], exchanged[0][:-1] + b"x", exchanged[0][:100], b""]
    for changed in changes:
        first.write_bytes(changed)
        with pytest.raises(RecordingDamaged, match="changed or damaged"):
            assert [part async for part in store.read(whole, end=10)]


async def test_a_recording_is_fetched_looked_into_and_deleted_at_the_provider(hub: RecordingHub) -> None:
    call = await hub.call(AGENT)
    key = await hub.recorded(call, gives(TALK), duration=12.0)
    await hub.work(2)
    found = await hub.recording(key)
    (stored,) = await hub.contents(key)
    assert (found.state, found.media_type, found.size, found.error) == (
        RecordingState.ready,
        "audio/x-wav",
        len(TALK),
        "",
    )
    assert (await hub.bytes_of(stored), stored.kind, len(stored.sha256)) == (TALK, ContentKind.original, 64)
    assert hub.provider.deleted == [found.source]
    async with hub.storage.read() as uow:
        look = await uow.recordings.look(key)
        page = await uow.reviews.in_queue(
            QueueRule(recorded=True, reviewed=False), now=hub.clock.now(), only_agent=None, cursor=None, limit=10
        )
        assert await uow.recordings.work(key) == []
    assert look is not None
    assert (look.seconds, look.channels, look.codec) == (12.0, 2, "pcm_s16le")
    assert [len(lane) for lane in look.peaks] == [120, 120]
    assert look.peaks[0][10] > 20 > 5 > look.peaks[0][80]
    assert (look.talk["agent"], look.talk["contact"], look.talk["agent_share"]) == (5.0, 5.0, 50.0)
    assert [(row.call_id, row.seconds) for row in page.items] == [(call.id, 60)]


@pytest.mark.parametrize(
    ("sound", "lanes"),
    [
        (TALK, (Lane.contact, Lane.agent)),
        (MU_LAW, (Lane.agent, Lane.contact)),
    ],
)
async def test_browsers_get_the_agent_left_in_a_format_they_play(
    hub: RecordingHub, sound: bytes, lanes: tuple[Lane, ...]
) -> None:
    key = await hub.recorded(await hub.call(AGENT), gives(sound), lanes=lanes)
    await hub.work()
    original, playable = await hub.contents(key)
    assert (original.kind, playable.kind, playable.media_type) == (
        ContentKind.original,
        ContentKind.playable,
        "audio/flac",
    )
    assert chosen([original, playable]) == playable
    assert chosen([original, playable], original=True) == original
    left, right = loudness(await hub.bytes_of(playable))
    speaks = left if lanes[0] is Lane.agent else right
    silent = right if lanes[0] is Lane.agent else left
    assert speaks[10] > 3_000 > 300 > silent[10]
    async with hub.storage.read() as uow:
        look = await uow.recordings.look(key)
    assert look is not None
    assert (look.peaks[0][10] > 20) is (lanes[0] is Lane.agent)


async def test_the_waveform_does_not_wait_for_the_variant_for_browsers(hub: RecordingHub) -> None:
    key = await hub.recorded(await hub.call(AGENT), gives(TALK), lanes=(Lane.contact, Lane.agent))
    hub.blobs.room = 1  # the recording itself
    await hub.work()
    async with hub.storage.read() as uow:
        look, works = await uow.recordings.look(key), await uow.recordings.work(key)
    assert look is not None
    assert (look.seconds, hub.provider.deleted) == (12.0, [])
    assert {work.kind: work.error for work in works}[WorkKind.look] == "There is no room left. Free disk space."
    hub.blobs.room = None
    await hub.work(3)
    assert [one.kind for one in await hub.contents(key)] == [ContentKind.original, ContentKind.playable]
    assert hub.provider.deleted == [(await hub.recording(key)).source]


async def test_mixed_voices_have_one_lane_and_no_talk_figures(hub: RecordingHub) -> None:
    key = await hub.recorded(await hub.call(AGENT), gives(TALK), lanes=(Lane.mixed,))
    await hub.work()
    async with hub.storage.read() as uow:
        look = await uow.recordings.look(key)
    assert look is not None
    assert (len(look.peaks), look.talk) == (1, {})


PASSING = [
    (RetryLater("Not ready: the provider answers 404."), "Not ready"),
    (FetchFailed("The connection broke off.", passing=True), "broke off"),
    (ValueError("a bug"), "broke off (ValueError)"),
]


@pytest.mark.parametrize(("error", "words"), PASSING)
async def test_what_passes_is_tried_again_and_said_meanwhile(hub: RecordingHub, error: Exception, words: str) -> None:
    key = await hub.recorded(await hub.call(AGENT), fails(error, error, then=gives(TALK)))
    await hub.work()
    waiting = await hub.recording(key)
    assert (waiting.state, words in waiting.error, await hub.contents(key)) == (RecordingState.pending, True, [])
    await hub.work(3)
    assert (await hub.recording(key)).state is RecordingState.ready


async def empty(_tried: int) -> AsyncIterator[bytes]:
    nothing_at_all: tuple[bytes, ...] = ()
    for part in nothing_at_all:
        yield part


PAGE = b"<!doctype html><html><body>502 Bad gateway</body></html>"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (gives(PAGE), "text/html instead of sound"),
        (gives(b'{"code": 20404, "message": "not found"}'), "instead of sound"),
        (empty, "empty file"),
        (fails(*[RetryLater("Still not ready.")] * 200, then=gives(TALK)), "Still not ready. Given up after 72 hours"),
    ],
)
async def test_what_never_becomes_a_recording_is_given_up_in_words(hub: RecordingHub, given: Gives, words: str) -> None:
    key = await hub.recorded(await hub.call(AGENT), given)
    for _ in range(18):
        await hub.work()
        hub.clock.forward(hours=5)
    found = await hub.recording(key)
    assert (found.state, await hub.files(), await hub.contents(key)) == (RecordingState.failed, [], [])
    assert words in found.error


async def test_what_the_provider_refuses_for_good_fails_at_once(hub: RecordingHub) -> None:
    gone = await hub.recorded(await hub.call(AGENT), fails(FetchFailed("It was deleted there."), then=empty))
    large = await hub.recorded(await hub.call(AGENT), gives(TALK * 20))
    nowhere = await hub.recorded(await hub.call(AGENT), source=None)
    await hub.work()
    assert [(await hub.recording(key)).error for key in (gone, large, nowhere)] == [
        "It was deleted there.",
        "The recording is larger than 0.0 GB.",
        "The provider did not say where the recording is.",
    ]
    assert await hub.files() == []


async def test_absent_recordings_are_left_alone(hub: RecordingHub) -> None:
    words = "The caller hung up at the beep."
    key = await hub.recorded(await hub.call(AGENT), state=RecordingState.absent, error=words)
    await hub.work(3)
    assert ((await hub.recording(key)).error, hub.provider.tries) == (words, {})


async def test_refused_credentials_stop_the_account_and_lose_nothing(hub: RecordingHub) -> None:
    refusal = CredentialsRefused("The key was revoked.")
    key = await hub.recorded(await hub.call(AGENT), fails(refusal, then=gives(TALK)))
    await hub.work()
    assert (hub.refused, (await hub.recording(key)).state) == (["The key was revoked."], RecordingState.pending)
    await hub.work(2)
    assert (await hub.recording(key)).state is RecordingState.ready


async def test_a_full_store_loses_nothing_and_says_so(hub: RecordingHub) -> None:
    long = voices(70, [(0, 60)])  # two chunks
    key = await hub.recorded(await hub.call(AGENT), gives(long))
    hub.blobs.room = 1
    await hub.work()
    waiting = await hub.recording(key)
    assert waiting.state is RecordingState.pending
    assert "It could not be stored here; it is still at the provider. There is no room left." in waiting.error
    assert (await hub.files(), hub.provider.deleted) == ([], [])
    hub.blobs.room = None
    hub.clock.forward(hours=1)
    await hub.work(2)
    (stored,) = await hub.contents(key)
    assert (await hub.bytes_of(stored), hub.provider.deleted) == (long, [(await hub.recording(key)).source])


async def test_a_truncated_recording_is_fetched_again_then_kept_with_what_there_is(hub: RecordingHub) -> None:
    cut = TALK[: len(TALK) // 2]
    mended = await hub.recorded(await hub.call(AGENT), fails(then=gives(TALK)), duration=12.0)
    hub.provider.sounds[(await hub.recording(mended)).source or ""] = lambda n: gives(cut if n == 0 else TALK)(n)
    short = await hub.recorded(await hub.call(AGENT), gives(cut), duration=12.0)
    await hub.work(5)
    whole, half = await hub.recording(mended), await hub.recording(short)
    assert (whole.state, whole.duration, whole.error) == (RecordingState.ready, 12.0, "")
    assert (half.state, round(half.duration or 0, 1)) == (RecordingState.ready, 6.0)
    assert "announced 12 seconds, but the file has 6" in half.error
    assert hub.provider.tries[half.source or ""] == 3
    (stored,) = await hub.contents(short)
    assert await hub.bytes_of(stored) == cut


async def test_sound_that_cannot_be_read_is_kept_and_called_broken(hub: RecordingHub) -> None:
    key = await hub.recorded(await hub.call(AGENT), gives(b"RIFF\xff\xff\xff\xffWAVEfmt " + b"\xff" * 9_000))
    await hub.work(5)
    found = await hub.recording(key)
    assert (found.state, found.error) == (
        RecordingState.failed,
        "The file is damaged, or of a kind the hub cannot read.",
    )
    assert (len(await hub.contents(key)), hub.provider.deleted) == (1, [])


async def test_a_provider_that_cannot_delete_yet_is_asked_again(hub: RecordingHub) -> None:
    hub.provider.refuses_deletion = [RetryLater("Busy.", after=timedelta(minutes=2)), ValueError("?")]
    key = await hub.recorded(await hub.call(AGENT), gives(TALK))
    await hub.work(8)
    assert hub.provider.deleted == [(await hub.recording(key)).source]


async def test_a_fetch_that_was_cut_off_begins_anew_and_clears_away_what_it_left(hub: RecordingHub) -> None:
    key = await hub.recorded(await hub.call(AGENT), gives(TALK))
    left = content(recording_id=key, key=b"k" * 32)
    async with hub.storage.begin() as uow:
        await uow.recordings.add_content(left)
    await hub.blobs.put(left.blob(0), b"half a chunk")
    await hub.work()
    (stored,) = await hub.contents(key)
    assert (stored.number, await hub.bytes_of(stored)) == (2, TALK)
    assert await hub.files() == [stored.blob(0)]


async def test_work_that_keeps_failing_ends(hub: RecordingHub) -> None:
    key = await hub.recorded(await hub.call(AGENT), state=RecordingState.ready)
    now = hub.clock.now()
    async with hub.storage.begin() as uow:
        await uow.recordings.add_work(
            Work(recording_id=key, kind=WorkKind.look, attempts=20, next_at=now, began_at=now, error="It crashed.")
        )
    await hub.work()
    async with hub.storage.read() as uow:
        assert await uow.recordings.work(key) == []
