"""What agents and managers do with a live call, clicked in Chromium over our fake Asterisk."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e import screens
from tests.e2e.asterisk_office import OURS, ZOFIA, Office, office
from tests.e2e.calls_seen import available
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import picture
from tests.e2e.screens import Agent
from tests.peers.fake_ari import Caller, FakeAri, Phone
from tests.peers.sip_phones import BrowserPhone

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

DESK = "PJSIP/1002"


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


@dataclass(frozen=True, slots=True)
class Talking:
    """A customer on the phone with the agent in the browser; Bea at her desk."""

    caller: Caller
    agent: Agent
    phone: BrowserPhone
    bea: Phone
    bar: Locator


async def bea_at_her_desk(api: HubApi) -> str:
    """Let a colleague in who has a desk phone; return her id."""
    email = await api.colleague("Bea", "agent")
    bea = HubApi(api.hub)
    try:
        await bea.sign_in_as(email)
        await bea.put("/presence/devices", {"devices": [{"kind": "endpoint", "address": DESK}]})
        return str((await bea.get("/session"))["user"]["id"])
    finally:
        await bea.close()


async def talking(hub: HubProcess, api: HubApi, ari: FakeAri, here: Office) -> Talking:
    """Answer a customer in the browser."""
    await bea_at_her_desk(api)
    identity = "agent_" + (await api.get("/session"))["user"]["id"].replace("-", "")
    phone, bea = here.phones.phone(identity), ari.phone(DESK)
    agent = await Agent.sign_in(here.browser, hub)
    await available(agent)
    await here.phones.wait_for(identity)
    caller = ari.call(ZOFIA, OURS, name="Zofia")
    await agent.page.get_by_role("alertdialog").get_by_role("button", name="Answer").click()
    bar = agent.page.get_by_role("region", name="On the phone with Zofia")
    await bar.get_by_text("Recording", exact=True).wait_for()
    return Talking(caller, agent, phone, bea, bar)


def together(one: Caller, other: Phone) -> bool:
    """Tell whether two hear each other."""
    return bool(other.rung) and one.channel.bridge is not None and one.channel.bridge is other.channel.bridge


async def test_card_data_is_not_recorded_and_the_customer_is_handed_on(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    async with office(hub, api, ari) as here:
        talk = await talking(hub, api, ari, here)
        await ari.heard("RecordingStarted", 2)
        await talk.bar.get_by_role("button", name="Pause the recording").click()
        await talk.bar.get_by_text("Recording paused").wait_for()
        await ari.until(lambda: [lane.muted for lane in ari.pbx.live.values()] == [True, True])
        await talk.bar.get_by_role("button", name="Record again").click()
        await ari.until(lambda: [lane.muted for lane in ari.pbx.live.values()] == [False, False])
        await talk.bar.get_by_role("button", name="Transfer").click()
        await picture(talk.agent.page, "call-transfer")
        await talk.agent.page.get_by_role("menuitem", name="Transfer to Bea").click()
        await talk.bea.ringing()
        await talk.phone.settled()
        await expect(talk.bar).to_have_count(0)
        talk.bea.answer()
        await ari.until(lambda: together(talk.caller, talk.bea))
        await talk.agent.check()


@pytest.mark.parametrize("ends", ["Connect them", "Back to the customer"])
async def test_a_colleague_is_asked_first(hub: HubProcess, api: HubApi, ari: FakeAri, ends: str) -> None:
    async with office(hub, api, ari) as here:
        talk = await talking(hub, api, ari, here)
        await talk.bar.get_by_role("button", name="Transfer").click()
        await talk.agent.page.get_by_role("menuitem", name="Ask Bea first").click()
        await talk.bea.ringing()
        await talk.bar.get_by_text("On hold").wait_for()
        talk.bea.answer()
        await ari.until(lambda: talk.bea.channel.bridge is talk.phone.channel.bridge is not None)
        assert talk.caller.channel.bridge is not talk.bea.channel.bridge
        # a tab that was opened meanwhile knows it, too
        tab = await talk.agent.context.new_page()
        await tab.goto(hub.url)
        await tab.get_by_role("region", name="On the phone with Zofia").get_by_role("button", name=ends).click()
        after = talk.bea if ends == "Connect them" else talk.phone
        await ari.until(lambda: together(talk.caller, after))
        await ari.until(lambda: not together(talk.caller, talk.phone if after is talk.bea else talk.bea))


async def test_a_manager_listens_whispers_and_joins_and_the_agent_is_told(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    said = {"to": "agent", "prompt": {"file": "custom/you-are-heard"}}
    async with office(hub, api, ari, listening=said) as here:
        bea_id = await bea_at_her_desk(api)
        identity = "agent_" + (await api.get("/session"))["user"]["id"].replace("-", "")
        phone, bea = here.phones.phone(identity), ari.phone(DESK)
        await api.put(f"/users/{bea_id}/presence", {"chosen": "available"})
        manager = await Agent.sign_in(here.browser, hub)
        page: Page = manager.page
        await here.phones.wait_for(identity)
        caller = ari.call(ZOFIA, OURS, name="Zofia")
        await bea.ringing()
        bea.answer()
        await ari.until(lambda: together(caller, bea))
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Live").click()
        row = page.get_by_role("list", name="Live").get_by_role("listitem").filter(has_text="Zofia")
        await expect(row).to_contain_text("Bea")
        await picture(page, "calls-live")
        await row.get_by_role("button", name="Listen").click()
        bar = page.get_by_role("region", name="Listening in: Zofia")
        await bar.get_by_text("You are on the call.").wait_for()
        await ari.until(lambda: phone.channel.bridge and len(phone.channel.bridge.channels) == 2)
        (told,) = [event["playback"] for event in ari.pbx.events if event["type"] == "PlaybackStarted"]
        assert told["media_uri"] == "sound:custom/you-are-heard"
        assert phone.media is not None
        await phone.media.hears()
        await bar.get_by_text("Whisper").click()
        await bar.get_by_text("Only the agent hears you.").wait_for()
        await ari.until(lambda: [one.whisper for one in ari.pbx.channels.values() if one.spies_on is bea.channel])
        await picture(page, "call-listening")
        await bar.get_by_text("Join").click()
        await bar.get_by_text("Both hear you.").wait_for()
        assert phone.channel.bridge is caller.channel.bridge
        await bar.get_by_role("button", name="Leave the call").click()
        await expect(bar).to_have_count(0)
        assert together(caller, bea)
        caller.hang_up()
        await page.get_by_text("Nobody is on the phone").wait_for()
        log = (await api.get("/plays"))["items"]
        assert [(line["kind"], line["reason"]) for line in reversed(log)] == [
            ("listen", "The agent was told first."),
            ("whisper", ""),
            ("barge", ""),
        ]
        await manager.check()
