"""How events arrive: by call, by poll, by looking back; and how both ways are set up at VK."""

import asyncio
import json
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from connectors._lib.json_api import JsonApi
from connectors.vk.client import Client, Refused
from connectors.vk.connector import PollingCommunity
from connectors.vk.history import History
from connectors.vk.parse import DIRECTORY
from connectors.vk.people import People
from connectors.vk.servers import EVENTS
from hub.contract import (
    ConnectorError,
    ContactPointLearned,
    CredentialsRefused,
    DeliveryReceipt,
    InboundMessage,
    RawEvent,
)
from tests.connectors.conformance.kit import CHANNEL, NOW, WEBHOOK_URL
from tests.connectors.vk.communities import ANNA, CHAT, SHORT, called, polling, settings_for
from tests.connectors.vk.conformance import CASE, request
from tests.connectors.vk.fake_vk import CONFIRMATION, GROUP, SECRET, TOKEN, FakeVk, server_of
from tests.peers.faulty_server import Fault

FIXTURES = dict(CASE.fixtures())
EVENT: dict[str, Any] = json.loads(FIXTURES["text"].body)
SINCE = datetime.fromtimestamp(1790000000, UTC)
UPDATE = {name: value for name, value in EVENT.items() if name != "secret"}

# -- called


async def test_an_event_is_answered_with_ok_and_nothing_else(server: FakeVk, http: aiohttp.ClientSession) -> None:
    answer = called(server, http).answer(request(EVENT))
    assert (answer.status, answer.body, answer.store) == (200, b"ok", True)


async def test_the_question_whose_address_this_is_gets_vks_own_string(
    server: FakeVk, http: aiohttp.ClientSession
) -> None:
    community = called(server, http)
    await community.register()
    answer = community.answer(request({"type": "confirmation", "group_id": GROUP}))
    assert (answer.body, answer.store) == (CONFIRMATION.encode(), False)


async def test_a_string_entered_by_hand_is_used_without_asking(server: FakeVk, http: aiohttp.ClientSession) -> None:
    community = called(server, http, confirmation="by-hand", register_webhook=False)
    await community.register()
    assert community.answer(request({"type": "confirmation", "group_id": GROUP})).body == b"by-hand"
    assert server.calls == []


async def test_a_message_that_talks_of_confirmation_is_an_event(server: FakeVk, http: aiohttp.ClientSession) -> None:
    event = {**EVENT, "object": {"message": {"text": '"confirmation"'}}}
    assert called(server, http).answer(request(event)).body == b"ok"


async def test_the_hub_adds_itself_with_its_secret_and_events(server: FakeVk, http: aiohttp.ClientSession) -> None:
    community = called(server, http)
    assert "does not call the hub" in await community.subscription()
    await community.register()
    await community.register()
    assert [(one["url"], one["secret_key"]) for one in server.servers] == [(WEBHOOK_URL, SECRET)]
    assert server.settings["7"] == dict.fromkeys(EVENTS, 1)
    assert await community.subscription() == ""


async def test_each_channel_has_a_secret_of_its_own(server: FakeVk, http: aiohttp.ClientSession) -> None:
    await called(server, http, secret=None).register()
    secret = server.servers[0]["secret_key"]
    assert secret.isalnum()
    assert 8 <= len(secret) <= 50
    assert TOKEN not in secret
    assert str(CHANNEL) not in secret


@pytest.mark.parametrize(
    ("status", "words"), [("failed", "given up calling"), ("unconfigured", "not confirmed"), ("wait", "")]
)
async def test_a_server_vk_gave_up_on_is_said_and_registered_anew(
    server: FakeVk, http: aiohttp.ClientSession, status: str, words: str
) -> None:
    server.servers = [server_of(status=status)]
    server.settings["7"] = dict.fromkeys(EVENTS, 1)
    community = called(server, http)
    problem = await community.subscription()
    assert words in problem
    assert bool(problem) is bool(words)
    await community.register()
    assert await community.subscription() == ""


