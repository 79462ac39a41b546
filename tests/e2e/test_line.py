"""LINE through the whole hub: a signed event in, its name, a quoting answer out once, read signs."""

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from connectors.line.verify import HEADER, signature
from tests.connectors.line.accounts import ANNA
from tests.connectors.line.fake_line import BOT, SECRET, TOKEN, FakeLine
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying, with_file
from tests.e2e.waiting import until
from tests.peers.faulty_server import Fault

pytestmark = pytest.mark.e2e


@pytest.fixture
async def line() -> AsyncIterator[FakeLine]:
    async with FakeLine() as server:
        server.names[f"profile/{ANNA}"] = {"displayName": "Anna Żółć", "language": "pl"}
        yield server


@pytest.fixture
async def channel(api: HubApi, hub: HubProcess, line: FakeLine) -> Json:
    hub.secrets += [TOKEN, SECRET]
    urls = {"api_url": line.origin, "data_url": line.origin}
    return await api.channel("line", "LINE", {"channel_secret": SECRET, "token": TOKEN, "bot_user_id": BOT, **urls})


async def told(hub: HubProcess, channel: Json, *messages: Json, secret: str = SECRET) -> int:
    """Let LINE tell messages of Anna; return the hub's answer."""
    events = [
        {
            "type": "message",
            "mode": "active",
            "timestamp": 1790000000000 + number * 1000,
            "source": {"type": "user", "userId": ANNA},
            "webhookEventId": f"01{message['id']}",
            "message": message,
        }
        for number, message in enumerate(messages)
    ]
    body = json.dumps({"destination": BOT, "events": events}).encode()
    url = f"{hub.url}/webhooks/{channel['webhook_url'].rpartition('/')[2]}"
    headers = {HEADER: signature(body, secret)}
    async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers) as answer:
        return answer.status


async def test_a_question_is_answered_with_a_quote_and_goes_out_once(
    api: HubApi, hub: HubProcess, line: FakeLine, channel: Json
) -> None:
    line.files["502"] = (200, b"\xff\xd8\xff\xe0 a photo")
    photo = {"type": "file", "id": "502", "fileName": "leg.bin", "fileSize": 14}
    question = {"type": "text", "id": "501", "text": "Is the bed in stock?", "quoteToken": "quote-501"}
    assert await told(hub, channel, question, photo) == 200
    assert await told(hub, channel, question) == 200
    assert await told(hub, channel, {**question, "id": "503"}, secret="f" * 32) == 403
    asked = await entry_where(api, saying("Is the bed in stock?"), "the question")
    await entry_where(api, with_file("leg.bin"), "the file, fetched")

    line.fail(Fault(method="push", reset=True))
    await api.reply(asked["conversation_id"], "Yes, in oak.", reply_to_id=asked["id"])
    await entry_where(api, in_state("sent", "Yes, in oak."), "the answer, sent at the second try", within=30)
    assert line.pushed == [
        {"to": ANNA, "messages": [{"type": "text", "text": "Yes, in oak.", "quoteToken": "quote-501"}]}
    ]
    assert len(line.keys) == 2
    assert len(set(line.keys)) == 1
    assert len(await api.messages()) == 3


async def test_the_channel_registers_itself_and_the_wizard_sees_it(
    api: HubApi, hub: HubProcess, line: FakeLine, channel: Json
) -> None:
    async def registered() -> bool:
        return line.endpoint is not None and line.endpoint["endpoint"] == channel["webhook_url"]

    await until(registered, what="the webhook, registered")
    assert await told(hub, channel, {"type": "text", "id": "501", "text": "Hello"}) == 200
    await entry_where(api, saying("Hello"), "the message")
    steps = await api.get(f"/channels/{channel['id']}/setup")
    done = {step["title"]: step["done"] for step in steps["steps"]}
    assert done["This channel's webhook address is registered"] is True
    assert done["“Use webhook” is on"] is True
    assert done["LINE reaches the hub"] is True


async def test_what_came_before_a_restart_can_still_be_marked_read(
    api: HubApi, hub: HubProcess, line: FakeLine, channel: Json
) -> None:
    assert await told(hub, channel, {"type": "text", "id": "501", "text": "Hello", "markAsReadToken": "of-501"}) == 200
    message = await entry_where(api, saying("Hello"), "the message")
    hub.stop()
    await hub.start()
    await api.post(f"/conversations/{message['conversation_id']}/read")

    async def marked() -> bool:
        return ("markAsRead", {"markAsReadToken": "of-501"}) in line.told

    await until(marked, what="the message, marked read at LINE")


async def test_the_still_of_films_is_served_at_the_channels_address(hub: HubProcess, channel: Json) -> None:
    url = f"{hub.url}/webhooks/{channel['webhook_url'].rpartition('/')[2]}"
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}?still=1") as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")
            assert (await answer.read()).startswith(b"\x89PNG")
        async with http.get(url) as answer:
            assert answer.status == 403
