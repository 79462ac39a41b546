"""Phone calls in a real browser: rung, answered with a microphone, recorded and played; missed, owed, settled by SMS.

Twilio's own library runs in Chromium against the emulator's calls and a network of ours (tests/peers/twilio_phones.py
says what the emulator lacks). The microphone is Chromium's fake one: a beep that the far end really hears.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e import screens
from tests.e2e.screens import Agent
from tests.e2e.twilio_account import ACCOUNT, API_KEY, API_SECRET, OURS, TwilioWorld, twilio_world
from tests.peers import far_end
from tests.peers.far_end import FarEnd
from tests.peers.twilio_call import CustomerCall
from tests.peers.twilio_phones import TwilioPhones

# the first run installs the emulator
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

ANNA = "+447700900001"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[TwilioWorld]:
    async with twilio_world(tmp_path) as running:
        yield running


@pytest.fixture
async def phones(tmp_path: Path) -> AsyncIterator[TwilioPhones]:
    async with TwilioPhones(tmp_path / "phones", ACCOUNT, API_KEY, API_SECRET) as running:
        yield running


async def test_a_call_pops_and_is_answered_in_the_browser(world: TwilioWorld, phones: TwilioPhones) -> None:
    channel = await world.hotline()
    me = (await world.api.get("/session"))["user"]["id"].replace("-", "")
    async with (
        screens.chromium(*far_end.FLAGS, *phones.flags) as browser,
        FarEnd(browser) as far,
        CustomerCall(world.network, world.twilio, phones=phones, far_end=far) as anna,
    ):
        agent = await Agent.sign_in(browser, world.hub)
        page = agent.page
        await page.get_by_role("navigation").get_by_text("Away").click()
        await page.get_by_role("menuitem", name="Available").click()
        await phones.wait_for(f"agent_{me}")
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        await page.get_by_role("alertdialog").get_by_role("button", name="Answer").click()
        await anna.media.hears()
        await anna.hang_up()
        await agent.check()
