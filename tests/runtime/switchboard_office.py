"""An office with a switchboard for tests: one line with a queue, Ann and Bob, calls that happen by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.contract.calls import CallHappening
from hub.domain.callflow.plan import Plan, Prompt, RingNode, VoicemailNode
from hub.domain.callflow.steps import Arrived, Decision, Ring, What
from hub.domain.channel import CallCapabilities, Capabilities, ChannelKind
from hub.domain.ids import ExternalId, LineId, TeamId
from hub.domain.line import Line
from hub.domain.presence import Chosen, Presence
from hub.domain.user import Role, User
from hub.runtime.switchboard import Switchboard
from hub.services.calls import lines
from hub.services.calls.plans import json_of
from hub.services.ids import new_id
from tests.calls import ANN, BOB, CUSTOMER, OURS
from tests.scripted import T0, SmallHub, small_hub

CAPABILITIES = Capabilities(calls=CallCapabilities(plan=True, browser_phone="twilio"))
QUEUE = Plan(
    start="queue",
    nodes={
        "queue": RingNode(ring_seconds=15, wait_seconds=300, strategy="sticky", no_answer="voicemail"),
        "voicemail": VoicemailNode(prompt=Prompt(text="Leave a message.")),
    },
)


@dataclass
class Office:
    hub: SmallHub
    board: Switchboard
    line: Line

    async def happens(self, what: What, call: str = "call-1", after: Decision | None = None, **more: Any) -> Decision:
        """Let something happen to a call; what the plan said of it is read from the journal."""
        self.hub.clock.forward(seconds=more.pop("later", 1))
        happening = CallHappening(
            external_id=ExternalId(call),
            what=what,
            position=after.position if after else None,
            address=more.pop("number", CUSTOMER),
            our_address=OURS,
            **more,
        )
        decision = await self.board.next(self.hub.channel.id, happening)
        await self.hub.read()
        return decision

    async def ask(self, call: str) -> Decision:
        """Let a call arrive without a moment passing."""
        happening = CallHappening(
            external_id=ExternalId(call), what=Arrived(), address=f"+48600200{call[5:]:>03}", our_address=OURS
        )
        decision, _ = await self.board.decide(self.hub.channel.id, happening)
        return decision

    async def available(self, *users: Any) -> None:
        now = self.hub.clock.now()
        async with self.hub.storage.begin() as uow:
            for user in users:
                await uow.presences.save(Presence(user_id=user, chosen=Chosen.available, since=now, idle_since=now))
        self.hub.clock.forward(seconds=1)


def rung(decision: Decision) -> list[Any]:
    assert isinstance(decision.last, Ring), decision
    return [target.user_id for target in decision.last.targets]


PATIENT = 60.0
"""Seconds: a busy machine must not decide what a test shows."""


async def a_line(hub: SmallHub, name: str, number: str, team_id: TeamId | None = None) -> Line:
    """Make a line with the queue."""
    async with hub.storage.begin() as uow:
        made = await lines.create(
            uow,
            id=LineId(new_id()),
            name=name,
            channel_id=hub.channel.id,
            number=number,
            team_id=team_id,
            plan=json_of(QUEUE),
            language="en",
            by=None,
            now=T0,
        )
    return made.record


@asynccontextmanager
async def an_office(
    url: str, folder: Path, *, shared: bool = False, lease_within: float = PATIENT
) -> AsyncIterator[Office]:
    async with small_hub(url, folder, kind=ChannelKind("voice"), capabilities=CAPABILITIES, address=OURS) as hub:
        async with hub.storage.begin() as uow:
            for user, name in ((ANN, "Ann"), (BOB, "Bob")):
                await uow.users.add(
                    User(id=user, email=f"{name}@hub.example", name=name, role=Role.agent, created_at=T0), "none"
                )
        line = await a_line(hub, "Help", OURS)
        board = Switchboard(
            storage=hub.storage,
            accounts=hub.accounts,
            clock=hub.clock,
            capabilities=lambda _key: CAPABILITIES,
            shared=shared,
            read_within=PATIENT,
            lease_within=lease_within,
        )
        yield Office(hub, board, line)