async def test_events_that_are_off_are_said_and_switched_on(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.servers = [server_of()]
    community = called(server, http)
    assert await community.subscription() == "VK does not tell of: message_new, message_reply."
    await community.register()
    assert await community.subscription() == ""


async def test_a_token_without_rights_says_which(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.refuse("groups.getCallbackConfirmationCode", 7)
    with pytest.raises(CredentialsRefused, match="community management"):
        await called(server, http).register()


# -- polled


async def polled(
    community: PollingCommunity, cursor: str | None, count: int
) -> list[tuple[RawEvent | None, str | None]]:
    """The first so many things a poll yields."""
    found = []
    async with asyncio.timeout(5), aclosing(community.listen(cursor)) as events:
        async for one in events:
            found.append(one)
            if len(found) == count:
                break
    return found


async def test_events_are_asked_for_from_the_cursor_on(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.polls = [{"ts": "43", "updates": [UPDATE, UPDATE]}, {"ts": "44", "updates": []}]
    community = polling(server, http)
    found = await polled(community, "42", 5)
    assert [cursor for _, cursor in found] == ["42", None, None, "43", "44"]
    event = found[1][0]
    assert event is not None
    (message,) = community.parse(event)
    assert isinstance(message, InboundMessage)
    assert [asked["ts"] for asked in server.polled] == ["42", "43"]
    assert server.polled[0]["key"] == "key1"


async def test_the_first_start_begins_where_vk_is(server: FakeVk, http: aiohttp.ClientSession) -> None:
    assert await polled(polling(server, http), None, 1) == [(None, "100")]


@pytest.mark.parametrize(
    ("answer", "ts", "key"),
    [
        ({"failed": 1, "ts": 77}, "77", "key1"),
        ({"failed": 2}, "42", "key2"),
        ({"failed": 3}, "100", "key2"),
    ],
)
async def test_what_vk_forgot_is_answered_as_it_asks(
    server: FakeVk, http: aiohttp.ClientSession, answer: dict[str, object], ts: str, key: str
) -> None:
    server.polls = [answer, {"ts": "101", "updates": []}]
    await polled(polling(server, http), "42", 3)
    assert (server.polled[1]["ts"], server.polled[1]["key"]) == (ts, key)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="poll", status=502),
        Fault(method="poll", status=200, body=b"<html>"),
        Fault(method="poll", status=200, body=b'{"failed": 9}'),
    ],
)
async def test_trouble_ends_the_poll_in_words(server: FakeVk, http: aiohttp.ClientSession, fault: Fault) -> None:
    server.fail(fault)
    with pytest.raises(ConnectorError):
        await polled(polling(server, http), "42", 2)


