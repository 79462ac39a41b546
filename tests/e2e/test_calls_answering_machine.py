"""A call back meets a mailbox: the agent is told, the timeline says so, and the customer still waits."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e import screens
from tests.e2e.looking import picture
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.twilio_account import OURS, TwilioWorld, twilio_world
from tests.peers.fake_ari.audio import wav
from tests.peers.twilio_call import CustomerCall

pytestmark = [
    pytest.mark.e2e,
    # the first run installs the emulator
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

expect.set_options(timeout=PATIENCE_MS)

ANNA, MOBILE = "+447400123456", "+12125550199"
LONG = re.compile("0:1[1-9]")
"""A call out of this length reaches a customer, unless a machine took it (docs/metrics.md 14)."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[TwilioWorld]:
    async with twilio_world(tmp_path) as running:
        yield running


@pytest.mark.parametrize(
    ("recognises", "outcome", "owed"),
    [(True, "Answering machine", True), (False, "Answered", False)],
    ids=["the setting is on", "the setting is off"],
)
async def test_a_mailbox_that_takes_a_call_back_reaches_nobody_where_machines_are_recognised(
    world: TwilioWorld, recognises: bool, outcome: str, owed: bool
) -> None:
    channel = await world.channel("twilio_voice", "Hotline", number=OURS, recognise_machines=recognises)
    await world.api.put("/dialling", {"countries": ["GB"]})
    await world.api.put("/presence/devices", {"devices": [{"kind": "number", "address": MOBILE}]})
    mine, mailbox = world.network.handset(MOBILE), world.network.handset(ANNA)
    async with (
        screens.chromium() as browser,
        CustomerCall(world.network, world.twilio, message=wav(3)) as anna,
    ):
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        await anna.finished()
        agent = await Agent.sign_in(browser, world.hub)
        page = agent.page
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Missed contacts").click()
        board = page.get_by_role("list", name="Owed")
        await board.get_by_role("button", name="Call", exact=True).click()
        await mine.ringing()
        mine.answer()
        await mailbox.ringing()
        mailbox.answer(by="machine_start")
        bar = page.get_by_role("region", name=f"On the phone with {ANNA}")
        await bar.get_by_text("Answering machine" if recognises else "Talking").wait_for()
        await picture(page, f"call-machine-{recognises}")
        await expect(bar.locator("time")).to_have_text(LONG)
        mine.hang_up()
        await world.network.settled()
        await bar.wait_for(state="hidden")

        await agent.page.get_by_role("navigation", name="Places").get_by_role("link", name="Inbox").click()
        await agent.row(ANNA).first.click()
        card = page.get_by_role("article").filter(has_text=outcome)
        await expect(card).to_be_visible()
        await picture(page, f"call-machine-entry-{recognises}")
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Missed contacts").click()
        still = board.get_by_role("listitem").filter(has_text="1 attempt")
        await expect(still).to_have_count(int(owed))
        await expect(page.get_by_text("Nobody waits for a call back")).to_have_count(int(not owed))
        await picture(page, f"call-machine-owed-{recognises}")
        await agent.check()
