"""The hub's side of calls in tests: an account of the fake Asterisk, its journal, and the real call machine."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeGuard
from uuid import UUID

import aiohttp

from connectors.asterisk.client import Patience
from connectors.asterisk.connector import Asterisk
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import (
    CallDirector,
    CallHappening,
    CallUpdate,
    ConnectorError,
    InboundEvent,
    LegUpdate,
    LiveCall,
    RawEvent,
)
from hub.contract.calls import CallCommand
from hub.domain.call import Call, CallState
from hub.domain.call_marks import Mark
from hub.domain.call_story import retold
from hub.domain.callflow.machine import decide
from hub.domain.callflow.plan import Plan, RingNode
from hub.domain.callflow.steps import Decided, Decision, Target
from hub.domain.callflow.world import Caller, LinePlan, Place
from hub.domain.ids import (
    CallId,
    ChannelId,
    ContactPointId,
    ConversationId,
    ExternalId,
    InteractionId,
    LineId,
    UserId,
)
from hub.domain.interaction import Direction
from tests.calls import mark
from tests.connectors.conformance.kit import tools_for
from tests.peers.fake_ari import FakeAri

ADA, BEN, MIA = (UserId(UUID(int=n)) for n in (1, 2, 3))
LINE = LineId(UUID(int=77))
LATE = datetime(2030, 1, 1, tzinfo=UTC)
"""The time of news that has none."""
SHORT = Patience(connect=0.4, answer=0.3)


def device(user: UserId, number: int) -> Target:
    """An agent's desk phone."""
    return Target(kind="endpoint", address=f"PJSIP/{number}", user_id=user)


ADAS, BENS, MIAS = device(ADA, 1001), device(BEN, 1002), device(MIA, 1003)


def settings_of(ari: FakeAri, **more: object) -> AsteriskSettings:
    """Settings that lead to the fake."""
    known = {"url": ari.url, "username": ari.user, "password": ari.password, "number": "+15550100"}
    return AsteriskSettings.model_validate(known | more)


@dataclass
class World:
    """Who is free, as a plan may ask."""

    agents: list[tuple[Target, ...]]
    opens: bool = True
    ahead: int = 0

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - callers wait in real time here

    def is_open(self, calendar: UUID | None) -> bool:
        return self.opens and calendar is None

    def free(self, node: RingNode, owner: UserId | None = None) -> tuple[tuple[Target, ...], ...]:
        assert node.kind == "ring"
        assert owner is None
        return tuple(self.agents)

    def staffed(self, node: RingNode) -> bool:
        return node.kind == "ring"

    def place(self, node: RingNode, since: datetime) -> Place:
        assert node.kind == "ring"
        assert since.tzinfo
        return Place(ahead=self.ahead, rivals=self.ahead, seconds=None)

    def group(self, node: RingNode) -> str:
        assert node.kind == "ring"
        return "{}"

    def line(self, line_id: LineId) -> LinePlan | None:
        assert line_id != LINE
        return None

    def seen_from(self, line_id: LineId) -> "World":
        raise AssertionError(f"nobody here is sent to the line {line_id}")


@dataclass
class Director:
    """Decides by a plan, and remembers what it was asked and which facts that made."""

    plan: Plan
    world: World
    asked: list[CallHappening] = field(default_factory=list)
    facts: list[tuple[ExternalId, Decided]] = field(default_factory=list)

    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def told(self, what: type) -> CallHappening:
        """Wait until the plan was told of something; return the last such happening."""
        async with asyncio.timeout(5):
            while not (found := [one for one in self.asked if isinstance(one.what, what)]):
                self.news.clear()
                await self.news.wait()
        return found[-1]

    async def next(self, happening: CallHappening) -> Decision:
        self.asked.append(happening)
        self.news.set()
        line = LinePlan(line_id=LINE, version=1, plan=self.plan)
        caller = Caller(number=happening.address, withheld=happening.withheld)
        decision = decide(line, happening.position, happening.what, caller, self.world)
        self.facts += [(happening.external_id, fact) for fact in decision.facts]
        return decision


