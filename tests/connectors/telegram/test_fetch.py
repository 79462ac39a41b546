"""Files stay at Telegram until the hub fetches them."""

from collections.abc import Mapping

import aiohttp
import pytest

from connectors.telegram.connector import PollingBot
from hub.contract import FetchFailed
from hub.domain.ids import ExternalId
from tests.connectors.telegram.bots import polling_bot
from tests.peers.telegram_api import FakeTelegram


async def fetched(bot: PollingBot, source: str) -> bytes:
    return b"".join([chunk async for chunk in bot.fetch(ExternalId(source))])


async def test_a_file_is_fetched_whole(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    content = bytes(range(256)) * 2000
    message = tg.world.sends_document("plan.pdf", content)
    assert await fetched(polling_bot(tg, http), message["document"]["file_id"]) == content


async def test_a_file_beyond_telegrams_limit_is_refused_in_words(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    message = tg.world.sends_document("film.mov", None, size=30 * 1024 * 1024)
    with pytest.raises(FetchFailed, match="larger than 20 MB") as failed:
        await fetched(polling_bot(tg, http), message["document"]["file_id"])
    assert not failed.value.passing


@pytest.mark.parametrize(
    ("method", "fault", "passing"),
    [
        ("getFile", {"status": 502}, True),
        ("getFile", {"reset": True}, True),
        ("getFile", {"status": 429, "retry_after": 3}, True),
        ("getFile", {"status": 400, "description": "Bad Request: wrong file_id"}, False),
        ("getFile", {"status": 200, "body": b'{"ok":true,"result":{"file_path":"/etc/passwd"}}'}, False),
        ("getFile", {"status": 200, "body": b'{"ok":true,"result":{"file_path":"../../x"}}'}, False),
        ("getFile", {"status": 200, "body": b'{"ok":true,"result":{}}'}, True),
        ("download", {"status": 500}, True),
        ("download", {"status": 404}, False),
    ],
)
async def test_a_file_that_cannot_be_fetched_says_whether_to_try_again(
    tg: FakeTelegram, http: aiohttp.ClientSession, method: str, fault: Mapping[str, object], passing: bool
) -> None:
    message = tg.world.sends_document("plan.pdf", b"content")
    tg.fail(method, **fault)
    with pytest.raises(FetchFailed) as failed:
        await fetched(polling_bot(tg, http), message["document"]["file_id"])
    assert failed.value.passing is passing
