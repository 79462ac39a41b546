"""What follows from calls and messages: the missed-contact board, call waits, wrap-up."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.contract.address import Address
from hub.domain.call import Outcome
from hub.domain.call_marks import Fact
from hub.domain.call_views import DebtRow
from hub.domain.callflow.plan import MissedText
from hub.domain.channel import Capabilities, ChannelKind
from hub.domain.debts import DebtEnd
from hub.domain.ids import ExternalId, LineId
from hub.domain.interaction import AuthorKind, Direction
from hub.domain.line import Line, LineVersion
from hub.domain.presence import Chosen, Presence
from hub.domain.user import Role, User
from hub.runtime.calls_worker import CallsWorker
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices
from hub.services.calls.following import end_lost_calls, note_overdue_chats
from hub.services.calls.plans import first_plan, json_of
from hub.services.ids import new_id
from tests.calls import ANN, CUSTOMER, OURS, Telling
from tests.scripted import T0, SmallHub, channel, says, small_hub


@dataclass
class Office:
    """A hub with a channel for calls and one for messages, and the loop that follows."""

    hub: SmallHub
    worker: CallsWorker

    async def hears(self, *events: Any) -> None:
        await self.hub.hears(*events)
        while await self.worker.step():
            pass

    async def writes(self, text: str, minute: float) -> None:
        """Let an agent write to the customer from the provider's own app."""
        await self.hears(
            says(
                text,
                at=T0 + timedelta(minutes=minute),
                author=AuthorKind.agent,
                sender=Address(namespace="phone", value=OURS),
                counterpart=Address(namespace="phone", value=CUSTOMER, verified=True),
                thread=ExternalId("sms/anna"),
            )
        )

    async def board(self, *, closed: bool = False) -> tuple[DebtRow, ...]:
        async with self.hub.storage.read() as uow:
            return (await uow.debts.board(closed=closed, cursor=None, limit=20)).items


