"""An agent at the real screens in a headless Chromium: finds things by what people read, not by how it is built."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright

import hub as product
from tests.e2e.hub_api import ADMIN, PASSWORD
from tests.e2e.hub_process import HubProcess

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
BUILT = Path(product.__file__).parent / "static" / "app" / "index.html"
DESKTOP = {"width": 1440, "height": 900}
PATIENCE_MS = 20_000
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")


def missing() -> str:
    """Return "" if there is a browser, else why not."""
    return "" if CHROMIUM else "Chromium is not installed (apt-get install chromium)"


@asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[Browser]:
    """Start a browser, with further flags of Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS, *flags])
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture
async def hearing() -> AsyncIterator[Browser]:
    """A browser with a made-up microphone: `browser = screens.hearing` in a scene that records."""
    async with chromium("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream") as running:
        yield running


class Agent:
    """Somebody signed in at the inbox, in a window of their own."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @classmethod
    async def sign_in(cls, browser: Browser, hub: HubProcess, email: str = ADMIN) -> "Agent":
        """Open the hub as a newcomer does and log in; the first password was changed before."""
        assert BUILT.exists(), "The screens are not built: python hatch_build.py"
        context = await browser.new_context(viewport=DESKTOP, locale="en-GB")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        agent = cls(context, page)
        await page.goto(hub.url)
        await page.get_by_label("E-mail address").fill(email)
        await page.get_by_role("textbox", name="Password").fill(PASSWORD)
        await page.get_by_role("button", name="Log in").click()
        await page.get_by_role("navigation", name="Lists").get_by_text("All", exact=True).click()
        await page.evaluate("window.loadedOnce = true")
        return agent

    def row(self, text: str) -> Locator:
        """A conversation in the list, by anything it shows."""
        return self.page.get_by_role("list", name="Conversations").get_by_role("button").filter(has_text=text)

    def message(self, text: str) -> Locator:
        """A message in the open conversation."""
        return self.page.get_by_role("article").filter(has_text=text)

    def answer_to(self, name: str) -> Locator:
        """Where a reply to somebody is written."""
        return self.page.get_by_role("textbox", name=f"Reply to {name}")

    async def reply(self, name: str, text: str) -> None:
        """Write a reply and send it."""
        await self.answer_to(name).fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def attach(self, *paths: Path) -> None:
        """Choose files for the reply."""
        async with self.page.expect_file_chooser() as asked:
            await self.page.get_by_role("button", name="Attach files").click()
        await (await asked.value).set_files(list(paths))

    async def check(self) -> None:
        """Raise AssertionError if the page was loaded again or a script failed meanwhile."""
        assert await self.page.evaluate("window.loadedOnce"), "the page was loaded again"
        assert self.errors == []
