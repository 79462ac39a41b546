"""Commands to a live call: hold, transfer, consult, record, listen in. What came of them arrives as events.

A call begins as two legs bridged by `<Dial>`: that keeps ringing and its answer honest, but only a conference can hold,
coach or take in a third. So the first such command moves both legs into a conference of the call's name: first the leg
that was dialled, whose leaving ends the `<Dial>`, then the leg that dialled, which meanwhile waits (`render.GRACE`).
https://www.twilio.com/docs/voice/api/conference-participant-resource
"""

import asyncio
from typing import Any

from connectors._lib.twilio_failures import Refused
from connectors.twilio_voice.addresses import About, Links, is_client
from connectors.twilio_voice.api import TwilioVoiceApi
from connectors.twilio_voice.live_recording import LiveRecording
from connectors.twilio_voice.render import LEG_EVENTS, Renderer, notice_query
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import LiveCall, Rejected
from hub.contract.calls import (
    CallCommand,
    Consult,
    EndCall,
    EndConsult,
    Hold,
    Mute,
    Record,
    SendDigits,
    Supervise,
    Transfer,
)
from hub.domain.call import Leg
from hub.domain.call_marks import Party
from hub.domain.callflow.plan import ListenNotice
from hub.domain.callflow.steps import Target

LOOKS, BETWEEN = 20, 0.25
"""How often, and after how many seconds, to look whether everybody has arrived in the conference."""
_NOBODY = "Nobody talks on this call now, so there is nothing to change."
_NO_CONSULT = "There is no call to a colleague to end."
_DIGITS = "Press keys in the browser phone itself: Twilio cannot press them for it."


