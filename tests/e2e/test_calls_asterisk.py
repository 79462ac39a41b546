"""Phone calls in a real browser over our fake Asterisk: JsSIP registers, rings, is answered with a microphone.

The PBX is the fake ARI, the sound real WebRTC to a far end; what is recorded is the PBX's own tone.
"""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from tests.e2e import screens
from tests.e2e.asterisk_office import OURS, ZOFIA, office
from tests.e2e.calls_seen import available, plays
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.screens import Agent
from tests.peers.fake_ari import FakeAri

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


async def test_a_call_is_answered_in_the_browser_recorded_and_played(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    identity = "agent_" + (await api.get("/session"))["user"]["id"].replace("-", "")
    async with office(hub, api, ari) as here:
        phone = here.mine
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
        phone = here.mine
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
