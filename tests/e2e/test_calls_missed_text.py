"""Who was missed gets the line's SMS if they agreed to be written to, and stays owed until a person answers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e import screens
from tests.e2e.hub_api import Json
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.talking import entry_where, in_state, saying
from tests.e2e.twilio_account import OURS, TwilioWorld, twilio_world
from tests.e2e.waiting import until
from tests.peers.fake_ari.audio import wav
from tests.peers.twilio_call import CustomerCall

pytestmark = [
    pytest.mark.e2e,
    # the first run installs the emulator
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]
expect.set_options(timeout=PATIENCE_MS)

ANNA, BORIS = "+447400123456", "+447400999888"
WORDS = "Sorry that we missed you on {number}. We call you back."
SENT = WORDS.replace("{number}", OURS)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[TwilioWorld]:
    async with twilio_world(tmp_path) as running:
        yield running


async def told_to_write(page: Page) -> None:
    """Have the line write to who was missed."""
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("link", name="Lines", exact=True).click()
    await page.get_by_role("link", name="Hotline").click()
    part = page.locator("section").filter(has=page.get_by_role("heading", name="A message to who was missed"))
    await part.get_by_role("combobox", name="By this channel").click()
    await page.get_by_role("option", name="SMS", exact=True).click()
    await part.get_by_label("Text").fill(WORDS)
    await expect(part.get_by_label("Also to people who never wrote to us there")).not_to_be_checked()
    await page.get_by_text("The plan fits together.").wait_for()
    await part.scroll_into_view_if_needed()
    assert await serious(page) == []
    await pictures(page, "line-missed-text")
    await page.get_by_role("button", name="Save the plan").click()
    await expect(page.get_by_role("listitem").filter(has_text="In use")).to_contain_text("Version 2")


async def missed(world: TwilioWorld, address: str, sender: str) -> None:
    """Let somebody call in vain and leave a message."""
    async with CustomerCall(world.network, world.twilio, message=wav(3)) as caller:
        await caller.call(address, sender=sender, to=OURS)
        await caller.finished()


async def test_who_was_missed_is_written_to_if_they_agreed_and_stays_owed_until_a_person_answers(
    world: TwilioWorld,
) -> None:
    channel = await world.hotline()
    await world.line(channel)
    await world.channel("twilio_sms", "SMS", sender=OURS)
    await world.twilio.customer_writes("START", sender=ANNA, to=OURS)
    await world.twilio.customer_writes("Is it open?", sender=ANNA, to=OURS)
    asked = await entry_where(world.api, saying("Is it open?"), "Anna's SMS")
    await world.api.reply(asked["conversation_id"], "Until six.")
    await entry_where(world.api, in_state("sent", "Until six."), "our answer")
    async with screens.chromium() as browser:
        agent = await Agent.sign_in(browser, world.hub)
        page = agent.page
        await told_to_write(page)
        await missed(world, channel["webhook_url"], BORIS)
        await missed(world, channel["webhook_url"], ANNA)

        async def arrived() -> list[Json]:
            return [one for one in await world.twilio.messages(To=ANNA) if one["body"] == SENT]

        (sent,) = await until(arrived, what="the SMS at Twilio")
        assert sent["from"] == OURS
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Missed contacts").click()
        board = page.get_by_role("list", name="Owed")
        await expect(board.get_by_role("listitem").filter(has_text=ANNA)).to_contain_text("Voicemail")
        await expect(board.get_by_role("listitem").filter(has_text=BORIS)).to_contain_text("Voicemail")
        await pictures(page, "missed-text-owed")

        await page.get_by_role("navigation", name="Places").get_by_role("link", name="Inbox").click()
        await agent.row(SENT).click()
        await expect(agent.message(SENT)).to_contain_text("automatic")
        await pictures(page, "missed-text-entry")
        await agent.reply(ANNA, "This is Ada. What can I do for you?")
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Missed contacts").click()
        await expect(board.get_by_role("listitem").filter(has_text=ANNA)).to_have_count(0)
        await expect(board.get_by_role("listitem").filter(has_text=BORIS)).to_have_count(1)
        assert await world.twilio.messages(To=BORIS) == []
        assert len(await arrived()) == 1
        await agent.check()
