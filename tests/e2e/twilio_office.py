"""An office at the emulated Twilio: a line that records, browser phones, and a colleague with a telephone of hers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar, Literal

from playwright.async_api import Browser, Page

from tests.e2e import screens
from tests.e2e.calls_office import Office, Who
from tests.e2e.hub_api import Json
from tests.e2e.twilio_account import ACCOUNT, API_KEY, API_SECRET, OURS, TwilioWorld, twilio_world
from tests.peers import far_end
from tests.peers.far_end import FarEnd
from tests.peers.twilio_call import CustomerCall
from tests.peers.twilio_line import Line
from tests.peers.twilio_phones import TwilioPhones

ANNA, BEA = "+447400123456", "+12125550177"


class TwilioOffice(Office):
    """The office, and the network it hangs on."""

    customer: ClassVar[str] = ANNA
    desk: ClassVar[Json] = {"kind": "number", "address": BEA}
    notice: ClassVar[Json] = {"text": "A manager listens to this call from now on."}

    def __init__(self, world: TwilioWorld, browser: Browser, phones: TwilioPhones, address: str) -> None:
        super().__init__(world.hub, world.api, browser)
        self.world, self._phones, self._address = world, phones, address
        self.network = world.network
        self._bea = world.network.handset(BEA)
        self.call = CustomerCall(world.network, world.twilio)

    async def phone_is_there(self) -> None:
        await self._phones.wait_for(await self.identity())

    async def customer_calls(self) -> None:
        await self.call.call(self._address, sender=ANNA, to=OURS)

    async def customer_hangs_up(self) -> None:
        await self.call.hang_up()

    async def bea_rings(self) -> None:
        await self._bea.ringing()

    def bea_answers(self) -> None:
        self._bea.answer()

    def hears(self, listener: Who, speaker: Who) -> bool:
        one, other = self._line(listener), self._line(speaker)
        return one is not None and other is not None and one.hears(other)

    def records(self) -> Literal["", "sound", "silence"]:
        running = self.network.running(self.call.line.sid)
        return ("silence" if running[-1].status == "paused" else "sound") if running else ""

    async def keys_sent(self, phone: Page) -> Callable[[], Awaitable[str]]:
        # tones go in the sound, where no page can read them: the browser says which one it has begun
        await phone.evaluate(
            """() => {
              const insert = RTCDTMFSender.prototype.insertDTMF;
              window.keysSent = "";
              RTCDTMFSender.prototype.insertDTMF = function (...given) {
                this.ontonechange = ({ tone }) => { window.keysSent += tone; };
                return insert.apply(this, given);
              };
            }"""
        )

        async def sent() -> str:
            return str(await phone.evaluate("window.keysSent"))

        return sent

    def announced(self) -> str:
        conference = self._bea.line.conference
        assert conference is not None, "Bea is in no conference"
        return " ".join(conference.participants[self._bea.line.sid].announced)

    async def i_am_heard(self) -> None:
        mine = self._line("me")
        assert mine is not None
        assert mine.media is not None
        await mine.media.hears()

    def _line(self, who: Who) -> Line | None:
        if who == "customer":
            return self.call.line
        mine = [line for line in self.network.lines.values() if line.to.startswith("client:") and not line.gone]
        return self._bea.line if who == "Bea" else next(iter(mine[-1:]), None)


@asynccontextmanager
async def at_twilio(folder: Path) -> AsyncIterator[TwilioOffice]:
    """Open the office."""
    async with (
        twilio_world(folder) as world,
        TwilioPhones(folder / "phones", ACCOUNT, API_KEY, API_SECRET) as phones,
        screens.chromium(*far_end.FLAGS, *phones.flags) as browser,
        FarEnd(browser) as far,
    ):
        world.network.plug(phones, far)
        channel = await world.hotline()
        await world.line(channel, listening={"to": "agent", "prompt": TwilioOffice.notice})
        here = TwilioOffice(world, browser, phones, channel["webhook_url"])
        async with here.call:
            yield here
        world.network.raise_problems()
