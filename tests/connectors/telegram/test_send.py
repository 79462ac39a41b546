"""What leaves for Telegram, and what the hub is told when it does not."""

from datetime import timedelta

import aiohttp
import pytest

from hub.contract import CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from tests.connectors.conformance.kit import attachment, outbound, seen
from tests.connectors.telegram.bots import SHORT, Pauses, polling_bot
from tests.peers.telegram_api import FakeTelegram

PNG = b"\x89PNG fake"


async def test_text_reaches_the_customer_and_its_receipt_names_the_message(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person("Anna")
    receipt = await polling_bot(tg, http).send(outbound(str(anna["id"]), "Dzień dobry 안녕 <b>&amp;"))
    assert tg.texts(tg.world.chats[anna["id"]]) == ["Dzień dobry 안녕 <b>&amp;"]
    assert receipt.external_id == f"{anna['id']}:{tg.sent[0].result['message_id']}"
    assert receipt.further_ids == ()


async def test_formatting_is_sent_as_telegrams_html(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna = tg.world.person()
    html = '<p>See <strong>this</strong> <a href="https://example.com/?a=1&amp;b=2">page</a></p><ul><li>one</li></ul>'
    await polling_bot(tg, http).send(outbound(str(anna["id"]), "See this page\none", html=html))
    message = tg.sent[0].result
    assert message["text"] == "See this page\n• one"
    assert {entity["type"] for entity in message["entities"]} == {"bold", "text_link"}


async def test_markup_telegram_does_not_read_is_sent_as_plain_text(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    tg.fail("sendMessage", status=400, description="Bad Request: can't parse entities: Unexpected end tag")
    await polling_bot(tg, http).send(outbound(str(anna["id"]), "bold", html="<b>bold</b>"))
    assert [call.values.get("parse_mode") for call in tg.sent] == [None]
    assert tg.texts(tg.world.chats[anna["id"]]) == ["bold"]


async def test_a_reply_names_the_message_it_answers(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna = tg.world.person()
    asked = tg.world.says("Where is my parcel?", user=anna)
    await polling_bot(tg, http).send(
        outbound(str(anna["id"]), "On its way", reply_to=f"{anna['id']}:{asked['message_id']}")
    )
    assert tg.sent[0].result["reply_to_message"]["message_id"] == asked["message_id"]


async def test_a_reply_to_a_deleted_message_or_a_button_still_goes_out(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    bot = polling_bot(tg, http)
    await bot.send(outbound(str(anna["id"]), "one", reply_to=f"{anna['id']}:999999"))
    await bot.send(outbound(str(anna["id"]), "two", reply_to="cb:4711"))
    assert tg.texts(tg.world.chats[anna["id"]]) == ["one", "two"]


async def test_a_topic_and_a_business_chat_are_answered_where_they_were_asked(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    forum, anna = tg.world.group("Forum", forum=True), tg.world.person()
    connection = tg.world.business_connection(tg.world.person("Owner"))
    bot = polling_bot(tg, http)
    await bot.send(outbound(f"{forum['id']}/42"))
    receipt = await bot.send(outbound(f"{anna['id']}@{connection}"))
    assert tg.sent[0].values["message_thread_id"] == "42"
    assert tg.sent[1].values["business_connection_id"] == connection
    assert receipt.external_id.startswith(f"{anna['id']}@{connection}:")


@pytest.mark.parametrize(
    ("name", "media_type", "voice", "method", "field"),
    [
        ("photo.png", "image/png", False, "sendPhoto", "photo"),
        ("plan.pdf", "application/pdf", False, "sendDocument", "document"),
        ("clip.mp4", "video/mp4", False, "sendVideo", "video"),
        ("dance.gif", "image/gif", False, "sendAnimation", "animation"),
        ("song.mp3", "audio/mpeg", False, "sendAudio", "audio"),
        ("note.ogg", "audio/ogg; codecs=opus", True, "sendVoice", "voice"),
        ("note.webm", "audio/webm", True, "sendDocument", "document"),
        ("Übersicht 견적.xlsx", "application/vnd.ms-excel", False, "sendDocument", "document"),
    ],
)
async def test_a_file_goes_out_by_its_type_with_the_text_beside_it(
    tg: FakeTelegram, http: aiohttp.ClientSession, name: str, media_type: str, voice: bool, method: str, field: str
) -> None:
    anna = tg.world.person()
    file = attachment(name, b"content", media_type, voice=voice)
    await polling_bot(tg, http).send(outbound(str(anna["id"]), "Here it is", attachments=(file,)))
    call = tg.sent[0]
    assert (call.method, call.values["caption"]) == (method, "Here it is")
    assert (call.files[field].name, call.files[field].content) == (name, b"content")
    assert call.files[field].media_type == media_type


async def test_a_name_that_would_break_its_header_is_made_harmless(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    file = attachment('a"\r\nX-Evil: 1\\.pdf', b"x", "application/pdf")
    await polling_bot(tg, http).send(outbound(str(anna["id"]), "", attachments=(file,)))
    assert tg.sent[0].files["document"].name == "a'X-Evil: 1_.pdf"


async def test_photos_and_films_go_out_as_one_album(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna = tg.world.person()
    files = (attachment("a.png", PNG, "image/png"), attachment("b.mp4", b"film", "video/mp4"))
    receipt = await polling_bot(tg, http).send(outbound(str(anna["id"]), "Two views", attachments=files))
    assert [call.method for call in tg.sent] == ["sendMediaGroup"]
    assert [message.get("caption") for message in tg.sent[0].result] == ["Two views", None]
    assert len({receipt.external_id, *receipt.further_ids}) == 2


async def test_files_of_different_kinds_go_out_in_as_few_requests_as_possible(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    files = tuple(
        attachment(name, b"x", kind)
        for name, kind in (
            ("a.png", "image/png"),
            ("b.pdf", "application/pdf"),
            ("c.png", "image/png"),
            ("d.pdf", "application/pdf"),
            ("e.mp3", "audio/mpeg"),
        )
    )
    receipt = await polling_bot(tg, http).send(outbound(str(anna["id"]), "All", attachments=files))
    assert [call.method for call in tg.sent] == ["sendMediaGroup", "sendMediaGroup", "sendAudio"]
    assert len(receipt.further_ids) == 4


async def test_a_text_longer_than_a_caption_goes_out_before_the_file(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    file = attachment("a.pdf", b"x", "application/pdf")
    await polling_bot(tg, http).send(outbound(str(anna["id"]), "😀" * 600, attachments=(file,)))
    assert [call.method for call in tg.sent] == ["sendMessage", "sendDocument"]
    assert "caption" not in tg.sent[1].values


async def test_a_picture_telegram_does_not_take_as_a_photo_goes_out_as_a_file(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    tg.fail("sendPhoto", status=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    file = attachment("tall.png", PNG, "image/png")
    await polling_bot(tg, http).send(outbound(str(anna["id"]), "", attachments=(file,)))
    assert [call.method for call in tg.sent] == ["sendDocument"]


async def test_a_group_that_became_a_supergroup_is_followed(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    old = tg.world.group("Old", supergroup=False)
    new = tg.world.migrates(old)
    receipt = await polling_bot(tg, http).send(outbound(str(old["id"])))
    assert receipt.external_id.startswith(f"{new['id']}:")


@pytest.mark.parametrize(
    ("status", "description", "words", "unreachable"),
    [
        (403, "Forbidden: bot was blocked by the user", "has blocked the bot", True),
        (403, "Forbidden: user is deactivated", "deleted their Telegram account", True),
        (403, "Forbidden: bot was kicked from the supergroup chat", "removed from this group", True),
        (403, "Forbidden: bot can't initiate conversation with a user", "must write first", True),
        (400, "Bad Request: chat not found", "does not know this chat", False),
        (400, "Bad Request: message is too long", "at most 4096", False),
        (400, "Bad Request: TOPIC_CLOSED", "topic is closed", False),
        (400, "Bad Request: not enough rights to send text messages to the chat", "administrator", False),
        (400, "Bad Request: SOMETHING_NEW", "SOMETHING_NEW", False),
        (413, "Request Entity Too Large", "50 MB", False),
    ],
)
async def test_a_refusal_is_final_and_says_why(
    tg: FakeTelegram, http: aiohttp.ClientSession, status: int, description: str, words: str, unreachable: bool
) -> None:
    anna = tg.world.person()
    tg.fail("sendMessage", status=status, description=description)
    with pytest.raises(Rejected, match=words) as refused:
        await polling_bot(tg, http).send(outbound(str(anna["id"])))
    assert (refused.value.unreachable, refused.value.code) == (unreachable, str(status))
    assert tg.sent == []


async def test_a_customer_who_blocked_the_bot_cannot_be_reached(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna = tg.world.person()
    tg.world.blocks(anna)
    with pytest.raises(Rejected) as refused:
        await polling_bot(tg, http).send(outbound(str(anna["id"])))
    assert refused.value.unreachable


async def test_telegrams_waiting_time_is_handed_to_the_hub(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna = tg.world.person()
    tg.fail("sendMessage", status=429, description="Too Many Requests: retry after 37", retry_after=37)
    with pytest.raises(RetryLater) as later:
        await polling_bot(tg, http).send(outbound(str(anna["id"])))
    assert later.value.after == timedelta(seconds=37)


async def test_a_wrong_token_is_refused(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna = tg.world.person()
    with pytest.raises(CredentialsRefused, match="BotFather"):
        await polling_bot(tg, http, token=f"1{tg.token}").send(outbound(str(anna["id"])))


async def test_a_server_that_does_not_listen_is_tried_again_later(http: aiohttp.ClientSession) -> None:
    async with FakeTelegram() as tg:
        bot = polling_bot(tg, http)
    with pytest.raises(RetryLater, match="Nothing was sent"):
        await bot.send(outbound("1"))


@pytest.mark.parametrize(
    "fault",
    [
        {"hang": True},
        {"reset": True},
        {"status": 500},
        {"status": 502, "body": b"<html><h1>502 Bad Gateway</h1></html>"},
        {"status": 200, "body": b"no json"},
        {"status": 200, "body": b'{"ok":true,"result":{"message_id":"?"}}'},
    ],
)
async def test_whatever_may_have_gone_out_is_unknown(
    tg: FakeTelegram, http: aiohttp.ClientSession, fault: dict[str, object]
) -> None:
    anna = tg.world.person()
    tg.fail("sendMessage", **fault)
    with pytest.raises(OutcomeUnknown, match="may have gone out"):
        await polling_bot(tg, http).send(outbound(str(anna["id"])))


async def test_between_two_parts_a_request_to_slow_down_is_waited_out(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    anna = tg.world.person()
    tg.fail("sendDocument", status=429, description="Too Many Requests: retry after 3", retry_after=3)
    pauses = Pauses()
    files = (attachment("a.pdf", b"x", "application/pdf"),)
    bot = polling_bot(tg, http, pause=pauses)
    await bot.send(outbound(str(anna["id"]), "x" * 2000, attachments=files))
    assert pauses.seconds == [3]
    assert [call.method for call in tg.sent] == ["sendMessage", "sendDocument"]


@pytest.mark.parametrize("fault", [{"status": 400, "description": "Bad Request: file is too big"}, {"reset": True}])
async def test_a_half_sent_message_is_unknown_and_says_which_half(
    tg: FakeTelegram, http: aiohttp.ClientSession, fault: dict[str, object]
) -> None:
    anna = tg.world.person()
    tg.fail("sendDocument", **fault)
    files = (attachment("offer.pdf", b"x", "application/pdf"),)
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text\. Not sent, or not certain: offer\.pdf\."):
        await polling_bot(tg, http).send(outbound(str(anna["id"]), "x" * 2000, attachments=files))


async def test_an_empty_message_and_a_foreign_thread_are_refused(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    bot = polling_bot(tg, http)
    with pytest.raises(Rejected, match="nothing to send"):
        await bot.send(outbound("1", " "))
    with pytest.raises(Rejected, match="does not name a Telegram chat"):
        await bot.send(outbound("mail-thread"))
    assert tg.calls == []


async def test_typing_is_shown_in_the_right_place(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna = tg.world.person()
    await polling_bot(tg, http, patience=SHORT).show_typing(outbound(f"{anna['id']}").thread)
    assert [(c.method, c.values["action"]) for c in tg.calls] == [("sendChatAction", "typing")]


async def test_only_a_business_chat_can_be_marked_read(tg: FakeTelegram, http: aiohttp.ClientSession) -> None:
    anna, connection = tg.world.person(), tg.world.business_connection(tg.world.person("Owner"))
    bot = polling_bot(tg, http)
    await bot.mark_read(seen(str(anna["id"]), f"{anna['id']}:1"))
    await bot.mark_read(seen(f"{anna['id']}@{connection}", f"{anna['id']}@{connection}:1"))
    assert [call.values["message_id"] for call in tg.calls] == ["1"]
