"""The bot's token appears nowhere but in the request itself."""

import logging
import traceback
from collections.abc import Mapping

import aiohttp
import pytest
from pydantic import SecretStr, ValidationError

from connectors.telegram.settings import TelegramSettings
from connectors.telegram.verify import webhook_secret
from hub.contract import ConnectorError, SendError
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import CHANNEL, attachment, outbound
from tests.connectors.telegram.bots import polling_bot, settings_for, webhook_bot
from tests.peers.telegram_api import TOKEN, FakeTelegram

SECRET_PART = TOKEN.partition(":")[2]


def everything_told(error: BaseException) -> str:
    """What any log could show of an error: message, repr, arguments, its causes and the printed traceback."""
    chain = [error]
    for _ in range(10):  # chains of causes may be circles
        chain += [link for link in (chain[-1].__cause__ or chain[-1].__context__,) if link]
    links = " ".join(f"{link} {link!r} {link.args!r}" for link in chain)
    return links + "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 400, "description": f"Bad Request: https://api.telegram.org/bot{TOKEN}/sendMessage"},
        {"status": 401},
        {"status": 500},
        {"status": 502, "body": f"<html>{TOKEN}</html>".encode()},
        {"status": 307, "body": b""},
        {"status": 200, "body": f'"{TOKEN}'.encode()},
        {"hang": True},
        {"reset": True},
    ],
)
async def test_no_error_holds_the_token(
    tg: FakeTelegram, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, fault: Mapping[str, object]
) -> None:
    anna = tg.world.person()
    tg.fail("sendMessage", **fault)
    with caplog.at_level(logging.DEBUG), pytest.raises(ConnectorError) as raised:
        await polling_bot(tg, http).send(outbound(str(anna["id"])))
    assert SECRET_PART not in everything_told(raised.value)
    assert SECRET_PART not in caplog.text


async def test_no_error_holds_the_token_when_nobody_listens_or_the_address_is_wrong(
    http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as tg:
        bot = polling_bot(tg, http)
    with caplog.at_level(logging.DEBUG), pytest.raises(SendError) as raised:
        await bot.send(outbound("1"))
    assert SECRET_PART not in everything_told(raised.value) + caplog.text


async def test_everything_that_works_leaves_the_token_out_of_the_log(
    tg: FakeTelegram, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    anna = tg.world.person()
    with caplog.at_level(logging.DEBUG):
        bot = webhook_bot(tg, http)
        await bot.register()
        await bot.check()
        files = (attachment("a.pdf", b"x", "application/pdf"),)
        await bot.send(outbound(str(anna["id"]), attachments=files))
        message = tg.world.sends_document("b.pdf", b"content")
        assert [part async for part in bot.fetch(ExternalId(message["document"]["file_id"]))] == [b"content"]
    assert caplog.records
    assert SECRET_PART not in caplog.text


async def test_no_repr_holds_a_secret(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    bot = webhook_bot(tg, http)
    shown = repr(bot) + repr(bot._bot) + repr(bot._transport) + repr(settings_for(tg.url))
    assert SECRET_PART not in shown
    assert webhook_secret(TOKEN, CHANNEL) not in shown


@pytest.mark.parametrize("token", ["", "12345", "bot token: 12345:abc", f"{TOKEN}!"])
def test_a_token_that_cannot_be_one_is_explained_and_not_repeated(token: str) -> None:
    with pytest.raises(ValidationError, match="not a bot token") as refused:
        TelegramSettings(token=SecretStr(token))
    assert SECRET_PART not in str(refused.value)


def test_a_token_copied_with_spaces_around_it_is_good() -> None:
    assert TelegramSettings(token=SecretStr(f" {TOKEN}\n")).token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("api.telegram.org", "https://host"),
        ("ftp://api.telegram.org", "https://host"),
        ("https://user:pw@host", "must not carry"),
        ("https://host/?x=1", "must not carry"),
        ("http://api.telegram.org", "https only"),
    ],
)
def test_an_address_that_cannot_serve_is_explained(address: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        settings_for(address)


def test_without_messages_the_settings_make_no_sense() -> None:
    with pytest.raises(ValidationError, match="Switch it on"):
        TelegramSettings.model_validate({"token": TOKEN, "updates": ["callback_query"]})


def test_an_unknown_way_of_receiving_is_refused() -> None:
    with pytest.raises(ValidationError, match="'webhook' or 'polling'"):
        TelegramSettings.model_validate({"token": TOKEN, "mode": "pull"})