class Controls:
    """Carries out commands on calls of one number. Raises TwilioFailure, Rejected."""

    def __init__(
        self,
        api: TwilioVoiceApi,
        renderer: Renderer,
        settings: TwilioVoiceSettings,
        links: Links,
        *,
        between: float = BETWEEN,
    ) -> None:
        self._api = api
        self._renderer = renderer
        self._settings = settings
        self._links = links
        self._between = between
        self._recording = LiveRecording(api, links)

    async def carry_out(self, call: LiveCall, command: CallCommand) -> None:
        """Carry out one command."""
        match command:
            case EndCall():
                await self._end(call)
            case Hold(on=on):
                conference = await self._gathered(call)
                await self._hold(call, conference, on=on)
                if not on:
                    await self._stays_with(conference, _leg(call, Party.agent))
            case Mute(leg=leg, on=on):
                await self._api.change_participant(await self._gathered(call), leg, muted=on)
            case SendDigits():
                raise Rejected(_DIGITS)
            case Transfer(target=target):
                await self._transfer(call, target)
            case Consult(target=target):
                await self._consult(call, target)
            case EndConsult(complete=complete):
                await self._end_consult(call, complete=complete)
            case Record(change=change):
                await self._record(call, change)
            case Supervise():
                await self._supervise(call, command)

    # --- commands

    async def _end(self, call: LiveCall) -> None:
        for sid in dict.fromkeys([call.external_id, *(leg.external_id for leg in _living(call))]):
            # over already is what was wanted
            await self._change_living(sid, status="completed")

    async def _hold(self, call: LiveCall, conference: str, *, on: bool) -> None:
        customer = _leg(call, Party.contact).external_id
        music = (
            {"hold_url": self._settings.hold_music, "hold_method": "GET"} if on and self._settings.hold_music else {}
        )
        await self._api.change_participant(conference, customer, hold=on, **music)

    async def _transfer(self, call: LiveCall, target: Target) -> None:
        customer, agent = _leg(call, Party.contact), _leg(call, Party.agent)
        about = About(call=call.external_id)
        await self._outlive(call, agent)
        caller_id = self._caller_id(call, target)
        recorded = await self._recording.ends_with_dial(call, customer.external_id)
        twiml = self._renderer.transfer(target, about, caller_id=caller_id, record=recorded)
        await self._api.change(customer.external_id, twiml=twiml)

    async def _consult(self, call: LiveCall, target: Target) -> None:
        agent = _leg(call, Party.agent)
        conference = await self._gathered(call)
        await self._api.change_participant(conference, agent.external_id, end_conference_on_exit=False)
        await self._hold(call, conference, on=True)
        party = Party.agent if target.user_id else Party.outside
        await self._invite(call, conference, target, party, end_conference_on_exit=False)

    async def _end_consult(self, call: LiveCall, *, complete: bool) -> None:
        talking = [leg for leg in _living(call) if leg.party in (Party.agent, Party.outside)]
        conference = await self._api.conference(_room(call))
        # an agent who hangs up meanwhile has left only the colleague
        if conference is None or len(talking) < (1 if complete else 2):
            raise Rejected(_NO_CONSULT)
        agent, colleague = talking[0], talking[-1]
        await self._hold(call, conference, on=False)
        stays, leaves = (colleague, agent) if complete else (agent, colleague)
        await self._stays_with(conference, stays)
        if complete:
            await self._outlive(call, agent)
        if leaves is not stays:
            await self._change_living(leaves.external_id, status="completed")

    async def _record(self, call: LiveCall, change: str) -> None:
        customer = _leg(call, Party.contact).external_id
        if change != "start":
            await self._recording.change(call, customer, change)
            return
        moved = await self._api.conference(_room(call)) is not None
        leg = customer if moved else call.external_id
        await self._recording.start(call, leg, agents=leg != customer)

    async def _supervise(self, call: LiveCall, command: Supervise) -> None:
        agent = _leg(call, Party.agent).external_id
        whisper = command.mode == "whisper"
        how: dict[str, Any] = {"muted": command.mode == "listen", "coaching": whisper}
        if whisper:
            how["call_sid_to_coach"] = agent
        there = next((leg for leg in _living(call) if _is(leg, Party.supervisor, command.target)), None)
        conference = await self._gathered(call)
        if there is not None:
            await self._api.change_participant(conference, there.external_id, **how)
            return
        if command.notice is not None:
            await self._tell(conference, agent, command.notice)
        await self._invite(call, conference, command.target, Party.supervisor, end_conference_on_exit=False, **how)

    async def _tell(self, conference: str, agent: str, notice: ListenNotice) -> None:
        """Let them hear that somebody listens from now on.

        https://www.twilio.com/docs/voice/api/conference-resource#update-a-conference-resource
        """
        said = {"announce_url": self._links.notice(notice_query(notice.prompt)), "announce_method": "POST"}
        if notice.to == "everybody":
            await self._api.change_conference(conference, **said)
        else:
            await self._api.change_participant(conference, agent, **said)

    # --- parts

    async def _stays_with(self, conference: str, leg: Leg) -> None:
        """Have the call end with this leg, as a talk of two does; while a colleague is asked it does not."""
        await self._api.change_participant(conference, leg.external_id, end_conference_on_exit=True)

    async def _outlive(self, call: LiveCall, agent: Leg) -> None:
        """Where the agent's leg is the call's first: have its end told as that of a leg, not as the call's."""
        if agent.external_id != call.external_id:
            return
        told = self._links.tell("leg", About(call=call.external_id, party=Party.agent, user=agent.user_id))
        # an agent who has just left is told to us a moment later than the next command may come
        await self._change_living(agent.external_id, status_callback=told, status_callback_method="POST")

    async def _change_living(self, sid: str, **values: Any) -> None:
        """Change a call; one that is over is left as it is."""
        try:
            await self._api.change(sid, **values)
        except Refused as error:
            if error.status != 404 and error.code != "21220":
                raise

    async def _invite(self, call: LiveCall, conference: str, target: Target, party: Party, **values: Any) -> None:
        about = About(call=call.external_id, party=party, user=target.user_id)
        await self._api.invite(
            conference,
            from_=self._settings.number,
            to=_address(target),
            beep="false",
            start_conference_on_enter=True,
            status_callback=self._links.tell("leg", about),
            status_callback_event=LEG_EVENTS.split(),
            **values,
        )

    async def _gathered(self, call: LiveCall) -> str:
        """Return the call's conference, once agent and customer are both in it."""
        name = _room(call)
        found = await self._api.conference(name)
        if found is not None:
            return found
        customer, agent = _leg(call, Party.contact), _leg(call, Party.agent)
        recorded = await self._recording.ends_with_dial(call, customer.external_id)
        about = About(call=call.external_id)
        twiml = self._renderer.conference(name, about, customer=customer.external_id)
        dialled = agent if customer.external_id == call.external_id else customer
        other = customer if dialled is agent else agent
        await self._api.change(dialled.external_id, twiml=twiml)
        await self._api.change(other.external_id, twiml=twiml)
        wanted = {customer.external_id, agent.external_id}
        for _ in range(LOOKS):
            found = found or await self._api.conference(name)
            if found is not None and wanted <= await self._api.participants(found):
                break
            await asyncio.sleep(self._between)
        else:
            raise Rejected("Twilio did not bring both sides together in time. Nothing else was changed; try again.")
        if recorded:
            # the one of the `<Dial>` ended with it
            await self._recording.start(call, customer.external_id)
        return found

    def _caller_id(self, call: LiveCall, target: Target) -> str:
        """Colleagues see the customer's number where Twilio lets it be shown; numbers outside see ours."""
        address = _leg(call, Party.contact).address
        return (
            address
            if target.kind == "browser" and address.startswith("+")
            else call.our_address or self._settings.number
        )


def _room(call: LiveCall) -> str:
    """Return the name of the call's conference."""
    return f"hub-{call.external_id}"


def _living(call: LiveCall) -> list[Leg]:
    return [leg for leg in call.legs if leg.ended_at is None and leg.left_at is None]


def _leg(call: LiveCall, party: Party) -> Leg:
    """Return the leg of one side: of several agents the one who talks. Raises Rejected where there is none."""
    legs = [leg for leg in _living(call) if leg.party is party]
    if party is Party.agent:
        legs = [leg for leg in legs if leg.joined_at is not None] or legs
    if not legs:
        raise Rejected(_NOBODY)
    return legs[0]


def _is(leg: Leg, party: Party, target: Target) -> bool:
    same = leg.user_id == target.user_id if target.user_id else leg.address == target.address
    return leg.party is party and same


def _address(target: Target) -> str:
    """Return a device as Twilio's REST API writes it."""
    if target.kind == "browser" and not is_client(target.address):
        return f"client:{target.address}"
    return target.address
