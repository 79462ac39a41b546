"""Lives through the month's calls: told by the made-up telephone system, what is over resolved, who is owed noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from hub.contract.simulation import SimulatedCall
from hub.domain.call import Call
from hub.domain.conversation import ConversationState
from hub.domain.ids import ExternalId, LineId, UserId
from hub.ports import Storage, UnitOfWork
from hub.services import contacts, conversations
from hub.services.calls import following, lines
from hub.services.demo.history import At, Drain
from hub.services.demo.outlets import Outlet
from hub.services.demo.phone import PhoneCall, name_of, number_of
from hub.services.demo.workspace import Workspace
from hub.services.ids import new_id

CONNECTOR = "cti"
DAYS_AT_ONCE = 3
"""Days told in one go; their callers are as old as the last of them."""
WRAP_UP = timedelta(seconds=40)
"""How long after a talk its agent resolves the conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLine:
    """The demo's phone line."""

    storage: Storage
    workspace: Workspace
    outlet: Outlet
    at: At
    drain: Drain

    async def live(self, month: Sequence[PhoneCall]) -> Mapping[str, Call]:
        """Make the line and its calls, a few days at a time; returns those to review, by the name of the review."""
        async with self.storage.begin() as uow:
            self.at(month[0].began_at)
            await lines.create(
                uow,
                id=LineId(new_id()),
                name="Shop line (demo)",
                channel_id=self.outlet.channel.id,
                number=self.outlet.channel.address,
                team_id=None,
                plan=None,
                language="en",
                by=None,
                now=month[0].began_at,
            )
        reviewed: dict[str, Call] = {}
        numbered = list(enumerate(month, start=1))
        for _, days in groupby(numbered, key=lambda pair: pair[1].began_at.toordinal() // DAYS_AT_ONCE):
            reviewed |= await self._days(list(days))
        return reviewed

    async def _days(self, days: Sequence[tuple[int, PhoneCall]]) -> Mapping[str, Call]:
        if self.outlet.simulation.calls is None:
            raise AssertionError("the demo's phone line has calls")
        raws = [raw for number, call in days for raw in self.outlet.simulation.calls(self._said(number, call))]
        raws.sort(key=lambda raw: raw.received_at)
        self.at(raws[-1].received_at)
        await self.storage.journal.append(self.outlet.channel.id, raws)
        await self.drain()
        reviewed: dict[str, Call] = {}
        async with self.storage.begin() as uow:
            made = [(call, await self._made(uow, number)) for number, call in days]
            for told, call in made:
                await self._after(uow, told, call)
                if told.review:
                    reviewed[told.review] = call
            await following.settle(uow, [call.interaction_id for _, call in made])
        return reviewed

    def _said(self, number: int, call: PhoneCall) -> SimulatedCall:
        return SimulatedCall(
            id=f"demo-{number:05d}",
            inbound=call.inbound,
            us=self.outlet.channel.address,
            caller=number_of(call.caller),
            agent=self._agent(call),
            began_at=call.began_at,
            answered_at=call.began_at + call.waited if call.talked else None,
            ended_at=call.ended_at,
            ending=call.ending,
            recording=call.recording,
            seconds=call.sound_seconds,
        )

    async def _made(self, uow: UnitOfWork, number: int) -> Call:
        call = await uow.calls.find(self.outlet.channel.id, ExternalId(f"demo-{number:05d}"))
        if call is None:
            raise AssertionError("a call that was told is there")
        return call

    async def _after(self, uow: UnitOfWork, told: PhoneCall, call: Call) -> None:
        """Give the caller the name the shop knows, and resolve what is over."""
        point = await uow.contacts.point(call.contact_point_id)
        if point is not None and name_of(told.caller):
            await contacts.change(uow, point.contact_id, contacts.Edit(name=name_of(told.caller)))
        if told.talked:
            done = conversations.Edit(state=ConversationState.resolved)
            by = self._agent(told)
            await conversations.change(uow, call.conversation_id, done, by=by, now=told.ended_at + WRAP_UP)

    def _agent(self, call: PhoneCall) -> UserId | None:
        return self.workspace.agents[call.agent] if call.agent else None
