"""Two people talk: hold, keys, transfers, consulting a colleague, recording, managers; until one side is gone."""

from connectors._lib.loose_json import Json, inner, text
from connectors.asterisk import ids, render
from connectors.asterisk.client import part, settled
from connectors.asterisk.live import Asked, Leg, LiveCall, Woken
from connectors.asterisk.recorder import Recorder
from connectors.asterisk.supervising import Supervisors
from hub.contract import ConnectorError, Rejected
from hub.contract.calls import Consult, EndCall, EndConsult, Hold, Mute, Record, SendDigits, Supervise, Transfer
from hub.domain.call_marks import Ender, Party
from hub.domain.callflow.steps import Target

CONSULT_SECONDS = 45


class Talk:
    """One talk of a customer and an agent."""

    def __init__(self, call: LiveCall, agent: Leg, *, recorder: Recorder, held: bool = False) -> None:
        self._call = call
        self._agent = agent
        self._recorder = recorder
        self._supervisors = Supervisors(call)
        self._held = held
        self._colleague: Leg | None = None
        """Asked by the agent; `entered` once they answered."""
        self._next: Leg | None = None
        """Rung by a blind transfer."""

    async def begin(self, *, record: bool) -> None:
        """Connect both."""
        call = self._call
        await call.stop_music()
        await call.quietly("DELETE", f"/channels/{part(call.id)}/ring")
        await call.answer()
        await call.put("b", self._agent.id, call.id)
        if record:
            await self._recorder.start()

    def consulting(self, colleague: Leg) -> None:
        """An earlier hub left the agent asking a colleague."""
        self._colleague = colleague

    async def run(self) -> bool:
        """Lead the talk. Return False if a transfer found nobody, so that the plan goes on. Raises CallOver."""
        while True:
            news = await self._call.next(commands=True)
            if isinstance(news, Asked):
                await self._do(news)
            elif news is not None and not isinstance(news, Woken):
                await self._happened(news)
            if self._next is not None and self._next.gone:
                self._next = None
                return False
            if self._agent.gone and self._next is None:
                return True

    # what happens

    async def _happened(self, event: Json) -> None:
        kind, channel = text(event, "type"), text(inner(event, "channel"), "id")
        if kind == "StasisStart":
            await self._entered(event, channel)
        elif kind == "PlaybackFinished":
            await self._supervisors.told(text(inner(event, "playback"), "id"))
        elif kind == "ChannelDestroyed" and self._colleague is not None:
            if channel == self._colleague.id:
                self._colleague = None
                if not self._agent.gone:
                    await self._together()
            elif channel == self._agent.id and self._colleague.entered:
                # an agent who hangs up while asking has handed the customer over
                await self._hand_over()
            elif channel == self._agent.id:
                await self._call.drop([self._colleague])
        if kind == "ChannelDestroyed":
            await self._supervisors.gone(channel)

    async def _entered(self, event: Json, channel: str) -> None:
        replaced = text(inner(event, "replace_channel"), "id")
        if replaced == self._agent.id:
            self._agent = Leg(id=channel, party=Party.agent, entered=True)
            self._call.legs[channel] = self._agent
        elif ids.is_spy(channel):
            await self._recorder.entered(channel)
            await self._supervisors.listening(channel)
        elif self._next is not None and channel == self._next.id:
            self._agent, self._next = self._next, None
            await self._together()
        elif self._colleague is not None and channel == self._colleague.id:
            await self._call.put("q", self._agent.id, self._colleague.id)
        else:
            await self._supervisors.entered(channel, self._agent)

    async def _together(self) -> None:
        await self._call.put("b", self._agent.id, self._call.id)
        self._held = False

    async def _hand_over(self) -> None:
        if self._colleague is not None:
            self._agent, self._colleague = self._colleague, None
            await self._together()

    # commands

    async def _do(self, asked: Asked) -> None:
        what = _WORDS[type(asked.command)]
        try:
            await self._carry_out(asked)
        except ConnectorError as error:
            asked.answer(settled(error, what))
        else:
            asked.answer()

    async def _carry_out(self, asked: Asked) -> None:
        call = self._call
        match asked.command:
            case EndCall():
                await call.end(Ender.agent)
            case Hold(on=on):
                await self._hold(on)
            case Mute(leg=leg, on=on):
                await call.ask("POST" if on else "DELETE", f"/channels/{part(leg)}/mute", {"direction": "in"})
            case SendDigits(digits=digits):
                await call.ask("POST", f"/channels/{part(call.id)}/dtmf", {"dtmf": render.digits(digits)})
            case Transfer(target=target):
                await self._transfer(target)
            case Consult(target=target):
                await self._consult(target)
            case EndConsult(complete=complete):
                await self._end_consult(complete)
            case Record(change=change):
                await self._record(change)
            case Supervise(target=target, mode=mode, notice=notice):
                await self._supervisors.let_in(target, mode, self._agent, notice)

    async def _hold(self, on: bool) -> None:
        if on == self._held:
            return
        await self._call.put("h" if on else "b", self._call.id)
        self._held = on

    async def _transfer(self, target: Target) -> None:
        if self._next is not None:
            raise Rejected("The customer is being transferred already.")
        await self._hold(True)
        party = Party.agent if target.user_id is not None else Party.outside
        try:
            self._next = await self._ring(target, party)
        except ConnectorError:
            await self._hold(False)
            raise
        leaving = [self._agent, *([self._colleague] if self._colleague else [])]
        self._colleague = None
        await self._call.drop(leaving)

    async def _consult(self, target: Target) -> None:
        if self._colleague is not None:
            raise Rejected("You are asking somebody already. End that first.")
        await self._hold(True)
        self._colleague = await self._ring(target, Party.agent if target.user_id is not None else Party.outside)

    async def _ring(self, target: Target, party: Party) -> Leg:
        call = self._call
        return await call.dial(target, seconds=CONSULT_SECONDS, caller_id=call.number or call.our_address, party=party)

    async def _end_consult(self, complete: bool) -> None:
        colleague = self._colleague
        if colleague is None:
            raise Rejected("Nobody is being asked.")
        if not complete:
            self._colleague = None
            await self._call.drop([colleague])
            await self._together()
            return
        if not colleague.entered:
            raise Rejected("Your colleague has not answered yet. Wait, or transfer without asking.")
        before = self._agent
        await self._hand_over()
        await self._call.drop([before])

    async def _record(self, change: str) -> None:
        match change:
            case "start":
                await self._recorder.start()
                if not self._recorder.running:
                    raise Rejected("Asterisk could not record; the call's entry says why.")
            case "stop":
                await self._recorder.stop()
            case _:
                await self._recorder.mute(change == "pause")


_WORDS: dict[type, str] = {
    EndCall: "Hanging up",
    Hold: "Hold",
    Mute: "Muting",
    SendDigits: "Sending keys",
    Transfer: "The transfer",
    Consult: "Asking a colleague",
    EndConsult: "The transfer",
    Record: "The recording",
    Supervise: "Listening",
}
