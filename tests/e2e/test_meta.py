"""WhatsApp, Messenger and Instagram through the whole hub: a Graph API on loopback, and signed webhooks."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from uuid_utils.compat import uuid7

from connectors._lib.meta_verify import HEADER, signature
from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors.instagram import accounts
from tests.connectors.messenger import pages
from tests.connectors.whatsapp import numbers
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

SECRETS = [TOKEN, APP_SECRET, VERIFY_TOKEN]
PHONE, USER_ID = "48500100200", "PL.13491208655302741918"
PSID = "7482910563748291"


def now_ms() -> int:
    """Unix milliseconds: a UUIDv7 begins with them."""
    return uuid7().int >> 80


AT = now_ms() // 1000 - 600
"""When the customers begin to write, in Unix seconds: ten minutes before this file was read."""


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph() as server:
        yield server


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", secrets=list(SECRETS)) as running:
        yield running


class Meta:
    """Calls the hub as Meta does."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def handshake(self, token: str) -> tuple[int, str]:
        query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444"}
        async with aiohttp.ClientSession() as http, http.get(self._address, params=query) as answer:
            return answer.status, await answer.text()

    async def tells(self, event: Json, *, secret: str = APP_SECRET) -> int:
        body = json.dumps(event).encode()
        headers = {HEADER: signature(body, secret), "Content-Type": "application/json"}
        async with aiohttp.ClientSession() as http, http.post(self._address, data=body, headers=headers) as answer:
            return answer.status


