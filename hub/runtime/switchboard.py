"""Says what live calls do next: plans, presence and queues in memory, so that a caller never waits for the database.

The same `decide` serves a provider that asks by webhook (webhooks.ingress) and a connector with a live connection
(`Tools.director`). What a decision means for the call is a raw event of the journal (hub.services.calls.told).
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from hub.contract.address import Address
from hub.contract.calls import CallHappening
from hub.contract.events import RawEvent
from hub.domain.callflow.machine import decide
from hub.domain.callflow.plan import Plan, Prompt, RingNode
from hub.domain.callflow.steps import (
    AgentDials,
    Ask,
    Decision,
    Dial,
    HangUp,
    Position,
    Ring,
    Say,
    Step,
    Wait,
    fallback,
)
from hub.domain.callflow.world import Caller, LinePlan
from hub.domain.channel import Capabilities, Channel
from hub.domain.errors import CannotSend
from hub.domain.ids import AttachmentId, CallId, ChannelId, LineId, UserId
from hub.domain.line import Line
from hub.ports import Clock, Storage, UnitOfWork
from hub.runtime.accounts import Accounts
from hub.runtime.orders import ordered
from hub.runtime.ringing import LEASE_WITHIN, Ringing
from hub.services.addresses import normalise
from hub.services.calls import dialling
from hub.services.calls.board import Board, BoardWorld, read_board
from hub.services.calls.plans import first_plan, plan_of, sound_of
from hub.services.calls.taking import line_for, thread_of
from hub.services.calls.told import told_by_hub
from hub.services.ids import new_id

log = structlog.get_logger(__name__)

FRESH = timedelta(milliseconds=300)
"""A snapshot older than this is read anew, beside the next decision."""
OLD = timedelta(seconds=1)
"""One older than this is read anew before the next decision: nobody was deciding meanwhile."""
STALE = timedelta(seconds=30)
"""A snapshot this old still decides while the database is away: a caller is better served by it than by silence."""
READ_WITHIN = 2.0
"""Seconds for reading a snapshot."""
STORE_WITHIN = 2.0


class Switchboard:
    """The call plans at work in this process."""

    def __init__(
        self,
        *,
        storage: Storage,
        accounts: Accounts,
        clock: Clock,
        capabilities: Callable[[Channel], Capabilities],
        link: Callable[[AttachmentId], str] | None = None,
        shared: bool = False,
        read_within: float = READ_WITHIN,
        lease_within: float = LEASE_WITHIN,
    ) -> None:
        """`link` makes an address under which a provider fetches an uploaded sound; None: texts are spoken instead.

        `shared`: other processes lead calls on the same database. The last two are seconds for one look at it.
        """
        self._storage = storage
        self._accounts = accounts
        self._clock = clock
        self._capabilities = capabilities
        self._link = link
        self._board: Board | None = None
        self._plans: dict[tuple[LineId, int], Plan] = {}
        self._ringing = Ringing(storage, shared=shared, lease_within=lease_within)
        self._read_within = read_within
        self._reading: asyncio.Lock = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None
        self._own: dict[str, Plan] = {}

    async def next(self, channel_id: ChannelId, happening: CallHappening) -> Decision:
        """Decide for a live connection; the facts are journaled. Never fails."""
        decision, told = await self.decide(channel_id, happening)
        if told is not None:
            try:
                await self._storage.journal.append(channel_id, [told], within=STORE_WITHIN)
            except Exception as error:  # noqa: BLE001 - whatever it is, the caller is served all the same
                # The provider's own events tell most of it again.
                log.error("what a call plan decided could not be stored", call=happening.external_id, reason=str(error))
        return decision

    async def decide(self, channel_id: ChannelId, happening: CallHappening) -> tuple[Decision, RawEvent | None]:
        """Say what is next, and what of it the journal has to hold. Never fails: then it is the fallback."""
        now = self._clock.now()
        try:
            decision = await self._decide(channel_id, happening, now)
        except Exception:
            log.exception("a call plan could not decide; the caller hears the fallback", call=happening.external_id)
            decision = fallback(happening.position)
        return decision, told_by_hub(happening, decision, now)

    async def _decide(self, channel_id: ChannelId, happening: CallHappening, now: datetime) -> Decision:
        account = self._accounts.get(channel_id)
        if account is None:
            return fallback(happening.position)
        if isinstance(happening.what, AgentDials):
            return await self._dial(account.channel, happening, happening.what, now)
        board = await self._snapshot(now)
        begins = happening.position is None
        line = self._line_of(board, account.channel.id, happening)
        plan = await self._plan(board, line, happening.position)
        owner = await self._owner(account.channel, happening) if begins and _sticky(plan.plan) else None
        caller = Caller(number=_number(happening.address), withheld=happening.withheld)

        def planned() -> Decision:
            world = BoardWorld(
                board=board,
                reserved=self._ringing.reserved,
                channel=account.channel,
                channels=self._channel,
                line=line,
                call=happening.external_id,
                now=now,
                browser=self._browser(account.channel),
            )
            return decide(plan, happening.position, happening.what, caller, world, owner=owner)

        decision = await self._ringing.reserve(account.channel.id, happening, planned, board.users, now)
        shown = board.waiting.get((account.channel.id, happening.external_id))
        self._ringing.queue(account.channel.id, happening, decision, now, shown=shown)
        return replace(decision, steps=tuple(self._heard(step) for step in decision.steps))

    def _heard(self, step: Step) -> Step:
        """Return the step with addresses for the uploaded sounds it plays."""
        match step:
            case Say(prompt=prompt):
                return replace(step, prompt=self._sound(prompt))
            case Ask(prompt=prompt):
                return replace(step, prompt=self._sound(prompt))
            case Wait(music=Prompt() as music):
                return replace(step, music=self._sound(music))
            case Ring(music=Prompt() as music):
                return replace(step, music=self._sound(music))
            case _:
                return step

    def _sound(self, prompt: Prompt) -> Prompt:
        file = sound_of(prompt)
        if file is None:
            return prompt
        return replace(prompt, file=self._link(file) if self._link is not None else "")

    # --- what is known

    async def _snapshot(self, now: datetime) -> Board:
        board = self._board
        if board is not None and now - board.read_at < FRESH:
            return board
        if board is not None and now - board.read_at < OLD:
            if self._renewing is None or self._renewing.done():
                self._renewing = asyncio.create_task(self._renew(), name="read the switchboard")
            return board
        async with self._reading:
            board = self._board
            if board is not None and now - board.read_at < FRESH:
                return board
            try:
                async with asyncio.timeout(self._read_within):
                    self._board = await self._read(now)
            except Exception as error:
                if board is None or now - board.read_at > STALE:
                    raise
                log.warning("the switchboard could not be read; the last picture decides", reason=str(error))
                return board
        return self._board

    async def _renew(self) -> None:
        try:
            async with self._reading, asyncio.timeout(self._read_within):
                self._board = await self._read(self._clock.now())
        except Exception as error:  # noqa: BLE001 - the next decision waits for it, and says what is wrong
            log.warning("the switchboard could not be read; the last picture decides", reason=str(error))

    async def _read(self, now: datetime) -> Board:
        async with self._storage.read() as uow:
            plans = {
                line.id: LinePlan(line_id=line.id, version=line.version, plan=plan)
                for line in await uow.lines.all()
                if line.enabled and (plan := await self._version(uow, line.id, line.version)) is not None
            }
            return await read_board(uow, now, self._board, plans)

    async def _version(self, uow: UnitOfWork, line_id: LineId, version: int) -> Plan | None:
        found = self._plans.get((line_id, version))
        if found is None:
            kept = await uow.lines.version(line_id, version)
            found = plan_of(kept.plan) if kept is not None else None
            if found is not None:
                self._plans[line_id, version] = found
        return found

    def _line_of(self, board: Board, channel_id: ChannelId, happening: CallHappening) -> Line | None:
        position = happening.position
        if position is not None and position.line_id is not None:
            return next((line for line in board.lines if line.id == position.line_id), None)
        return None if position is not None else line_for(board.lines, channel_id, happening.our_address)

    async def _plan(self, board: Board, line: Line | None, position: Position | None) -> LinePlan:
        """Return the plan a call follows: the version it began with, else the newest, else the channel's own."""
        if line is None:
            own = self._own.setdefault("en", first_plan())
            return LinePlan(line_id=None, version=0, plan=own)
        newest = board.plans.get(line.id)
        version = position.version if position is not None else line.version
        if newest is not None and newest.version == version:
            return newest
        async with self._storage.read() as uow:
            found = await self._version(uow, line.id, version)
        if found is None:
            raise LookupError(f"the line {line.name} has no version {version}")
        return LinePlan(line_id=line.id, version=version, plan=found)

    async def _owner(self, channel: Channel, happening: CallHappening) -> UserId | None:
        """Return whose customer a caller is: who holds their conversation here, which who answers a call takes."""
        if happening.withheld or not happening.address:
            return None
        thread = thread_of(Address(namespace="phone", value=happening.address))
        async with self._storage.read() as uow:
            conversation = await uow.conversations.latest(channel.id, thread)
        return conversation.assignee_id if conversation is not None else None

    def _channel(self, channel_id: ChannelId) -> Channel | None:
        account = self._accounts.get(channel_id)
        return account.channel if account is not None else None

    def _browser(self, channel: Channel) -> bool:
        calls = self._capabilities(channel).calls
        return calls is None or bool(calls.browser_phone)

    # --- calls out

    async def _dial(self, channel: Channel, happening: CallHappening, asked: AgentDials, now: datetime) -> Decision:
        """Connect an agent's own device with the customer of their order, or with a number that may be dialled."""
        storage, wanted = self._storage, asked.call_id
        try:
            call = await ordered(storage, wanted, channel, asked.user_id, now) if wanted is not None else None
            async with storage.read() as uow:
                user = await uow.users.get(asked.user_id)
                if user is None or not user.active:
                    raise CannotSend("This phone belongs to nobody who works here.")
                if call is not None:
                    call_id, number, caller_id = call.id, call.address, call.our_address
                else:
                    allowed = await dialling.rules(uow)
                    number = dialling.number_to_dial(asked.number, ours=channel.address, allowed=allowed)
                    await dialling.check_pace(uow, asked.user_id, allowed, now)
                    call_id, caller_id = CallId(new_id()), channel.address
                record = await self._records_outbound(uow, channel, caller_id)
        except CannotSend as error:
            log.info("a call was not dialled", user=str(asked.user_id), reason=str(error))
            return Decision(steps=(Say(prompt=Prompt(text=str(error))), HangUp()), position=Position())
        dial = Dial(call_id=call_id, number=number, caller_id=caller_id, record=record)
        return Decision(steps=(dial,), position=happening.position or Position())

    async def _records_outbound(self, uow: UnitOfWork, channel: Channel, caller_id: str) -> bool:
        line = line_for(await uow.lines.all(), channel.id, caller_id)
        plan = await self._version(uow, line.id, line.version) if line is not None else None
        return plan is not None and plan.recording == "on"


def _sticky(plan: Plan) -> bool:
    return any(isinstance(node, RingNode) and node.strategy == "sticky" for node in plan.nodes.values())


def _number(address: str) -> str:
    return normalise("phone", address).address if address else ""
