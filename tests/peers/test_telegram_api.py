"""The fake Bot API behaves as the real one is described: otherwise what passes against it proves nothing."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import pytest

from tests.peers.telegram_api import FakeTelegram
from tests.peers.telegram_spec import BotApiSpec
from tests.peers.telegram_text import BadMarkup, read_html

needs_spec = pytest.mark.skipif(
    BotApiSpec.load() is None, reason="the corpora folder with the Bot API's description is not beside the checkout"
)


class Bot:
    """A plain HTTP client of the Bot API."""

    def __init__(self, tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
        self._tg, self._http = tg, http

    async def __call__(self, method: str, **values: object) -> dict[str, Any]:
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
        async with self._http.post(f"{self._tg.url}/bot{self._tg.token}/{method}", data=form) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def bot(tg: FakeTelegram) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as http:
        yield Bot(tg, http)


async def test_an_offset_confirms_and_forgets_what_is_before_it(tg: FakeTelegram, bot: Bot) -> None:
    for text in ("one", "two", "three"):
        tg.world.says(text)
    first = (await bot("getUpdates", limit=2))["result"]
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    second = (await bot("getUpdates", offset=first[-1]["update_id"] + 1))["result"]
    assert [update["message"]["text"] for update in second] == ["three"]
    assert len((await bot("getUpdates", offset=1))["result"]) == 1


async def test_a_negative_offset_forgets_all_but_the_last(tg: FakeTelegram, bot: Bot) -> None:
    for text in ("one", "two", "three"):
        tg.world.says(text)
    assert [u["message"]["text"] for u in (await bot("getUpdates", offset=-1))["result"]] == ["three"]
    assert len(tg.updates.pending) == 1


async def test_a_poll_that_waits_is_woken_by_a_message(tg: FakeTelegram, bot: Bot) -> None:
    waiting = asyncio.ensure_future(bot("getUpdates", timeout=20))
    await tg.updates.polled()
    tg.world.says("Hello")
    assert (await asyncio.wait_for(waiting, 5))["result"][0]["message"]["text"] == "Hello"


async def test_a_second_poller_ends_the_first(tg: FakeTelegram, bot: Bot) -> None:
    first = asyncio.ensure_future(bot("getUpdates", timeout=20))
    await tg.updates.polled()
    assert (await bot("getUpdates", timeout=0))["ok"]
    assert (await asyncio.wait_for(first, 5))["error_code"] == 409


async def test_only_asked_for_kinds_come(tg: FakeTelegram, bot: Bot) -> None:
    message = tg.world.says("Hello")
    tg.world.reacts(message, ["👍"])
    assert len((await bot("getUpdates"))["result"]) == 1
    await bot("getUpdates", allowed_updates=["message_reaction"])
    tg.world.reacts(message, ["👎"])
    tg.world.says("not asked for")
    assert [list(update)[1] for update in (await bot("getUpdates", offset=1))["result"]] == [
        "message",
        "message_reaction",
    ]


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot) -> None:
    await bot("setWebhook", url="https://hub.example.com/x", secret_token="abc")
    assert "webhook is active" in (await bot("getUpdates"))["description"]
    assert (await bot("getWebhookInfo"))["result"]["url"] == "https://hub.example.com/x"
    await bot("deleteWebhook")
    assert (await bot("getUpdates"))["ok"]


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "ANNA", "text": " "}, "message text is empty"),
        ("sendMessage", {"chat_id": "ANNA", "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": "ANNA", "text": "<p>x</p>", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"chat_id": "ANNA", "text": "x", "reply_parameters": {"message_id": 99}}, "replied not found"),
        ("sendDocument", {"chat_id": "ANNA", "document": "attach://nothing"}, "wrong file identifier"),
        ("editMessageText", {"chat_id": "ANNA", "message_id": 99, "text": "x"}, "message to edit not found"),
        ("getFile", {"file_id": "nothing"}, "invalid file_id"),
        ("setWebhook", {"url": "http://hub.example.com/"}, "HTTPS URL must be provided"),
        ("noSuchMethod", {}, "Not Found"),
    ],
)
async def test_refusals_are_in_telegrams_words(
    tg: FakeTelegram, bot: Bot, method: str, values: Mapping[str, object], words: str
) -> None:
    anna = tg.world.person()["id"]
    answer = await bot(method, **{name: anna if value == "ANNA" else value for name, value in values.items()})
    assert words in answer["description"]
    assert tg.calls == []


@needs_spec
@pytest.mark.parametrize(
    ("method", "values", "problem"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "txet": "y"}, "unknown field txet"),
        ("sendMessage", {"chat_id": 1}, "missing field text"),
        ("getUpdates", {"timeout": "soon"}, "timeout: not Integer"),
        ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "photo"}]}, "media: missing"),
        ("answerCallbackQuery", {}, "missing field callback_query_id"),
    ],
)
async def test_a_request_the_bot_api_does_not_describe_is_a_violation(
    tg: FakeTelegram, bot: Bot, method: str, values: Mapping[str, object], problem: str
) -> None:
    answer = await bot(method, **values)
    assert problem in answer["description"]
    assert tg.violations
    tg.violations.clear()


@needs_spec
async def test_violations_fail_the_test_that_made_them() -> None:
    with pytest.raises(AssertionError, match="not as the Bot API describes it"):
        async with FakeTelegram() as tg, aiohttp.ClientSession() as http:
            await Bot(tg, http)("sendMessage", chat_id=1)


@pytest.mark.parametrize("markup", ["<b>x", "x</b>", "<b><i>x</b></i>", "<br>", "<div>x</div>"])
def test_markup_telegram_does_not_read_is_refused(markup: str) -> None:
    with pytest.raises(BadMarkup):
        read_html(markup)


def test_markup_becomes_text_and_entities_in_utf16() -> None:
    text, entities = read_html('😀 <b>a &amp; <i>b</i></b> <a href="https://e.com">c</a>')
    assert text == "😀 a & b c"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("italic", 7, 1),
        ("bold", 3, 5),
        ("text_link", 9, 1),
    ]


async def test_it_runs_as_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.peers.telegram_api", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().split()[-1]
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{url}/control/says", json={"text": "Hello", "user_id": 5_000_000_001}) as response:
            assert (await response.json())["chat"]["id"] == 5_000_000_001
        async with http.post(f"{url}/control/pending") as response:
            assert await response.json() == 1
        async with http.post(f"{url}/control/nonsense") as response:
            assert response.status == 404
    process.terminate()
    await asyncio.wait_for(process.wait(), 60)