async def connected(api: HubApi, connector: str, settings: Json) -> Json:
    """A channel whose account is up."""
    common = {"token": TOKEN, "app_id": APP_ID, "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN}
    made = await api.channel(connector, connector.title(), {**common, **settings})

    async def up() -> bool:
        told = await api.get(f"/channels/{made['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(up, what="the connection")
    return dict(await api.get(f"/channels/{made['id']}"))


# -- WhatsApp


async def whatsapp(api: HubApi, graph: FakeGraph) -> Json:
    numbers.stock(graph)
    graph.answer("GET", numbers.NUMBER_ID, numbers.node(webhook=""))
    ids = {"phone_number_id": numbers.NUMBER_ID, "account_id": numbers.ACCOUNT_ID, "graph_url": graph.url}
    return await connected(api, "whatsapp", ids)


def hook(**value: Any) -> Json:
    metadata = {"display_phone_number": "15550100200", "phone_number_id": numbers.NUMBER_ID}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return {"object": "whatsapp_business_account", "entry": [{"id": numbers.ACCOUNT_ID, "changes": [change]}]}


def said(number: int, kind: str, content: Json) -> Json:
    contact = {"profile": {"name": "Anna Example"}, "wa_id": PHONE, "user_id": USER_ID}
    message = {"from": PHONE, "id": f"wamid.IN{number}", "timestamp": str(AT + number), "type": kind, kind: content}
    return hook(contacts=[contact], messages=[message])


def status(message: str, state: str, **more: object) -> Json:
    return hook(statuses=[{"id": message, "status": state, "timestamp": str(AT + 300), "recipient_id": PHONE, **more}])


async def test_a_customer_and_an_agent_talk_on_whatsapp(api: HubApi, graph: FakeGraph) -> None:
    channel = await whatsapp(api, graph)
    meta = Meta(channel["webhook_url"])
    (registered,) = graph.made("POST", numbers.NUMBER_ID)
    assert registered.json["webhook_configuration"]["override_callback_uri"] == channel["webhook_url"]
    assert await meta.handshake(VERIFY_TOKEN) == (200, "1158201444")
    assert (await meta.handshake("a guess"))[0] == 403

    question = said(1, "text", {"body": "Gdzie jest moja paczka? 안녕 👍"})
    assert await meta.tells(question, secret="the secret of another app") == 403
    assert [await meta.tells(question) for _ in range(3)] == [200] * 3
    asked = await entry_where(api, saying("Gdzie jest moja paczka? 안녕 👍"), "the question")
    await api.reply(asked["conversation_id"], "It left yesterday.", reply_to_id=asked["id"])
    await entry_where(api, in_state("sent", "It left yesterday."), "the answer, sent")
    (answer,) = numbers.messages(graph)
    assert (answer["recipient"], answer["context"]) == (USER_ID, {"message_id": "wamid.IN1"})
    for state in ("read", "delivered", "sent"):
        assert await meta.tells(status("wamid.OUT1", state)) == 200
    await entry_where(api, in_state("read", "It left yesterday."), "the blue ticks")
    assert len(await api.messages()) == 2


async def test_a_photo_is_fetched_with_our_token(api: HubApi, graph: FakeGraph) -> None:
    meta = Meta((await whatsapp(api, graph))["webhook_url"])
    graph.answer("GET", "140393", {"url": f"{graph.url}/files/leg.pdf"})
    graph.files = {"leg.pdf": b"%PDF-1.7 a leg"}
    await meta.tells(said(1, "document", {"id": "140393", "mime_type": "application/pdf", "filename": "leg.pdf"}))

    async def fetched() -> bool:
        files = [file for entry in await api.messages() for file in entry["attachments"]]
        return [(file["name"], file["state"]) for file in files] == [("leg.pdf", "ready")]

    await until(fetched, what="the file")


async def test_a_status_settles_a_message_whose_answer_was_lost(api: HubApi, graph: FakeGraph) -> None:
    meta = Meta((await whatsapp(api, graph))["webhook_url"])
    await meta.tells(said(1, "text", {"body": "Hello"}))
    asked = await entry_where(api, saying("Hello"), "the question")
    graph.fail("messages", reset=True)
    await api.reply(asked["conversation_id"], "Did it go out?")
    await entry_where(api, in_state("unknown", "Did it go out?"), "the doubt")
    (body,) = numbers.messages(graph)
    await meta.tells(status("wamid.LOST", "delivered", biz_opaque_callback_data=body["biz_opaque_callback_data"]))
    await entry_where(api, in_state("delivered", "Did it go out?"), "the proof")
    assert len(numbers.messages(graph)) == 1


async def test_who_we_wrote_to_by_number_answers_under_their_id_in_the_same_conversation(
    api: HubApi, graph: FakeGraph
) -> None:
    channel = await whatsapp(api, graph)
    first = {"id": str(uuid7()), "channel_id": channel["id"], "address": f"+{PHONE}", "text": "Your chair is here."}
    started = await api.post("/conversations", first)
    await entry_where(api, in_state("sent", "Your chair is here."), "the first message")
    assert numbers.messages(graph)[0]["to"] == PHONE
    await Meta(channel["webhook_url"]).tells(said(1, "text", {"body": "Thank you!"}))
    answer = await entry_where(api, saying("Thank you!"), "the answer")
    assert answer["conversation_id"] == started["id"]
    (row,) = await api.conversations()
    contact = await api.get(f"/contacts/{row['contact_id']}")
    assert {point["namespace"] for point in contact["points"]} == {"phone", "whatsapp"}


# -- Messenger


def page_event(number: int, **what: Any) -> Json:
    who = {"sender": {"id": PSID}, "recipient": {"id": pages.PAGE}, "timestamp": (AT + number) * 1000}
    return {"object": "page", "entry": [{"id": pages.PAGE, "time": AT * 1000, "messaging": [{**who, **what}]}]}


async def test_a_customer_and_an_agent_talk_on_messenger(api: HubApi, graph: FakeGraph) -> None:
    pages.stock(graph)
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": []})
    at = datetime.fromtimestamp(AT, UTC).isoformat()
    missed = {"id": "m_IN0", "created_time": at, "message": "Nobody told you"}
    people = {"from": {"id": PSID, "name": "Anna Example"}, "to": {"data": [{"id": pages.PAGE}]}}
    graph.answer("GET", "me/conversations", {"data": [{"id": "t_1", "messages": {"data": [{**missed, **people}]}}]})
    channel = await connected(api, "messenger", {"page_id": pages.PAGE, "graph_url": graph.url})
    meta = Meta(channel["webhook_url"])
    assert len(graph.made("POST", "me/subscribed_apps")) == 1
    found = await entry_where(api, saying("Nobody told you"), "what a lost webhook missed")
    assert found["recovered"]

    await meta.tells(page_event(1, message={"mid": "m_IN1", "text": "Dzień dobry"}))
    asked = await entry_where(api, saying("Dzień dobry"), "the question")
    assert [row["contact_name"] for row in await api.conversations()] == ["Anna Example"]
    await api.reply(asked["conversation_id"], "Good morning!")
    sent = await entry_where(api, in_state("sent", "Good morning!"), "the answer, sent")
    (call,) = [call.json for call in graph.made("POST", "me/messages") if "message" in call.json]
    ours = {"mid": "m_OUT1", "text": "Good morning!", "is_echo": True, "app_id": int(APP_ID)}
    echo = page_event(2, message={**ours, "metadata": call["message"]["metadata"]})
    echo["entry"][0]["messaging"][0] |= {"sender": {"id": pages.PAGE}, "recipient": {"id": PSID}}
    await meta.tells(echo)
    await meta.tells(page_event(3, read={"watermark": now_ms()}))
    await entry_where(api, in_state("read", "Good morning!"), "the read mark")
    assert [entry["id"] for entry in await api.messages() if entry["text"] == "Good morning!"] == [sent["id"]]


# -- Instagram


async def test_a_customer_and_an_agent_talk_on_instagram(api: HubApi, graph: FakeGraph) -> None:
    accounts.stock(graph)
    graph.answer("GET", "me/conversations", {"data": []})
    graph.answer("GET", "refresh_access_token", {"access_token": TOKEN, "expires_in": 5_184_000})
    channel = await connected(api, "instagram", {"account_id": accounts.ACCOUNT, "graph_url": graph.url})
    meta = Meta(channel["webhook_url"])
    assert channel["address"] == "@halden.shop"

    def told(number: int, **what: Any) -> Json:
        who = {"sender": {"id": PSID}, "recipient": {"id": accounts.ACCOUNT}, "timestamp": (AT + number) * 1000}
        return {"object": "instagram", "entry": [{"id": accounts.ACCOUNT, "messaging": [{**who, **what}]}]}

    await meta.tells(told(1, message={"mid": "ig_1", "text": "Is it in blue, too?"}))
    await meta.tells(told(2, message={"mid": "ig_2", "text": "Oh, wrong shop"}))
    asked = await entry_where(api, saying("Is it in blue, too?"), "the question")
    await meta.tells(told(3, message={"mid": "ig_2", "is_deleted": True}))
    await entry_where(api, lambda entry: entry["deleted_at"], "the unsent message")
    long = "안녕하세요, 파란색도 있습니다. " * 30
    await api.reply(asked["conversation_id"], long)
    await entry_where(api, in_state("sent", long.strip()), "the answer in two messages")
    await meta.tells(told(4, read={"mid": "m_OUT2"}))
    await entry_where(api, in_state("read", long.strip()), "the read mark")
    texts = [call.json["message"]["text"] for call in graph.made("POST", "me/messages") if "message" in call.json]
    assert [len(text.encode()) <= 1000 for text in texts] == [True, True]
