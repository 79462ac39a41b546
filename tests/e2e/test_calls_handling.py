"""What agents and managers do with a live call, clicked in Chromium: the same over Asterisk and over Twilio."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.e2e import screens
from tests.e2e.asterisk_office import at_asterisk
from tests.e2e.calls_office import Office
from tests.e2e.calls_seen import available
from tests.e2e.looking import picture, pictures, serious
from tests.e2e.screens import Agent
from tests.e2e.twilio_office import at_twilio
from tests.e2e.waiting import until_so

pytestmark = [
    pytest.mark.e2e,
    # the first run installs the emulator
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]


@pytest.fixture(params=[at_asterisk, at_twilio], ids=["asterisk", "twilio"])
async def here(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    async with request.param(tmp_path) as opened:
        yield opened


@dataclass(frozen=True, slots=True)
class Talking:
    """A customer on the phone with the agent in the browser; Bea at her desk."""

    agent: Agent
    bar: Locator


async def talking(here: Office) -> Talking:
    """Answer a customer in the browser."""
    await here.bea_at_her_desk()
    agent = await Agent.sign_in(here.browser, here.hub)
    await available(agent)
    await here.phone_is_there()
    await here.customer_calls()
    await agent.page.get_by_role("alertdialog").get_by_role("button", name="Answer").click()
    bar = agent.page.get_by_role("region", name=f"On the phone with {here.customer}")
    await bar.get_by_text("Recording", exact=True).wait_for()
    await here.talk("customer", "me")
    return Talking(agent, bar)


async def test_a_customer_waits_on_hold_is_not_recorded_with_a_card_and_is_handed_on(here: Office) -> None:
    talk = await talking(here)
    await talk.bar.get_by_role("button", name="Hold").click()
    await talk.bar.get_by_text("On hold").wait_for()
    await here.do_not_talk("customer", "me")
    await talk.bar.get_by_role("button", name="Take back").click()
    await talk.bar.get_by_text("Talking").wait_for()
    await here.talk("customer", "me")
    await here.soon(lambda: here.records() == "sound", "the recording goes on")
    await talk.bar.get_by_role("button", name="Pause the recording").click()
    await talk.bar.get_by_text("Recording paused").wait_for()
    await here.soon(lambda: here.records() == "silence", "the recording is silent")
    # a tab that was opened meanwhile knows it, too
    tab = await talk.agent.context.new_page()
    await tab.goto(here.hub.url)
    there = tab.get_by_role("region", name=f"On the phone with {here.customer}")
    await there.get_by_text("Recording paused").wait_for()
    await picture(tab, "call-paused")
    await there.get_by_role("button", name="Record again").click()
    await here.soon(lambda: here.records() == "sound", "the recording hears again")
    await talk.bar.get_by_role("button", name="Pause the recording").wait_for()
    await tab.close()
    await talk.bar.get_by_role("button", name="Transfer").click()
    await picture(talk.agent.page, "call-transfer")
    await talk.agent.page.get_by_role("menuitem", name="Transfer to Bea").click()
    await here.bea_rings()
    await expect(talk.bar).to_have_count(0)
    here.bea_answers()
    await here.talk("customer", "Bea")
    await talk.agent.check()


@pytest.mark.parametrize("ends", ["Connect them", "Back to the customer"])
async def test_a_colleague_is_asked_first(here: Office, ends: str) -> None:
    talk = await talking(here)
    await talk.bar.get_by_role("button", name="Transfer").click()
    await talk.agent.page.get_by_role("menuitem", name="Ask Bea first").click()
    await here.bea_rings()
    await talk.bar.get_by_text("On hold").wait_for()
    here.bea_answers()
    await here.talk("me", "Bea")
    await here.do_not_talk("customer", "Bea")
    # a tab that was opened meanwhile knows it, too
    tab = await talk.agent.context.new_page()
    await tab.goto(here.hub.url)
    bar = tab.get_by_role("region", name=f"On the phone with {here.customer}")
    await bar.get_by_role("button", name=ends).click()
    stays = {"Connect them": "Bea", "Back to the customer": "me"}[ends]
    await here.talk("customer", stays)  # type: ignore[arg-type]  # one of the two
    await here.do_not_talk("me", "Bea")
    await here.customer_hangs_up()
    await expect(bar).to_have_count(0)


async def test_keys_pressed_while_talking_reach_the_other_end(here: Office) -> None:
    talk = await talking(here)
    await talk.bar.get_by_role("button", name="Keypad").click()
    keypad = talk.bar.get_by_role("group", name="Keypad")
    sent = await here.keys_sent(talk.agent.page)
    for key in "4711*0#":
        await keypad.get_by_role("button", name=key, exact=True).click()
    await until_so(sent, lambda keys: keys == "4711*0#", what="every key, in order")
    assert await serious(talk.agent.page) == []
    await pictures(talk.agent.page, f"call-keypad-{here.customer}")
    await here.talk("customer", "me")
    await here.customer_hangs_up()
    await expect(keypad).to_have_count(0)
    await talk.agent.check()


async def test_a_manager_listens_whispers_and_joins_and_the_agent_is_told(here: Office) -> None:
    bea_id = await here.bea_at_her_desk()
    await here.api.put(f"/users/{bea_id}/presence", {"chosen": "available"})
    manager = await Agent.sign_in(here.browser, here.hub)
    page = manager.page
    await here.phone_is_there()
    await here.customer_calls()
    await here.bea_rings()
    here.bea_answers()
    await here.talk("customer", "Bea")
    await page.get_by_role("link", name="Calls").click()
    await page.get_by_role("link", name="Live").click()
    row = page.get_by_role("list", name="Live").get_by_role("listitem").filter(has_text=here.customer)
    await expect(row).to_contain_text("Bea")
    await picture(page, "calls-live")
    await row.get_by_role("button", name="Listen").click()
    bar = page.get_by_role("region", name=f"Listening in: {here.customer}")
    await bar.get_by_text("You are on the call.").wait_for()
    await here.soon(lambda: here.hears("me", "customer") and here.hears("me", "Bea"), "the manager hears both")
    assert not here.hears("Bea", "me")
    assert here.announced() in here.notice.values()
    await here.i_am_heard()
    await bar.get_by_text("Whisper").click()
    await bar.get_by_text("Only the agent hears you.").wait_for()
    await here.soon(lambda: here.hears("Bea", "me"), "the agent hears the manager")
    assert not here.hears("customer", "me")
    await picture(page, "call-listening")
    await bar.get_by_text("Join").click()
    await bar.get_by_text("Both hear you.").wait_for()
    await here.talk("customer", "Bea", "me")
    await bar.get_by_role("button", name="Leave the call").click()
    await expect(bar).to_have_count(0)
    await here.talk("customer", "Bea")
    await here.customer_hangs_up()
    await page.get_by_text("Nobody is on the phone").wait_for()
    log = (await here.api.get("/plays"))["items"]
    assert [(line["kind"], line["reason"]) for line in reversed(log)] == [
        ("listen", "The agent was told first."),
        ("whisper", ""),
        ("barge", ""),
    ]
    await manager.check()
