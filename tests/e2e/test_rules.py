"""A manager makes rules on the screens: a mail outside hours gets one answer, a chat nobody answers is escalated."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, expect

from hub.services.ids import new_id
from tests.e2e import mail_world, screens
from tests.e2e.hub_api import HubApi
from tests.e2e.looking import pictures, serious
from tests.e2e.mail_world import MailWorld, body_of
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
    pytest.mark.skipif(bool(mail_world.missing()), reason=mail_world.missing()),
]
expect.set_options(timeout=PATIENCE_MS)

CLOSED = "We are closed and answer tomorrow."


async def test_a_mail_outside_hours_gets_one_answer_and_a_chat_nobody_answers_is_escalated(
    browser: Browser, api: HubApi, mail_servers: MailWorld
) -> None:
    await nobody_is_there(api)
    await api.channel("email", "Support", mail_servers.channel_settings())
    await api.channel("webchat", "Web chat", {"allowed_origins": [api.hub.url]})
    agent = await Agent.sign_in(browser, api.hub)
    await the_answer_outside_hours_is_made(agent.page, api)
    await the_escalation_is_made(agent.page, api)
    await only_one_answer_comes(api, mail_servers)
    await the_chat_is_escalated(browser, agent, api)
    await the_log_says_so(agent.page, api)
    assert agent.errors == []


async def nobody_is_there(api: HubApi) -> None:
    calendar = await api.post("/calendars", {"id": str(new_id()), "name": "Never", "zone": "UTC", "week": [[]] * 7})
    await api.put("/hours", {"keeper": "company", "calendar_id": calendar["id"]})


async def the_answer_outside_hours_is_made(page: Page, api: HubApi) -> None:
    await page.goto(f"{api.hub.url}/settings/rules")
    await expect(page.get_by_text("No rules yet")).to_be_visible()
    await pictures(page, "rules-empty")
    await page.get_by_role("button", name="New rule").click()
    await page.get_by_role("menuitem", name="Answer outside opening hours").click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_text("Opening hours is closed")).to_be_visible()
    await form.get_by_role("textbox", name="Text in English").fill(CLOSED)
    await form.get_by_role("button", name="Try on last week").click()
    await expect(form.get_by_role("status")).to_contain_text("It would have acted 0 times")
    await pictures(page, "rules-away")
    assert await serious(page) == []
    await form.get_by_role("button", name="Save").click()
    await page.get_by_role("switch", name="Answer outside opening hours: at work").press("Space")
    await until(lambda: active(api, 1), what="the first rule at work")


async def the_escalation_is_made(page: Page, api: HubApi) -> None:
    await page.get_by_role("button", name="New rule").click()
    await page.get_by_role("menuitem", name="Escalate customers who wait too long").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Minutes", exact=True).fill("1")
    await form.get_by_label("only opening hours count").press("Space")
    await form.get_by_label("Part of the time").fill("5")
    await pictures(page, "rules-escalation")
    assert await serious(page) == []
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("list").get_by_text("a customer waits for 1m")).to_be_visible()
    await page.get_by_role("button", name="Escalate customers who wait too long: earlier").press("Enter")
    await page.get_by_role("switch", name="Escalate customers who wait too long: at work").press("Space")
    await until(lambda: active(api, 2), what="the second rule at work")
    assert next(rule["name"] for rule in await api.get("/rules")) == "Escalate customers who wait too long"
    await pictures(page, "rules-list")
    assert await serious(page) == []


async def active(api: HubApi, count: int) -> bool:
    return len([rule for rule in await api.get("/rules") if rule["active"]]) == count


async def only_one_answer_comes(api: HubApi, world: MailWorld) -> None:
    send = world.send
    await asyncio.to_thread(send, "ann@example.test", "Is anybody there?", mail_id="<a1@example.test>")

    async def answered() -> bool:
        return bool(await asyncio.to_thread(world.mails, "ann@example.test"))

    await until(answered, what="the automatic answer")
    again = {"In_Reply_To": "<a1@example.test>", "References": "<a1@example.test>"}
    await asyncio.to_thread(send, "ann@example.test", "Hello?", mail_id="<a2@example.test>", **again)
    machine = {"Auto_Submitted": "auto-replied"}
    await asyncio.to_thread(send, "bob@example.test", "I am away", mail_id="<b1@example.test>", **machine)

    async def all_read() -> bool:
        return {"Hello?", "I am away"} <= {entry["text"].strip() for entry in await api.messages()}

    await until(all_read, what="the mails that get no answer")
    rules = {rule["name"]: rule for rule in await api.get("/rules")}
    (mail,) = await asyncio.to_thread(world.mails, "ann@example.test")
    assert CLOSED in body_of(mail)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert await asyncio.to_thread(world.mails, "bob@example.test") == []
    assert rules["Answer outside opening hours"]["ran"] == 1


async def the_chat_is_escalated(browser: Browser, agent: Agent, api: HubApi) -> None:
    context = await browser.new_context(viewport=DESKTOP, reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    customer = await context.new_page()
    await customer.goto(f"{api.hub.url}/demo/widget")
    await customer.get_by_role("button", name="Open chat").click()
    box = customer.get_by_role("textbox", name="Write a message")
    await box.fill("My parcel is torn")
    await box.press("Enter")

    async def taken() -> str | None:
        found = (entry["conversation_id"] for entry in await api.messages() if entry["text"] == "My parcel is torn")
        return next(found, None)

    conversation = await until(taken, what="the visitor's message")
    await agent.page.goto(f"{api.hub.url}/inbox/{conversation}")
    by_rule = "The rule “Escalate customers who wait too long” set the priority to"
    await expect(agent.page.get_by_text(by_rule)).to_be_visible()
    await pictures(agent.page, "rules-thread")
    assert await serious(agent.page) == []
    assert (await api.get(f"/conversations/{conversation}"))["row"]["priority"] == "high"


async def the_log_says_so(page: Page, api: HubApi) -> None:
    await page.goto(f"{api.hub.url}/settings/rules")
    await page.get_by_role("button", name="Answer outside opening hours: what it did").click()
    log = page.get_by_role("dialog")
    await expect(log.get_by_text("Done: Reply")).to_have_count(2)
    await pictures(page, "rules-log")
    assert await serious(page) == []
    await log.get_by_role("tab", name="Versions").click()
    await expect(log.get_by_text("1. Answer outside opening hours")).to_be_visible()
