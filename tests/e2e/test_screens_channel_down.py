"""A channel that does not work is said in the inbox to everybody who works there, until it is back."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.e2e import screens, telegram_bot
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.peers.telegram_api import FakeTelegram

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

hub = telegram_bot.hub
DOWN = "Telegram “Shop” has been disconnected since"
NOTICED_MS = 2 * PATIENCE_MS
"""A moment's trouble is told to nobody, so that it takes a while."""


@pytest.fixture
async def shop(api: HubApi, tg: FakeTelegram) -> Json:
    """A bot that the hub asks for news."""
    made = await api.channel("telegram", "Shop", telegram_bot.settings(tg, "polling"))
    await tg.called("getUpdates")
    return made


@pytest.fixture
async def admin(browser: Browser, hub: HubProcess, shop: Json) -> Agent:  # noqa: ARG001 - it is connected
    return await Agent.sign_in(browser, hub)


@pytest.fixture
async def ann(browser: Browser, api: HubApi, shop: Json) -> Agent:  # noqa: ARG001 - it is connected
    """An agent."""
    return await Agent.sign_in(browser, api.hub, await api.colleague("Ann", "agent"))


@pytest.fixture
async def spare() -> AsyncIterator[FakeTelegram]:
    """Another bot at a Telegram of its own."""
    async with FakeTelegram(token="7000000002:AAHsecondSECONDsecondSECONDsecondSECO") as server:
        server.bot["username"] = "example_repairs_bot"
        yield server


def banner(agent: Agent) -> Locator:
    return agent.page.get_by_role("status", name="Channels that do not work")


async def test_it_is_said_to_who_works_there_with_what_they_can_do_and_gone_when_it_is_back(
    admin: Agent, ann: Agent, tg: FakeTelegram
) -> None:
    anna = tg.world.person("Anna Example")
    await expect(banner(ann)).to_be_empty()
    await tg.stop()
    await expect(banner(admin)).to_contain_text(DOWN, timeout=NOTICED_MS)
    await expect(banner(ann)).to_contain_text(DOWN, timeout=NOTICED_MS)
    await expect(banner(ann)).to_contain_text("messages may come late. The hub keeps trying.")
    await expect(banner(ann).get_by_role("link")).to_have_count(0)
    for name, agent in (("admin", admin), ("agent", ann)):
        assert await serious(agent.page) == []
        await pictures(agent.page, f"channel-down-{name}")

    await banner(admin).get_by_role("link", name="What to do").click()
    await expect(admin.page.get_by_role("heading", name="Shop")).to_be_visible()
    await expect(admin.page.get_by_text("Check the hub's internet connection and firewall")).to_be_visible()
    await expect(banner(admin)).to_be_empty()  # the channel's own page says more
    tg.world.says("Are you there?", user=anna)
    await tg.start()
    await admin.page.get_by_role("button", name="Restart").click()
    await admin.page.get_by_role("link", name="Inbox").click()
    await expect(admin.row("Are you there?")).to_be_visible(timeout=PATIENCE_MS)
    for agent in (admin, ann):
        await expect(banner(agent)).to_be_empty()
        await agent.check()


async def test_who_has_read_it_hides_it_by_key_until_the_next_trouble(ann: Agent, tg: FakeTelegram) -> None:
    await tg.stop()
    await expect(banner(ann)).to_contain_text(DOWN, timeout=NOTICED_MS)
    await banner(ann).get_by_role("button", name="Hide this notice").press("Enter")
    await expect(banner(ann)).to_be_empty()
    await expect(ann.page.get_by_role("main")).to_be_focused()
    await ann.page.reload()
    warned = ann.page.get_by_role("navigation", name="Lists").get_by_role("img", name="Disconnected")
    await expect(warned).to_be_visible()
    await expect(banner(ann)).to_be_empty()

    await tg.start()
    await expect(warned).to_have_count(0, timeout=NOTICED_MS)
    await tg.stop()
    await expect(banner(ann)).to_contain_text(DOWN, timeout=NOTICED_MS)


async def test_several_are_one_banner_that_leads_to_each(
    admin: Agent, api: HubApi, tg: FakeTelegram, spare: FakeTelegram
) -> None:
    await api.channel("telegram", "Repairs", telegram_bot.settings(spare, "polling"))
    await spare.called("getUpdates")
    await tg.stop()
    await spare.stop()
    told = banner(admin)
    await expect(told).to_contain_text("2 channels do not work: messages may come late.", timeout=NOTICED_MS)
    assert await serious(admin.page) == []
    await pictures(admin.page, "channels-down")
    await told.get_by_role("link", name="Telegram “Repairs”, disconnected since").click()
    await expect(admin.page.get_by_role("heading", name="Repairs")).to_be_visible()
    for language, why in (
        ("ko", "Telegram에 연결하지 못했습니다: 연결할 수 없었습니다."),
        ("pl", "Telegram: brak połączenia"),
    ):
        await api.insist("PATCH", "/session", {"language": language})
        await admin.page.reload()
        await expect(admin.page.get_by_text(why)).to_be_visible()
        await pictures(admin.page, f"channel-down-{language}")
