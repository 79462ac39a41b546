"""What providers tell of calls becomes one entry on the timeline, whatever order it comes in."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.domain.call import CallState, Outcome
from hub.domain.call_marks import Fact
from hub.domain.call_views import CallFilter, CallRow
from hub.domain.changes import ChangeKind
from hub.domain.contact import ContactState
from hub.domain.ids import ExternalId
from hub.domain.recording import RecordingState
from tests.calls import ANN, BOB, Telling
from tests.scripted import T0, SmallHub


async def calls(hub: SmallHub, **f: object) -> tuple[CallRow, ...]:
    async with hub.storage.read() as uow:
        page = await uow.calls.list(CallFilter(**f), cursor=None, limit=50)  # type: ignore[arg-type]  # as the test says
    return page.items


async def test_an_answered_call_is_one_entry_that_says_who_spoke_and_how_long(hub: SmallHub) -> None:
    await hub.hears(*Telling(T0).answered(after=18, talk=60))
    (row,) = await calls(hub)
    assert (row.call.state, row.call.outcome, row.call.agents) == (CallState.ended, Outcome.answered, (ANN,))
    (conversation,) = await hub.conversations()
    (entry,) = await hub.thread(conversation.id)
    assert (entry.kind, entry.data["outcome"], entry.data["waited"], entry.data["talked"]) == (
        "call",
        "answered",
        18.0,
        60.0,
    )
    assert conversation.assignee_id == ANN
    assert conversation.waiting_since is None


async def test_the_entry_changes_while_the_call_goes_on(hub: SmallHub) -> None:
    told = Telling(T0).answered()
    await hub.hears(told[0])
    (conversation,) = await hub.conversations()
    (entry,) = await hub.thread(conversation.id)
    assert entry.data["state"] == "arriving"
    await hub.hears(told[1])
    (entry,) = await hub.thread(conversation.id)
    assert entry.data["state"] == "queued"
    await hub.hears(told[4])
    (entry,) = await hub.thread(conversation.id)
    assert entry.data["state"] == "active"


async def test_the_list_follows_a_call_whose_provider_tells_an_earlier_second_than_it_began_in_here(
    hub: SmallHub,
) -> None:
    told = Telling(T0)
    await hub.hears(told.fact(Fact.began, 0.6))
    (ringing,) = await hub.conversations()
    await hub.hears(*told.answered(after=18, talk=60))
    (ended,) = await hub.conversations()
    assert (ended.last_at, ended.last_preview != ringing.last_preview) == (T0, True)
    assert "1:00" in ended.last_preview


async def test_that_it_rings_somebody_is_told_though_the_entry_stays_the_same(hub: SmallHub) -> None:
    told = Telling(T0)
    await hub.hears(told.fact(Fact.began), told.fact(Fact.queued, 1))
    _, last = await hub.storage.queries.notice_bounds()
    await hub.hears(told.leg(Fact.ringing, 2))
    notices = await hub.storage.queries.notices(after=last, limit=10)
    assert [notice.change.kind for notice in notices] == [ChangeKind.call_changed]


async def test_that_a_call_begins_is_told_though_nothing_else_is_known_of_it(hub: SmallHub) -> None:
    await hub.hears(Telling(T0).fact(Fact.began))
    notices = await hub.storage.queries.notices(after=0, limit=100)
    assert ChangeKind.call_changed in {notice.change.kind for notice in notices}


async def test_an_unknown_caller_becomes_a_contact(hub: SmallHub) -> None:
    await hub.hears(Telling(T0).fact(Fact.began))
    page = await hub.storage.queries.contacts("", cursor=None, limit=10)
    assert [row.name for row in page.items] == ["+48600100200"]


async def test_withheld_numbers_are_never_taken_for_one_person(hub: SmallHub) -> None:
    await hub.hears(Telling(T0, withheld=True).fact(Fact.began))
    await hub.hears(Telling(T0, external_id=ExternalId("call-2"), withheld=True).fact(Fact.began))
    first, second = await calls(hub)
    assert first.contact_id != second.contact_id
    async with hub.storage.read() as uow:
        contact = await uow.contacts.get(first.contact_id)
    assert contact is not None
    assert (contact.state, contact.name) == (ContactState.anonymous, "Withheld number")


async def test_what_is_told_of_a_call_nobody_knows_waits_until_it_is_known(hub: SmallHub) -> None:
    told = Telling(T0)
    await hub.hears(told.leg(Fact.joined, 18))
    await hub.hears(told.recording())
    assert await calls(hub) == ()
    await hub.hears(told.fact(Fact.began))
    (row,) = await calls(hub)
    assert row.call.state is CallState.active
    assert [recording.state for recording in row.recordings] == ["pending"]


async def test_a_missed_call_makes_the_customer_wait_from_the_hang_up(hub: SmallHub) -> None:
    await hub.hears(*Telling(T0).missed(after=30))
    (conversation,) = await hub.conversations()
    assert conversation.waiting_since == Telling(T0).at(30)


async def test_who_calls_again_and_is_answered_waits_no_more(hub: SmallHub) -> None:
    await hub.hears(*Telling(T0).missed())
    await hub.hears(*Telling(Telling(T0).at(300), ExternalId("call-2")).answered())
    (conversation,) = await hub.conversations()
    assert conversation.waiting_since is None
    waits = await hub.storage.queries.waits(conversation_id=conversation.id, channel_id=None, cursor=None, limit=5)
    assert [wait.ended_by for wait in waits.items] == ["customer_called_back"]


async def test_a_recording_that_is_fetched_is_not_fetched_again_because_the_news_is_repeated(hub: SmallHub) -> None:
    told = Telling(T0)
    await hub.hears(*told.answered(), told.recording("running"), told.recording())
    async with hub.storage.begin() as uow:
        whole = await uow.calls.whole((await calls(hub))[0].call.id)
        assert whole is not None
        (recording,) = whole.recordings
        assert recording.state is RecordingState.pending
    await hub.hears(told.recording(), told.recording("absent", reason="nothing was said"))
    (row,) = await calls(hub)
    assert [one.state for one in row.recordings] == ["pending"]


async def test_a_transfer_keeps_both_agents_in_order(hub: SmallHub) -> None:
    told = Telling(T0)
    await hub.hears(
        *told.answered(after=5, talk=60),
        told.leg(Fact.left, 30),
        told.leg(Fact.joined, 31, "second-leg", user_id=BOB),
    )
    (row,) = await calls(hub)
    assert row.call.agents == (ANN, BOB)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_any_order_and_any_repetition_give_the_same_call(hub: SmallHub, data: st.DataObject) -> None:
    number = f"+4860{data.draw(st.uuids()).int % 10**7:07d}"
    name = ExternalId(str(data.draw(st.uuids())))
    told = Telling(T0, name, number=number)
    news = [*told.answered(), told.fact(Fact.held, 30), told.fact(Fact.resumed, 40), told.recording(name=f"r{name}")]
    shuffled = data.draw(st.permutations(news + data.draw(st.lists(st.sampled_from(news), max_size=6))))
    for one in shuffled:
        await hub.hears(one)
    (row,) = await calls(hub, number=number)
    whole = replace(row.call, legs=())
    assert (whole.outcome, whole.waited, whole.talked, whole.held) == (
        Outcome.answered,
        told.at(18) - T0,
        told.at(60) - T0,
        told.at(10) - T0,
    )
    assert len(row.recordings) == 1
    thread = await hub.thread(whole.conversation_id)
    assert len(thread) == 1
