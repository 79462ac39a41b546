"""An office at our fake Asterisk: a line that records, browser phones, and colleagues at their desks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.waiting import until
from tests.peers import far_end
from tests.peers.fake_ari import FakeAri
from tests.peers.far_end import FarEnd
from tests.peers.sip_phones import SipPhones

OURS, ZOFIA = "+48221112233", "+48600100200"


@dataclass(frozen=True, slots=True)
class Office:
    """A browser, and the PBX it phones by."""

    browser: Browser
    phones: SipPhones


@asynccontextmanager
async def office(hub: HubProcess, api: HubApi, ari: FakeAri, **plan: object) -> AsyncIterator[Office]:
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
        yield Office(browser, phones)
