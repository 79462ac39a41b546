"""One leg of a call as Twilio leads it: runs the hub's TwiML, rings devices, joins conferences, tells every status.

https://www.twilio.com/docs/voice/twiml. What a caller would hear takes no time, except a `<Pause>`: the hub counts on
it. A leg that the API gives other TwiML leaves what it did; of a `<Dial>` it was dialled by, that is the end, and who
dialled goes on with the `action` (https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource).
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.peers.far_end import FarCall
from tests.peers.twilio_parts import Device, first, named
from tests.peers.twilio_recording import Recorded

if TYPE_CHECKING:
    from tests.peers.twilio_conference import Conference
    from tests.peers.twilio_network import TwilioNetwork

PATIENCE = 0.5
"""Seconds after which a caller who presses no key has pressed none."""
Next = tuple[str | None, dict[str, str]]
"""Where to ask what is next, and with what; None where nothing is to be asked."""


class Line:
    """One leg."""

    def __init__(
        self,
        network: "TwilioNetwork",
        sid: str,
        *,
        sender: str,
        to: str,
        direction: str,
        parent: "Line | None" = None,
        device: Device | None = None,
        callback: str = "",
        message: bytes = b"",
    ) -> None:
        self.network, self.sid, self.sender, self.to, self.direction = network, sid, sender, to, direction
        self.parent, self.device, self.callback, self._message = parent, device, callback, message
        self.status = "ringing"
        self.media: FarCall | None = None
        """The sound at a browser phone."""
        self.peer: Line | None = None
        """Who it is bridged with by a `<Dial>`."""
        self.conference: Conference | None = None
        self.keys = ""
        """What is pressed at the next question."""
        self.answered_by = "human"
        """What answers, as answering-machine detection hears it."""
        self.heard: list[str] = []
        """The verbs it came through."""
        self.talking = asyncio.Event()
        self.over = asyncio.Event()
        self.moved = asyncio.Event()
        """Set when the API gives it other TwiML; the next time is another event."""
        self._ended = False
        self._task: asyncio.Task[None] | None = None
        network.lines[sid] = self

    @property
    def form(self) -> dict[str, str]:
        """What every request about it says."""
        said = {"AccountSid": self.network.account, "CallSid": self.sid, "From": self.sender, "To": self.to}
        parent = {"ParentCallSid": self.parent.sid} if self.parent is not None else {}
        return {**said, **parent, "Direction": self.direction}

    @property
    def gone(self) -> bool:
        """Whether somebody has hung up."""
        return self.over.is_set() or (self.device is not None and self.device.ended.is_set())

    @property
    def ends(self) -> list[asyncio.Event]:
        """What ends it."""
        return [self.over] + ([self.device.ended] if self.device is not None else [])

    @property
    def sound(self) -> FarCall | None:
        """The sound of the talk it takes part in."""
        others = [self.peer] if self.peer is not None else []
        others += self.conference.lines if self.conference is not None else []
        return next((one.media for one in (self, *others) if one.media is not None), None)

    def lead(self, first: str | ET.Element) -> None:
        """Run TwiML, or what an address answers, instead of anything it did before."""
        before, moved = self._task, self.moved
        self.moved = asyncio.Event()
        moved.set()
        self._task = asyncio.create_task(self._lead(before, first), name=f"leg {self.sid}")
        self._task.add_done_callback(self.network.look)

    async def settled(self) -> None:
        """Wait until it is over and all is told."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    def cancel(self) -> None:
        """Drop it: its test has failed."""
        if self._task is not None:
            self._task.cancel()

    async def tell(self, status: str) -> None:
        """Tell its status callback where it stands."""
        self.status = status
        if self.callback:
            await self.network.tell(self.callback, **self.form, CallStatus=status)
        elif self.parent is None and status == "completed":
            await self.network.number_told(self.sid, status)

    async def end(self, status: str = "completed") -> None:
        """End it, once, and tell so."""
        self.over.set()
        if self._ended:
            return
        self._ended = True
        if self.conference is not None:
            await self.conference.leave(self)
        for recording in self.network.running(self.sid):
            self.network.later(recording.complete())
        if self.device is not None:
            await self.device.hang_up()
        if self.media is not None:
            await self.media.hang_up()
        await self.tell(status)

    # --- TwiML

    async def _lead(self, before: asyncio.Task[None] | None, first: str | ET.Element) -> None:
        if before is not None:
            before.cancel()
            with suppress(asyncio.CancelledError):
                await before
        asked, more = await self._ask(first, {})
        while asked:
            asked, more = await self._ask(asked, more)
        await self.end()

    async def _ask(self, asked: str | ET.Element, more: dict[str, str]) -> Next:
        if isinstance(asked, str):
            status = "completed" if self.gone else self.status
            asked = await self.network.ask(asked, {**self.form, "CallStatus": status, **more})
        self.status = "in-progress"
        for verb in asked:
            if self.gone:
                break
            self.heard.append(verb.tag)
            found = await self._do(verb)
            if found is not None:
                return found
        return None, {}

    async def screened(self, address: str) -> bool:
        """Run what a device hears before it is connected; tell whether it may be."""
        asked: str | None = address
        more: dict[str, str] = {}
        while asked and not self.gone:
            asked, more = await self._ask(asked, more)
        return not self.gone

    async def _do(self, verb: ET.Element) -> Next | None:
        """Do one verb; return where to ask next, and with what."""
        match verb.tag:
            case "Gather":
                await first([*self.ends], min(float(verb.get("timeout", "5")), 0 if self.keys else PATIENCE))
                digits, self.keys = self.keys, ""
                return None if self.gone else (named(verb, "action"), {"Digits": digits})
            case "Pause":
                await first([*self.ends], float(verb.get("length", "1")))
                return None
            case "Dial":
                noun = verb.find("Conference")
                result = await (self._dial(verb) if noun is None else self._confer(noun))
                return verb.get("action"), result
            case "Record":
                return await self._record(verb)
            case "Redirect":
                return verb.text, {}
            case "Hangup" | "Reject":
                self.over.set()
                return None
            case _:
                return None

    async def _record(self, verb: ET.Element) -> Next:
        recording = Recorded(
            self.network, self.sid, named(verb, "recordingStatusCallback"), channels=1, source="RecordVerb"
        )
        recording.made = self._message
        self.over.set()
        await recording.complete()
        left = {"RecordingSid": recording.sid, "RecordingDuration": str(recording.seconds), "Digits": "hangup"}
        return named(verb, "action"), left

    async def _confer(self, noun: ET.Element) -> dict[str, str]:
        conference = self.network.conferences.named(noun.text or "")
        out = await conference.join(self, noun.attrib)
        try:
            await first([out, *self.ends])
        finally:
            await conference.leave(self)
        return {"DialCallStatus": "answered"}

    async def _dial(self, dial: ET.Element) -> dict[str, str]:
        nouns = [noun for noun in dial if noun.tag in ("Client", "Number", "Sip")]
        children = [await self.network.ring(self, noun, dial.get("callerId") or self.sender) for noun in nouns]
        for child in children:
            await child.tell("initiated")
            await child.tell("ringing" if child.device is not None else "no-answer")
        taken: Line | None = None
        try:
            taken = await self._taken(children, nouns, float(dial.get("timeout", "30")))
            if taken is not None:
                await self._talk(dial, taken)
        finally:
            for child in children:
                if child is not taken and not child.over.is_set():
                    await child.end("no-answer" if taken is None and not self.gone else "canceled")
        result = "completed" if taken is not None else _missed(children)
        return {"DialCallStatus": result, "DialCallSid": (taken or children[-1]).sid if children else ""}

    async def _taken(self, children: Sequence["Line"], nouns: Sequence[ET.Element], seconds: float) -> "Line | None":
        """Return the leg that was answered first and may be connected; the devices that ring are told to stop."""
        rung = [(child, noun, child.device) for child, noun in zip(children, nouns, strict=True) if child.device]
        if not rung:
            await first(self.ends, PATIENCE)
        end = asyncio.get_running_loop().time() + seconds
        while rung and not self.gone:
            left = end - asyncio.get_running_loop().time()
            happened = [event for _, _, device in rung for event in (device.answered, device.ended)]
            if left <= 0 or not await first([*happened, *self.ends], left):
                return None
            for child, noun, device in [one for one in rung if one[2].ended.is_set()]:
                rung.remove((child, noun, device))
                await child.end("busy" if device.how == "reject" else "no-answer")
            answered = next(((child, noun) for child, noun, device in rung if device.answered.is_set()), None)
            if answered is not None:
                child, noun = answered
                await child.picked_up()
                if noun.get("machineDetection"):
                    by = {"AnsweredBy": child.answered_by, "CallStatus": "in-progress"}
                    self.network.later(self.network.tell(named(noun, "amdStatusCallback"), **child.form, **by))
                screen = noun.get("url")
                if screen is None or await child.screened(screen):
                    return child
                rung = [one for one in rung if one[0] is not child]
                await child.end()
        return None

    async def placed(self, twiml: str) -> None:
        """Ring the device of a call made by the API; when it is answered, run TwiML."""
        assert self.device is not None, f"nothing rings at {self.to}"
        await self.tell("initiated")
        await self.tell("ringing")
        await first([self.device.answered, *self.ends])
        if self.gone:
            await self.end("no-answer")
            return
        await self.picked_up()
        self.lead(ET.fromstring(twiml))  # noqa: S314 - the hub's own

    async def picked_up(self) -> None:
        """The device was answered."""
        if self.media is not None:
            await self.media.accept(self.device.sdp)  # type: ignore[union-attr]  # a browser phone has one
        await self.tell("in-progress")

    async def _talk(self, dial: ET.Element, child: "Line") -> None:
        self.peer, child.peer = child, self
        moved, recorded = child.moved, dial.get("recordingStatusCallback")
        recording = Recorded(self.network, self.sid, recorded, channels=2, source="DialVerb") if recorded else None
        try:
            if recording is not None:
                await recording.begin(self.sound, far_first=self.media is None)
            self.talking.set()
            await first([moved, *child.ends, *self.ends])
        finally:
            self.peer = child.peer = None
            if recording is not None:
                # processed beside the call, whatever becomes of that meanwhile
                self.network.later(recording.complete())
            if not moved.is_set():
                await child.end()

    def hears(self, other: "Line") -> bool:
        """Tell whether somebody at its end hears the other."""
        if self.peer is not None:
            return self.peer is other
        return self.conference is not None and self.conference.hears(self, other)


def _missed(children: Sequence[Line]) -> str:
    return "busy" if any(child.status == "busy" for child in children) else "no-answer"
