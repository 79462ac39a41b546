"""Phone calls in a real browser over our fake Asterisk: JsSIP registers, rings, is answered with a microphone.

The PBX is the fake ARI, the sound real WebRTC to a far end; what is recorded is the PBX's own tone.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.calls_seen import available, plays
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.screens import Agent
from tests.e2e.waiting import until
from tests.peers import far_end
from tests.peers.fake_ari import FakeAri
from tests.peers.far_end import FarEnd
from tests.peers.sip_phones import SipPhones

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

OURS, ZOFIA = "+48221112233", "+48600100200"


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


@dataclass(frozen=True, slots=True)
class Office:
    """A browser, and the PBX it phones by."""

    browser: Browser
    phones: SipPhones


@asynccontextmanager
async def office(hub: HubProcess, api: HubApi, ari: FakeAri) -> AsyncIterator[Office]:
    """Connect Asterisk with browser phones, and give its number a line that records."""
    hub.secrets.append(ari.password)
    async with (
        screens.chromium(*far_end.FLAGS) as browser,
        FarEnd(browser) as far,
        SipPhones(ari, far) as phones,
    ):
        known = {"url": ari.url, "username": ari.user, "password": ari.password, "number": OURS}
        channel = await api.channel("asterisk", "Office", {**known, "browser_websocket": phones.url})
        plan = (await api.get("/call-plans/first"))["plan"]
        body = {"id": str(uuid7()), "name": "Office", "channel_id": channel["id"], "number": OURS}
        await api.post("/lines", {**body, "plan": {**plan, "recording": "on"}})

        async def connected() -> bool:
            told = await api.get(f"/channels/{channel['id']}")
            return bool(told["connection"]["state"] == "connected")

        await until(connected, what="the connection to Asterisk")
        yield Office(browser, phones)


async def test_a_call_is_answered_in_the_browser_recorded_and_played(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    identity = "agent_" + (await api.get("/session"))["user"]["id"].replace("-", "")
    async with office(hub, api, ari) as here:
        phone = here.phones.phone(identity)
        agent = await Agent.sign_in(here.browser, hub)
        await available(agent)
        await here.phones.wait_for(identity)
        caller = ari.call(ZOFIA, OURS, name="Zofia")
        pop = agent.page.get_by_role("alertdialog")
        await expect(pop).to_contain_text("Zofia")
        await pop.get_by_role("button", name="Answer").click()
        bar = agent.page.get_by_role("region", name="On the phone with Zofia")
        await bar.get_by_text("Recording", exact=True).wait_for()
        assert phone.media is not None
        await phone.media.hears()
        await bar.get_by_role("button", name="Hold").click()
        await bar.get_by_text("On hold").wait_for()
        await bar.get_by_role("button", name="Take back").click()
        await bar.get_by_text("Talking").wait_for()
        await bar.get_by_role("button", name="Keypad").click()
        await bar.get_by_role("button", name="7", exact=True).click()
        ari.pbx.clock.pass_time(4)
        await bar.get_by_role("button", name="Hang up").click()
        await phone.settled()
        await bar.wait_for(state="hidden")
        await agent.row("Zofia").click()
        card = agent.page.get_by_role("article").filter(has_text="Answered")
        await card.get_by_role("button", name="Play").click()
        await plays(card)
        await ari.until(lambda: caller.channel.hung_up)
        await agent.check()


async def test_a_declined_call_ends_in_the_voicemail_and_is_owed(hub: HubProcess, api: HubApi, ari: FakeAri) -> None:
    identity = "agent_" + (await api.get("/session"))["user"]["id"].replace("-", "")
    async with office(hub, api, ari) as here:
        phone = here.phones.phone(identity)
        agent = await Agent.sign_in(here.browser, hub)
        await available(agent)
        await here.phones.wait_for(identity)
        caller = ari.call(ZOFIA, OURS, name="Zofia")
        await agent.page.get_by_role("alertdialog").get_by_role("button", name="Decline").click()
        await phone.settled()
        await api._ask("PUT", "/presence", json={"chosen": "away"})
        await ari.heard("RecordingStarted", seconds=30)
        ari.pbx.clock.pass_time(3)
        caller.hang_up()
        await agent.page.get_by_role("link", name="Calls").click()
        await agent.page.get_by_role("link", name="Missed contacts").click()
        board = agent.page.get_by_role("list", name="Owed")
        await board.get_by_role("link", name="Voicemail").click()
        card = agent.page.get_by_role("article").filter(has_text="Voicemail")
        await card.get_by_role("button", name="Play the voicemail").click()
        await plays(card)
        await agent.check()
