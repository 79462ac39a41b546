"""The telephone on narrow and dark screens, in other languages, by keyboard alone, and with axe looking at it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e import screens
from tests.e2e.calls_seen import available
from tests.e2e.looking import PHONE, picture, serious
from tests.e2e.screens import DESKTOP, Agent
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

ANNA = "+447400123456"
SETTLED = """() => Promise.all(
    document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished.catch(() => null))
)"""
"""Colours that fade into one another are no colours of the design."""


CUT = """() => [...document.querySelector("nav").querySelectorAll("a > span, button > span")]
  .filter((one) => one.textContent !== "" && !one.className.includes("srOnly"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent)"""
"""Words of the rail that do not fit."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[TwilioWorld]:
    async with twilio_world(tmp_path) as running:
        yield running


@pytest.fixture
async def phones(tmp_path: Path) -> AsyncIterator[TwilioPhones]:
    async with TwilioPhones(tmp_path / "phones", ACCOUNT, API_KEY, API_SECRET) as running:
        yield running


async def looked_at(page: Page, name: str) -> None:
    """Look at what is shown on a desk and on a phone, in light and dark; nothing serious may be wrong."""
    for size, viewport in (("desk", DESKTOP), ("phone", PHONE)):
        await page.set_viewport_size(viewport)  # type: ignore[arg-type]  # a plain dict is a ViewportSize
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.locator(f"html[data-mantine-color-scheme={scheme}]").wait_for()
            await page.evaluate(SETTLED)
            assert await serious(page) == []
            wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is {wide} px too wide on a {size}"
            await picture(page, f"{name}-{size}-{scheme}")
    await page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # the same
    await page.emulate_media(color_scheme="light")


@pytest.mark.parametrize(
    ("language", "answer", "hang_up"),
    [("en", "Answer", "Hang up"), ("pl", "Odbierz", "Rozłącz"), ("ko", "받기", "끊기")],
)
async def test_a_call_is_taken_by_keyboard_on_every_screen(
    world: TwilioWorld, phones: TwilioPhones, language: str, answer: str, hang_up: str
) -> None:
    channel = await world.hotline()
    await world.line(channel)
    identity = "agent_" + (await world.api.get("/session"))["user"]["id"].replace("-", "")
    async with (
        screens.chromium(*far_end.FLAGS, *phones.flags) as browser,
        FarEnd(browser) as far,
        CustomerCall(world.network, world.twilio) as anna,
    ):
        world.network.plug(phones, far)
        agent = await Agent.sign_in(browser, world.hub)
        page = agent.page
        await available(agent)
        await phones.wait_for(identity)
        await world.api._ask("PATCH", "/session", json={"language": language})
        await page.goto(f"{world.hub.url}/calls/missed")
        await phones.wait_for(identity)
        assert await page.evaluate(CUT) == []
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        button = page.get_by_role("alertdialog").get_by_role("button", name=answer)
        await expect(button).to_be_focused()
        await looked_at(page, f"pop-{language}")
        await button.focus()
        await page.keyboard.press("Enter")
        await anna.media.hears()
        ends = page.get_by_role("button", name=hang_up)
        await ends.wait_for()
        await looked_at(page, f"talk-{language}")
        await ends.focus()
        await page.keyboard.press("Enter")
        await anna.finished()
        await ends.wait_for(state="hidden")
        await page.goto(f"{world.hub.url}/calls/list")
        await page.get_by_text(ANNA).first.click()
        await looked_at(page, f"list-{language}")
