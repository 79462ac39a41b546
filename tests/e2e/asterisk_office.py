"""An office at our fake Asterisk: a line that records, browser phones, and a colleague at her desk phone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar, Literal

from playwright.async_api import Browser, Page
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.calls_office import Office, Who
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.waiting import until
from tests.peers import far_end
from tests.peers.fake_ari import Caller, FakeAri
from tests.peers.fake_ari.parts import Channel
from tests.peers.far_end import FarEnd
from tests.peers.sip_phones import BrowserPhone, SipPhones

OURS, ZOFIA = "+48221112233", "+48600100200"
DESK = "PJSIP/1002"


class AsteriskOffice(Office):
    """The office, and the PBX it hangs on."""

    customer: ClassVar[str] = "Zofia"
    desk: ClassVar[Json] = {"kind": "endpoint", "address": DESK}
    notice: ClassVar[Json] = {"file": "custom/you-are-heard"}

    def __init__(self, hub: HubProcess, api: HubApi, browser: Browser, ari: FakeAri, phones: SipPhones) -> None:
        super().__init__(hub, api, browser)
        self.ari, self.phones = ari, phones
        self._bea = ari.phone(DESK)
        self._mine: BrowserPhone | None = None
        self._caller: Caller | None = None

    @property
    def mine(self) -> BrowserPhone:
        """The admin's browser phone."""
        assert self._mine is not None, "nobody waited for it"
        return self._mine

    @property
    def caller(self) -> Caller:
        """The customer."""
        assert self._caller is not None, "nobody called"
        return self._caller

    async def phone_is_there(self) -> None:
        await self.phones.wait_for(await self.identity())

    async def customer_calls(self) -> None:
        self._caller = self.ari.call(ZOFIA, OURS, name=self.customer)

    async def customer_hangs_up(self) -> None:
        self.caller.hang_up()

    async def bea_rings(self) -> None:
        await self._bea.ringing()

    def bea_answers(self) -> None:
        self._bea.answer()

    def hears(self, listener: Who, speaker: Who) -> bool:
        one, other = self._channel(listener), self._channel(speaker)
        if one is None or other is None or one.bridge is None or other.bridge is None:
            return False
        if one.bridge is other.bridge:
            return one.bridge.kind == "mixing"
        # a snoop hears what its channel hears and says, and what it whispers is heard there alone
        spied = [snoop.spies_on for snoop in one.bridge.channels if snoop.spies_on is not None]
        whispered = [snoop for snoop in other.bridge.channels if snoop.spies_on is one and snoop.whisper != "none"]
        return bool(whispered) or any(channel.bridge is other.bridge for channel in spied)

    def records(self) -> Literal["", "sound", "silence"]:
        lanes = {lane.muted for lane in self.ari.pbx.live.values()}
        return "" if not lanes else "silence" if lanes == {True} else "sound"

    async def keys_sent(self, phone: Page) -> Callable[[], Awaitable[str]]:  # noqa: ARG002 - the PBX hears them
        async def heard() -> str:
            return self.caller.channel.digits_sent

        return heard

    def announced(self) -> str:
        played = [event["playback"] for event in self.ari.pbx.events if event["type"] == "PlaybackStarted"]
        return " ".join(one["media_uri"].removeprefix("sound:") for one in played)

    async def i_am_heard(self) -> None:
        assert self.mine.media is not None
        await self.mine.media.hears()

    def _channel(self, who: Who) -> Channel | None:
        if who == "customer":
            return self.caller.channel
        device = self._bea if who == "Bea" else self.mine
        return device.channel if device.rung else None

    async def plug(self) -> None:
        """Plug in the admin's browser phone."""
        self._mine = self.phones.phone(await self.identity())


@asynccontextmanager
async def office(hub: HubProcess, api: HubApi, ari: FakeAri, **plan: object) -> AsyncIterator[AsteriskOffice]:
    """Connect Asterisk with browser phones, and give its number a line that records, with more in its plan."""
    hub.secrets.append(ari.password)
    async with (
        screens.chromium(*far_end.FLAGS) as browser,
        FarEnd(browser) as far,
        SipPhones(ari, far) as phones,
    ):
        known = {"url": ari.url, "username": ari.user, "password": ari.password, "number": OURS}
        channel = await api.channel("asterisk", "Office", {**known, "browser_websocket": phones.url})
        first = (await api.get("/call-plans/first"))["plan"]
        body = {"id": str(uuid7()), "name": "Office", "channel_id": channel["id"], "number": OURS}
        await api.post("/lines", {**body, "plan": {**first, "recording": "on", **plan}})

        async def connected() -> bool:
            told = await api.get(f"/channels/{channel['id']}")
            return bool(told["connection"]["state"] == "connected")

        await until(connected, what="the connection to Asterisk")
        here = AsteriskOffice(hub, api, browser, ari, phones)
        await here.plug()
        yield here


@asynccontextmanager
async def at_asterisk(folder: Path) -> AsyncIterator[AsteriskOffice]:
    """Open an office of its own."""
    listening = {"to": "agent", "prompt": AsteriskOffice.notice}
    async with (
        FakeAri() as ari,
        HubProcess(folder / "hub") as hub,
        HubApi(hub) as api,
        office(hub, api, ari, listening=listening) as here,
    ):
        yield here
        assert ari.pbx.problems == []
