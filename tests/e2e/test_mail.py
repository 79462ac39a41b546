"""Real mail through the whole hub: Postfix and Dovecot at one end, the API at the other."""

import asyncio
from email.message import EmailMessage

import pytest
from uuid_utils.compat import uuid7

from tests.e2e import mail_world as mail
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.waiting import until

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(mail.missing()), reason=mail.missing())]

ANN = "ann@example.test"


async def one_conversation(api: HubApi) -> Json:
    """Wait for the first conversation."""
    (row,) = await until(api.conversations, what="a conversation")
    return row


async def first_mail(world: mail.MailWorld, address: str) -> EmailMessage:
    """Wait for the first mail in a customer's inbox."""

    async def look() -> list[EmailMessage]:
        return await asyncio.to_thread(world.mails, address)

    return (await until(look, what=f"a mail to {address}"))[0]


async def test_a_mail_is_answered_under_the_original_and_the_customers_answer_joins_the_conversation(
    api: HubApi, mail_servers: mail.MailWorld
) -> None:
    api.hub.secrets.append(mail.MAILBOX_PASSWORD)
    await api.channel("email", "Mail", mail_servers.channel_settings())
    await asyncio.to_thread(mail_servers.send, ANN, "Where is it?", mail_id="<q1@customer.example>", Subject="Order 17")
    row = await one_conversation(api)
    assert (row["address"], row["subject"]) == (ANN, "Order 17")

    await api.reply(row["id"], "On its way, tomorrow at noon.")
    answer = await first_mail(mail_servers, ANN)
    assert answer["In-Reply-To"] == "<q1@customer.example>"
    assert answer["References"].split() == ["<q1@customer.example>"]
    assert "On its way, tomorrow at noon." in mail.body_of(answer)

    await asyncio.to_thread(
        mail_servers.send,
        ANN,
        "Thank you!",
        mail_id="<q2@customer.example>",
        Subject="Re: Order 17",
        In_Reply_To=answer["Message-ID"],
        References=f"<q1@customer.example> {answer['Message-ID']}",
    )

    async def three() -> list[Json]:
        found = await api.thread(row["id"])
        return found if len(found) == 3 else []

    told = await until(three, what="the customer's answer in the same conversation")
    # Mail servers stamp whole seconds, so an answer within the same second may stand above what it answers.
    assert {(entry["direction"], entry["text"].strip()) for entry in told} == {
        ("inbound", "Where is it?"),
        ("outbound", "On its way, tomorrow at noon."),
        ("inbound", "Thank you!"),
    }
    assert len(await api.conversations()) == 1


async def test_a_mail_to_a_dead_address_fails_with_its_reason_in_words(
    api: HubApi, mail_servers: mail.MailWorld
) -> None:
    channel = await api.channel("email", "Mail", mail_servers.channel_settings())
    started = {"channel_id": channel["id"], "address": "ghost@example.test", "subject": "Your order", "text": "Hello?"}
    row = await api.post("/conversations", {"id": str(uuid7()), **started})

    async def failed() -> Json | None:
        (entry,) = await api.thread(row["id"])
        return entry["delivery"] if entry["delivery"]["state"] == "failed" else None

    delivery = await until(failed, what="the bounce")
    assert delivery["reason"].startswith("The address does not exist.")
    (shown,) = await api.conversations()
    assert shown["failed"]
