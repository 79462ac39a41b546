"""A customer's call as Twilio leads it: runs the hub's TwiML, rings browser phones, records, tells every status.

https://www.twilio.com/docs/voice/twiml. The emulator makes the call and its record; what it does not do with it is done
here. What a caller would hear takes no time.
"""

import asyncio
import io
import itertools
import wave
from contextlib import suppress
from email.utils import formatdate
from types import TracebackType
from typing import Self
from xml.etree import ElementTree as ET

from tests.peers.emulate import EmulatedTwilio
from tests.peers.far_end import FarCall, FarEnd
from tests.peers.twilio_network import TwilioNetwork
from tests.peers.twilio_phones import PhoneLeg, TwilioPhones

_SIDS = itertools.count(1)
PATIENCE = 0.5
"""Seconds after which a caller who presses no key has pressed none."""


def _sid(kind: str) -> str:
    return f"{kind}{next(_SIDS):032x}"


class CustomerCall:
    """One customer on the line. Leaving the block hangs up."""

    def __init__(
        self,
        network: TwilioNetwork,
        twilio: EmulatedTwilio,
        *,
        phones: TwilioPhones | None = None,
        far_end: FarEnd | None = None,
        message: bytes = b"",
    ) -> None:
        self._network, self._twilio, self._phones, self._far_end = network, twilio, phones, far_end
        self._message = message
        self._media: FarCall | None = None
        self._leg: PhoneLeg | None = None
        self._over = asyncio.Event()
        self._led: asyncio.Task[None] | None = None
        self.talking = asyncio.Event()
        self.sid = ""
        self.heard: list[str] = []
        """The verbs the caller came through."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._led is not None:
            if error is not None:
                self._led.cancel()
            with suppress(asyncio.CancelledError):
                await self._led

    async def call(self, address: str, *, sender: str, to: str) -> None:
        """Call our number: the emulator asks the hub first, and this goes on with what the hub says next."""
        self.sid = await self._twilio.customer_calls(sender=sender, to=to)
        account = self._twilio.account
        self._form = {"AccountSid": account, "CallSid": self.sid, "From": sender, "To": to, "Direction": "inbound"}
        self._led = asyncio.create_task(self._lead(address), name="customer's call")

    @property
    def media(self) -> FarCall:
        """The sound of the talk."""
        assert self._media is not None, "nobody talks"
        return self._media

    async def hang_up(self) -> None:
        """Hang up at the caller's end, and wait until all is told."""
        self._over.set()
        await self.finished()

    async def finished(self) -> None:
        """Wait until the call is over and all is told."""
        assert self._led is not None, "nobody called"
        async with asyncio.timeout(20):
            await self._led

    # --- TwiML

    async def _lead(self, address: str) -> None:
        asked: str | None = address
        form = {"CallStatus": "ringing"}
        while asked is not None:
            document = await self._network.ask(asked, {**self._form, **form})
            form = {"CallStatus": "in-progress"}
            asked = None
            for verb in document:
                self.heard.append(verb.tag)
                found = await self._do(verb)
                if found is not None:
                    asked, more = found
                    form |= more
                    break
            if self._over.is_set():
                form["CallStatus"] = "completed"
                if "Dial" not in self.heard[-1:] and "Record" not in self.heard[-1:]:
                    break
        await self._twilio.call_status(self.sid, "completed")

    async def _do(self, verb: ET.Element) -> tuple[str, dict[str, str]] | None:
        """Do one verb; return where to ask next, and with what."""
        match verb.tag:
            case "Gather":
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._over.wait(), min(float(verb.get("timeout", "5")), PATIENCE))
                return None if self._over.is_set() else (_named(verb, "action"), {"Digits": ""})
            case "Dial":
                return await self._dial(verb)
            case "Record":
                return await self._record(verb)
            case "Redirect":
                return (verb.text or "", {})
            case "Hangup" | "Reject":
                self._over.set()
                return None
            case _:
                return None

    async def _record(self, verb: ET.Element) -> tuple[str, dict[str, str]]:
        sid = _sid("RE")
        self._network.recordings[sid] = self._message
        left = {"RecordingSid": sid, "RecordingDuration": str(_seconds(self._message)), "Digits": "hangup"}
        self._over.set()
        await self._tell(
            _named(verb, "recordingStatusCallback"), **left, RecordingStatus="completed", RecordingChannels="1"
        )
        return _named(verb, "action"), left

    async def _dial(self, dial: ET.Element) -> tuple[str, dict[str, str]]:
        clients = [(noun, str(noun.findtext("Identity"))) for noun in dial.iter("Client")]
        rung, sid = await self._ring(clients)
        result = "no-answer"
        if rung:
            result = await self._talk(dial, rung, sid, float(dial.get("timeout", "30")))
        elif clients:
            await asyncio.sleep(PATIENCE)
        more = {"DialCallStatus": result, "DialCallSid": sid}
        return _named(dial, "action"), more

    async def _ring(self, clients: list[tuple[ET.Element, str]]) -> tuple[list[tuple[ET.Element, PhoneLeg]], str]:
        assert self._far_end is not None, "this call can ring nobody"
        assert self._phones is not None, "this call can ring nobody"
        self._media = await self._far_end.call()
        offer, sid = await self._media.offer(), ""
        rung: list[tuple[ET.Element, PhoneLeg]] = []
        for noun, identity in clients:
            sid = _sid("CA")
            parameters = {"From": self._form["From"], "To": f"client:{identity}"}
            rung += [(noun, leg) for leg in await self._phones.ring(identity, sid, offer, parameters)]
            await self._tell_leg(noun, sid, identity, "initiated")
            await self._tell_leg(noun, sid, identity, "ringing" if rung else "no-answer")
        return rung, sid

    async def _talk(self, dial: ET.Element, rung: list[tuple[ET.Element, PhoneLeg]], sid: str, seconds: float) -> str:
        legs = [leg for _, leg in rung]
        happened = [leg.answered for leg in legs] + [leg.ended for leg in legs] + [self._over]
        await _first(happened, seconds)
        taken = next((leg for leg in legs if leg.answered.is_set()), None)
        for leg in legs:
            if leg is not taken:
                await leg.hang_up()
        if taken is None:
            for noun, leg in rung:
                await self._tell_leg(noun, leg.sid, leg.identity, "busy" if leg.how == "reject" else "no-answer")
            await self.media.hang_up()
            return "busy" if any(leg.how == "reject" for leg in legs) else "no-answer"
        noun = next(noun for noun, leg in rung if leg is taken)
        self._leg = taken
        await self.media.accept(taken.sdp)
        await self._tell_leg(noun, sid, taken.identity, "in-progress")
        recording = {"RecordingSid": _sid("RE"), "RecordingChannels": "2", "RecordingStartTime": formatdate()}
        recorded = dial.get("recordingStatusCallback")
        if recorded:
            await self._tell(recorded, **recording, RecordingStatus="in-progress")
        self.talking.set()
        await _first([taken.ended, self._over], 600)
        await taken.hang_up()
        sound = await self.media.hang_up(far_first=True)
        await self._tell_leg(noun, sid, taken.identity, "completed")
        if recorded:
            self._network.recordings[recording["RecordingSid"]] = sound
            length = {"RecordingDuration": str(_seconds(sound))}
            await self._tell(recorded, **recording, **length, RecordingStatus="completed")
        return "completed"

    async def _tell_leg(self, noun: ET.Element, sid: str, identity: str, status: str) -> None:
        leg = {"CallSid": sid, "ParentCallSid": self.sid, "To": f"client:{identity}", "CallStatus": status}
        await self._tell(_named(noun, "statusCallback"), **leg)

    async def _tell(self, address: str, **more: str) -> None:
        await self._network.ask(address, {**self._form, "Timestamp": formatdate(), **more})


def _named(verb: ET.Element, name: str) -> str:
    found = verb.get(name)
    assert found, f"{verb.tag} has no {name}"
    return found


def _seconds(sound: bytes) -> int:
    with wave.open(io.BytesIO(sound)) as read:
        return int(read.getnframes() // read.getframerate())


async def _first(events: list[asyncio.Event], seconds: float) -> None:
    """Wait for the first of them, at most so long."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
