"""Records a talk: a listening channel for each side, or the bridge as a whole. The talk never depends on it."""

import logging

from connectors.asterisk import ids
from connectors.asterisk.client import part
from connectors.asterisk.live import RECORDING, LiveCall
from connectors.asterisk.settings import RecordAs
from hub.contract import ConnectorError, Rejected
from hub.domain.recording import RecordingKind

log = logging.getLogger(__name__)
FORMAT = "wav"
"""8 kHz, 16 bit: what a telephone carries."""
LONGEST = 4 * 3600
"""Seconds; a talk that goes on is recorded up to here."""
_HEARS = {"c": "in", "a": "out"}
"""What a listener at the customer's channel hears: what comes in is the customer, what goes out is everybody else."""


class Recorder:
    """The recording of one talk."""

    def __init__(self, call: LiveCall) -> None:
        self._call = call

    @property
    def _name(self) -> ids.RecordingName | None:
        """What runs. Kept with the call: a talk may follow another, or another hub's."""
        return ids.recording_of(self._call.recording)

    @property
    def running(self) -> bool:
        """Tell whether something is recorded, muted or not."""
        return self._name is not None

    async def start(self) -> None:
        """Begin. What fails is told in words as an event of the call; the talk goes on."""
        if self.running:
            return
        call = self._call
        name = ids.RecordingName(kind=RecordingKind.call, token=call.house.token(), call=call.id)
        call.recording = name.whole
        try:
            if call.house.settings.record_as is RecordAs.mixed:
                bridge = await call.room("b")
                await call.ask("POST", f"/bridges/{part(bridge)}/record", _record(name.whole))
            else:
                for lane, spy in _HEARS.items():
                    listener = ids.spy_id("r", f"{name.token}{lane}", call.id)
                    query = {"spy": spy, "app": call.house.settings.app, "appArgs": "record", "snoopId": listener}
                    await call.ask("POST", f"/channels/{part(call.id)}/snoop", query)
        except ConnectorError as error:
            self._failed(str(error))
            return
        await call.remember(RECORDING, name.whole)

    async def entered(self, listener: str) -> None:
        """A listening channel is there: record what it hears."""
        name = self._name
        if name is None or not listener.startswith("hub-r-"):
            return
        lane = listener.removeprefix("hub-r-").split("-")[0][-1:]
        of_lane = ids.RecordingName(kind=name.kind, token=name.token, call=name.call, lane=lane)
        try:
            await self._call.ask("POST", f"/channels/{part(listener)}/record", _record(str(of_lane)))
        except ConnectorError as error:
            self._failed(str(error))

    async def mute(self, on: bool) -> None:
        """Record silence for a while (card data), so that what follows keeps its place in time. Raises Rejected."""
        method = "POST" if on else "DELETE"
        if not self.running:
            raise Rejected("The recording does not run.")
        for lane in self._lanes():
            await self._call.ask(method, f"/recordings/live/{part(lane)}/mute")

    async def stop(self) -> None:
        """End it and keep what there is."""
        for lane in self._lanes():
            await self._call.quietly("POST", f"/recordings/live/{part(lane)}/stop")
        self._call.recording = ""
        await self._call.remember(RECORDING, "")

    def _lanes(self) -> list[str]:
        name = self._name
        if name is None:
            return []
        if self._call.house.settings.record_as is RecordAs.mixed:
            return [name.whole]
        return [f"{name.whole}.{lane}" for lane in _HEARS]

    def _failed(self, words: str) -> None:
        name = self._name
        self._call.recording = ""
        if name is not None:
            log.warning("asterisk: a call is not recorded: %s", words)
            recording = {"name": name.whole, "format": FORMAT, "state": "failed", "cause": words}
            self._call.house.tell({"type": "RecordingFailed", "recording": recording})


def _record(name: str) -> dict[str, str | int]:
    return {"name": name, "format": FORMAT, "maxDurationSeconds": LONGEST, "ifExists": "fail"}