class Desk:
    """One account at work: listens, journals, and tells what calls became."""

    def __init__(
        self,
        ari: FakeAri,
        http: aiohttp.ClientSession,
        folder: Path,
        director: Director,
        settings: AsteriskSettings,
        lent: CallDirector,
    ) -> None:
        self.ari = ari
        self.director = director
        self._lent = lent
        self.settings = settings
        self._http, self._folder = http, folder
        self.journal: list[RawEvent] = []
        self.cursor: str | None = None
        self.ended: ConnectorError | None = None
        self.news = asyncio.Event()
        self.connector = self._made()
        self._task: asyncio.Task[None] | None = None

    def _made(self) -> Asterisk:
        tools = replace(
            tools_for(self._http, self._folder),
            director=self._lent,
            now=lambda: datetime.now(UTC),  # noqa: TID251 - names of recordings rise with time
        )
        return Asterisk(self.settings, tools, patience=SHORT)

    async def start(self) -> None:
        """Connect, as the supervisor does."""
        self.ended = None
        connected = asyncio.Event()
        self._task = asyncio.create_task(self._listen(connected))
        waiting = asyncio.create_task(connected.wait())
        await asyncio.wait({waiting, self._task}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()

    async def _listen(self, connected: asyncio.Event) -> None:
        batch: list[RawEvent] = []
        try:
            async for event, cursor in self.connector.listen(self.cursor):
                batch += [event] if event is not None else []
                if cursor is not None:
                    self.journal += batch
                    self.cursor, batch = cursor, []
                    connected.set()
                    self.news.set()
        except ConnectorError as error:
            self.ended = error
            self.news.set()

    async def stop(self) -> None:
        """Die without a word, as a killed hub."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self.connector.close()

    async def restart(self) -> None:
        """Another hub begins where the journal ends."""
        await self.stop()
        self.connector = self._made()
        await self.start()

    async def journaled(self, kind: str, times: int = 1) -> RawEvent:
        """Wait until so many events of a kind are in the journal; return the last of them."""
        async with asyncio.timeout(5):
            while len(found := [raw for raw in self.journal if raw.kind == kind]) < times:
                self.news.clear()
                await self.news.wait()
        return found[times - 1]

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so; looked at after each journaled batch, and when the connection ends."""
        async with asyncio.timeout(5):
            while not true():
                self.news.clear()
                await self.news.wait()

    async def control(self, call: str, command: CallCommand) -> None:
        """Press a button of the call's screen."""
        live = LiveCall(call_id=CallId(UUID(int=9)), external_id=ExternalId(call), legs=())
        await self.connector.control(live, command)

    def events(self) -> list[InboundEvent]:
        """Everything the journal means."""
        return [event for raw in self.journal for event in self.connector.parse(raw)]

    def call(self, external_id: str) -> Call:
        """The call as the hub derives it, the plan's own facts among them."""
        return call_of(external_id, self.events(), self.director.facts)


def call_of(external_id: str, events: Sequence[InboundEvent], facts: Sequence[tuple[ExternalId, Decided]] = ()) -> Call:
    """Derive a call from events, as ingest does."""
    marks = [mark(event, LATE) for event in events if is_of(event, external_id)]
    began = min((one.at for one in marks), default=datetime(2026, 1, 1, tzinfo=UTC))
    marks += [Mark(fact=fact.fact, at=began + timedelta(milliseconds=1)) for of, fact in facts if of == external_id]
    direction = Direction.outbound if external_id.startswith("hub-") else Direction.inbound
    empty = UUID(int=0)
    call = Call(
        id=CallId(empty),
        channel_id=ChannelId(empty),
        external_id=ExternalId(external_id),
        direction=direction,
        contact_point_id=ContactPointId(empty),
        conversation_id=ConversationId(empty),
        interaction_id=InteractionId(empty),
        began_at=began,
        state=CallState.arriving,
    )
    return retold(call, marks)


def is_of(event: InboundEvent, external_id: str) -> TypeGuard[CallUpdate | LegUpdate]:
    """Whether an event tells something of a call."""
    match event:
        case CallUpdate(external_id=told) | LegUpdate(call=told):
            return told == external_id
        case _:
            return False


@asynccontextmanager
async def desk_of(
    ari: FakeAri,
    folder: Path,
    plan: Plan,
    world: World | None = None,
    director: CallDirector | None = None,
    **settings: object,
) -> AsyncIterator[Desk]:
    """An account at work."""
    async with aiohttp.ClientSession() as http:
        known = Director(plan, world or World(agents=[(ADAS,)]))
        desk = Desk(ari, http, folder, known, settings_of(ari, **settings), director or known)
        await desk.start()
        try:
            yield desk
        finally:
            await desk.stop()