async def test_a_refused_token_ends_the_poll(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.refuse("groups.getLongPollServer", 5)
    with pytest.raises(CredentialsRefused):
        await polled(polling(server, http), "42", 1)


async def test_polling_is_switched_on(server: FakeVk, http: aiohttp.ClientSession) -> None:
    community = polling(server, http)
    assert "Long Poll is off" in await community.subscription()
    await community.register()
    assert server.settings["longpoll"] == dict.fromkeys(EVENTS, 1)
    assert await community.subscription() == ""


# -- looking back


def message(number: int, date: int, **more: object) -> dict[str, object]:
    return {
        "peer_id": ANNA,
        "from_id": ANNA,
        "conversation_message_id": number,
        "date": date,
        "text": f"m{number}",
        **more,
    }


async def missed(server: FakeVk, http: aiohttp.ClientSession) -> list[RawEvent]:
    return [event async for event in called(server, http).missed(SINCE)]


async def test_messages_of_chats_that_moved_are_found_with_whose_they_are(
    server: FakeVk, http: aiohttp.ClientSession
) -> None:
    server.answers["messages.getConversations"] = {
        "items": [
            {"conversation": {"peer": {"id": ANNA}}, "last_message": {"date": 1790000300}},
            {"conversation": {"peer": {"id": 5}}, "last_message": {"date": 1789999999}},
            {"conversation": {"peer": {"id": 6}}, "last_message": {"date": 1790000400}},
        ]
    }
    ours = message(3, 1790000300, from_id=-GROUP, payload='{"hub_delivery": "01930000-0000-7000-8000-000000000d00"}')
    old = message(1, 1789999990)
    server.answers["messages.getHistory"] = {"items": [ours, message(2, 1790000200), old]}
    community = called(server, http)
    found = [event async for event in community.missed(SINCE)]
    events = [community.parse(event)[0] for event in found]
    assert [type(event) for event in events] == [DeliveryReceipt, InboundMessage]
    assert all(event.recovered for event in found)
    assert [call["peer_id"] for call in server.made("messages.getHistory")] == [str(ANNA)]


async def test_long_histories_are_read_page_by_page(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.answers["messages.getConversations"] = {
        "items": [{"conversation": {"peer": {"id": ANNA}}, "last_message": {"date": 1790000300}}]
    }
    pages = [[message(n, 1790000300) for n in range(200)], [message(500, 1789999999)]]

    class Paged(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            return (
                {"items": pages[len(server.made(key)) - 1]}
                if key == "messages.getHistory"
                else super().get(key, default)
            )

    server.answers = Paged(server.answers)
    assert len(await missed(server, http)) == 200
    assert [call["offset"] for call in server.made("messages.getHistory")] == ["0", "200"]


async def test_a_look_waits_when_vk_asks_to_call_more_slowly(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.answers["messages.getConversations"] = {"items": []}
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    client = Client(JsonApi(http, "VK", SHORT), settings_for(server.url))
    history = History(client, People(client), GROUP, pause)
    server.refuse("messages.getConversations", 6)
    server.refuse("messages.getConversations", 6)
    assert [event async for event in history.since(SINCE, NOW)] == []
    assert waited == [1.0, 2.0]
    server.refuse("messages.getConversations", 5)
    with pytest.raises(Refused):
        assert [event async for event in history.since(SINCE, NOW)] == []


async def test_the_title_of_a_chat_is_told_once(server: FakeVk, http: aiohttp.ClientSession) -> None:
    chat = {"peer": {"id": CHAT}, "chat_settings": {"title": "Neighbours"}}
    server.answers["messages.getConversations"] = {
        "items": [{"conversation": chat, "last_message": {"date": 1790000300}}]
    }
    server.answers["messages.getHistory"] = {"items": []}
    community = called(server, http)
    (note,) = [event async for event in community.missed(SINCE)]
    (learned,) = community.parse(note)
    assert isinstance(learned, ContactPointLearned)
    assert (learned.known.value, learned.known.name, note.kind) == (str(CHAT), "Neighbours", DIRECTORY)
    assert [event async for event in community.missed(SINCE)] == []


async def test_who_wrote_gets_a_name_once(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.answers["messages.getConversations"] = {"items": []}
    server.answers["users.get"] = [
        {
            "id": ANNA,
            "first_name": "Анна",
            "last_name": "Иванова",
            "has_photo": 1,
            "photo_200": "https://sun1.example/a",
        },
        {"id": 7},
        "junk",
    ]
    community = called(server, http)
    community.parse(FIXTURES["text"])
    community.parse(FIXTURES["chat_of_a_bot"])
    (note,) = [event async for event in community.missed(NOW)]
    (learned,) = community.parse(note)
    assert isinstance(learned, ContactPointLearned)
    assert (learned.known.name, learned.known.portrait) == ("Анна Иванова", "https://sun1.example/a")
    community.parse(FIXTURES["reply"])
    assert [event async for event in community.missed(NOW)] == []
    assert server.made("users.get") == [{"user_ids": str(ANNA), "fields": "photo_200,has_photo"}]


async def test_a_look_that_fails_says_why_and_asks_for_the_name_again(
    server: FakeVk, http: aiohttp.ClientSession
) -> None:
    server.answers["messages.getConversations"] = {"items": []}
    server.answers["users.get"] = [{"id": ANNA, "first_name": "Anna"}]
    community = called(server, http)
    community.parse(FIXTURES["text"])
    server.refuse("users.get", 6)
    with pytest.raises(ConnectorError):
        assert [event async for event in community.missed(NOW)] == []
    assert len([event async for event in community.missed(NOW)]) == 1


async def test_a_person_is_named_when_asked_for_and_a_chat_is_not(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.answers["users.get"] = [{"id": ANNA, "first_name": "Анна", "last_name": "Иванова"}]
    community = called(server, http)
    note = await community.who_is(str(ANNA))
    assert note is not None
    (told,) = community.parse(note)
    assert isinstance(told, ContactPointLearned)
    assert (told.known.name, told.learned) == ("Анна Иванова", None)
    assert [await community.who_is(other) for other in ("2000000001", "-7", "x")] == [None] * 3
    assert len(server.made("users.get")) == 1
