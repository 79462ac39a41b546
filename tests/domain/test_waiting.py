"""Waits are those of docs/metrics.md: the golden scenarios by number, and the properties behind them.

Calendar scenarios (5, 6, 18, 24) count business seconds, targets (25) and calls (19 to 23) belong to reports and
calls; their calendar seconds are the same fold.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.ids import InteractionId, UserId
from hub.domain.wait_fold import fold, heard, in_order, step, waits_of
from hub.domain.waiting import Clock, Item, Role, Rules, Wait, WaitEnd
from tests.waited import waited_in_all

DAY = datetime(2026, 3, 2, tzinfo=UTC)
RULES = Rules()


def at(clock: str, *, day: int = 0) -> datetime:
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    return DAY + timedelta(days=day, hours=hour, minutes=minute, seconds=second)


def item(number: int, role: Role, when: datetime, *, taken_back: datetime | None = None) -> Item:
    return Item(id=InteractionId(UUID(int=number)), at=when, role=role, taken_back_at=taken_back)


def story(*moments: tuple[Role, datetime]) -> list[Item]:
    return [item(number, role, when) for number, (role, when) in enumerate(moments, 1)]


def waits(items: Sequence[Item]) -> Sequence[Wait]:
    return waits_of(items, RULES)[1]


def seconds(wait: Wait) -> float:
    assert wait.ended_at is not None
    return (wait.ended_at - wait.started_at).total_seconds()


C, A, BOT, DONE = Role.asks, Role.replies, Role.bot, Role.resolves


def test_golden_1_two_messages_before_the_answer_are_one_wait() -> None:
    (wait,) = waits(story((C, at("10:00")), (C, at("10:05")), (A, at("10:20"))))
    assert (seconds(wait), wait.first, wait.ended_by) == (1200, True, WaitEnd.reply)


def test_golden_2_a_bot_does_not_end_the_wait_but_is_remembered() -> None:
    (wait,) = waits(story((C, at("10:00")), (BOT, at("10:00:02")), (A, at("10:30"))))
    assert seconds(wait) == 1800
    assert wait.bot_at == at("10:00:02")


def test_golden_4_the_answer_to_our_own_first_message_has_no_first_response() -> None:
    (wait,) = waits(story((A, at("9:00")), (C, at("10:00")), (A, at("10:15"))))
    assert (seconds(wait), wait.first, wait.initiated_by_us) == (900, False, True)


def test_golden_5_a_weekend_counts_in_calendar_seconds() -> None:
    (wait,) = waits(story((C, at("16:50", day=4)), (A, at("9:10", day=7))))
    assert seconds(wait) == 231_600


def test_golden_9_resolved_without_a_reply_is_closed_not_answered() -> None:
    (wait,) = waits(story((C, at("10:00")), (DONE, at("10:30"))))
    assert wait.ended_by is WaitEnd.closed


def test_golden_10_coming_back_within_the_window_reopens_the_same_episode() -> None:
    first, second = waits(
        story((C, at("10:00")), (A, at("10:10")), (DONE, at("10:20")), (C, at("10:00", day=1)), (A, at("10:05", day=1)))
    )
    assert (seconds(first), first.first) == (600, True)
    assert (seconds(second), second.first, second.reopened, second.episode) == (300, False, True, 1)


def test_golden_11_coming_back_after_eight_days_is_a_new_episode() -> None:
    first, second = waits(
        story((C, at("10:00")), (A, at("10:10")), (DONE, at("10:20")), (C, at("10:00", day=9)), (A, at("10:05", day=9)))
    )
    assert [seconds(first), seconds(second)] == [600, 300]
    assert [first.first, second.first] == [True, True]
    assert [first.episode, second.episode] == [1, 2]


def test_golden_13_a_late_message_gives_the_wait_it_would_have_given_in_time() -> None:
    late = item(1, C, at("10:00"))
    reply = item(2, A, at("10:20"))
    clock, _ = step(Clock(), reply, RULES)
    assert not in_order(clock, late)
    (wait,) = waits([reply, late])
    assert (seconds(wait), wait.first) == (1200, True)


def test_golden_14_the_same_event_five_times_is_the_same_as_once() -> None:
    once = story((C, at("10:00")), (A, at("10:20")))
    assert waits(once * 5) == waits(once)


def test_golden_17_a_message_taken_back_before_an_answer_was_no_wait() -> None:
    (wait,) = waits([item(1, C, at("10:00"), taken_back=at("10:01"))])
    assert wait.ended_by is WaitEnd.void


def test_a_message_taken_back_after_the_answer_stays_a_wait() -> None:
    (wait,) = waits([item(1, C, at("10:00"), taken_back=at("11:00")), item(2, A, at("10:20"))])
    assert (seconds(wait), wait.ended_by) == (1200, WaitEnd.reply)


def test_taking_back_the_first_of_two_messages_moves_the_start() -> None:
    void, wait = waits(
        [item(1, C, at("10:00"), taken_back=at("10:02")), item(2, C, at("10:01")), item(3, A, at("10:20"))]
    )
    assert void.ended_by is WaitEnd.void
    assert (seconds(wait), wait.first) == (1140, True)


def test_golden_18_a_change_of_summer_time_is_an_hour_like_any_other() -> None:
    start = datetime.fromisoformat("2026-03-29T01:30:00+01:00").astimezone(UTC)
    end = datetime.fromisoformat("2026-03-29T03:30:00+02:00").astimezone(UTC)
    (wait,) = waits(story((C, start), (A, end)))
    assert seconds(wait) == 3600


def test_an_idle_episode_ends_and_the_next_message_within_the_window_reopens_it() -> None:
    first, second = waits(story((C, at("10:00")), (A, at("10:10")), (C, at("10:00", day=5))))
    assert second.reopened
    assert second.episode == first.episode


def test_spam_leaves_no_wait_behind() -> None:
    (wait,) = waits(story((C, at("10:00")), (Role.discards, at("10:30"))))
    assert wait.ended_by is WaitEnd.void


@pytest.mark.parametrize("answers", [1, 3])
def test_answers_without_a_question_add_nothing(answers: int) -> None:
    asked = story((C, at("10:00")), (A, at("10:10")))
    extra = [item(10 + n, A, at("11:00") + timedelta(minutes=n)) for n in range(answers)]
    assert waits(asked + extra) == waits(asked)


moments = st.lists(
    st.tuples(st.sampled_from([C, C, A, BOT, DONE]), st.integers(0, 12 * 24 * 60)), min_size=1, max_size=30
)


@given(moments, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_waits(raw: list[tuple[Role, int]], chance: st.DataObject) -> None:
    items = story(*((role, DAY + timedelta(minutes=minute)) for role, minute in raw))
    shuffled = items * 2
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random here
    assert waits(shuffled) == waits(items)


@given(moments)
def test_stepping_in_order_equals_building_anew(raw: list[tuple[Role, int]]) -> None:
    items = sorted(story(*((role, DAY + timedelta(minutes=minute)) for role, minute in raw)), key=lambda i: i.order)
    clock, stepped = Clock(), dict[UUID, Wait]()
    for each in items:
        assert in_order(clock, each)
        clock, wait = step(clock, each, RULES)
        stepped |= {wait.id: wait} if wait else {}
    assert (clock, tuple(stepped.values())) == (waits_of(items, RULES)[0], tuple(waits(items)))


@given(moments)
def test_waits_never_overlap_and_only_the_last_may_be_open(raw: list[tuple[Role, int]]) -> None:
    found = waits(story(*((role, DAY + timedelta(minutes=minute)) for role, minute in raw)))
    ends = [replace(wait, ended_at=wait.ended_at or datetime.max.replace(tzinfo=UTC)) for wait in found]
    assert all(a.ended_at is not None and a.ended_at <= b.started_at for a, b in pairwise(ends))


def test_what_a_customer_waited_in_all_is_every_wait_of_the_episode_and_counts_when_the_last_ended() -> None:
    asked = story((C, at("10:00")), (A, at("10:10")), (C, at("10:30")), (A, at("10:35")), (C, at("11:00")))
    assert {number: (one.seconds, one.last.ended_at) for number, one in waited_in_all(waits(asked)).items()} == {
        1: (900, at("10:35"))
    }
    later = [item(10, C, at("9:00", day=9)), item(11, A, at("9:01", day=9))]
    settled = waits([*asked, item(9, DONE, at("11:20")), *later])
    assert {number: one.seconds for number, one in waited_in_all(settled).items()} == {1: 2100, 2: 60}


def test_who_took_a_message_back_or_sent_spam_waited_for_nothing() -> None:
    taken_back = [item(1, C, at("10:00"), taken_back=at("10:05"))]
    spam = story((C, at("10:00")), (Role.discards, at("12:00")))
    assert (waited_in_all(waits(taken_back)), waited_in_all(waits(spam))) == ({}, {})


@given(moments, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_total_of_every_episode(
    raw: list[tuple[Role, int]], chance: st.DataObject
) -> None:
    items = story(*((role, DAY + timedelta(minutes=minute)) for role, minute in raw))
    shuffled, mixed = items * 2, list(waits(items))
    for some in (shuffled, mixed):
        chance.shuffle(some)  # type: ignore[attr-defined]  # hypothesis gives a Random here
    found = waited_in_all(waits(items))
    assert waited_in_all(waits(shuffled)) == waited_in_all(mixed) == found
    ended = [wait for wait in waits(items) if wait.ended_at is not None]
    assert sum(one.seconds for one in found.values()) == sum(map(seconds, ended))
    assert found.keys() == {wait.episode for wait in ended}


@given(moments, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_episodes(raw: list[tuple[Role, int]], chance: st.DataObject) -> None:
    items = story(*((role, DAY + timedelta(minutes=minute)) for role, minute in raw))
    shuffled = items * 3
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random here
    assert fold(shuffled, RULES) == fold(items, RULES)


@given(moments)
def test_an_episodes_resolutions_lie_between_its_start_and_its_end(raw: list[tuple[Role, int]]) -> None:
    folded = fold(story(*((role, DAY + timedelta(minutes=minute)) for role, minute in raw)), RULES)
    for episode in folded.episodes:
        times = [episode.started_at, episode.first_resolved_at, episode.resolved_at]
        assert sorted(t for t in times if t) == [t for t in times if t]
        assert episode.reopen_count == sum(w.reopened for w in folded.waits if w.episode == episode.number)


@given(moments, st.lists(st.integers(0, 12 * 24 * 60), max_size=10))
def test_a_contact_never_hears_from_us_before_asking_or_after_the_end(
    raw: list[tuple[Role, int]], elsewhere: list[int]
) -> None:
    found = waits(story(*((role, DAY + timedelta(minutes=minute)) for role, minute in raw)))
    replies = [item(1000 + n, A, DAY + timedelta(minutes=minute)) for n, minute in enumerate(elsewhere)]
    for wait in heard(found, replies):
        within = [
            r.at for r in replies if wait.started_at <= r.at < (wait.ended_at or datetime.max.replace(tzinfo=UTC))
        ]
        own = [at for at in (wait.ended_at,) if at is not None and wait.ended_by is WaitEnd.reply]
        assert wait.heard_at == min([*within, *own], default=None)
        assert wait.via_other_channel == bool(within)


def test_an_episode_that_went_idle_ended_when_it_did() -> None:
    folded = fold(story((C, at("10:00")), (A, at("10:10")), (C, at("10:00", day=20))), RULES)
    assert [e.ended_at for e in folded.episodes] == [at("10:10", day=3), None]
    assert folded.episodes[0].resolved_at is None


def test_assigning_keeps_no_episode_from_going_idle() -> None:
    given_out = replace(item(3, Role.assigned, at("10:00", day=2)), to=UUID(int=77))
    quiet = story((C, at("10:00")), (A, at("10:10")))
    (episode, _) = fold([*quiet, given_out, item(9, C, at("10:00", day=20))], RULES).episodes
    assert episode.ended_at == at("10:10", day=3)


def test_an_agents_own_clock_starts_when_they_were_given_the_conversation() -> None:
    ann = UserId(UUID(int=77))
    given_out = replace(item(2, Role.assigned, at("10:20")), to=ann)
    reply = replace(item(3, A, at("10:30")), by=ann)
    (wait,) = waits([item(1, C, at("10:00")), given_out, reply])
    assert (wait.agent_from, seconds(wait)) == (at("10:20"), 1800)
    (other,) = waits([item(1, C, at("10:00")), given_out, item(3, A, at("10:30"))])
    assert other.agent_from == at("10:00")


def test_a_wait_knows_whose_and_with_which_team_it_was_when_it_started() -> None:
    ann, support, sales = UUID(int=77), UUID(int=78), UUID(int=79)
    items = [
        replace(item(1, Role.team, at("9:00")), to=support),
        replace(item(2, Role.assigned, at("9:01")), to=ann),
        item(3, C, at("10:00")),
        replace(item(4, Role.team, at("10:10")), to=sales),
        item(5, A, at("10:30")),
        item(6, C, at("11:00")),
    ]
    first, second = waits(items)
    assert (first.team_id, first.owner_id) == (support, ann)
    assert second.team_id == sales


def test_a_bot_that_hands_over_contains_nothing_and_one_that_solves_it_does() -> None:
    asked = [item(1, C, at("10:00")), item(2, BOT, at("10:00:02"))]
    (solved,) = waits([*asked, item(4, DONE, at("10:05"))])
    (handed,) = waits([*asked, item(3, Role.hands_over, at("10:01")), item(4, DONE, at("10:05"))])
    assert (solved.contained, handed.contained) == (True, False)
    assert handed.handed_over_at == at("10:01")


def test_after_spam_a_message_begins_anew() -> None:
    folded = fold(story((C, at("10:00")), (Role.discards, at("10:30")), (C, at("11:00"))), RULES)
    assert [(e.number, e.void) for e in folded.episodes] == [(1, True), (2, False)]
    assert folded.waits[1].first