@pytest.fixture
async def office(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    async with small_hub(
        sqlite_url, tmp_path, kind=ChannelKind("voice"), capabilities=Capabilities(can_start=True, reaches="phone")
    ) as hub:
        worker = CallsWorker(
            storage=hub.storage,
            accounts=hub.accounts,
            notices=Notices(),
            leases=LeaseKeeper(hub.storage, hub.clock, "here", shared=False),
            clock=hub.clock,
        )
        await worker.step()
        yield Office(hub, worker)


async def test_missed_calls_of_one_person_are_one_debt(office: Office) -> None:
    await office.hears(*Telling(T0).missed(after=30))
    await office.hears(*Telling(T0 + timedelta(minutes=5), ExternalId("call-2")).missed(after=4))
    (row,) = await office.board()
    assert [cause.what for cause in row.debt.causes] == ["abandoned", "abandoned"]
    assert (row.contact_name, row.address) == (CUSTOMER, CUSTOMER)


async def test_a_message_by_an_agent_on_any_channel_settles_it(office: Office) -> None:
    await office.hears(*Telling(T0).missed(after=30))
    await office.writes("Sorry we missed you.", 16)
    assert await office.board() == ()
    (row,) = await office.board(closed=True)
    assert row.debt.closed_by is DebtEnd.message


async def test_a_call_that_reaches_nobody_is_an_attempt_and_one_that_does_settles_it(office: Office) -> None:
    await office.hears(*Telling(T0).missed(after=30))
    out = Telling(T0 + timedelta(minutes=10), ExternalId("out-1"), direction=Direction.outbound)
    await office.hears(*out.unreached())
    (row,) = await office.board()
    assert row.debt.attempts == 1
    again = replace(out, began=T0 + timedelta(minutes=30), external_id=ExternalId("out-2"))
    await office.hears(*again.reached(after=0, talk=40))
    assert await office.board() == ()
    async with office.hub.storage.read() as uow:
        figures = await uow.debts.callbacks(since=T0, until=T0 + timedelta(days=1), line_ids=())
    assert (figures.called_back, figures.callback_median, figures.attempts_mean) == (1, 1800 - 30, 2)


async def test_news_that_comes_late_is_counted_where_it_belongs(office: Office) -> None:
    await office.writes("We are here.", 16)
    await office.hears(*Telling(T0).missed(after=30))
    assert await office.board() == ()
    (row,) = await office.board(closed=True)
    assert row.debt.closed_at == T0 + timedelta(minutes=16)


async def test_a_conversation_that_waits_too_long_is_owed_for_until_somebody_answers(office: Office) -> None:
    sms = channel(name="SMS")
    async with office.hub.storage.begin() as uow:
        await uow.channels.add(sms, {}, ())
    await office.hub.accounts.refresh()
    office.hub.channel, voice = sms, office.hub.channel
    address = Address(namespace="phone", value=CUSTOMER, verified=True)
    await office.hears(says("Hello?", at=T0, sender=address, thread=ExternalId("sms/anna")))
    assert await note_overdue_chats(office.hub.storage, T0 + timedelta(minutes=29)) == 0
    assert await note_overdue_chats(office.hub.storage, T0 + timedelta(minutes=31)) == 1
    assert await note_overdue_chats(office.hub.storage, T0 + timedelta(minutes=32)) == 0
    office.hub.channel = voice
    await office.hears(*Telling(T0 + timedelta(minutes=40)).missed())
    (row,) = await office.board()
    assert [cause.what for cause in row.debt.causes] == ["unanswered_chat", "abandoned"]
    office.hub.channel = sms
    await office.writes("Here we are.", 50)
    assert await office.board() == ()


async def test_after_a_call_its_agent_wraps_up(office: Office) -> None:
    line = Line(id=LineId(new_id()), name="Help", channel_id=office.hub.channel.id, created_at=T0)
    plan = replace(first_plan(), wrap_up_seconds=3600 * 24)
    async with office.hub.storage.begin() as uow:
        user = User(id=ANN, email="ann@hub.example", name="Ann", role=Role.agent, created_at=T0)
        await uow.users.add(user, "no password opens this")
        await uow.presences.save(Presence(user_id=ANN, chosen=Chosen.available, since=T0, idle_since=T0))
        await uow.lines.add(line, LineVersion(line_id=line.id, version=1, plan=json_of(plan), made_at=T0))
    await office.hears(*Telling(T0).answered(after=18, talk=60))
    async with office.hub.storage.read() as uow:
        after = (await uow.presences.all())[ANN]
    assert (after.idle_since, after.wrap_up_until) == (
        Telling(T0).at(78),
        Telling(T0).at(78) + timedelta(days=1),
    )
    assert after.rung_at == Telling(T0).at(1)


async def test_who_was_missed_gets_the_lines_message_once_if_they_agreed(office: Office) -> None:
    office.hub.clock.time = T0 + timedelta(minutes=2)
    sms = channel(name="SMS")
    line = Line(id=LineId(new_id()), name="Help", channel_id=office.hub.channel.id, created_at=T0)
    text = MissedText(channel_id=sms.id, text="Sorry we missed you, {name}.", to="everybody")
    async with office.hub.storage.begin() as uow:
        await uow.channels.add(sms, {}, ())
        plan = json_of(replace(first_plan(), missed_text=text))
        await uow.lines.add(line, LineVersion(line_id=line.id, version=1, plan=plan, made_at=T0))
    await office.hub.accounts.refresh()
    await office.hears(*Telling(T0).missed(after=30))
    await office.hears(Telling(T0).fact(Fact.ended, 31, news_id="again"))
    rows = await office.hub.conversations(channel_ids=(sms.id,))
    (entry,) = await office.hub.thread(rows[0].id)
    assert (len(rows), entry.text, entry.author_kind) == (1, f"Sorry we missed you, {CUSTOMER}.", "auto")
    assert len(await office.board()) == 1  # a machine's message settles nothing


async def test_who_never_agreed_is_not_written_to(office: Office) -> None:
    office.hub.clock.time = T0 + timedelta(minutes=2)
    sms = channel(name="SMS")
    line = Line(id=LineId(new_id()), name="Help", channel_id=office.hub.channel.id, created_at=T0)
    async with office.hub.storage.begin() as uow:
        await uow.channels.add(sms, {}, ())
        plan = json_of(replace(first_plan(), missed_text=MissedText(channel_id=sms.id, text="Sorry.")))
        await uow.lines.add(line, LineVersion(line_id=line.id, version=1, plan=plan, made_at=T0))
    await office.hub.accounts.refresh()
    await office.hears(*Telling(T0).missed(after=30))
    assert await office.hub.conversations(channel_ids=(sms.id,)) == ()


async def test_a_call_whose_end_was_never_told_ends_at_the_last_news_of_it(office: Office) -> None:
    await office.hears(*Telling(T0).answered(after=18, talk=60)[:5])
    assert await end_lost_calls(office.hub.storage, T0 + timedelta(hours=12)) == 0
    assert await end_lost_calls(office.hub.storage, T0 + timedelta(hours=13)) == 1
    await office.hears()
    assert await end_lost_calls(office.hub.storage, T0 + timedelta(hours=14)) == 0
    async with office.hub.storage.read() as uow:
        call = await uow.calls.find(office.hub.channel.id, ExternalId("call-1"))
    assert call is not None
    assert (call.outcome, call.ended_at) == (Outcome.answered, Telling(T0).at(18))


async def test_a_call_of_four_hours_is_not_taken_for_lost_and_keeps_its_length(office: Office) -> None:
    long = Telling(T0).answered(after=18, talk=4 * 3600)
    await office.hears(*long[:5])
    office.hub.clock.forward(hours=4)
    assert await end_lost_calls(office.hub.storage, office.hub.clock.now()) == 0
    await office.hears(*long[5:])
    async with office.hub.storage.read() as uow:
        call = await uow.calls.find(office.hub.channel.id, ExternalId("call-1"))
    assert call is not None
    assert (call.outcome, call.talked) == (Outcome.answered, timedelta(hours=4))
