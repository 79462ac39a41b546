"""A bot drawn in the browser, tried, published and woken by a visitor of the web chat; an agent ends the talk."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent
from tests.e2e.talking import entry_where, saying
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
    pytest.mark.timeout(180),
]

GREETING = {"English": "Hello! Two questions first.", "Polish": "Dzień dobry! Najpierw dwa pytania."}
NAME = {"English": "What is your name?", "Polish": "Jak się Pan nazywa?"}
TOPIC = {"English": "What is it about?", "Polish": "O co chodzi?"}
CHOICES = ({"English": "My order", "Polish": "Zamówienie"}, {"English": "Something else", "Polish": "Coś innego"})
THANKS = {"English": "Thank you, a colleague will write.", "Polish": "Dziękujemy, zaraz napisze nasz pracownik."}


@pytest.fixture
async def team(api: HubApi) -> Json:
    """Who gets what the bot hands over."""
    made: Json = await api.post("/teams", {"id": str(uuid7()), "name": "Orders", "member_ids": []})
    return made


@pytest.fixture
async def visitor(browser: Browser, api: HubApi) -> Page:
    """Somebody on our website, with the chat open and Polish as their browser's language."""
    await api.channel("webchat", "Website", {"allowed_origins": [api.hub.url]})
    context = await browser.new_context(viewport=DESKTOP, locale="pl-PL", reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


class Drawer:
    """Somebody who draws a bot: adds steps, fills their fields in, draws lines."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.side = page.get_by_role("complementary", name="The step")

    async def add(self, kind: str) -> None:
        """Add a step behind the chosen one."""
        await self.page.get_by_role("button", name="Add a step").click()
        await self.page.get_by_role("menuitem", name=kind, exact=True).click()
        await expect(self.side.get_by_role("textbox", name="Name of the step")).to_be_visible()

    async def called(self, name: str) -> None:
        """Name the chosen step."""
        await self.side.get_by_role("textbox", name="Name of the step").fill(name)

    async def says(self, texts: dict[str, str], field: str = "What it says") -> None:
        """Write a text of the chosen step in each language."""
        for language, text in texts.items():
            await self.side.get_by_label("Language of the texts").get_by_text(language).click()
            await self.side.get_by_role("textbox", name=field, exact=True).fill(text)

    async def pick(self, field: str, value: str, within: Locator | None = None) -> None:
        """Choose a value in a list."""
        await (within or self.side).get_by_role("combobox", name=field, exact=True).click()
        await self.page.get_by_role("option", name=value, exact=True).click()

    def step(self, name: str) -> Locator:
        """A step in the drawing."""
        return self.page.locator(".react-flow__node").filter(has=self.page.get_by_text(name, exact=True))

    async def draw(self, start: str, way: str, end: str) -> None:
        """Draw a line from a way out of one step to another step, with the mouse."""
        await self.page.get_by_role("button", name="Show all").click()
        exit_ = self.step(start).locator("div").filter(has_text=way).last.locator(".react-flow__handle")
        await exit_.hover()
        await self.page.mouse.down()
        spot = await self.step(end).locator(".react-flow__handle").first.bounding_box()
        assert spot is not None
        await self.page.mouse.move(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2, steps=8)
        await self.page.mouse.up()

    async def saved(self) -> None:
        """Wait until all that was drawn is kept."""
        await expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()


async def test_a_bot_drawn_in_the_browser_greets_a_visitor_and_hands_over(
    browser: Browser, api: HubApi, team: Json, visitor: Page
) -> None:
    agent = await Agent.sign_in(browser, api.hub)
    page = agent.page
    # The drawing moves at once, not while somebody reaches for it.
    await page.emulate_media(reduced_motion="reduce")
    drawer = Drawer(page)
    await _draw(drawer)
    await _try(page)
    await _put_to_work(page)

    await visitor.goto(f"{api.hub.url}/demo/widget?lang=pl")
    await visitor.get_by_role("button", name="Otwórz czat").click()
    await _say(visitor, "Dzień dobry, kiedy przyjdzie moja paczka?")
    await _hears(visitor, GREETING["Polish"])
    await _hears(visitor, NAME["Polish"])
    await _say(visitor, "Nazywam się Anna Kowalska")
    await _hears(visitor, TOPIC["Polish"])
    await visitor.get_by_role("button", name="Zamówienie").click()
    await _hears(visitor, THANKS["Polish"])

    async def handed() -> Json | None:
        rows = await api.conversations()
        return next((row for row in rows if row["team_id"] == team["id"] and row["state"] == "open"), None)

    row = await until(handed, what="the conversation is the team's")
    assert row["contact_name"] == "Anna Kowalska"
    contact = await api.get(f"/contacts/{row['contact_id']}")
    assert contact["source"] == api.hub.url.removeprefix("http://")

    await page.get_by_role("link", name="Inbox").click()
    await agent.row("Anna Kowalska").click()
    note = page.get_by_role("article").filter(has_text="Zamówienie").filter(has_text="Anna Kowalska")
    await expect(note.last).to_be_visible()
    await agent.reply("Anna Kowalska", "Paczka przyjdzie jutro.")
    await _hears(visitor, "Paczka przyjdzie jutro.")
    await _say(visitor, "Dziękuję! A o której?")
    await entry_where(api, saying("Dziękuję! A o której?"), "the visitor writes to the agent")
    await agent.reply("Anna Kowalska", "Przed południem.")
    await _hears(visitor, "Przed południem.")
    by_bot = [entry for entry in await api.messages() if entry["author_kind"] == "bot"]
    assert len(by_bot) == 4
    assert agent.errors == []


async def _draw(drawer: Drawer) -> None:
    """Draw the flow, see what is wrong with it meanwhile, and mend that."""
    page = drawer.page
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("link", name="Bots", exact=True).click()
    await page.get_by_role("button", name="New bot").click()
    await page.get_by_role("menuitem", name="A short one").click()
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Name and purpose").click()
    await page.get_by_role("textbox", name="Name", exact=True).fill("Welcome")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    languages = page.get_by_role("combobox", name="Languages")
    await languages.fill("Polish")
    await page.get_by_role("option", name="Polish").click()
    await page.keyboard.press("Escape")

    await drawer.step("Hand over").first.click()
    await page.keyboard.press("Delete")
    await drawer.step("Hello!").click()
    await expect(drawer.side.get_by_text("leads nowhere at “Next”")).to_be_visible()
    await drawer.called("Greeting")
    await drawer.says({"English": GREETING["English"]})
    await expect(drawer.side.get_by_text("is missing in Polish")).to_be_visible()
    await drawer.says(GREETING)
    await expect(drawer.side.get_by_text("is missing in Polish")).to_have_count(0)

    await drawer.add("Question")
    await drawer.called("Name")
    await drawer.says(NAME)
    await drawer.pick("What it asks for", "Name")
    await drawer.side.get_by_role("textbox", name="Remember the answer as").fill("name")
    await drawer.side.get_by_role("textbox", name="Field of the contact").fill("name")

    await drawer.add("Question")
    await drawer.called("Topic")
    await drawer.says(TOPIC)
    await drawer.pick("What it asks for", "A choice")
    for number, texts in enumerate(CHOICES, 1):
        await drawer.says(texts, field=f"Choice {number}")
    await drawer.side.get_by_role("textbox", name="Remember the answer as").fill("topic")

    await drawer.add("Hand over")
    await drawer.called("To the team")
    await drawer.says(THANKS)
    await drawer.pick("Team", "Orders")
    publish = page.get_by_role("button", name="Publish", exact=True)
    await expect(publish).to_be_disabled()
    await drawer.draw("Topic", "Something else", "To the team")
    await drawer.saved()
    await expect(publish).to_be_enabled()


async def _try(page: Page) -> None:
    """Talk with the drawing as an English customer would."""
    await page.keyboard.press("Escape")
    await page.locator(".react-flow__pane").click(position={"x": 8, "y": 8})
    talk = page.get_by_role("region", name="Try it")
    await talk.get_by_role("combobox", name="As on channel…").click()
    await page.get_by_role("option", name="Website").click()
    write = talk.get_by_role("textbox", name="Write something")
    await write.fill("Hello, where is my parcel?")
    await write.press("Enter")
    await expect(talk.get_by_text(NAME["English"])).to_be_visible()
    await write.fill("Ann Smith")
    await write.press("Enter")
    await talk.get_by_role("button", name="Something else").click()
    await expect(talk.get_by_text(THANKS["English"])).to_be_visible()
    await expect(talk.get_by_text("Handed over: Orders")).to_be_visible()


async def _put_to_work(page: Page) -> None:
    """Publish the bot with a note and say which messages wake it."""
    await page.get_by_role("button", name="Publish", exact=True).click()
    await page.get_by_role("textbox", name="What changed").fill("The first one")
    await page.get_by_role("button", name="Put to work").click()
    await expect(page.get_by_text("At work, version 1")).to_be_visible()
    await page.get_by_role("link", name="Bots", exact=True).click()
    await page.get_by_role("button", name="New rule").click()
    form = page.get_by_role("dialog", name="New rule")
    await form.get_by_role("textbox", name="Name", exact=True).fill("Everybody on the website")
    await form.get_by_role("combobox", name="Channels").click()
    await page.get_by_role("option", name="Website").click()
    await page.keyboard.press("Tab")
    await form.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Welcome · Website · At any time · Anybody")).to_be_visible()


async def _say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def _hears(page: Page, text: str) -> None:
    await expect(page.get_by_text(text, exact=True)).to_be_visible(timeout=PATIENCE_MS)
