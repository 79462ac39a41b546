"""Conferences at Twilio's network: who is in, who hears whom, what is told of it, and their API.

https://www.twilio.com/docs/voice/twiml/conference, https://www.twilio.com/docs/voice/api/conference-participant-resource.
A conference begins when two are in it, and ends when somebody leaves with `endConferenceOnExit`, or the last one does.
Whoever joins first says where its events are told.
"""

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.peers.twilio_answers import NotThere, Refused, RouteTable
from tests.peers.twilio_line import Line
from tests.peers.twilio_parts import first

if TYPE_CHECKING:
    from tests.peers.twilio_network import TwilioNetwork

_SIDS = itertools.count(1)
_EVENTS = {"participant-unhold": "hold", "participant-unmute": "mute"}
"""What one asks for to be told of them; of others it is the word behind the dash."""


@dataclass(eq=False)
class Participant:
    """One leg in a conference."""

    line: Line
    ends: bool = False
    muted: bool = False
    held: bool = False
    coaches: str = ""
    """The leg that alone hears it."""
    there: bool = False
    """Connected; else it rings."""
    announced: list[str] = field(default_factory=list)
    """What was said to it alone."""
    out: asyncio.Event = field(default_factory=asyncio.Event)

    def record(self, conference: "Conference") -> dict[str, Any]:
        """Return it as the API shows it."""
        return {
            "call_sid": self.line.sid,
            "conference_sid": conference.sid,
            "muted": self.muted,
            "hold": self.held,
            "coaching": bool(self.coaches),
            "call_sid_to_coach": self.coaches or None,
            "end_conference_on_exit": self.ends,
            "status": "connected" if self.there else "ringing",
        }


class Conference:
    """One conference."""

    def __init__(self, network: "TwilioNetwork", name: str) -> None:
        self._network, self.name = network, name
        self.sid = f"CF{next(_SIDS):032x}"
        self.status = "init"
        self.participants: dict[str, Participant] = {}
        self.announced: list[str] = []
        """What was said to all."""
        self._callback, self._events, self._sequence = "", frozenset[str](), 0

    @property
    def lines(self) -> list[Line]:
        """Who is connected."""
        return [one.line for one in self.participants.values() if one.there]

    def hears(self, listener: Line, speaker: Line) -> bool:
        """Tell whether one hears the other: who is on hold hears music, who coaches is heard by one alone."""
        hearing, speaking = self.participants.get(listener.sid), self.participants.get(speaker.sid)
        if hearing is None or speaking is None or hearing is speaking or not (hearing.there and speaking.there):
            return False
        aside = bool(speaking.coaches) and speaking.coaches != listener.sid
        return not (hearing.held or speaking.held or speaking.muted or aside)

    async def join(self, line: Line, values: Mapping[str, str]) -> asyncio.Event:
        """Let a leg in; return what is set when it has to go."""
        mine = self.participants.setdefault(line.sid, Participant(line))
        mine.ends = mine.ends or values.get("endConferenceOnExit") == "true"
        if not self._callback:
            self._callback = values.get("statusCallback", "")
            self._events = frozenset(values.get("statusCallbackEvent", "").split())
        mine.there, line.conference = True, self
        if self.status == "init" and len(self.lines) > 1:
            self.status = "in-progress"
            await self._tell("conference-start", mine)
        await self._tell("participant-join", mine)
        return mine.out

    async def leave(self, line: Line) -> None:
        """Take a leg out, and all others where it ends the conference."""
        mine = self.participants.pop(line.sid, None)
        line.conference = None
        if mine is None or not mine.there:
            return
        mine.out.set()
        await self._tell("participant-leave", mine)
        if self.status == "completed" or (not mine.ends and self.participants):
            return
        self.status = "completed"
        self._network.conferences.forget(self)
        for other in list(self.participants.values()):
            other.out.set()
        await self._tell("conference-end", mine)

    async def change(self, mine: Participant, form: Mapping[str, str]) -> None:
        """Hold, mute, coach, or say something. Raises Refused."""
        if "EndConferenceOnExit" in form:
            mine.ends = form["EndConferenceOnExit"] == "true"
        coaching = form.get("Coaching", "true" if "CallSidToCoach" in form else "")
        if coaching == "true" and form.get("CallSidToCoach", mine.coaches) not in self.participants:
            raise Refused(16025, "CallSidToCoach has to be in the conference")
        if coaching:
            mine.coaches = form.get("CallSidToCoach", mine.coaches) if coaching == "true" else ""
        if "AnnounceUrl" in form:
            mine.announced.append(await self._network.said(form["AnnounceUrl"], mine.line))
        for name, attribute, event in (("Muted", "muted", "mute"), ("Hold", "held", "hold")):
            wanted = form.get(name, "")
            if wanted and getattr(mine, attribute) != (wanted == "true"):
                setattr(mine, attribute, wanted == "true")
                if mine.there:
                    await self._tell(f"participant-{event if wanted == 'true' else f'un{event}'}", mine)

    async def invite(self, line: Line, form: Mapping[str, str]) -> None:
        """Ring somebody and take them in when they answer; the call ends when they leave."""
        device = line.device
        await line.tell("initiated")
        if device is None:
            self.participants.pop(line.sid, None)
            await line.end("no-answer")
            return
        await line.tell("ringing")
        # whoever is called into a conference that ends meanwhile rings no more
        mine = self.participants[line.sid]
        await first([device.answered, device.ended, line.over, mine.out], float(form.get("Timeout", "60")))
        if not device.answered.is_set() or line.gone or mine.out.is_set():
            self.participants.pop(line.sid, None)
            await line.end("busy" if device.how == "reject" else "no-answer")
            return
        await line.picked_up()
        out, moved = await self.join(line, {}), line.moved
        await first([out, moved, *line.ends])
        await (self.leave(line) if moved.is_set() else line.end())

    async def _tell(self, event: str, about: Participant) -> None:
        self._sequence += 1
        if _EVENTS.get(event, event.partition("-")[2]) not in self._events:
            return
        told = {
            "ConferenceSid": self.sid,
            "FriendlyName": self.name,
            "AccountSid": self._network.account,
            "SequenceNumber": str(self._sequence),
            "StatusCallbackEvent": event,
        }
        who = {
            "CallSid": about.line.sid,
            "Muted": str(about.muted).lower(),
            "Hold": str(about.held).lower(),
            "Coaching": str(bool(about.coaches)).lower(),
            "EndConferenceOnExit": str(about.ends).lower(),
            "StartConferenceOnEnter": "true",
        }
        await self._network.tell(self._callback, **told, **(who if event.startswith("participant") else {}))


