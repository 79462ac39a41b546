"""What went wrong is said on the screens, with the remedy beside it; what was being written survives a reload."""

from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from connectors.telegram.verify import HEADER, webhook_secret
from hub.domain.ids import ChannelId
from tests.e2e import screens, telegram_bot
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.peers.telegram_api import FakeTelegram

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

hub, bot = telegram_bot.hub, telegram_bot.bot
NAME = "Anna Example"


@pytest.fixture
async def agent(browser: Browser, api: HubApi, bot: Json, tg: FakeTelegram) -> Agent:  # noqa: ARG001 - it is connected
    """An agent with Anna's conversation open."""
    tg.world.says("Hello?", user=tg.world.person(NAME))
    agent = await Agent.sign_in(browser, api.hub)
    await agent.row("Hello?").click(timeout=PATIENCE_MS)
    await expect(agent.answer_to(NAME)).to_be_visible()
    return agent


async def test_what_could_not_be_read_is_one_click_from_the_ledger_and_can_be_read_again(
    agent: Agent, bot: Json, tg: FakeTelegram
) -> None:
    secret = webhook_secret(tg.token, ChannelId(UUID(bot["id"])))
    async with aiohttp.ClientSession() as provider:
        answer = await provider.post(bot["webhook_url"], data=b'{"update_id": "not a number"', headers={HEADER: secret})
        assert answer.status == 200
    page = agent.page
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("link", name="Loss ledger").click()
    await expect(page.get_by_text("Nothing was lost. 1 event could not be read yet.")).to_be_visible()
    await page.get_by_role("table").get_by_role("link", name="1").click()
    await page.get_by_role("button", name="Look").click()
    shown = page.get_by_role("dialog", name="What the provider sent")
    await expect(shown.get_by_text('{"update_id": "not a number"')).to_be_visible()
    await shown.get_by_role("button", name="Read again").click()
    await expect(page.get_by_text("1 event is read again.")).to_be_visible()
    # It is still not readable, so it is listed again.
    await expect(page.get_by_role("button", name="Look")).to_be_visible(timeout=PATIENCE_MS)
    await agent.check()


async def test_a_refused_message_is_tried_again_from_the_screen(agent: Agent, tg: FakeTelegram) -> None:
    tg.fail("sendMessage", status=403, description="Forbidden: bot was blocked by the user", times=1)
    await agent.reply(NAME, "Good morning.")
    trouble = agent.message("Good morning.").get_by_role("status")
    await expect(trouble).to_contain_text("Not delivered.", timeout=PATIENCE_MS)
    await trouble.get_by_role("button", name="Try again").click()
    await expect(agent.message("Good morning.").get_by_text("Sent", exact=True)).to_be_attached(timeout=PATIENCE_MS)
    await expect(trouble).to_have_count(0)
    assert [call.values["text"] for call in tg.sent] == ["Good morning."]


async def test_a_person_says_that_an_uncertain_message_arrived(agent: Agent, tg: FakeTelegram) -> None:
    tg.fail("sendMessage", reset=True, times=1)
    await agent.reply(NAME, "Good morning.")
    trouble = agent.message("Good morning.").get_by_role("status")
    await expect(trouble).to_contain_text("It is not certain that this went out.", timeout=PATIENCE_MS)
    await trouble.get_by_role("button", name="It arrived").click()
    await expect(trouble).to_have_count(0)
    assert len(tg.sent) == 1


async def test_a_draft_survives_a_reload_with_its_files(agent: Agent, tmp_path: Path) -> None:
    label = tmp_path / "label.txt"
    label.write_bytes(b"return label 17")
    page = agent.page
    async with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok) as kept:
        await agent.attach(label)
        await agent.answer_to(NAME).fill("Use this label")
    await kept.value
    await page.reload()
    await expect(agent.answer_to(NAME)).to_have_value("Use this label")
    await expect(page.get_by_role("button", name="Remove label.txt")).to_be_visible()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(agent.message("Use this label").get_by_text("label.txt")).to_be_visible()
