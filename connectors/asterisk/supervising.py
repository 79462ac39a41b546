"""A manager at a call: listens unheard, whispers to the agent, or joins."""

from connectors.asterisk import ids
from connectors.asterisk.client import part
from connectors.asterisk.live import Leg, LiveCall
from hub.contract import Rejected
from hub.domain.call import Party
from hub.domain.callflow.steps import Target

_SECONDS = 30


class Supervisors:
    """The manager at one call; one at a time, so that two never hear each other."""

    def __init__(self, call: LiveCall) -> None:
        self._call = call
        self._leg: Leg | None = None
        self._mode = ""
        self._spy = ""

    async def let_in(self, target: Target, mode: str, agent: Leg) -> None:
        """Ring the manager's device, or change how one who is there takes part. Raises Rejected."""
        leg = self._leg
        if leg is not None and not leg.gone and leg.user_id != target.user_id:
            raise Rejected("Another manager is at this call.")
        self._mode = mode
        if leg is not None and not leg.gone:
            if leg.entered:
                await self._join(leg, agent)
            return
        self._leg = await self._call.dial(
            target,
            seconds=_SECONDS,
            caller_id=self._call.number or self._call.our_address,
            party=Party.supervisor,
        )

    async def entered(self, channel: str, agent: Leg) -> None:
        """The manager's device answered."""
        if self._leg is not None and channel == self._leg.id:
            await self._join(self._leg, agent)

    async def listening(self, channel: str) -> None:
        """The channel that listens is there: let the manager hear it."""
        if self._leg is not None and channel == self._spy:
            await self._call.put("s", self._leg.id, channel)

    async def gone(self, channel: str) -> None:
        """A channel is gone: without its manager none listens; one whose agent left listens on at the customer's."""
        if self._leg is not None and channel == self._leg.id:
            await self._stop()
            self._leg = None
        elif channel == self._spy:
            self._spy = ""

    async def _join(self, leg: Leg, agent: Leg) -> None:
        await self._stop()
        call = self._call
        if self._mode == "barge":
            await call.put("b", leg.id)
            return
        # a whisper is heard by the one whose channel is listened at
        at, whisper = (agent.id, "out") if self._mode == "whisper" else (call.id, "none")
        self._spy = ids.spy_id("l", call.house.token(), call.id)
        query = {
            "spy": "both",
            "whisper": whisper,
            "app": call.house.settings.app,
            "appArgs": "listen",
            "snoopId": self._spy,
        }
        await call.ask("POST", f"/channels/{part(at)}/snoop", query)

    async def _stop(self) -> None:
        if self._spy:
            spy, self._spy = self._spy, ""
            await self._call.quietly("DELETE", f"/channels/{part(spy)}")
