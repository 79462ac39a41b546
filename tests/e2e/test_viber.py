"""Viber through the whole hub: signed callbacks in, an answer out, its receipts, who unsubscribed."""

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from connectors.viber.verify import HEADER, signature
from tests.connectors.viber.bots import ANNA
from tests.connectors.viber.fake_viber import OTHER_TOKEN, TOKEN, FakeViber
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying

pytestmark = pytest.mark.e2e


@pytest.fixture
async def viber(hub: HubProcess) -> AsyncIterator[FakeViber]:
    hub.secrets.append(TOKEN)
    async with FakeViber() as server:
        yield server


async def test_a_customer_writes_is_answered_reads_it_and_leaves(
    api: HubApi, hub: HubProcess, viber: FakeViber
) -> None:
    channel = await api.channel("viber", "Viber", {"token": TOKEN, "api_url": viber.url})
    url = f"{hub.url}/webhooks/{channel['webhook_url'].rpartition('/')[2]}"

    async def told(event: Json, token: str = TOKEN) -> int:
        body = json.dumps({"timestamp": 1790000000000, **event}).encode()
        headers = {HEADER: signature(body, token)}
        async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers) as answer:
            return answer.status

    message = {"type": "text", "text": "Is the bed in stock?"}
    question = {"event": "message", "message_token": 5741311803571721087, "sender": {"id": ANNA, "name": "Anna"}}
    assert await told({"event": "webhook", "message_token": 1}) == 200
    assert await told({**question, "message": message}) == 200
    assert await told({**question, "message": message}) == 200
    assert await told({**question, "message": message, "message_token": 2}, OTHER_TOKEN) == 403
    asked = await entry_where(api, saying("Is the bed in stock?"), "the question")

    await api.reply(asked["conversation_id"], "Yes, in oak.")
    await entry_where(api, in_state("sent", "Yes, in oak."), "the answer, sent")
    assert [(sent["receiver"], sent["text"]) for sent in viber.sent] == [(ANNA, "Yes, in oak.")]
    token = 5741311803571721088
    assert await told({"event": "delivered", "message_token": token, "user_id": ANNA}) == 200
    await entry_where(api, in_state("delivered", "Yes, in oak."), "the answer, delivered")
    assert await told({"event": "seen", "message_token": token, "user_id": ANNA, "timestamp": 1790000001000}) == 200
    await entry_where(api, in_state("read", "Yes, in oak."), "the answer, read")

    viber.refuse("send_message", 6, "notSubscribed")
    await api.reply(asked["conversation_id"], "Are you there?")
    failed = await entry_where(api, in_state("failed", "Are you there?"), "the answer nobody takes")
    assert "unsubscribed" in failed["delivery"]["reason"]
    assert len(await api.messages()) == 3
