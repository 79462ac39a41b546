"""Real mail at the real screens: it appears by itself, is answered in the browser, and a failure is said there."""

import asyncio
from email.message import EmailMessage

import pytest
from playwright.async_api import expect

from tests.e2e import mail_world as mail
from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(mail.missing()), reason=mail.missing()),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

ANN = "ann@example.test"
GHOST = "ghost@example.test"


async def test_a_mail_is_answered_in_the_browser_and_a_dead_address_is_said_there(
    api: HubApi, mail_servers: mail.MailWorld
) -> None:
    await api.channel("email", "Mail", mail_servers.channel_settings())

    async def answers() -> list[EmailMessage]:
        return await asyncio.to_thread(mail_servers.mails, ANN)

    async with screens.chromium() as browser:
        agent = await Agent.sign_in(browser, api.hub)
        await asyncio.to_thread(
            mail_servers.send,
            f"Ann Customer <{ANN}>",
            "Where is it?",
            mail_id="<q1@customer.example>",
            Subject="Order 17",
        )
        await agent.row("Ann Customer").click(timeout=PATIENCE_MS)
        await expect(agent.message("Where is it?")).to_be_visible()
        await agent.reply("Ann Customer", "On its way, tomorrow at noon.")
        await expect(agent.message("On its way, tomorrow at noon.")).to_be_visible()

        (answer,) = await until(answers, what="the answer in Ann's mailbox")
        assert answer["In-Reply-To"] == "<q1@customer.example>"
        assert answer["References"].split() == ["<q1@customer.example>"]
        assert answer["Subject"] == "Re: Order 17"
        thread = {"In_Reply_To": answer["Message-ID"], "References": f"<q1@customer.example> {answer['Message-ID']}"}
        await asyncio.to_thread(
            mail_servers.send,
            f"Ann Customer <{ANN}>",
            "Thank you!",
            mail_id="<q2@customer.example>",
            Subject="Re: Order 17",
            **thread,
        )
        await expect(agent.message("Thank you!")).to_be_visible(timeout=PATIENCE_MS)
        await expect(agent.page.get_by_role("list", name="Conversations").get_by_role("button")).to_have_count(1)

        await asyncio.to_thread(
            mail_servers.send,
            f"Gone Ghost <{GHOST}>",
            "Are you there?",
            mail_id="<g1@customer.example>",
            Subject="Hello",
        )
        await agent.row("Gone Ghost").click(timeout=PATIENCE_MS)
        await agent.reply("Gone Ghost", "We are.")
        trouble = agent.message("We are.").get_by_role("status")
        await expect(trouble).to_contain_text("Not delivered.", timeout=PATIENCE_MS)
        await expect(trouble).to_contain_text("The address does not exist.")
        await agent.check()
