"""A manager at a call: listens unheard, whispers to the agent, or joins."""

import logging

from connectors.asterisk import ids, sounds
from connectors.asterisk.client import part
from connectors.asterisk.live import Leg, LiveCall
from hub.contract import ConnectorError, Rejected
from hub.domain.call_marks import Party
from hub.domain.callflow.plan import ListenNotice
from hub.domain.callflow.steps import Target

log = logging.getLogger(__name__)
_SECONDS = 30


class Supervisors:
    """The manager at one call; one at a time, so that two never hear each other."""

    def __init__(self, call: LiveCall) -> None:
        self._call = call
        self._leg: Leg | None = None
        self._mode = ""
        self._spy = ""
        self._notice: ListenNotice | None = None
        self._teller = ""
        """The channel at the agent's by which only they are told."""

    async def let_in(self, target: Target, mode: str, agent: Leg, notice: ListenNotice | None = None) -> None:
        """Ring the manager's device, or change how one who is there takes part. Raises Rejected."""
        leg = self._leg
        if leg is not None and not leg.gone and leg.user_id != target.user_id:
            raise Rejected("Another manager is at this call.")
        self._mode = mode
        if leg is not None and not leg.gone:
            if leg.entered:
                await self._join(leg, agent)
            return
        self._notice = notice
        self._leg = await self._call.dial(
            target,
            seconds=_SECONDS,
            caller_id=self._call.number or self._call.our_address,
            party=Party.supervisor,
        )

    async def entered(self, channel: str, agent: Leg) -> None:
        """The manager's device answered."""
        leg = self._leg
        if leg is None or channel != leg.id:
            return
        try:
            await self._announce(agent)
        except ConnectorError as error:
            # who must be told and is not, is not listened to
            log.warning("asterisk: a manager was not let in, since nobody could be told of it: %s", error)
            await self._call.drop([leg])
            return
        await self._join(leg, agent)

    async def listening(self, channel: str) -> None:
        """A channel we made at another is there: let the manager hear it, or tell the agent."""
        if self._leg is not None and channel == self._spy:
            await self._call.put("s", self._leg.id, channel)
        elif channel == self._teller and self._notice is not None:
            await self._play(f"/channels/{part(channel)}", self._notice)

    async def told(self, playback: str) -> None:
        """The agent was told."""
        if self._teller and playback == _playback(self._teller):
            await self._drop_teller()

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

    async def _announce(self, agent: Leg) -> None:
        """Say that somebody listens from now on: before they do, and never in the manager's way."""
        notice = self._notice
        if notice is None:
            return
        call = self._call
        if notice.to == "everybody":
            await self._play(f"/bridges/{part(ids.bridge_id('b', call.id))}", notice)
            return
        # what is played at the agent's own channel would reach the bridge; a whisper is theirs alone
        self._teller = ids.spy_id("n", call.house.token(), call.id)
        query = {"whisper": "out", "app": call.house.settings.app, "appArgs": "notice", "snoopId": self._teller}
        await call.ask("POST", f"/channels/{part(agent.id)}/snoop", query)

    async def _play(self, where: str, notice: ListenNotice) -> None:
        media = sounds.media(notice.prompt, self._call.house.settings.speech_url, otherwise=sounds.BEEP)
        playback = _playback(self._teller or self._call.id)
        await self._call.ask("POST", f"{where}/play/{part(playback)}", {"media": media})

    async def _drop_teller(self) -> None:
        teller, self._teller = self._teller, ""
        await self._call.quietly("DELETE", f"/channels/{part(teller)}")

    async def _stop(self) -> None:
        if self._spy:
            spy, self._spy = self._spy, ""
            await self._call.quietly("DELETE", f"/channels/{part(spy)}")


def _playback(channel: str) -> str:
    return f"hub-p-{channel}"
