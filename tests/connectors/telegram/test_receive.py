"""Both ways in: Telegram calls us, or we poll; it keeps what was said until the hub has stored it."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import cast

import aiohttp
import pytest
from aiohttp import web

from connectors.telegram.connector import PollingBot
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    InboundMessage,
    RawEvent,
    WebhookRejected,
    WebhookRequest,
)
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL
from tests.connectors.telegram.bots import Pauses, polling_bot, webhook_bot
from tests.peers.telegram_api import FakeTelegram


class Door:
    """A webhook door: verifies, keeps what passed, answers what the connector says."""

    def __init__(self) -> None:
        self.accepted: list[RawEvent] = []
        self.rejected = 0
        self.failures = 0

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = WebhookRequest(
            method="POST", url=str(request.url), headers=headers, query={}, body=await request.read()
        )
        if self.failures:
            self.failures -= 1
            return web.Response(status=503)
        try:
            self.bot.verify(asked)
        except WebhookRejected:
            self.rejected += 1
            return web.Response(status=403)
        self.accepted.append(RawEvent(kind="webhook", body=asked.body, received_at=NOW))
        answer = self.bot.answer(asked)
        return web.Response(status=answer.status, body=answer.body, headers={"Content-Type": answer.content_type})

    async def open(self, tg: FakeTelegram, http: aiohttp.ClientSession) -> web.AppRunner:
        app = web.Application()
        app.router.add_post("/webhooks/key", self.handle)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.bot = webhook_bot(tg, http, url=f"http://127.0.0.1:{runner.addresses[0][1]}/webhooks/key")
        return runner


@pytest.fixture
async def door(tg: FakeTelegram, http: aiohttp.ClientSession) -> AsyncIterator[Door]:
    door = Door()
    runner = await door.open(tg, http)
    await door.bot.register()
    yield door
    await runner.cleanup()


async def heard(bot: PollingBot, cursor: str | None, count: int) -> list[tuple[RawEvent | None, str | None]]:
    """Listen until so many things were heard."""
    async with aclosing(cast("AsyncGenerator[tuple[RawEvent | None, str | None]]", bot.listen(cursor))) as listening:
        return [await anext(listening) for _ in range(count)]


async def test_telegram_calls_us_and_everything_said_arrives(tg: FakeTelegram, door: Door) -> None:
    tg.world.says("Hello")
    tg.world.says("Anybody there?")
    await tg.idle()
    events = [event for raw in door.accepted for event in door.bot.parse(raw)]
    assert [event.text for event in events if isinstance(event, InboundMessage)] == ["Hello", "Anybody there?"]


async def test_what_we_could_not_take_telegram_brings_again(tg: FakeTelegram, door: Door) -> None:
    door.failures = 2
    tg.world.says("Hello")
    await tg.idle()
    assert len(door.accepted) == 1
    assert tg.updates.deliveries == [503, 503, 200]


async def test_a_call_with_another_bots_secret_is_rejected(
    tg: FakeTelegram, door: Door, http: aiohttp.ClientSession
) -> None:
    async with http.post(
        tg.updates.webhook, json={"update_id": 1}, headers={"X-Telegram-Bot-Api-Secret-Token": "guess"}
    ) as response:
        assert response.status == 403
    assert (door.rejected, door.accepted) == (1, [])


@pytest.mark.usefixtures("door")
async def test_a_pressed_button_is_answered_in_the_answer_to_the_webhook(tg: FakeTelegram) -> None:
    anna = tg.world.person()
    message = tg.world.message(tg.world.chats[anna["id"]], tg.bot, text="Yes or no?")
    query_id = tg.world.presses(message, "yes", user=anna)
    await tg.idle()
    assert tg.answered() == [query_id]


@pytest.mark.parametrize(
    "body",
    [
        b'{"callback_query"',
        b'{"callback_query": 1}',
        b'{"callback_query": {"id": 7}}',
        b'"callback_query"' + b"[" * 100_000,
    ],
)
async def test_the_answer_to_a_webhook_never_fails(tg: FakeTelegram, http: aiohttp.ClientSession, body: bytes) -> None:
    request = WebhookRequest(method="POST", url=WEBHOOK_URL, headers={}, query={}, body=body)
    assert webhook_bot(tg, http).answer(request).body == b""


async def test_register_tells_telegram_address_secret_and_kinds(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    bot = webhook_bot(tg, http)
    await bot.register()
    await bot.register()
    values = tg.calls[0].values
    assert values["url"] == WEBHOOK_URL
    assert len(values["secret_token"]) == 64
    assert {"message", "message_reaction", "my_chat_member", "callback_query"} <= set(
        json.loads(values["allowed_updates"])
    )
    assert await bot.subscription() == ""


async def test_register_when_polling_removes_the_webhook_and_drops_nothing(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    await webhook_bot(tg, http).register()
    bot = polling_bot(tg, http)
    assert "another program" in await bot.subscription()
    await bot.register()
    assert tg.updates.webhook == ""
    assert tg.calls[-1].values.get("drop_pending_updates", "false") == "false"
    assert await bot.subscription() == ""


async def test_an_address_telegram_does_not_take_is_explained(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    with pytest.raises(ConnectorError, match="443, 80, 88 or 8443"):
        await webhook_bot(tg, http, url="http://hub.example.com/webhooks/k").register()


async def test_a_webhook_taken_away_or_failing_is_told_in_words(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    bot = webhook_bot(
        tg, http, url="http://127.0.0.1:9/webhooks/key", now=datetime.fromtimestamp(tg.updates.now(), UTC)
    )
    assert "no address to deliver to" in await bot.subscription()
    await bot.register()
    tg.world.says("Hello")
    await tg.updates.refused()
    assert "Connection refused" in await bot.subscription()
    await webhook_bot(tg, http, url="https://elsewhere.example.com/").register()
    assert "elsewhere" in await bot.subscription()


async def test_polling_gives_every_update_and_behind_the_last_of_an_answer_the_cursor(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    tg.world.says("one")
    tg.world.says("two")
    first = await heard(polling_bot(tg, http), None, 2)
    assert [json.loads(raw.body)["message"]["text"] for raw, _ in first if raw] == ["one", "two"]
    assert first[0][1] is None
    assert len(tg.updates.pending) == 2  # nothing is forgotten before the hub asks for more
    tg.world.says("three")
    again = await heard(polling_bot(tg, http), first[1][1], 2)
    assert [json.loads(raw.body)["message"]["text"] for raw, _ in again if raw] == ["three"]
    assert again[1] == (None, "0")


async def test_a_crash_before_the_cursor_was_stored_repeats_and_never_loses(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    tg.world.says("one")
    before = await heard(polling_bot(tg, http), None, 1)
    after = await heard(polling_bot(tg, http), None, 1)
    assert [raw.body for raw, _ in before if raw] == [raw.body for raw, _ in after if raw]


async def test_an_old_cursor_does_not_forget_updates_numbered_anew(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    tg.updates.next_id = 5
    tg.world.says("after an idle week Telegram counts from a random number")
    week_old = f"639974099@{int((NOW - timedelta(days=8)).timestamp())}"
    found = await heard(polling_bot(tg, http), week_old, 1)
    assert found[0][0] is not None


async def test_an_update_the_library_cannot_read_blocks_nothing(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    tg.updates.add("message", {"message_id": "odd", "photo": "not a list"})
    tg.world.says("fine")
    found = await heard(polling_bot(tg, http), None, 2)
    assert all(raw is not None for raw, _ in found)
    assert tg.violations
    tg.violations.clear()  # the odd update was meant


async def test_a_pressed_button_is_answered_once_the_event_is_stored(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    query_id = tg.world.presses(tg.world.message(tg.world.chats[anna["id"]], tg.bot, text="?"), "yes", user=anna)
    await heard(polling_bot(tg, http), None, 1)
    assert tg.answered() == []
    await heard(polling_bot(tg, http), None, 2)
    assert tg.answered() == [query_id]


async def test_a_request_to_slow_down_is_waited_out(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    tg.fail("getUpdates", status=429, retry_after=11)
    pauses = Pauses()
    assert await heard(polling_bot(tg, http, pause=pauses), None, 1) == [(None, "0")]
    assert pauses.seconds == [11]


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ({"status": 401}, CredentialsRefused, "BotFather"),
        ({"status": 404, "description": "Not Found"}, CredentialsRefused, "BotFather"),
        ({"status": 409}, ConnectorError, "Another program polls this bot"),
        ({"status": 502, "body": b"<html>"}, ConnectorError, "in trouble"),
        ({"reset": True}, ConnectorError, "did not answer"),
        ({"hang": True}, ConnectorError, "did not answer"),
        ({"status": 200, "body": b'{"ok":true,"result":[1]}'}, ConnectorError, "could not be read"),
        ({"status": 200, "body": b'{"ok":true,"result":[{"message":{}}]}'}, ConnectorError, "could not be read"),
    ],
)
async def test_polling_that_cannot_go_on_says_why(
    tg: FakeTelegram, http: aiohttp.ClientSession, fault: Mapping[str, object], error: type[Exception], words: str
) -> None:
    tg.fail("getUpdates", **fault)
    with pytest.raises(error, match=words):
        await heard(polling_bot(tg, http), None, 1)


async def test_polling_beside_a_webhook_says_who_is_in_the_way(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    await webhook_bot(tg, http).register()
    with pytest.raises(ConnectorError, match="delivers this bot's messages to a webhook"):
        await heard(polling_bot(tg, http), None, 1)


async def test_check_proves_the_token_and_names_the_bot(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    assert await polling_bot(tg, http).check() == "@example_support_bot"
    with pytest.raises(CredentialsRefused):
        await polling_bot(tg, http, token=f"1{tg.token}").check()
    tg.fail("getMe", status=200, body=b'{"ok":true,"result":{}}')
    with pytest.raises(ConnectorError, match="not as Telegram's Bot API does"):
        await polling_bot(tg, http).check()


async def test_numbers_begun_anew_while_we_listen_are_not_forgotten(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    tg.world.says("before the idle week")
    bot = polling_bot(tg, http)
    async with aclosing(cast("AsyncGenerator[tuple[RawEvent | None, str | None]]", bot.listen(None))) as listening:
        assert (await anext(listening))[0] is not None
        assert await anext(listening) == (None, "0")
        tg.updates.next_id = 5
        tg.world.says("after it")
        raw, cursor = await anext(listening)
    assert raw is not None
    assert cursor == f"6@{int(NOW.timestamp())}"
