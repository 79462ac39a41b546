"""All live calls of an account: whom an event concerns, and a task for each call that leads it."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from connectors._lib.loose_json import Json, inner, text, texts
from connectors.asterisk import ids, outbound, plan
from connectors.asterisk.client import AriRefused, part
from connectors.asterisk.live import RECORDING, Asked, CallOver, House, Leg, LiveCall, Restored, Woken
from connectors.asterisk.news import ENDED, FOUND, caller_of, comes_from_outside, dialling_agent, number_called
from connectors.asterisk.resync import objects_of, rooms_of
from hub.contract import CallHappening, CallOrder, ConnectorError, Rejected, RetryLater
from hub.contract.calls import CallCommand
from hub.domain.call import call_of_key
from hub.domain.call_marks import Ender, Party
from hub.domain.callflow.steps import AgentDials, Dial, Target
from hub.domain.ids import ExternalId, UserId

log = logging.getLogger(__name__)
NOT_CONNECTED = (
    "The hub is not connected with Asterisk at the moment. Calls that run go on; try again in a few seconds."
)


PAUSES = (0.2, 1.0, 3.0)
"""Seconds before a call is taken up again; after the last the dialplan has it."""


class Switchboard:
    """Live calls, by the name of each."""

    def __init__(self, house: House, *, patience: float) -> None:
        self._house = house
        self._calls: dict[str, LiveCall] = {}
        self._aliases: dict[str, str] = {}
        """Channels that Asterisk named, other than the customer's -> call."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._patience = patience
        self._ready = asyncio.Event()

    def __len__(self) -> int:
        return len(self._calls)

    def ender(self, channel: str) -> Ender | None:
        """Who ended a channel, as far as the hub itself did it."""
        call = self._calls.get(self._call_of_channel(channel))
        if call is None:
            return None
        if channel == call.id:
            return call.ended_by
        leg = call.legs.get(channel)
        return Ender.hub if leg is not None and leg.dropped else None

    @property
    def connected(self) -> bool:
        """Tell whether events come and commands can be given."""
        return self._ready.is_set()

    def ready(self) -> None:
        """What there was is taken up: from here on commands are taken."""
        self._ready.set()

    async def _connection(self) -> None:
        """Wait a moment for a connection that is being made. Raises RetryLater."""
        try:
            async with asyncio.timeout(self._patience):
                await self._ready.wait()
        except TimeoutError:
            raise RetryLater(NOT_CONNECTED) from None

    # events

    def heard(self, event: Json) -> None:
        """Hand an event to the call it is about; a customer who calls is a new one."""
        kind, channel = text(event, "type"), inner(event, "channel")
        replaced = text(inner(event, "replace_channel"), "id")
        channel_id = text(channel, "id")
        if kind in ("StasisStart", FOUND) and comes_from_outside(channel):
            if replaced:
                self._aliases[channel_id] = self._call_of_channel(replaced)
            elif channel_id not in self._calls and channel_id not in self._aliases:
                agent = dialling_agent(channel)
                if agent is None:
                    self._arrived(event, channel)
                else:
                    self._dials(channel, agent)
                return
        call = self._calls.get(self._call_of(event))
        if call is not None:
            call.inbox.put_nowait(event)
        if kind == "ChannelDestroyed":
            self._aliases.pop(channel_id, None)

    def _call_of(self, event: Json) -> str:
        for name in ("channel", "peer"):
            channel = text(inner(event, name), "id")
            if channel:
                return self._call_of_channel(channel)
        target = text(inner(event, "playback"), "target_uri") or text(inner(event, "recording"), "target_uri")
        kind, _, name = target.partition(":")
        if kind == "channel":
            return self._call_of_channel(name)
        room = ids.bridge_of(name or text(inner(event, "bridge"), "id"))
        return room[1] if room else ""

    def _call_of_channel(self, channel: str) -> str:
        return ids.call_of(channel) or self._aliases.get(channel, "") or channel

    def _arrived(self, event: Json, channel: Json) -> None:
        settings = self._house.settings
        caller = caller_of(channel, settings)
        call = LiveCall(
            self._house,
            ExternalId(text(channel, "id")),
            number=caller.value if caller else "",
            our_address=number_called(channel, texts(event, "args"), settings),
        )
        call.customer_up = text(channel, "state") == "Up"
        self._lead(call, plan.lead(call))

    def _dials(self, channel: Json, agent: UserId) -> None:
        """An agent's browser phone calls out through us."""
        leg = Leg(id=text(channel, "id"), party=Party.agent, user_id=agent, entered=True)
        dialled = text(inner(channel, "dialplan"), "exten")
        self._aliases[leg.id] = leg.id
        self._run(self._put_through(leg, dialled), f"agent {leg.id}")

    async def _put_through(self, leg: Leg, dialled: str) -> None:
        """Ask the hub whom the agent may reach; call them, or hang up."""
        director, user = self._house.director, leg.user_id
        dial = None
        if director is not None and user is not None:
            what = AgentDials(user_id=user, call_id=call_of_key(dialled), number=dialled)
            decision = await director.next(CallHappening(external_id=ExternalId(leg.id), what=what))
            dial = decision.last if isinstance(decision.last, Dial) else None
        if dial is None:
            log.info("asterisk: an agent's phone asked for a call that the hub does not allow")
            with suppress(AriRefused):
                await self._house.ari.ask("DELETE", f"/channels/{part(leg.id)}", {"reason": "rejected"})
            self._aliases.pop(leg.id, None)
            return
        call = LiveCall(self._house, ids.customer_of(dial.call_id), number=dial.number, our_address=dial.caller_id)
        call.legs[leg.id] = leg
        self._aliases[leg.id] = call.id
        order = CallOrder(
            call_id=dial.call_id,
            agent=Target(kind="browser", address=dialled, user_id=user),
            number=dial.number,
            caller_id=dial.caller_id,
            record=dial.record,
            seconds=dial.seconds,
        )
        self._lead(call, self._placed(call, order, leg))

    def take_up(self, channel: Json, legs: list[Leg], restored: Restored) -> None:
        """Go on with a call that lived before we connected."""
        caller = caller_of(channel, self._house.settings)
        call = LiveCall(
            self._house,
            ExternalId(text(channel, "id")),
            number=caller.value if caller else "",
            our_address=number_called(channel, (), self._house.settings),
        )
        call.customer_up = text(channel, "state") == "Up"
        call.legs = {leg.id: leg for leg in legs}
        call.bridges = {room for room in ("b", "h", "q", "s") if room in restored.rooms.values()}
        for leg in legs:
            if not ids.call_of(leg.id):
                self._aliases[leg.id] = call.id
        call.position = restored.position()
        self._lead(call, self._taken_up(call, restored))

    # leading

    def _lead(self, call: LiveCall, script: Coroutine[Any, Any, None]) -> None:
        self._calls[call.id] = call
        self._run(self._to_its_end(call, script), f"call {call.id}")

    def _run(self, script: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(script, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _to_its_end(self, call: LiveCall, script: Coroutine[Any, Any, None]) -> None:
        try:
            await self._led(call, script)
        except CallOver:
            pass
        except Exception:
            # a bug of ours must not leave a caller in silence
            log.exception("asterisk: a call could not be led on")
            await self._back_to_dialplan(call)
        finally:
            if self._calls.get(call.id) is call:
                del self._calls[call.id]
        try:
            await call.clear()
        except ConnectorError as error:
            log.warning("asterisk: what was left of a call could not be taken away: %s", error)

    async def _led(self, call: LiveCall, script: Coroutine[Any, Any, None]) -> None:
        """Lead a call; where Asterisk fails to answer, look how the call stands and go on from there."""
        for pause in PAUSES:
            try:
                await script
            except CallOver:
                return
            except ConnectorError as error:
                log.warning("asterisk: a call is taken up once more: %s", error)
            else:
                return
            await asyncio.sleep(pause)
            restored = Restored(rooms=rooms_of(await self._bridges()), variables={RECORDING: call.recording})
            script = self._taken_up(call, restored)
        script.close()
        await self._back_to_dialplan(call)

    async def _bridges(self) -> list[Json]:
        try:
            return objects_of(await self._house.ari.ask("GET", "/bridges"))
        except ConnectorError:
            return []

    def _taken_up(self, call: LiveCall, restored: Restored) -> Coroutine[Any, Any, None]:
        placed = ids.call_id_of(call.id) is not None
        return outbound.take_up(call, restored) if placed else plan.lead(call, restored)

    async def _back_to_dialplan(self, call: LiveCall) -> None:
        """The hub failed a caller: the dialplan behind Stasis() takes them, as when the hub is away."""
        await call.quietly("POST", f"/channels/{part(call.id)}/continue")

    async def hang_on(self) -> None:
        """The connection is gone: stop leading. The calls themselves go on, and are taken up later."""
        self._ready.clear()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for call in self._calls.values():
            while not call.inbox.empty():
                news = call.inbox.get_nowait()
                if isinstance(news, Asked):
                    news.answer(RetryLater(NOT_CONNECTED))
        self._calls.clear()
        self._aliases.clear()

    # commands

    async def place(self, order: CallOrder, call_id: ExternalId) -> None:
        """Ring the agent's device, and go on from there. The same order twice is one call. Raises SendError."""
        await self._connection()
        if call_id in self._calls:
            return
        call = LiveCall(self._house, call_id, number=order.number, our_address=order.caller_id)
        self._calls[call_id] = call
        try:
            agent = await outbound.ring_agent(call, order)
        except BaseException:
            del self._calls[call_id]
            raise
        self._lead(call, self._placed(call, order, agent))

    async def _placed(self, call: LiveCall, order: CallOrder, agent: Leg) -> None:
        try:
            await outbound.lead(call, order, agent)
        except ConnectorError as error:
            self._house.tell({"type": ENDED, "call": call.id, "detail": f"The customer could not be called. {error}"})

    async def control(self, call_id: ExternalId, command: CallCommand) -> None:
        """Let a call's own task carry out a command. Raises Rejected, RetryLater and what the command raises."""
        await self._connection()
        call = self._calls.get(call_id)
        if call is None:
            raise Rejected("The call is over.", code="404")
        asked = Asked(command, asyncio.get_running_loop().create_future())
        call.inbox.put_nowait(asked)
        await asked.done

    def wake(self, call_id: ExternalId) -> None:
        """Let a waiting call ask its plan again."""
        call = self._calls.get(call_id)
        if call is not None:
            call.inbox.put_nowait(Woken())
