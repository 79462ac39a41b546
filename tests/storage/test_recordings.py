"""Recordings and reviews on both engines: keys, work, the play log, the chain, erasure, the review list, search."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from hub.domain.call import Call
from hub.domain.errors import Conflict, Invalid
from hub.domain.ids import CallId, RecordingId, UserId
from hub.domain.recording import Lane, RecordingState
from hub.domain.review.content import Content, ContentKind, Look, Play, PlayKind, Work, WorkKind
from hub.domain.review.ids import PlayId, ReviewId
from hub.domain.review.queue import Order, QueueRule, lot
from hub.domain.review.review import ReviewState
from hub.domain.review.rules import Hold, RecordingRules
from hub.domain.review.transcript import Line, LineRevision, Transcript, TranscriptState
from hub.domain.review.views import ReviewableRow
from hub.ports import UnitOfWork
from hub.ports.calls import CallFlush
from storage.database import SqlStorage
from tests.domain.review.cards import quality, review
from tests.recorded import put_call, recording
from tests.storage.builders import NOW, channel, later, user, uuid7

AGENT = UserId(UUID(int=7))
CARD = quality()


async def recorded(
    uow: UnitOfWork, *, minutes: int = 0, seconds: float = 60, **more: object
) -> tuple[Call, RecordingId]:
    on = channel()
    await uow.channels.add(on, {}, ())
    call = await put_call(uow, on, [AGENT], began_at=later(minutes=minutes), seconds=seconds)
    found = recording(call, duration=seconds, **more)
    await uow.calls.save(CallFlush(new_recordings=[found], recordings={found.id: found}))
    await uow.reviews.refresh(call.id)
    return call, found.id


async def test_a_contents_key_is_sealed_to_its_place_and_comes_back(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        _, key = await recorded(uow)
        content = Content(
            recording_id=key,
            number=1,
            kind=ContentKind.original,
            key=b"\1" * 32,
            media_type="audio/wav",
            created_at=NOW,
        )
        await uow.recordings.add_content(content)
        await uow.recordings.add_content(replace(content, number=2, key=None))
        await uow.recordings.update_content(replace(content, stored=5_000_000_000, complete=True, sha256="ab"))
        assert await uow.recordings.reseal() == 1
    async with storage.read() as uow:
        first, second = await uow.recordings.contents(key)
    assert (first.key, first.stored, first.complete, second.key) == (b"\1" * 32, 5_000_000_000, True, None)
    async with storage.begin() as uow:
        await uow.recordings.forget_content(key, 1)
        assert [one.number for one in await uow.recordings.contents(key)] == [2]


async def test_looks_work_and_holds_are_kept(storage: SqlStorage) -> None:
    look = Look(
        recording_id=RecordingId(uuid7()),
        seconds=3.5,
        codec="opus",
        rate=48_000,
        channels=2,
        peaks=(b"\0\1\2", b"\3\4\5"),
        talk={"agent": 1.5},
        looked_at=NOW,
    )
    async with storage.begin() as uow:
        _, key = await recorded(uow)
        look = replace(look, recording_id=key)
        await uow.recordings.save_look(look)
        await uow.recordings.save_look(look)
        work = Work(recording_id=key, kind=WorkKind.look, next_at=later(minutes=1), began_at=NOW)
        await uow.recordings.add_work(work)
        await uow.recordings.save_hold(Hold(recording_id=key, reason="court", by=None, at=NOW))
        assert await uow.recordings.claim_work([WorkKind.look], NOW, until=NOW, limit=5) == []
        (claimed,) = await uow.recordings.claim_work([WorkKind.look], later(minutes=1), until=later(minutes=9), limit=5)
        assert (claimed.attempts, claimed.next_at) == (1, later(minutes=9))
        assert await uow.recordings.claim_work([WorkKind.look], later(minutes=2), until=NOW, limit=5) == []
    async with storage.read() as uow:
        assert await uow.recordings.look(key) == look
        held = await uow.recordings.hold(key)
    assert held is not None
    assert held.reason == "court"


async def test_pending_recordings_are_claimed_once(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        _, key = await recorded(uow)
        await recorded(uow, state=RecordingState.ready)
        (claimed,) = await uow.recordings.claim(later(minutes=1), until=later(minutes=10), limit=9)
        assert (claimed.recording.id, claimed.attempts, claimed.recording.lanes) == (key, 0, (Lane.agent, Lane.contact))
        assert await uow.recordings.claim(later(minutes=2), until=later(minutes=10), limit=9) == []
        (again,) = await uow.recordings.claim(later(minutes=10), until=later(minutes=20), limit=9)
    assert again.attempts == 1


async def test_the_play_log_pages_from_the_newest(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        call, key = await recorded(uow)
        for n in range(5):
            await uow.recordings.add_play(
                Play(
                    id=PlayId(uuid7()),
                    recording_id=key,
                    call_id=call.id,
                    kind=PlayKind.play,
                    user_id=AGENT,
                    at=later(minutes=n // 2),
                    last_at=NOW,
                    heard=((0.0, 1.5),),
                )
            )
    async with storage.read() as uow:
        first = await uow.recordings.plays(call_id=call.id, user_id=None, cursor=None, limit=3)
        rest = await uow.recordings.plays(call_id=None, user_id=AGENT, cursor=first.next, limit=3)
        assert (await uow.recordings.plays(call_id=CallId(uuid7()), user_id=None, cursor=None, limit=3)).items == ()
    found = [*first.items, *rest.items]
    assert (len(found), rest.next) == (5, None)
    assert found == sorted(found, key=lambda play: (play.at, play.id), reverse=True)
    assert found[0].heard == ((0.0, 1.5),)


async def test_erasing_a_contact_takes_recordings_words_and_reviews_along_but_not_under_hold(
    storage: SqlStorage,
) -> None:
    async with storage.begin() as uow:
        call, key = await recorded(uow)
        point = await uow.contacts.point(call.contact_point_id)
        assert point is not None
        made = Transcript(recording_id=key, call_id=call.id, state=TranscriptState.ready, created_at=NOW)
        line = Line(number=0, speaker=Lane.contact, start=0, end=1, text="geheim")
        await uow.transcripts.replace_lines(made, [line])
        await uow.reviews.add(review(call_id=call.id))
        await uow.recordings.save_hold(Hold(recording_id=key, reason="court", by=None, at=NOW))
    with pytest.raises(Conflict, match="legal hold"):
        async with storage.begin() as uow:
            await uow.contacts.delete([point.contact_id])
    async with storage.begin() as uow:
        await uow.recordings.end_hold(key)
        await uow.recordings.save_rules(RecordingRules(channel_id=call.channel_id, hold=True, hold_reason="audit"))
    with pytest.raises(Conflict, match="legal hold"):
        async with storage.begin() as uow:
            await uow.contacts.delete([point.contact_id])
    async with storage.begin() as uow:
        await uow.recordings.save_rules(RecordingRules(channel_id=call.channel_id))
        await uow.contacts.delete([point.contact_id])
    async with storage.read() as uow:
        assert await uow.recordings.get(key) is None
        assert await uow.recordings.known([key]) == frozenset()
        assert await uow.reviews.of_call(call.id) == []
        page = await uow.transcripts.search("geheim", agent=None, hidden=(), cursor=None, limit=5)
    assert page.items == ()


async def test_lines_are_found_newest_first_by_pages(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        call, key = await recorded(uow)
        made = Transcript(recording_id=key, call_id=call.id, state=TranscriptState.ready, created_at=NOW)
        lines = [Line(number=n, speaker=Lane.contact, start=n, end=n + 1, text=f"주문 번호 {n}") for n in range(5)]
        await uow.transcripts.replace_lines(made, lines)
        await uow.transcripts.update_line(key, replace(lines[4], text="other", edited=True))
        await uow.transcripts.add_revision(
            key, LineRevision(number=4, text=lines[4].text, replaced_at=NOW, replaced_by=AGENT)
        )
    async with storage.read() as uow:
        first = await uow.transcripts.search("주문", agent=AGENT, hidden=(), cursor=None, limit=3)
        rest = await uow.transcripts.search("주문", agent=AGENT, hidden=(), cursor=first.next, limit=3)
        assert (
            await uow.transcripts.search("주문", agent=None, hidden=[call.channel_id], cursor=None, limit=3)
        ).items == ()
        assert [r.text for r in await uow.transcripts.revisions(key)] == ["주문 번호 4"]
    assert [hit.number for hit in (*first.items, *rest.items)] == [3, 2, 1, 0]
    assert rest.next is None


IN_ORDER: dict[Order, Callable[[ReviewableRow], tuple[Any, CallId]]] = {
    Order.newest: lambda row: (row.began_at, row.call_id),
    Order.oldest: lambda row: (row.began_at, row.call_id),
    Order.longest: lambda row: (row.seconds, row.call_id),
    Order.lowest_score: lambda row: (row.score, row.call_id),
}


async def test_the_review_list_pages_in_every_order(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        calls = [(await recorded(uow, minutes=n, seconds=60 + n % 3))[0] for n in range(7)]
        for n, call in enumerate(calls[:5]):
            given = review(call_id=call.id, submitted_at=later(minutes=n), state=ReviewState.submitted)
            await uow.reviews.add(replace(given, score=50.0 + n % 2))
            await uow.reviews.refresh(call.id)
    falling = {Order.newest, Order.longest}
    async with storage.read() as uow:
        for order, key in IN_ORDER.items():
            found: list[ReviewableRow] = []
            cursor, total = None, {Order.lowest_score: 5}.get(order, 7)
            for _ in range((total + 1) // 2):
                page = await uow.reviews.in_queue(
                    QueueRule(order=order), now=NOW, only_agent=None, cursor=cursor, limit=2
                )
                found += page.items
                cursor = page.next
            assert (len(found), cursor) == (total, None), order
            assert found == sorted(found, key=key, reverse=order in falling)


async def test_queues_take_what_their_rules_say(storage: SqlStorage) -> None:
    newcomer = user(created_at=later(days=-3))
    async with storage.begin() as uow:
        await uow.users.add(newcomer, "x")
        done, _ = await recorded(uow, seconds=30)
        open_one, _ = await recorded(uow, minutes=1, seconds=300)
        await uow.reviews.add(
            replace(review(call_id=done.id, submitted_at=NOW), state=ReviewState.appealed, score=40.0)
        )
        await uow.reviews.refresh(done.id)
    taken = {
        QueueRule(reviewed=True): [done.id],
        QueueRule(reviewed=False, recorded=True): [open_one.id],
        QueueRule(min_seconds=100): [open_one.id],
        QueueRule(max_seconds=100, direction=done.direction): [done.id],
        QueueRule(score_below=50): [done.id],
        QueueRule(score_from=50): [],
        QueueRule(appealed=True): [done.id],
        QueueRule(appealed=False, failed=False, commented=False): [open_one.id],
        QueueRule(commented=True): [],
        QueueRule(agent_ids=(AGENT,), channel_ids=(done.channel_id,)): [done.id],
        QueueRule(new_agents=30): [],
        QueueRule(within_days=1, order=Order.oldest): [done.id, open_one.id],
        QueueRule(sample=100): [open_one.id, done.id],
        QueueRule(sample=(lot(done.id) + 1) / 100): [
            call.id for call in (open_one, done) if lot(call.id) <= lot(done.id)
        ],
    }
    async with storage.read() as uow:
        for rule, expected in taken.items():
            page = await uow.reviews.in_queue(rule, now=later(hours=1), only_agent=None, cursor=None, limit=9)
            assert [row.call_id for row in page.items] == expected, rule
            assert await uow.reviews.count(rule, now=later(hours=1), most=1) == min(1, len(expected))
        with pytest.raises(Invalid):
            await uow.reviews.in_queue(QueueRule(), now=NOW, only_agent=None, cursor="nonsense", limit=9)
        nobodys = UserId(uuid7())
        assert (await uow.reviews.in_queue(QueueRule(), now=NOW, only_agent=nobodys, cursor=None, limit=9)).items == ()
        scores = await uow.reviews.call_scores([done.id, open_one.id], only_agent=None)
        of_nobody = await uow.reviews.call_scores([done.id, open_one.id], only_agent=nobodys)
    assert {one.call_id: one.score for one in scores}[done.id] == 40.0
    assert of_nobody == []


async def test_a_scorecard_and_a_review_come_back_as_they_were(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        call, _ = await recorded(uow)
        await uow.reviews.save_scorecard(CARD)
        given = review(call_id=call.id)
        await uow.reviews.add(given)
        await uow.reviews.update(replace(given, summary="Ü"), {"greeted": 100})
        with pytest.raises(Conflict):
            await uow.reviews.save_scorecard(CARD)
    with pytest.raises(Conflict):
        async with storage.begin() as uow:
            await uow.reviews.add(replace(given, id=ReviewId(uuid7())))
    async with storage.read() as uow:
        assert await uow.reviews.scorecard(CARD.id) == CARD
        assert await uow.reviews.get(given.id) == replace(given, summary="Ü")
        assert (await uow.reviews.about(given.agent_id, cursor=None, limit=5)).items == ()
