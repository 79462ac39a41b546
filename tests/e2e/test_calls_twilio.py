"""Phone calls in a real browser: rung, answered with a microphone, recorded and played; missed, owed, settled by SMS.

Twilio's own library runs in Chromium against the emulator's calls and a network of ours (tests/peers/twilio_phones.py
says what the emulator lacks). The microphone is Chromium's fake one: a beep that the far end really hears.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e import screens
from tests.e2e.calls_seen import available, plays, tone_of
from tests.e2e.hub_api import Json
from tests.e2e.looking import picture
from tests.e2e.screens import Agent
from tests.e2e.twilio_account import ACCOUNT, API_KEY, API_SECRET, OURS, TwilioWorld, twilio_world
from tests.e2e.waiting import until
from tests.peers import far_end
from tests.peers.fake_ari.audio import wav
from tests.peers.far_end import FarEnd
from tests.peers.twilio_call import CustomerCall
from tests.peers.twilio_phones import TwilioPhones

# the first run installs the emulator
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

ANNA = "+447400123456"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[TwilioWorld]:
    async with twilio_world(tmp_path) as running:
        yield running


@pytest.fixture
async def phones(tmp_path: Path) -> AsyncIterator[TwilioPhones]:
    async with TwilioPhones(tmp_path / "phones", ACCOUNT, API_KEY, API_SECRET) as running:
        yield running


async def test_a_call_pops_is_answered_recorded_and_played(world: TwilioWorld, phones: TwilioPhones) -> None:
    channel = await world.hotline()
    await world.line(channel)
    async with (
        screens.chromium(*far_end.FLAGS, *phones.flags) as browser,
        FarEnd(browser) as far,
        CustomerCall(world.network, world.twilio) as anna,
    ):
        world.network.plug(phones, far)
        agent = await Agent.sign_in(browser, world.hub)
        page = agent.page
        await available(agent)
        await phones.wait_for(await identity(world))
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        pop = page.get_by_role("alertdialog", name=f"{ANNA} calls")
        await expect(pop.get_by_role("button", name="Answer")).to_be_focused()
        await picture(page, "call-pop")
        await page.keyboard.press("Enter")
        await anna.media.hears()
        bar = page.get_by_role("region", name=f"On the phone with {ANNA}")
        await expect(bar).to_contain_text("Recording")
        await expect(page.get_by_role("navigation", name="Places")).to_contain_text("On a call")
        await bar.get_by_role("button", name="Mute").click()
        await anna.media.hears_nothing()
        await bar.get_by_role("button", name="Unmute").click()
        await anna.media.hears()
        await bar.get_by_role("button", name="Notes").click()
        await bar.get_by_label("Note").fill("Wants the blue one")
        await picture(page, "call-talk")
        await anna.hang_up()

        after = page.get_by_role("region", name=f"After the call with {ANNA}")
        await after.get_by_role("button", name="Save").click()
        await agent.row(ANNA).click()
        card = agent.page.get_by_role("article").filter(has_text="Answered")
        await expect(page.get_by_text("Wants the blue one")).to_be_visible()
        await card.get_by_role("button", name="Play").click()
        await plays(card)
        await picture(page, "call-entry")
        await agent.check()
    assert "Dial" in anna.heard
    (recording,) = world.network.recordings.values()
    assert tone_of(recording, lane=0) == far_end.TONE


async def test_two_tabs_are_one_phone(world: TwilioWorld, phones: TwilioPhones) -> None:
    channel = await world.hotline()
    async with (
        screens.chromium(*far_end.FLAGS, *phones.flags) as browser,
        FarEnd(browser) as far,
        CustomerCall(world.network, world.twilio) as anna,
    ):
        world.network.plug(phones, far)
        agent = await Agent.sign_in(browser, world.hub)
        await available(agent)
        await phones.wait_for(await identity(world))
        second = await agent.context.new_page()
        await second.goto(f"{world.hub.url}/calls/list")
        await second.get_by_role("heading", name="Calls").wait_for()
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        first_pop, second_pop = (tab.get_by_role("alertdialog") for tab in (agent.page, second))
        await expect(first_pop.get_by_role("button", name="Answer")).to_be_visible()
        assert phones.registered(await identity(world)) == 1
        await second_pop.get_by_role("button", name="Answer").click()
        await anna.media.hears()
        await expect(first_pop).to_have_count(0)
        await expect(second_pop).to_have_count(0)
        bars = [tab.get_by_role("region", name=f"On the phone with {ANNA}") for tab in (agent.page, second)]
        await bars[0].get_by_role("button", name="Mute").click()
        await anna.media.hears_nothing()
        await bars[1].get_by_role("button", name="Unmute").click()
        await anna.media.hears()
        await bars[1].get_by_role("button", name="Hang up").click()
        await anna.finished()
        await expect(bars[0]).to_have_count(0)
        await agent.page.close()
        await phones.wait_for(await identity(world))
        await second.get_by_role("heading", name="Calls").wait_for()


async def test_a_missed_call_with_voicemail_is_owed_until_an_sms_is_written(
    world: TwilioWorld, phones: TwilioPhones
) -> None:
    channel = await world.hotline()
    await world.channel("twilio_sms", "SMS", sender=OURS)
    async with (
        screens.chromium(*far_end.FLAGS, *phones.flags) as browser,
        CustomerCall(world.network, world.twilio, message=wav(3)) as anna,
    ):
        agent = await Agent.sign_in(browser, world.hub)
        page = agent.page
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        await anna.finished()
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Missed contacts").click()
        board = page.get_by_role("list", name="Owed")
        await expect(board.get_by_role("listitem").filter(has_text=ANNA)).to_contain_text("Voicemail")
        await picture(page, "missed")
        await board.get_by_role("link", name="Voicemail").click()
        card = page.get_by_role("article").filter(has_text="Voicemail")
        await card.get_by_role("button", name="Play the voicemail").click()
        await plays(card)
        await page.go_back()
        await board.get_by_role("button", name="Write").click()
        letter = page.get_by_role("dialog", name="New conversation")
        await letter.get_by_label("Message").fill("Sorry that we missed you. We call at ten.")
        await letter.get_by_role("button", name="Send").click()
        await letter.wait_for(state="hidden")

        async def arrived() -> list[Json]:
            return await world.twilio.messages(To=ANNA)

        (sent,) = await until(arrived, what="the SMS at Twilio")
        assert sent["body"] == "Sorry that we missed you. We call at ten."
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Missed contacts").click()
        await page.get_by_text("Nobody waits for a call back").wait_for()
        await page.get_by_text("Settled").click()
        await expect(page.get_by_role("list", name="Settled")).to_contain_text("Answered in writing")
        await agent.check()


async def test_a_missed_caller_is_called_back_from_the_board(world: TwilioWorld, phones: TwilioPhones) -> None:
    channel = await world.hotline()
    await world.api._ask("PUT", "/dialling", json={"countries": ["GB"]})
    mine, sid = f"client:{await identity(world)}", "CA" + "d" * 32
    async with (
        screens.chromium(*far_end.FLAGS, *phones.flags) as browser,
        FarEnd(browser) as far,
        CustomerCall(world.network, world.twilio, message=wav(3)) as anna,
    ):
        agent = await Agent.sign_in(browser, world.hub)
        page = agent.page
        await phones.wait_for(await identity(world))
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        await anna.finished()
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Missed contacts").click()
        await page.get_by_role("list", name="Owed").get_by_role("button", name="Call", exact=True).click()
        leg = await asyncio.wait_for(phones.dialled.get(), 20)
        assert leg.params["To"] == ANNA
        bar = page.get_by_role("region", name=f"On the phone with {ANNA}")
        await bar.get_by_text("Calling", exact=False).wait_for()

        # what the browser names is not what is dialled: the hub says whom the order is for
        asks = {"AccountSid": ACCOUNT, "CallSid": sid, "From": mine, "To": "+15005550006", "Direction": "inbound"}
        order = {**asks, "call": leg.params["call"], "CallStatus": "ringing"}
        number = next((await world.network.ask(channel["webhook_url"], order)).iter("Number"))
        assert number.text == ANNA
        customer = {"AccountSid": ACCOUNT, "CallSid": "CA" + "e" * 32, "ParentCallSid": sid, "To": ANNA, "From": OURS}
        told = number.get("statusCallback") or ""
        for status in ("initiated", "ringing", "in-progress"):
            await world.network.ask(told, {**customer, "CallStatus": status, "Direction": "outbound-dial"})
        media = await far.call()
        await leg.told("ringing")
        await leg.told("answer", await media.answer(leg.offer))
        await media.hears()
        await bar.get_by_text("Talking", exact=False).wait_for()
        await bar.get_by_role("button", name="Hang up").click()
        await asyncio.wait_for(leg.ended.wait(), 20)
        await world.network.ask(told, {**customer, "CallStatus": "completed", "Direction": "outbound-dial"})
        over = {**asks, "CallStatus": "completed", "CallDuration": "4"}
        await world.network.ask(f"{channel['webhook_url']}?tell=call", over)
        await bar.wait_for(state="hidden")
        await page.get_by_role("link", name="All calls").click()
        await expect(page.get_by_role("button", name="Outgoing")).to_contain_text("Answered")
        await agent.check()


async def identity(world: TwilioWorld) -> str:
    """The admin's phone, as Twilio names it."""
    return "agent_" + str((await world.api.get("/session"))["user"]["id"]).replace("-", "")
