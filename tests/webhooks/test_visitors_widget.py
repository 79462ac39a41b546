"""The built widget in a real browser, against the small hub: the demo shop's customer and an agent talk."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, async_playwright, expect

import hub
from tests.webhooks.visiting import Visiting, visiting

WIDGET = Path(hub.__file__).parent / "static" / "widget"
AXE = Path(__file__).parents[2] / "web" / "widget" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed: apt install chromium"),
]


@pytest.fixture
async def shop(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Visiting]:
    """The small hub with the widget as it was built."""
    assert (WIDGET / "widget.js").exists(), "The widget is not built: npm ci && npm run build in web/widget."
    async with visiting(sqlite_url, tmp_path, static=WIDGET) as made:
        yield made


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        await browser.close()


async def visit(chromium: Browser, shop: Visiting, query: str = "", *, phone: bool = False, dark: bool = False) -> Page:
    """Open the demo shop, which follows the strictest content policy, as a new customer."""
    context = await chromium.new_context(
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]  # a plain dict is a ViewportSize
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    await page.goto(str(shop.server.make_url(f"/demo/widget{query}")))
    return page


async def write(page: Page, text: str, label: str = "Write a message") -> None:
    """Write a message and send it with the keyboard."""
    box = page.get_by_role("textbox", name=label)
    await box.fill(text)
    await box.press("Enter")


async def test_customer_and_agent_talk_with_files_and_typing(chromium: Browser, shop: Visiting) -> None:
    page = await visit(chromium, shop)
    await page.get_by_role("button", name="Open chat").click()
    await write(page, "My parcel is torn, see https://example.com/a")
    await expect(page.get_by_title("Sent")).to_be_visible()
    await shop.answer("Oh no! Can you send a photo?")
    await expect(page.get_by_text("Can you send a photo?")).to_be_visible()
    photo: FilePayload = {"name": "paczka.txt", "mimeType": "text/plain", "buffer": b"a torn parcel"}
    await page.locator("input[type=file]").set_input_files([photo])
    await page.get_by_role("button", name="Send", exact=True).click()
    link = page.get_by_role("link", name="paczka.txt")
    saved = await page.request.get(await link.evaluate("link => link.href"))
    assert await saved.body() == b"a torn parcel"
    await shop.connector(shop.channels[0]).show_typing(await shop.thread())
    await expect(page.get_by_text("Somebody is typing")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Open chat")).to_be_focused()
    await shop.answer("Thank you")
    await expect(page.get_by_role("button", name="Open chat: 1 new message")).to_be_visible()


async def test_a_cut_loses_nothing_and_doubles_nothing(chromium: Browser, shop: Visiting) -> None:
    page = await visit(chromium, shop)
    await page.get_by_role("button", name="Open chat").click()
    await write(page, "before")
    await expect(page.get_by_title("Sent")).to_be_visible()
    await page.context.set_offline(True)
    await write(page, "during, by the visitor")
    await shop.answer("during, by the agent")
    await expect(page.get_by_text("No connection")).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.get_by_text("during, by the agent")).to_be_visible()
    await expect(page.get_by_title("Sending")).to_have_count(0)
    await write(page, "after")
    await expect(page.locator(".message")).to_have_count(4)
    await expect(page.get_by_title("Sending")).to_have_count(0)
    assert sorted(entry.text for entry in await shop.entries(at_least=4)) == [
        "after",
        "before",
        "during, by the agent",
        "during, by the visitor",
    ]


async def test_where_sockets_are_blocked_the_widget_polls(chromium: Browser, shop: Visiting) -> None:
    page = await visit(chromium, shop)
    await page.add_init_script("delete window.WebSocket")
    await page.reload()
    await page.get_by_role("button", name="Open chat").click()
    await write(page, "by polling")
    await expect(page.get_by_title("Sent")).to_be_visible()
    await shop.answer("answered by polling")
    await expect(page.get_by_text("answered by polling")).to_be_visible()


async def test_nobody_there_the_offline_form_becomes_a_conversation(chromium: Browser, shop: Visiting) -> None:
    shop.agents.clear()
    page = await visit(chromium, shop, "?lang=pl", phone=True)
    await page.get_by_role("button", name="Otwórz czat").click()
    await page.get_by_role("button", name="Wyślij wiadomość").click()
    await expect(page.get_by_label("E-mail")).to_be_focused()
    await page.get_by_label("E-mail").fill("lucja@example.pl")
    await page.get_by_label("Wiadomość").fill("Proszę o odpowiedź")
    await page.get_by_role("button", name="Wyślij wiadomość").click()
    await expect(page.get_by_text("Dziękujemy, wiadomość dotarła")).to_be_visible()
    (entry,) = await shop.entries()
    assert (entry.text, entry.data["form"]) == ("Proszę o odpowiedź", {"email": "lucja@example.pl"})


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
async def test_axe_finds_nothing(chromium: Browser, shop: Visiting, phone: bool, dark: bool) -> None:
    page = await visit(chromium, shop, "?lang=ko", phone=phone, dark=dark)
    await page.get_by_role("button", name="채팅 열기").click()
    await write(page, "안녕하세요 https://example.kr", "메시지를 입력하세요")
    await expect(page.get_by_title("보냄")).to_be_visible()
    await shop.answer("무엇을 도와드릴까요?")
    await expect(page.get_by_text("무엇을 도와드릴까요?", exact=True)).to_be_visible()
    # The page's policy keeps other scripts out; a script of the test's own world is not bound by it.
    found = await page.evaluate(AXE.read_text(encoding="utf-8") + ";axe.run(document)")
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []


async def test_on_a_phone_the_panel_keeps_the_focus_inside(chromium: Browser, shop: Visiting) -> None:
    page = await visit(chromium, shop, phone=True)
    await page.get_by_role("button", name="Open chat").click()
    dialog = page.get_by_role("dialog", name="Chat with us")
    await expect(dialog).to_have_attribute("aria-modal", "true")
    for _ in range(8):
        await page.keyboard.press("Tab")
        await expect(dialog.locator(":focus")).to_have_count(1)
