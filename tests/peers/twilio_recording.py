"""Recordings at Twilio's network: made of what is heard, silent while paused, told when they begin and are there.

https://www.twilio.com/docs/voice/api/recording. A recording of a `<Dial>` ends with it; one that the API begins lasts
as long as its leg. Pausing is told to nobody: only `in-progress`, `completed` and `absent` are.
"""

import io
import itertools
import wave
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiohttp import web

from tests.peers.far_end import FarCall
from tests.peers.twilio_answers import NotThere, Refused, RouteTable

if TYPE_CHECKING:
    from tests.peers.twilio_network import TwilioNetwork

_SIDS = itertools.count(1)
CURRENT = "Twilio.CURRENT"


class Recorded:
    """One recording of a leg."""

    def __init__(self, network: "TwilioNetwork", call: str, callback: str, *, channels: int, source: str) -> None:
        self._network, self.call, self._callback, self._channels = network, call, callback, channels
        self.source = source
        """What began it, in Twilio's word."""
        self.sid = f"RE{next(_SIDS):032x}"
        self.status = "in-progress"
        self.changes: list[tuple[str, str]] = []
        """Every change by the API: its status, and what a pause sounds like."""
        self.made = b""
        self._media: FarCall | None = None
        self._far_first = False
        self._form: dict[str, str] = {}
        network.recorded.append(self)

    @property
    def seconds(self) -> int:
        """How long it is."""
        with wave.open(io.BytesIO(self.made)) as read:
            return int(read.getnframes() // read.getframerate())

    async def begin(self, media: FarCall | None, *, far_first: bool) -> None:
        """Record from now on."""
        self._media, self._far_first = media, far_first
        if media is not None:
            await media.take()
        await self._tell("in-progress")

    async def change(self, status: str, pause: str) -> None:
        """Pause it, go on, or stop it. Raises Refused."""
        if self.status in ("completed", "stopped"):
            raise Refused(21220, "The requested resource is not in-progress")
        self.changes.append((status, pause))
        if status == "stopped":
            await self.complete()
            return
        self.status = status
        if self._media is not None:
            await self._media.record_silence(on=status == "paused")

    async def complete(self) -> None:
        """End it: from now on it can be fetched."""
        if self.status == "completed":
            return
        self.status = "completed"
        if self._media is not None:
            self.made = await self._media.take(far_first=self._far_first)
            await self._media.record_silence(on=False)
        self._network.recordings[self.sid] = self.made = self.made or _silence()
        await self._tell("completed", RecordingDuration=str(self.seconds))

    async def _tell(self, status: str, **more: str) -> None:
        line = self._network.lines[self.call]
        began = self._form.get("RecordingStartTime")
        self._form = {"RecordingSid": self.sid, "RecordingChannels": str(self._channels)}
        self._form["RecordingStartTime"] = began or self._network.now()
        await self._network.tell(self._callback, **line.form, **self._form, **more, RecordingStatus=status)


def recording_routes(network: "TwilioNetwork") -> RouteTable:
    """Return the API of recordings on live calls.

    https://www.twilio.com/docs/voice/api/recording#create-a-call-recording
    """

    async def begin(request: web.Request) -> web.Response:
        line = network.live(request.match_info["call"])
        form = await request.post()
        channels = 2 if form.get("RecordingChannels") == "dual" else 1
        made = Recorded(
            network, line.sid, str(form["RecordingStatusCallback"]), channels=channels, source="StartCallRecordingAPI"
        )
        network.later(made.begin(line.sound, far_first=line.media is None))
        return web.json_response({"sid": made.sid, "call_sid": line.sid, "status": made.status}, status=201)

    async def change(request: web.Request) -> web.Response:
        call, sid = request.match_info["call"], request.match_info["sid"]
        form = await request.post()
        running: Sequence[Recorded] = network.running(call)
        known = [one for one in network.recorded if one.call == call and one.sid == sid]
        found = running[-1] if sid == CURRENT and running else next(iter(known), None)
        if found is None:
            raise NotThere
        await found.change(str(form["Status"]), str(form.get("PauseBehavior", "silence")))
        return web.json_response({"sid": found.sid, "call_sid": call, "status": found.status})

    async def listed(request: web.Request) -> web.Response:
        found = [one for one in network.recorded if one.call == request.match_info["call"]]
        records = [{"sid": one.sid, "call_sid": one.call, "status": one.status, "source": one.source} for one in found]
        return web.json_response({"recordings": records, "page": 0, "next_page_uri": None, "uri": request.path})

    return {
        ("GET", "/Calls/{call}/Recordings.json"): listed,
        ("POST", "/Calls/{call}/Recordings.json"): begin,
        ("POST", "/Calls/{call}/Recordings/{sid}.json"): change,
    }


def _silence() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(4 * 8000))
    return made.getvalue()