class Conferences:
    """The conferences of the account, and their API."""

    def __init__(self, network: "TwilioNetwork") -> None:
        self._network = network
        self._live: list[Conference] = []

    def named(self, name: str) -> Conference:
        """Return the conference of this name, a new one where there is none."""
        found = next((one for one in self._live if one.name == name), None)
        if found is None:
            found = Conference(self._network, name)
            self._live.append(found)
        return found

    def forget(self, conference: Conference) -> None:
        """It is over."""
        self._live.remove(conference)

    def routes(self) -> RouteTable:
        """Return the API."""
        one = "/Conferences/{sid}"
        return {
            ("GET", "/Conferences.json"): self._list,
            ("POST", one + ".json"): self._change,
            ("GET", one + "/Participants.json"): self._participants,
            ("POST", one + "/Participants.json"): self._invite,
            ("POST", one + "/Participants/{call}.json"): self._change_participant,
        }

    def _of(self, request: web.Request) -> Conference:
        for one in self._live:
            if one.sid == request.match_info["sid"]:
                return one
        raise NotThere

    async def _list(self, request: web.Request) -> web.Response:
        name, status = request.query.get("FriendlyName"), request.query.get("Status")
        found = [one for one in self._live if name in (None, one.name) and status in (None, one.status)]
        records = [{"sid": one.sid, "friendly_name": one.name, "status": one.status} for one in found]
        return web.json_response({"conferences": records, "page": 0, "next_page_uri": None, "uri": request.path})

    async def _change(self, request: web.Request) -> web.Response:
        conference = self._of(request)
        said = str((await request.post())["AnnounceUrl"])
        conference.announced.append(await self._network.said(said, conference.lines[0]))
        return web.json_response({"sid": conference.sid, "status": conference.status})

    async def _participants(self, request: web.Request) -> web.Response:
        conference = self._of(request)
        records = [one.record(conference) for one in conference.participants.values()]
        return web.json_response({"participants": records, "page": 0, "next_page_uri": None, "uri": request.path})

    async def _invite(self, request: web.Request) -> web.Response:
        conference = self._of(request)
        form = await request.post()
        values = {name: str(value) for name, value in form.items()}
        line = await self._network.call_out(
            sender=values["From"], to=values["To"], callback=values.get("StatusCallback", "")
        )
        mine = conference.participants[line.sid] = Participant(line)
        await conference.change(mine, {"Coaching": "false", **values})
        self._network.later(conference.invite(line, values))
        return web.json_response(mine.record(conference), status=201)

    async def _change_participant(self, request: web.Request) -> web.Response:
        conference = self._of(request)
        mine = conference.participants.get(request.match_info["call"])
        if mine is None:
            raise NotThere
        await conference.change(mine, {name: str(value) for name, value in (await request.post()).items()})
        return web.json_response(mine.record(conference))
