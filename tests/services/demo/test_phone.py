import wave
from collections import Counter
from datetime import timedelta
from io import BytesIO

from hub.domain.call import Outcome
from hub.domain.call_views import CallFilter, CallRow
from hub.domain.recording import Lane, RecordingState
from hub.domain.review.review import ReviewState
from hub.services.demo import phone, sounds
from hub.services.demo.story import SEED
from tests.services.demo.played import NOW, Played


async def calls(demo: Played) -> list[CallRow]:
    async with demo.storage.read() as uow:
        return list((await uow.calls.list(CallFilter(), cursor=None, limit=200)).items)


def test_the_month_is_the_same_for_the_same_seed_and_within_the_month() -> None:
    month = phone.month(NOW, ordinary=50, seed=SEED)
    assert month == phone.month(NOW, ordinary=50, seed=SEED)
    assert all(NOW - timedelta(days=31) < call.began_at <= call.ended_at < NOW for call in month)
    assert sum(bool(call.recording) for call in month) == 12
    assert max(call.talked for call in month) > timedelta(minutes=45)


def test_a_recording_has_a_track_for_each_voice_and_they_take_turns() -> None:
    made = sounds.sound(sounds.named(sounds.CALL, 6))
    assert made is not None
    with wave.open(BytesIO(made)) as file:
        assert (file.getnchannels(), file.getnframes() / file.getframerate()) == (2, 6)
        samples = memoryview(file.readframes(file.getnframes())).cast("h").tolist()
    assert any(samples[::2])
    assert any(samples[1::2])
    assert not any(one and other for one, other in zip(samples[::2], samples[1::2], strict=True))


def test_there_is_no_recording_of_another_name() -> None:
    assert sounds.sound("call-999999.wav") is None
    assert sounds.sound("../secret") is None


async def test_calls_of_every_kind_are_on_the_list_and_marked_demo(demo: Played) -> None:
    rows = await calls(demo)
    outcomes = Counter(row.call.outcome for row in rows)
    wanted = {Outcome.answered, Outcome.missed, Outcome.voicemail, Outcome.abandoned, Outcome.after_hours}
    assert wanted <= outcomes.keys()
    assert None not in outcomes
    assert all(row.call.demo for row in rows)


async def test_who_was_missed_and_not_called_back_is_on_the_board(demo: Played) -> None:
    async with demo.storage.read() as uow:
        owed, _late = await uow.debts.counts(NOW)
    assert owed == 5


async def test_recordings_wait_to_be_fetched_with_a_lane_for_each_voice(demo: Played) -> None:
    (call,) = [row.call for row in await calls(demo) if row.recordings and row.call.talked == timedelta(seconds=64)]
    async with demo.storage.read() as uow:
        (recording,) = await uow.recordings.of_call(call.id)
    assert (recording.state, recording.lanes) == (RecordingState.pending, (Lane.agent, Lane.contact))


async def test_two_calls_are_reviewed_with_comments_and_the_agents_words(demo: Played) -> None:
    async with demo.storage.read() as uow:
        reviews = [review for row in await calls(demo) for review in await uow.reviews.of_call(row.call.id)]
        comments = [said for review in reviews for said in await uow.reviews.comments(review.call_id)]
    assert {(review.state, review.passed) for review in reviews} == {
        (ReviewState.submitted, True),
        (ReviewState.submitted, False),
    }
    assert len(comments) == 4
