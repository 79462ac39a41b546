"""The switchboard: plans, presence and queues in memory decide what live calls do next."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hub.contract.calls import CallHappening
from hub.domain.call import CallState, Outcome
from hub.domain.call_marks import Fact
from hub.domain.call_views import CallFilter
from hub.domain.callflow.plan import Plan
from hub.domain.callflow.steps import (
    AgentDials,
    Arrived,
    Continued,
    Dial,
    HangUp,
    MessageLeft,
    Position,
    Rang,
    Ring,
    Say,
    TakeMessage,
    Wait,
)
from hub.domain.ids import CallId, ExternalId
from hub.runtime.secrets_box import SecretBox
from hub.runtime.switchboard import Switchboard
from hub.services.calls import lines, placing
from hub.services.calls.plans import json_of
from hub.services.ids import new_id
from storage import open_storage
from tests.calls import ANN, BOB, CUSTOMER, OURS, Telling
from tests.runtime.switchboard_office import CAPABILITIES, PATIENT, QUEUE, Office, an_office, rung
from tests.scripted import T0


@pytest.fixture
async def office(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(sqlite_url, tmp_path) as made:
        yield made


async def test_a_call_arrives_rings_somebody_and_is_on_the_timeline_at_once(office: Office) -> None:
    await office.available(ANN)
    decision = await office.happens(Arrived())
    assert rung(decision) == [ANN]
    async with office.hub.storage.read() as uow:
        call = await uow.calls.find(office.hub.channel.id, ExternalId("call-1"))
    assert call is not None
    assert (call.state, call.line_id, call.address) == (CallState.queued, office.line.id, CUSTOMER)


async def test_two_calls_at_the_same_moment_do_not_ring_one_agent(office: Office) -> None:
    await office.available(ANN, BOB)
    first = await office.happens(Arrived(), "one", later=0)
    second = await office.happens(Arrived(), "two", later=0, number="+48600100201")
    assert {*rung(first), *rung(second)} == {ANN, BOB}
    third = await office.happens(Arrived(), "three", later=0, number="+48600100202")
    assert isinstance(third.last, Wait)


async def test_who_does_not_answer_is_free_for_the_next_call(office: Office) -> None:
    await office.available(ANN)
    first = await office.happens(Arrived(), "one")
    waiting = await office.happens(Rang(result="no_answer"), "one", first, later=15)
    second = await office.happens(Arrived(), "two", number="+48600100201")
    assert isinstance(second.last, Wait)  # the first waits longer
    assert rung(await office.happens(Continued(), "one", waiting, later=8)) == [ANN]


async def test_an_agent_on_a_call_is_not_rung_until_it_ends(office: Office) -> None:
    await office.available(ANN)
    told = Telling(office.hub.clock.now(), ExternalId("busy"), number="+48600100209")
    await office.hub.hears(*told.answered()[:5])
    waiting = await office.happens(Arrived())
    assert isinstance(waiting.last, Wait)
    await office.hub.hears(*told.answered()[5:])
    assert rung(await office.happens(Continued(), after=waiting, later=8)) == [ANN]


async def test_a_contact_rings_at_the_agent_they_spoke_with(office: Office) -> None:
    await office.hub.hears(*Telling(T0, ExternalId("before")).answered())
    await office.available(BOB, ANN)
    assert rung(await office.happens(Arrived())) == [ANN]


async def test_a_call_keeps_the_version_it_began_with(office: Office) -> None:
    waiting = await office.happens(Arrived())
    assert isinstance(waiting.last, TakeMessage)  # nobody is at work
    async with office.hub.storage.begin() as uow:
        silent = Plan(start="voicemail", nodes={"voicemail": QUEUE.nodes["voicemail"]})
        await lines.save_version(
            uow, office.line.id, json_of(silent), based_on=1, note="", by=None, now=office.hub.clock.now()
        )
    left = await office.happens(MessageLeft(seconds=7), after=waiting)
    assert (left.position.version, left.last) == (1, HangUp())
    assert (await office.happens(Arrived(), "new")).position.version == 2


async def test_where_the_hub_cannot_decide_the_caller_hears_words(office: Office) -> None:
    gone = Position(line_id=office.line.id, version=99, node="queue")
    happening = CallHappening(external_id=ExternalId("x"), what=Continued(), position=gone)
    decision = await office.board.next(office.hub.channel.id, happening)
    assert isinstance(decision.steps[0], Say)
    assert decision.last == HangUp()


async def test_a_channel_without_a_line_rings_who_is_there(office: Office) -> None:
    async with office.hub.storage.begin() as uow:
        await lines.delete(uow, office.line.id)
    await office.available(ANN)
    assert rung(await office.happens(Arrived())) == [ANN]


async def order(office: Office, number: str = "600 100 300", **more: Any) -> placing.Placed:
    wish = placing.Placing(id=CallId(new_id()), channel=office.hub.channel, number=number, **more)
    placed, _ = await placing.order(office.hub.storage, wish, CAPABILITIES, by=ANN, clock=office.hub.clock)
    return placed


async def place(office: Office, number: str = "600 100 300", **more: Any) -> placing.Placed:
    placed = await order(office, number, **more)
    await office.hub.read()
    return placed


async def test_a_browser_phone_reaches_the_number_of_the_order_and_no_other(office: Office) -> None:
    placed = await place(office)
    dial = await office.happens(AgentDials(user_id=ANN, call_id=placed.id, number="+19005550199"), "provider-1")
    assert isinstance(dial.last, Dial)
    assert (dial.last.number, dial.last.call_id, dial.last.caller_id) == ("+48600100300", placed.id, OURS)
    async with office.hub.storage.read() as uow:
        (row,) = (await uow.calls.list(CallFilter(), cursor=None, limit=5)).items
    assert (row.call.id, row.call.external_id, row.call.placed_by) == (placed.id, "provider-1", ANN)


async def test_a_phone_that_answers_at_once_waits_until_its_order_is_read(office: Office) -> None:
    placed = await order(office)
    asking = asyncio.create_task(office.happens(AgentDials(user_id=ANN, call_id=placed.id), "provider-1"))
    done, _ = await asyncio.wait([asking], timeout=0.1)
    assert not done
    await office.hub.read()
    dial = await asking
    assert isinstance(dial.last, Dial)
    assert dial.last.number == "+48600100300"


@pytest.mark.parametrize("who", [BOB, UUID(int=99)])
async def test_nobody_dials_an_order_of_somebody_else(office: Office, who: Any) -> None:
    placed = await place(office)
    refused = await office.happens(AgentDials(user_id=who, call_id=placed.id), "provider-1")
    assert (isinstance(refused.steps[0], Say), refused.last) == (True, HangUp())


async def test_an_order_grows_old(office: Office) -> None:
    placed = await place(office)
    refused = await office.happens(AgentDials(user_id=ANN, call_id=placed.id), "provider-1", later=121)
    assert refused.last == HangUp()


async def test_a_phone_that_dials_by_itself_is_held_to_the_rules(office: Office) -> None:
    refused = await office.happens(AgentDials(user_id=ANN, number="+8816123456"), "sat")
    assert refused.last == HangUp()
    allowed = await office.happens(AgentDials(user_id=ANN, number="+48221112233"), "ok")
    assert isinstance(allowed.last, Dial)


async def test_a_hundred_decisions_at_once_read_the_board_once(office: Office) -> None:
    await office.available(ANN)
    decisions = await asyncio.gather(
        *(
            office.board.decide(
                office.hub.channel.id,
                CallHappening(
                    external_id=ExternalId(f"c{n}"), what=Arrived(), address=f"+486001002{n:02d}", our_address=OURS
                ),
            )
            for n in range(100)
        )
    )
    kinds = [type(decision.last) for decision, _ in decisions]
    assert kinds.count(Ring) == 1
    assert {fact.fact for decision, _ in decisions for fact in decision.facts} == {Fact.queued}


async def test_a_missed_call_has_its_outcome_in_the_end(office: Office) -> None:
    taking = await office.happens(Arrived())
    await office.happens(MessageLeft(seconds=9), after=taking)
    told = Telling(office.hub.clock.now())
    await office.hub.hears(told.fact(Fact.ended, 0))
    async with office.hub.storage.read() as uow:
        (row,) = (await uow.calls.list(CallFilter(), cursor=None, limit=5)).items
    assert row.call.outcome is Outcome.voicemail
    assert (row.call.waited or timedelta()) >= timedelta()


@pytest.fixture
async def nodes(postgres_url: str, tmp_path: Path) -> AsyncIterator[tuple[Office, Office]]:
    """Two hubs on one database: each knows only what it did itself, and what the database shows."""
    async with an_office(postgres_url, tmp_path, shared=True) as one:
        storage = await open_storage(
            postgres_url, secrets=SecretBox({"test": b"k" * 32}), doorbell=None, clock=one.hub.clock
        )
        other = Switchboard(
            storage=storage,
            accounts=one.hub.accounts,
            clock=one.hub.clock,
            capabilities=lambda _key: CAPABILITIES,
            shared=True,
            read_within=PATIENT,
            lease_within=PATIENT,
        )
        yield one, Office(one.hub, other, one.line)
        await storage.close()


async def test_two_hubs_never_ring_one_agent_for_two_calls(nodes: tuple[Office, Office]) -> None:
    one, other = nodes
    await one.available(ANN, BOB)
    calls = [(one, other)[n % 2].ask(f"call-{n}") for n in range(20)]
    decisions = await asyncio.gather(*calls)
    rings = [user for decision in decisions if isinstance(decision.last, Ring) for user in rung(decision)]
    assert sorted(rings) == sorted([ANN, BOB])
    assert sum(isinstance(decision.last, Wait) for decision in decisions) == len(calls) - 2


async def test_whose_caller_left_one_hub_is_rung_by_the_other(nodes: tuple[Office, Office]) -> None:
    one, other = nodes
    await one.available(ANN)
    ringing = await one.happens(Arrived(), "call-1")
    waiting = await other.happens(Arrived(), "call-2", number="+48600100201")
    assert (rung(ringing), type(waiting.last)) == ([ANN], Wait)
    # The provider asks whichever hub it reaches: here the other one.
    await other.happens(Rang(result="no_answer", caller_left=True), "call-1", ringing, later=3)
    assert rung(await one.happens(Continued(), "call-2", waiting, later=5)) == [ANN]


async def test_a_database_that_does_not_answer_keeps_nobody_from_ringing(postgres_url: str, tmp_path: Path) -> None:
    async with an_office(postgres_url, tmp_path, shared=True, lease_within=0.1) as one:
        await one.available(ANN)
        async with one.hub.storage.begin() as uow:  # never ends while the call is decided
            await uow.leases.acquire(f"agent {ANN.hex}", "elsewhere", one.hub.clock.now(), timedelta(minutes=1))
            assert rung(await one.ask("call-1")) == [ANN]
