"""A call is what was told of it: outcomes, and the same call whatever the order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.contract.call_events import CallUpdate, LegUpdate
from hub.domain.call import CallState, Outcome
from hub.domain.call_marks import Ender, Ending, Fact, Mark, Party
from hub.domain.call_story import in_order, retold
from hub.domain.ids import ExternalId
from hub.domain.interaction import Direction
from tests.calls import ANN, T0, Telling, call, story

TOLD = Telling(T0)
OUT = Telling(T0, direction=Direction.outbound)


def seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()


INBOUND: dict[str, tuple[list[CallUpdate | LegUpdate], Outcome]] = {
    "an agent spoke": (TOLD.answered(), Outcome.answered),
    "the caller left at once": (TOLD.missed(after=3), Outcome.short_abandon),
    "the caller left at the limit": (TOLD.missed(after=5), Outcome.abandoned),
    "nobody answered and the plan ended it": (
        [TOLD.fact(Fact.began), TOLD.fact(Fact.queued), TOLD.fact(Fact.gave_up, 20), TOLD.fact(Fact.ended, 24)],
        Outcome.missed,
    ),
    "a message was left": ([*TOLD.missed(), TOLD.fact(Fact.voicemail, 50)], Outcome.voicemail),
    "a callback was asked for": ([*TOLD.missed(), TOLD.fact(Fact.callback, 20)], Outcome.callback),
    "it went to the overflow": ([*TOLD.missed(), TOLD.fact(Fact.overflowed, 20)], Outcome.overflow),
    "it came after hours": (
        [TOLD.fact(Fact.began), TOLD.fact(Fact.after_hours), TOLD.fact(Fact.ended, 9)],
        Outcome.after_hours,
    ),
    "the caller left in the menu": ([TOLD.fact(Fact.began), TOLD.fact(Fact.ended, 9)], Outcome.left_early),
    "the caller is blocked": (
        [TOLD.fact(Fact.began), TOLD.fact(Fact.blocked), TOLD.fact(Fact.ended, 1)],
        Outcome.blocked,
    ),
}
OUTBOUND: dict[str, tuple[list[CallUpdate | LegUpdate], Outcome]] = {
    "a person answered": (OUT.reached(), Outcome.answered),
    "nobody answered": (OUT.unreached(), Outcome.no_answer),
    "they were busy": (OUT.unreached(Ending.busy), Outcome.busy),
    "a machine answered": ([*OUT.reached(), OUT.contact_leg(Fact.machine, 12)], Outcome.machine),
    "the agent hung up first": ([OUT.fact(Fact.began), OUT.fact(Fact.ended, 4)], Outcome.cancelled),
    "it never came about": ([OUT.fact(Fact.began), OUT.fact(Fact.failed, 1, detail="no credit")], Outcome.failed),
}


@pytest.mark.parametrize("case", INBOUND)
def test_an_inbound_call_has_one_outcome(case: str) -> None:
    events, outcome = INBOUND[case]
    assert story(events).outcome is outcome


@pytest.mark.parametrize("case", OUTBOUND)
def test_an_outbound_call_has_one_outcome(case: str) -> None:
    events, outcome = OUTBOUND[case]
    assert story(events, Direction.outbound).outcome is outcome


def test_a_parent_leg_that_is_up_is_no_answer() -> None:
    """Twilio's parent leg is answered by the plan itself; only an agent who is connected answers."""
    parent: list[CallUpdate | LegUpdate] = [
        TOLD.fact(Fact.began),
        TOLD.contact_leg(Fact.picked_up, 0),
        TOLD.contact_leg(Fact.joined, 0),
        TOLD.fact(Fact.queued, 4),
        TOLD.contact_leg(Fact.leg_ended, 30, ending=Ending.completed),
        TOLD.fact(Fact.ended, 30),
    ]
    assert story(parent).outcome is Outcome.abandoned


def test_a_listening_manager_is_no_agent_who_answers() -> None:
    events = [*TOLD.missed(), TOLD.leg(Fact.joined, 10, "boss", party=Party.supervisor)]
    assert story(events).answered_at is None


def test_holds_are_paired_and_an_open_one_ends_with_the_call() -> None:
    held: list[CallUpdate | LegUpdate] = [
        *TOLD.answered(after=10, talk=100),
        *(TOLD.fact(f, s) for f, s in HOLDS),
    ]
    assert seconds(story(held).held) == 5 + 30


def test_pauses_of_the_recording_are_spans_and_the_last_one_lasts_until_somebody_goes_on() -> None:
    paused = [*TOLD.answered(after=10, talk=100)[:5], *(TOLD.fact(f, s) for f, s in PAUSES)]
    call = story(paused)
    assert [(span.began_at, span.ended_at) for span in call.pauses] == [(TOLD.at(20), TOLD.at(25)), (TOLD.at(80), None)]
    assert call.recording_paused
    assert call.state is CallState.active
    over = story([*TOLD.answered(after=10, talk=100), *(TOLD.fact(f, s) for f, s in PAUSES)])
    assert not over.recording_paused
    assert over.pauses[-1].ended_at == over.ended_at


