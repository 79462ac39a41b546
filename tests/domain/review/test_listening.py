"""Lanes, plays, samples and comments."""

import itertools
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from hub.domain.errors import Invalid
from hub.domain.ids import CallId, UserId
from hub.domain.review.comment import Comment, Visibility, check_place, sees_comment
from hub.domain.review.ids import CommentId
from hub.domain.review.playing import heard, seconds_of
from hub.domain.review.queue import LOTS, STANDARD, QueueRule, check_rule, lot, lots
from hub.domain.review.talk import peaks, talk, turns
from tests.domain.review.cards import AGENT, NOW, OTHER, REVIEWER, lane


def test_two_lanes_tell_who_spoke_and_when_nobody_did() -> None:
    ours = lane([(0, 5), (11, 14)], 20)
    theirs = lane([(5, 9)], 20)
    told = talk(ours, theirs)
    assert (told.agent, told.contact, told.both, told.duration) == (8.0, 4.0, 0.0, 20.0)
    assert told.agent_share == 66.7
    assert told.silences == ((9.0, 11.0), (14.0, 20.0))
    assert (told.silent, told.longest_silence) == (8.0, 6.0)


def test_taking_the_turn_while_the_other_speaks_is_an_interruption_and_mhm_is_none() -> None:
    theirs = lane([(0, 10), (20, 30)], 40)
    ours = lane([(4, 4.4), (9, 15), (22, 23)], 40)
    told = talk(ours, theirs)
    assert (told.agent_interrupts, told.contact_interrupts) == (1, 0)
    assert told.both == pytest.approx(0.4 + 1 + 1)


def test_a_monologue_goes_on_over_pauses_and_mhm_and_ends_when_the_other_speaks() -> None:
    ours = lane([(0, 10), (12, 20), (24, 30)], 40)
    theirs = lane([(10.5, 11), (21, 23.5)], 40)
    told = talk(ours, theirs)
    assert (told.agent_monologue, told.contact_monologue) == (20.0, 2.5)


def test_a_noisy_line_is_not_speech() -> None:
    assert turns(lane([(2, 3)], 10, noise=900)) == [(2.0, 3.0)]
    assert turns([60] * 500) == []
    assert turns([]) == []


def test_a_lane_that_never_pauses_speaks_all_the_time() -> None:
    assert turns([8_000] * 500) == [(0.0, 10.0)]


levels = st.lists(st.integers(0, 32_767), max_size=400)


@given(levels, levels)
def test_what_lanes_tell_adds_up(ours: list[int], theirs: list[int]) -> None:
    told = talk(ours, theirs)
    swapped = talk(theirs, ours)
    assert (swapped.agent, swapped.contact_interrupts) == (told.contact, told.agent_interrupts)
    assert told.both <= min(told.agent, told.contact) + 0.1
    assert told.agent + told.contact - told.both + told.silent <= told.duration + 0.3
    assert told.agent_monologue <= told.duration + 0.1


def test_peaks_show_the_loudest_of_each_part() -> None:
    assert peaks([0, 32_767, 100, 16_384], 2) == (100, 50)
    assert peaks([], 100) == ()


spans = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda p: (min(p), max(p))), max_size=30)


@given(spans, spans)
def test_what_was_heard_is_counted_once_in_whatever_order_it_is_told(
    first: list[tuple[float, float]], second: list[tuple[float, float]]
) -> None:
    once = heard([*first, *second])
    assert heard([*second, *first, *first]) == once
    assert all(a[1] < b[0] for a, b in itertools.pairwise(once))
    assert seconds_of(once) <= 100.1


def test_a_sample_takes_its_share_and_always_the_same_calls() -> None:
    ranges = lots(QueueRule(sample=5))
    ids = [CallId(uuid7()) for _ in range(4_000)]
    taken = [key for key in ids if any(low <= lot(key) < high for low, high in ranges)]
    assert 100 < len(taken) < 320
    assert lot(ids[0]) == lot(ids[0])


@given(st.floats(0.01, 99.9), st.integers(0, 10_000))
def test_every_salt_draws_as_many_lots(percent: float, salt: int) -> None:
    ranges = lots(QueueRule(sample=percent, salt=salt))
    assert sum(high - low for low, high in ranges) == max(1, round(percent * LOTS / 100))
    assert all(0 <= low < high <= LOTS for low, high in ranges)


@pytest.mark.parametrize(
    "rule",
    [
        QueueRule(min_seconds=60, max_seconds=30),
        QueueRule(score_below=50, score_from=60),
        QueueRule(sample=0),
        QueueRule(reviewed=False, score_below=50),
    ],
)
def test_a_rule_no_call_could_meet_is_refused(rule: QueueRule) -> None:
    with pytest.raises(Invalid):
        check_rule(rule)


def test_the_queues_every_hub_has_can_be_met() -> None:
    for _, rule in STANDARD:
        check_rule(rule)


@pytest.mark.parametrize(("start", "end"), [(-1.0, None), (5.0, 5.0), (61.5, None), (50.0, 62.0), (float("nan"), None)])
def test_a_comment_stands_at_a_place_of_the_recording(start: float, end: float | None) -> None:
    with pytest.raises(Invalid):
        check_place(start, end, 60.0)
    check_place(60.0, None, 60.0)


def test_who_sees_a_comment() -> None:
    private = Comment(
        id=CommentId(uuid7()), call_id=CallId(UUID(int=5)), author_id=REVIEWER, start=1, text="Hm.", created_at=NOW
    )
    open_one = Comment(
        id=CommentId(uuid7()),
        call_id=CallId(UUID(int=5)),
        author_id=REVIEWER,
        start=1,
        text="Well done.",
        visibility=Visibility.agent,
        mentions=(OTHER,),
        created_at=NOW,
    )
    sees = [
        [sees_comment(c, who, reviews=False, about=AGENT) for c in (private, open_one)]
        for who in (REVIEWER, AGENT, OTHER, UserId(UUID(int=77)))
    ]
    assert sees == [[True, True], [False, True], [False, True], [False, False]]
    assert sees_comment(private, OTHER, reviews=True, about=AGENT)
