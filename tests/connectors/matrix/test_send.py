"""What goes over the wire, what comes back, and that the second try of a message makes no second message."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from connectors.matrix.connector import MatrixAccount
from connectors.matrix.settings import Invites
from hub.contract import (
    CredentialsRefused,
    FetchFailed,
    OutcomeUnknown,
    Rejected,
    RetryLater,
)
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import attachment, outbound, seen, tools_for
from tests.connectors.matrix.accounts import ANNA, INVITE, ROOM, SHORT, account, room_told, said, settings_for
from tests.connectors.matrix.homeserver import TOKEN, US, FakeHomeserver


@pytest.fixture
def bot(server: FakeHomeserver, http: aiohttp.ClientSession) -> MatrixAccount:
    return account(server, http)


async def test_a_text_goes_out_with_its_markup_and_what_it_answers(server: FakeHomeserver, bot: MatrixAccount) -> None:
    message = outbound(ROOM, "It is ready", html="It is <b onclick='x'>ready</b>", reply_to="$asked")
    receipt = await bot.send(message)
    assert receipt.external_id == "$out1"
    assert server.sent == [
        {
            "room": ROOM,
            "txn": f"hub-{message.delivery_id}.1.1",
            "msgtype": "m.text",
            "body": "It is ready",
            "format": "org.matrix.custom.html",
            "formatted_body": "It is <b>ready</b>",
            "m.relates_to": {"m.in_reply_to": {"event_id": "$asked"}},
        }
    ]


async def test_what_a_machine_wrote_is_a_notice(server: FakeHomeserver, bot: MatrixAccount) -> None:
    await bot.send(replace(outbound(ROOM, "We are closed"), auto=True))
    assert server.sent[0]["msgtype"] == "m.notice"


async def test_files_are_uploaded_and_named_each_in_a_message_of_its_own(
    server: FakeHomeserver, bot: MatrixAccount
) -> None:
    voice = replace(attachment("note.ogg", b"OggS", "audio/ogg", voice=True), duration=4.2)
    message = outbound(ROOM, "Here", attachments=(attachment("bill.pdf", b"%PDF", "application/pdf"), voice))
    receipt = await bot.send(message)
    assert server.uploads == [("bill.pdf", "application/pdf", b"%PDF"), ("note.ogg", "audio/ogg", b"OggS")]
    assert [(sent["msgtype"], sent.get("url")) for sent in server.sent] == [
        ("m.text", None),
        ("m.file", "mxc://hub.test/up1"),
        ("m.audio", "mxc://hub.test/up2"),
    ]
    assert server.sent[2]["org.matrix.msc1767.audio"] == {"duration": 4200}
    assert (receipt.external_id, receipt.further_ids) == ("$out1", ("$out2", "$out3"))


@pytest.mark.parametrize(("status", "how"), [(0, "hang"), (504, "")])
async def test_after_silence_the_second_try_makes_no_second_message(
    server: FakeHomeserver, bot: MatrixAccount, status: int, how: str
) -> None:
    message = outbound(ROOM)
    server.fail(status, take=True, how=how)
    with pytest.raises(RetryLater, match="once"):
        await bot.send(message)
    assert (await bot.send(message)).external_id == "$out1"
    assert len(server.sent) == 1


async def test_a_cut_connection_is_asked_again_and_makes_no_second_message(
    server: FakeHomeserver, bot: MatrixAccount
) -> None:
    server.fail(take=True, how="reset")
    # the HTTP client itself repeats a PUT whose connection was cut
    assert (await bot.send(outbound(ROOM))).external_id == "$out1"
    assert len(server.sent) == 1


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (403, {"errcode": "M_FORBIDDEN", "error": "no permission"}, OutcomeUnknown, "Sent: the text. Not sent: b.pdf"),
        (429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 100}, RetryLater, "the rest follows"),
        (401, {"errcode": "M_UNKNOWN_TOKEN"}, CredentialsRefused, "new login"),
    ],
)
async def test_a_message_of_which_a_part_is_out_goes_on_or_is_for_a_person(
    server: FakeHomeserver, bot: MatrixAccount, status: int, body: Any, error: type[Exception], words: str
) -> None:
    message = outbound(ROOM, "Here", attachments=(attachment("b.pdf", b"%PDF", "application/pdf"),))
    server.fail(status, good=1, **body)
    with pytest.raises(error, match=words):
        await bot.send(message)
    assert len(server.sent) == 1
    await bot.send(message)
    assert [sent["msgtype"] for sent in server.sent] == ["m.text", "m.file"]


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (401, {"errcode": "M_UNKNOWN_TOKEN", "soft_logout": True}, CredentialsRefused, "new login"),
        (403, {"errcode": "M_USER_DEACTIVATED"}, CredentialsRefused, "deactivated"),
        (403, {"errcode": "M_FORBIDDEN", "error": "User @a:b not in room !c"}, Rejected, "not in this room"),
        (413, {"errcode": "M_TOO_LARGE", "error": "event too large"}, Rejected, "larger"),
        (404, {"errcode": "M_NOT_FOUND", "error": "Unknown"}, Rejected, "does not know this room"),
        (403, {"errcode": "M_CONSENT_NOT_GIVEN"}, Rejected, "terms"),
        (400, {}, Rejected, "HTTP 400"),
        (500, {"errcode": "M_UNKNOWN"}, RetryLater, "in trouble"),
    ],
)
async def test_a_refusal_is_said_in_words(
    server: FakeHomeserver, bot: MatrixAccount, status: int, body: Any, error: type[Exception], words: str
) -> None:
    server.fail(status, **body)
    with pytest.raises(error, match=words):
        await bot.send(outbound(ROOM))
    assert server.sent == []


@pytest.mark.parametrize(
    ("body", "seconds"), [({"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}, 1.5), ({}, 7.0)]
)
async def test_the_wait_the_homeserver_asks_for_is_kept(
    server: FakeHomeserver, bot: MatrixAccount, body: Any, seconds: float
) -> None:
    server.fail(429, **body)
    with pytest.raises(RetryLater) as asked:
        await bot.send(outbound(ROOM))
    assert asked.value.after == timedelta(seconds=seconds)


async def test_no_error_tells_the_token(
    server: FakeHomeserver, bot: MatrixAccount, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail(400, errcode="M_BAD_JSON", error=f"no {TOKEN}")
    with caplog.at_level(logging.DEBUG), pytest.raises(Rejected) as told:
        await bot.send(outbound(ROOM))
    assert TOKEN not in f"{told.value!r}{caplog.text}{bot!r}"


async def test_a_thread_that_is_no_room_is_refused(bot: MatrixAccount) -> None:
    with pytest.raises(Rejected, match="Matrix room"):
        await bot.send(outbound("12345"))


async def fetched(bot: MatrixAccount, source: str) -> bytes:
    return b"".join([part async for part in bot.fetch(ExternalId(source))])


async def test_a_customers_file_is_fetched_also_from_an_older_homeserver(
    server: FakeHomeserver, bot: MatrixAccount
) -> None:
    assert (await fetched(bot, "mxc://hub.test/photo")).endswith(b"picture")
    server.only_old_media = True
    assert (await fetched(bot, "mxc://hub.test/photo")).endswith(b"picture")


@pytest.mark.parametrize(
    ("source", "words"),
    [("mxc://hub.test/gone", "no longer"), ("https://hub.test/x", "no Matrix server"), ("mxc://a/../b", "no Matrix")],
)
async def test_a_file_that_cannot_be_had_is_said_so(bot: MatrixAccount, source: str, words: str) -> None:
    with pytest.raises(FetchFailed, match=words):
        await fetched(bot, source)


async def test_a_file_that_lies_elsewhere_is_fetched_without_our_token_by_the_guarded_way(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    asked = []

    async def guarded(url: str, max_bytes: int) -> AsyncIterator[bytes]:
        asked.append(url)
        yield b"from afar"[:max_bytes]

    server.moved_media = "https://cdn.example.com/photo?signed=1"
    tools = replace(tools_for(http, Path("unused")), fetch=guarded)
    bot = MatrixAccount(settings_for(server.url), tools, patience=SHORT)
    assert await fetched(bot, "mxc://hub.test/photo") == b"from afar"
    assert asked == [server.moved_media]


async def test_reading_and_typing_are_shown(server: FakeHomeserver, bot: MatrixAccount) -> None:
    await bot.mark_read(seen(ROOM, "$e1"))
    await bot.show_typing(ExternalId(ROOM))
    assert server.asked == [
        ("POST", f"/_matrix/client/v3/rooms/{ROOM}/receipt/m.read/$e1"),
        ("PUT", f"/_matrix/client/v3/rooms/{ROOM}/typing/{US}"),
    ]


async def test_the_setup_says_what_is_missing(server: FakeHomeserver, http: aiohttp.ClientSession) -> None:
    encryption = said(1, type="m.room.encryption", state_key="", content={"algorithm": "m.megolm.v1.aes-sha2"})
    server.look = {"join": {ROOM: room_told(state=(encryption,))}, "invite": {"!new:hub.test": INVITE}}
    steps = await account(server, http, invites=Invites.nobody).setup()
    assert [step.done for step in steps] == [True, False, False]
    assert ANNA in steps[1].help
    with pytest.raises(CredentialsRefused):
        await account(server, http, token="another_token").setup()