ASKED: dict[str, tuple[tuple[tuple[Fact, float, str], ...], list[tuple[float | None, float | None, bool]]]] = {
    "it was done": (((Fact.recording_pausing, 20, "a"), (Fact.recording_paused, 21, "a")), [(21, None, True)]),
    "it was refused": (((Fact.recording_pausing, 20, "a"), (Fact.recording_kept, 21, "a")), []),
    "nobody said": (((Fact.recording_pausing, 20, "a"),), [(20, None, False)]),
    "nobody said, and it was asked again": (
        ((Fact.recording_pausing, 20, "a"), (Fact.recording_pausing, 25, "b"), (Fact.recording_paused, 26, "b")),
        [(20, 26, False), (26, None, True)],
    ),
    "nobody said whether it goes on": (
        (
            (Fact.recording_pausing, 20, "a"),
            (Fact.recording_paused, 21, "a"),
            (Fact.recording_resuming, 30, "b"),
            (Fact.recording_resuming, 40, "c"),
            (Fact.recording_resumed, 41, "c"),
        ),
        [(21, 30, True), (30, 41, False)],
    ),
    "going on was refused": (
        (
            (Fact.recording_pausing, 20, "a"),
            (Fact.recording_paused, 21, "a"),
            (Fact.recording_resuming, 30, "b"),
            (Fact.recording_kept, 31, "b"),
        ),
        [(21, None, True)],
    ),
}


@pytest.mark.parametrize("case", ASKED)
def test_a_pause_that_nobody_confirmed_is_a_stretch_nobody_is_sure_of(case: str) -> None:
    told, spans = ASKED[case]
    call = story([*TOLD.answered(after=10, talk=100)[:5], *(TOLD.fact(f, s, news_id=key) for f, s, key in told)])
    found = [(seconds(one.began_at - T0), one.ended_at and seconds(one.ended_at - T0), one.sure) for one in call.pauses]
    assert found == spans
    assert call.recording_unsure is (bool(spans) and spans[-1][1:] == (None, False))


PAUSES = ((Fact.recording_paused, 20), (Fact.recording_resumed, 25), (Fact.recording_paused, 80))
HOLDS = ((Fact.held, 20), (Fact.held, 22), (Fact.resumed, 25), (Fact.resumed, 26), (Fact.held, 80))


def test_the_state_follows_the_call() -> None:
    told = TOLD.answered()
    states = [story(told[:n]).state for n in (1, 2, 5, 7)]
    assert states == [CallState.arriving, CallState.queued, CallState.active, CallState.ended]
    assert story([*told[:5], TOLD.fact(Fact.held, 30)]).state is CallState.held


def test_a_missed_call_asks_from_the_hang_up_and_a_voicemail_from_its_end() -> None:
    assert story(TOLD.missed(after=30)).asks_since == TOLD.at(30)
    assert story([*TOLD.missed(after=61), TOLD.fact(Fact.voicemail, 60)]).asks_since == TOLD.at(60)
    assert story(TOLD.answered()).asks_since is None


def test_only_a_person_connected_for_ten_seconds_was_reached() -> None:
    assert story(OUT.reached(talk=10), Direction.outbound).connected
    assert not story(OUT.reached(talk=9), Direction.outbound).connected
    assert not story([*OUT.reached(talk=60), OUT.contact_leg(Fact.machine, 11)], Direction.outbound).connected


facts = st.sampled_from([fact for fact in Fact if fact is not Fact.began])
times = st.integers(0, 300).map(lambda s: T0 + timedelta(seconds=s))


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    fact, at = draw(facts), draw(times)
    of_leg = fact in {Fact.dialled, Fact.ringing, Fact.picked_up, Fact.joined, Fact.left, Fact.machine, Fact.leg_ended}
    party = draw(st.sampled_from(list(Party)))
    return Mark(
        fact=fact,
        at=at,
        leg=ExternalId(f"leg-{party}") if of_leg else None,
        party=party if of_leg else None,
        user_id=ANN if of_leg and party is Party.agent else None,
        ending=draw(st.sampled_from(list(Ending))) if fact is Fact.leg_ended else None,
        by=draw(st.sampled_from([None, *Ender])),
        id=draw(st.sampled_from(["", "", "news-1"])),
    )


@given(
    told=st.lists(marks(), max_size=14),
    data=st.data(),
    direction=st.sampled_from([Direction.inbound, Direction.outbound]),
)
def test_any_order_and_repetition_tell_the_same_call(
    told: list[Mark], data: st.DataObject, direction: Direction
) -> None:
    fresh = call(T0, direction=direction)
    once = retold(fresh, told)
    again = data.draw(st.permutations(told + told[: len(told) // 2]))
    assert retold(once, again) == once
    assert retold(fresh, again) == once


@given(told=st.lists(marks(), max_size=14))
def test_no_time_of_a_call_is_negative_and_only_ended_ones_have_an_outcome(told: list[Mark]) -> None:
    it = retold(call(T0), told)
    assert it.talked >= timedelta()
    assert it.held >= timedelta()
    assert (it.waited or timedelta()) >= timedelta()
    assert (it.outcome is not None) == (it.state is CallState.ended) == (it.ended_at is not None)


def test_of_marks_with_one_key_the_earlier_counts() -> None:
    early = Mark(fact=Fact.ended, at=T0, id="e")
    late = Mark(fact=Fact.ended, at=T0 + timedelta(seconds=3), id="e")
    assert in_order([late, early]) == [early]
