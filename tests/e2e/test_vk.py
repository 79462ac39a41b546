"""VK through the whole hub, called and polled: in, out, an admin's answer in VK itself, and what was missed."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from hub.runtime.clock import SystemClock
from tests.connectors.vk.communities import ANNA
from tests.connectors.vk.fake_vk import GROUP, TOKEN, FakeVk
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying
from tests.e2e.waiting import until
from tests.peers.faulty_server import Fault

pytestmark = pytest.mark.e2e
NOW = int(SystemClock().now().timestamp())


@pytest.fixture
async def vk(hub: HubProcess) -> AsyncIterator[FakeVk]:
    hub.secrets.append(TOKEN)
    async with FakeVk() as server:
        server.answers["messages.getConversations"] = {"items": []}
        server.answers["messages.getHistory"] = {"items": []}
        server.answers["users.get"] = [{"id": ANNA, "first_name": "Anna", "last_name": "Example"}]
        yield server


def event(number: int, text: str, **more: Any) -> Json:
    said = {"peer_id": ANNA, "from_id": ANNA, "conversation_message_id": number, "text": text, "date": NOW}
    kind = "message_reply" if more else "message_new"
    message = {**said, **more}
    return {
        "group_id": GROUP,
        "type": kind,
        "event_id": f"e{number}",
        "object": message if more else {"message": message},
    }


async def test_a_called_community_talks_and_shows_an_admins_own_answer(
    api: HubApi, hub: HubProcess, vk: FakeVk
) -> None:
    channel = await api.channel("vk", "VK", {"group_id": GROUP, "token": TOKEN, "api_url": vk.url})

    async def registered() -> str | None:
        return next((one["secret_key"] for one in vk.servers if vk.settings), None)

    secret = await until(registered, what="the server, registered with its events")
    hub.secrets.append(secret)
    url = f"{hub.url}/webhooks/{channel['webhook_url'].rpartition('/')[2]}"

    async def told(told: Json, secret: str = secret) -> tuple[int, str]:
        body = json.dumps({**told, "secret": secret})
        async with aiohttp.ClientSession() as http, http.post(url, data=body) as answer:
            return answer.status, await answer.text()

    question = event(5, "Is it open?")
    assert await told(question) == (200, "ok")
    assert await told(question) == (200, "ok")
    assert (await told(question, "another secret"))[0] == 403
    asked = await entry_where(api, saying("Is it open?"), "the question")

    vk.fail(Fault(method="messages.send", reset=True))
    await api.reply(asked["conversation_id"], "Until noon.", reply_to_id=asked["id"])
    await entry_where(api, in_state("sent", "Until noon."), "the answer, sent at the second try", within=30)
    assert [sent["message"] for sent in vk.sent] == ["Until noon."]
    assert json.loads(vk.sent[0]["forward"])["conversation_message_ids"] == [5]
    ours = event(301, "Until noon.", from_id=-GROUP, payload=vk.sent[0]["payload"], random_id=1)
    assert await told(ours) == (200, "ok")

    assert await told(event(302, "And on Sunday, too.", from_id=-GROUP, admin_author_id=5)) == (200, "ok")
    echo = await entry_where(api, saying("And on Sunday, too."), "the admin's own answer")
    assert (echo["direction"], echo["author_kind"]) == ("outbound", "agent")
    assert len(await api.messages()) == 3


async def test_a_polled_community_hears_and_finds_what_it_missed(api: HubApi, vk: FakeVk) -> None:
    missed = event(4, "Was anybody there?")["object"]["message"]
    chat = {"conversation": {"peer": {"id": ANNA}}, "last_message": missed}
    vk.answers["messages.getConversations"] = {"items": [chat]}
    vk.answers["messages.getHistory"] = {"items": [missed]}
    vk.polls = [{"ts": "101", "updates": [event(5, "Hello?")]}]
    settings = {"group_id": GROUP, "token": TOKEN, "api_url": vk.url, "mode": "longpoll"}
    await api.channel("vk", "VK", settings)
    hello = await entry_where(api, saying("Hello?"), "the polled message")
    found = await entry_where(api, saying("Was anybody there?"), "the missed message")
    assert found["conversation_id"] == hello["conversation_id"]
    await api.reply(hello["conversation_id"], "Here we are.")
    await entry_where(api, in_state("sent", "Here we are."), "the answer, sent")
