"""Twilio through the whole hub, against the emulator's stateful, signed API: SMS, WhatsApp, both directions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from uuid_utils.compat import uuid7

from tests.e2e.hub_api import ApiProblem, HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying, uploaded
from tests.e2e.twilio_account import ACCOUNT, HUB_NAME, TOKEN, emulated_twilio, fetching_hub
from tests.e2e.waiting import until
from tests.peers.emulate import EmulatedTwilio

# the first run installs the emulator
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

OURS, WHATSAPP, POOLED = "+15550100199", "whatsapp:+15550100188", "+15550100177"
SERVICE = "MG" + "3" * 32
POOL = {"sid": SERVICE, "friendly_name": "Pool", "phone_numbers": [POOLED]}
ANNA, BEN = "+447700900001", "+447700900002"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
    "f61738550000000049454e44ae426082"
)


@pytest.fixture
async def twilio(tmp_path: Path) -> AsyncIterator[EmulatedTwilio]:
    async with emulated_twilio(tmp_path, numbers=[OURS, WHATSAPP, POOLED], messaging_services=[POOL]) as running:
        yield running


@pytest.fixture
async def hub(tmp_path: Path, twilio: EmulatedTwilio) -> AsyncIterator[HubProcess]:
    async with fetching_hub(tmp_path, twilio) as running:
        yield running


@asynccontextmanager
async def losing_answers(twilio: EmulatedTwilio) -> AsyncIterator[str]:
    """A line to Twilio on which the answer to a message is lost, though Twilio took it; yields its address."""

    async def pass_on(request: web.Request) -> web.StreamResponse:
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        async with http.request(
            request.method, f"{twilio.url}{request.raw_path}", data=await request.read(), headers=headers
        ) as answer:
            if request.path.endswith("/Messages.json") and request.method == "POST" and request.transport:
                request.transport.abort()
            return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", pass_on)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as http:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def channel(api: HubApi, twilio: EmulatedTwilio, sender: str = OURS, *, api_url: str = "") -> Json:
    """A connected sender, whose webhook the hub has set."""
    settings = {
        "account_sid": ACCOUNT,
        "auth_token": TOKEN,
        "sender": sender,
        "api_url": api_url or twilio.url,
        # the emulator signs what is behind #, which Twilio does not
        "connection_overrides": "",
    }
    made = await api.channel("twilio_sms", f"Twilio {sender}", settings)

    async def connected() -> bool:
        told = await api.get(f"/channels/{made['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(connected, what="the connection")
    return dict(await api.get(f"/channels/{made['id']}"))


async def test_a_customer_and_an_agent_talk_by_sms(api: HubApi, twilio: EmulatedTwilio) -> None:
    made = await channel(api, twilio)
    assert (await twilio.number(OURS))["sms_url"] == made["webhook_url"]
    await twilio.customer_writes("Czy paczka już wyszła? 안녕 👍", sender=ANNA, to=OURS)
    asked = await entry_where(api, saying("Czy paczka już wyszła? 안녕 👍"), "the question")

    await api.reply(asked["conversation_id"], "Yes, this morning.")
    await entry_where(api, in_state("sent", "Yes, this morning."), "the answer, sent")
    (message,) = await twilio.messages(To=ANNA)
    assert (message["from"], message["body"]) == (OURS, "Yes, this morning.")
    await twilio.status(message["sid"], "sending")
    await twilio.status(message["sid"], "delivered")
    await entry_where(api, in_state("delivered", "Yes, this morning."), "the tick")
    await twilio.status(message["sid"], "sent")
    await twilio.customer_writes("Thanks", sender=ANNA, to=OURS)
    await entry_where(api, saying("Thanks"), "what came after the late status")
    assert [entry for entry in await api.messages() if in_state("delivered", "Yes, this morning.")(entry)]
    (row,) = await api.conversations()
    assert row["address"] == ANNA
    assert len(await api.messages()) == 3


async def test_who_opts_out_is_not_written_to_until_they_opt_in_again(api: HubApi, twilio: EmulatedTwilio) -> None:
    await channel(api, twilio)
    await twilio.customer_writes("Hello", sender=BEN, to=OURS)
    hello = await entry_where(api, saying("Hello"), "the first message")
    await twilio.customer_writes("STOP", sender=BEN, to=OURS)
    await entry_where(api, saying("STOP"), "the opt-out")
    with pytest.raises(ApiProblem, match="not to be written to") as refused:
        await api.reply(hello["conversation_id"], "One more offer!")
    assert refused.value.status == 422
    await twilio.customer_writes("START", sender=BEN, to=OURS)
    await entry_where(api, saying("START"), "the opt-in")
    await api.reply(hello["conversation_id"], "Welcome back.")
    await entry_where(api, in_state("sent", "Welcome back."), "the answer, sent")
    assert [message["body"] for message in await twilio.messages(To=BEN)] == ["Welcome back."]


async def test_whatsapp_is_answered_on_whatsapp_and_is_the_same_contact(api: HubApi, twilio: EmulatedTwilio) -> None:
    by_sms, by_whatsapp = await channel(api, twilio), await channel(api, twilio, WHATSAPP)
    await twilio.set_number(WHATSAPP, SmsUrl=by_whatsapp["webhook_url"])
    await twilio.customer_writes("By SMS", sender=ANNA, to=OURS)
    await twilio.customer_writes("By WhatsApp", sender=f"whatsapp:{ANNA}", to=WHATSAPP)
    await entry_where(api, saying("By SMS"), "the SMS")
    asked = await entry_where(api, saying("By WhatsApp"), "the WhatsApp message")

    await api.reply(asked["conversation_id"], "Here, too.")
    await entry_where(api, in_state("sent", "Here, too."), "the answer, sent")
    (message,) = await twilio.messages(To=f"whatsapp:{ANNA}")
    assert message["from"] == WHATSAPP
    await twilio.status(message["sid"], "read")
    await entry_where(api, in_state("read", "Here, too."), "the blue tick")
    rows = await api.conversations()
    assert {row["channel_id"] for row in rows} == {by_sms["id"], by_whatsapp["id"]}
    assert len({row["contact_id"] for row in rows}) == 1


async def test_an_answer_to_what_we_began_on_whatsapp_joins_it(api: HubApi, twilio: EmulatedTwilio) -> None:
    made = await channel(api, twilio, WHATSAPP)
    await twilio.set_number(WHATSAPP, SmsUrl=made["webhook_url"])
    begun = {"id": str(uuid7()), "channel_id": made["id"], "address": ANNA, "text": "Your table is ready."}
    await api.post("/conversations", begun)
    first = await entry_where(api, in_state("sent", "Your table is ready."), "our message, sent")
    (message,) = await twilio.messages(To=f"whatsapp:{ANNA}")
    assert message["from"] == WHATSAPP
    await twilio.customer_writes("On my way", sender=f"whatsapp:{ANNA}", to=WHATSAPP)
    answer = await entry_where(api, saying("On my way"), "the answer")
    assert answer["conversation_id"] == first["conversation_id"]
    await api.reply(answer["conversation_id"], "See you soon.")
    await entry_where(api, in_state("sent", "See you soon."), "our next, sent")
    assert len(await twilio.messages(To=f"whatsapp:{ANNA}")) == 2


async def test_a_messaging_service_answers_from_its_pool(api: HubApi, twilio: EmulatedTwilio) -> None:
    made = await channel(api, twilio, SERVICE)
    assert (await twilio.service(SERVICE))["inbound_request_url"] == made["webhook_url"]
    await twilio.customer_writes("To the pool", sender=ANNA, to=POOLED)
    asked = await entry_where(api, saying("To the pool"), "the message")
    await api.reply(asked["conversation_id"], "From the pool")
    await entry_where(api, in_state("sent", "From the pool"), "the answer, sent")
    (answer,) = [message for message in await twilio.messages(To=ANNA) if message["body"] == "From the pool"]
    assert (answer["from"], answer["messaging_service_sid"]) == (POOLED, SERVICE)


async def test_twilio_fetches_the_files_we_send(api: HubApi, hub: HubProcess, twilio: EmulatedTwilio) -> None:
    await channel(api, twilio)
    await twilio.customer_writes("Show me", sender=ANNA, to=OURS)
    asked = await entry_where(api, saying("Show me"), "the message")
    file = await uploaded(api, "door.png", "image/png", PNG)
    await api.reply(asked["conversation_id"], "This one", attachment_ids=[file])
    await entry_where(api, in_state("sent", "This one"), "the answer, sent")
    (message,) = [message for message in await twilio.messages(To=ANNA) if message["body"] == "This one"]
    (fetched,) = await twilio.files(message["sid"])
    address = fetched["uri"].replace(f"http://{HUB_NAME}:{hub.port}", hub.url)
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PNG)


async def test_what_came_while_the_hub_was_down_is_found(api: HubApi, hub: HubProcess, twilio: EmulatedTwilio) -> None:
    await channel(api, twilio)
    hub.kill()
    await twilio.customer_writes("Is anybody there?", sender=BEN, to=OURS)
    await hub.start()
    await entry_where(api, saying("Is anybody there?"), "the message no webhook told")
    assert len(await api.messages()) == 1


async def test_a_lost_answer_is_told_as_unknown_until_a_status_settles_it_and_the_message_never_sent_twice(
    api: HubApi, twilio: EmulatedTwilio
) -> None:
    async with losing_answers(twilio) as line:
        await channel(api, twilio, api_url=line)
        await twilio.customer_writes("Hello", sender=ANNA, to=OURS)
        asked = await entry_where(api, saying("Hello"), "the message")
        await api.reply(asked["conversation_id"], "Good morning.")
        unclear = await entry_where(api, in_state("unknown", "Good morning."), "the doubt")
    assert "may have gone out" in unclear["delivery"]["reason"]
    (message,) = await twilio.messages(To=ANNA)
    assert message["body"] == "Good morning."
    await twilio.status(message["sid"], "sent")
    await entry_where(api, in_state("sent", "Good morning."), "the fate that the status callback told")


async def test_only_twilio_gets_through_the_door(api: HubApi, hub: HubProcess, twilio: EmulatedTwilio) -> None:
    made = await channel(api, twilio)
    address = made["webhook_url"].replace(f"http://{HUB_NAME}:{hub.port}", hub.url)
    forged = {"MessageSid": "SM1", "From": ANNA, "To": OURS, "Body": "forged", "AccountSid": ACCOUNT}
    async with aiohttp.ClientSession(headers={"X-Twilio-Signature": "c2lnbmF0dXJl"}) as http:
        async with http.post(address, data=forged) as answer:
            assert answer.status == 403
        async with http.get(address) as answer:
            assert answer.status == 403
    await twilio.customer_writes("genuine", sender=ANNA, to=OURS)
    await entry_where(api, saying("genuine"), "the genuine message")
    assert [entry["text"] for entry in await api.messages() if entry["text"] == "forged"] == []


async def test_a_number_given_back_is_refused_in_words(api: HubApi, twilio: EmulatedTwilio) -> None:
    made = await channel(api, twilio, "+15551234567")
    await twilio.customer_writes("Hello", sender=ANNA, to="+15551234567")
    asked = await entry_where(api, saying("Hello"), "the message")
    await twilio.release("+15551234567")
    await api.reply(asked["conversation_id"], "Too late")
    failed = await entry_where(api, in_state("failed", "Too late"), "the failure")
    assert "our sender" in failed["delivery"]["reason"]
    steps = (await api.get(f"/channels/{made['id']}/setup"))["steps"]
    assert any("has our sender" in step["title"] and step["done"] is False for step in steps)
