"""A line's plan is changed in a browser, followed by the next call, and an older version is brought back."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from playwright.async_api import Page, expect

from tests.e2e import screens
from tests.e2e.asterisk_desk import DESK, OURS, ZOFIA, connected
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import Agent
from tests.e2e.waiting import until
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


async def choose(page: Page, field: str, option: str) -> None:
    """Choose from a list."""
    await page.get_by_role("combobox", name=field, exact=True).click()
    await page.get_by_role("option", name=option, exact=True).click()


async def test_a_menu_is_added_followed_by_the_next_call_and_taken_back(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    await connected(hub, api, ari)
    await api.put("/presence/devices", {"devices": [{"kind": "endpoint", "address": DESK}]})
    await api.put("/presence", {"chosen": "available"})
    phone = ari.phone(DESK)
    async with screens.chromium() as browser:
        admin = await Agent.sign_in(browser, hub)
        page = admin.page
        await page.get_by_role("link", name="Settings").click()
        await page.get_by_role("link", name="Lines", exact=True).click()
        await page.get_by_role("link", name="Office").click()
        await choose(page, "Begins with", "+ Menu")
        await page.get_by_text("1 thing to mend before it can be saved").wait_for()
        save = page.get_by_role("button", name="Save the plan")
        await expect(save).to_be_disabled()
        menu = page.get_by_role("group").filter(has_text="What the caller hears").first
        await page.locator("summary").filter(has_text="Menu").click()
        await menu.get_by_label("Text to be spoken").first.fill("One for sales, two to leave a message.")
        for key, step in (("1", "ring"), ("2", "voicemail")):
            await page.get_by_role("button", name="Add a key").click()
            await choose(page, f"Key {key} leads to", step)
        await page.get_by_label("What changed and why").fill("A menu")
        await page.get_by_text("The plan fits together.").wait_for()
        assert await serious(page) == []
        await pictures(page, "line-editor")
        await save.click()
        await expect(page.get_by_role("listitem").filter(has_text="In use")).to_contain_text("Version 2")

        caller = ari.call(ZOFIA, OURS, name="Zofia")
        await ari.heard("PlaybackStarted", seconds=30)
        caller.press("2")
        await ari.heard("RecordingStarted", seconds=30)
        assert phone.rung == []
        caller.hang_up()

        await page.get_by_role("button", name="Restore version 1").click()
        await page.get_by_role("dialog").get_by_role("button", name="Restore version 1").click()
        await expect(page.get_by_role("listitem").filter(has_text="In use")).to_contain_text("Version 3")

        async def rings() -> bool:
            again = ari.call(ZOFIA, OURS, name="Zofia")
            with suppress(TimeoutError):
                await phone.ringing()
            again.hang_up()
            return bool(phone.rung)

        # A call in the second of the change may follow the version before.
        await until(rings, what="a call that follows the first version")
        await admin.check()
