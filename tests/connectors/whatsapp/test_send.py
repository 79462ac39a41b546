"""What goes over the wire for a message, and what becomes of it when Meta says no."""

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from connectors.whatsapp.render import FILE_LIMIT, kind_of, render
from hub.contract import CredentialsRefused, OutboundMessage, OutcomeUnknown, Rejected, RetryLater
from hub.domain.ids import ExternalId
from tests.connectors._lib.fake_graph import TOKEN, FakeGraph
from tests.connectors.conformance.kit import attachment, outbound, seen
from tests.connectors.whatsapp.numbers import ANNA, NUMBER_ID, messages, whatsapp

PHONE = "+48500100200"


async def test_a_text_goes_out_with_our_delivery_as_tracker(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    message = outbound(ANNA, "Good morning 😀", reply_to="wamid.IN1")
    receipt = await whatsapp(graph, http).send(message)
    assert receipt.external_id == "wamid.OUT1"
    assert messages(graph) == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "recipient": ANNA,
            "type": "text",
            "text": {"body": "Good morning 😀", "preview_url": False},
            "context": {"message_id": "wamid.IN1"},
            "biz_opaque_callback_data": str(message.delivery_id),
        }
    ]


@pytest.mark.parametrize(
    ("thread", "recipient", "field", "value"),
    [
        (ANNA, ANNA, "recipient", ANNA),
        (ANNA, PHONE, "to", "48500100200"),
        (PHONE, ANNA, "to", "48500100200"),
        (PHONE, PHONE, "to", "48500100200"),
        ("g:Y2FwaV9ncm91cDox", "g:Y2FwaV9ncm91cDox", "to", "Y2FwaV9ncm91cDox"),
    ],
)
async def test_a_number_goes_into_to_and_a_user_id_into_recipient(
    graph: FakeGraph, http: aiohttp.ClientSession, thread: str, recipient: str, field: str, value: str
) -> None:
    await whatsapp(graph, http).send(outbound(thread, recipient=recipient))
    (body,) = messages(graph)
    assert body[field] == value
    assert len({"to", "recipient"} & body.keys()) == 1


@pytest.mark.parametrize(
    ("name", "media_type", "voice", "kind"),
    [
        ("leg.jpg", "image/jpeg", False, "image"),
        ("leg.webp", "image/webp", False, "document"),
        ("film.mp4", "video/mp4", False, "video"),
        ("song.mp3", "audio/mpeg", False, "audio"),
        ("note.ogg", "audio/ogg", True, "audio"),
        ("Übersicht 견적.xlsx", "application/vnd.ms-excel", False, "document"),
    ],
)
async def test_a_file_is_uploaded_and_sent_as_its_kind(
    graph: FakeGraph, http: aiohttp.ClientSession, name: str, media_type: str, voice: bool, kind: str
) -> None:
    file = attachment(name, b"content", media_type, voice=voice)
    await whatsapp(graph, http).send(outbound(ANNA, "", attachments=(file,)))
    (upload,) = graph.made("POST", f"{NUMBER_ID}/media")
    assert upload.form["messaging_product"] == "whatsapp"
    assert upload.form["file"][0] == name
    assert upload.form["file"][2] == b"content"
    (body,) = messages(graph)
    media = body[kind]
    assert body["type"] == kind
    assert isinstance(media, dict)
    assert media["id"] == "up-1"
    assert media.get("voice", False) is voice
    assert media.get("filename", name) == name


async def test_a_voice_note_names_its_codec(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    note = attachment("note.ogg", b"OggS", "audio/ogg", voice=True)
    await whatsapp(graph, http).send(outbound(ANNA, "", attachments=(note,)))
    assert graph.made("POST", f"{NUMBER_ID}/media")[0].form["type"] == "audio/ogg; codecs=opus"


@pytest.mark.parametrize(
    ("media_type", "size", "kind"),
    [
        ("image/jpeg", 5 * 1024 * 1024, "image"),
        ("image/jpeg", 5 * 1024 * 1024 + 1, "document"),
        ("video/mp4", 17 * 1024 * 1024, "document"),
        ("application/pdf", FILE_LIMIT, "document"),
    ],
)
def test_what_is_too_large_for_its_kind_goes_as_a_document(media_type: str, size: int, kind: str) -> None:
    assert kind_of(attachment("x", b"", media_type, size=size)) == kind


def parts(message: OutboundMessage) -> list[tuple[str, int]]:
    return [(part.kind, len(part.text)) for part in render(message)]


def test_the_text_goes_beside_the_file_if_there_is_room() -> None:
    photo, sound = attachment("a.jpg", b"x", "image/jpeg"), attachment("a.mp3", b"x", "audio/mpeg")
    assert parts(outbound(ANNA, "short", attachments=(photo, sound))) == [("image", 5), ("audio", 0)]
    assert parts(outbound(ANNA, "short", attachments=(sound,))) == [("text", 5), ("audio", 0)]
    assert parts(outbound(ANNA, "x" * 1025, attachments=(photo,))) == [("text", 1025), ("image", 0)]
    assert parts(outbound(ANNA, "x" * 5000)) == [("text", 4096), ("text", 904)]


async def test_a_long_text_goes_out_in_parts_and_answers_with_the_first(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    receipt = await whatsapp(graph, http).send(outbound(ANNA, "word " * 1500, reply_to="wamid.IN1"))
    assert (receipt.external_id, receipt.further_ids) == ("wamid.OUT1", ("wamid.OUT2",))
    assert ["context" in body for body in messages(graph)] == [True, False]


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (131047, Rejected, "24 hours ago"),
        (131026, Rejected, "not be on WhatsApp"),
        (131051, Rejected, "kind of message"),
        (130472, Rejected, "experiment"),
        (131053, Rejected, "does not take this file"),
        (132001, Rejected, "not approved"),
        (132015, Rejected, "paused"),
        (131009, Rejected, "not valid"),
        (131056, RetryLater, "short time"),
        (131048, RetryLater, "blocked or reported"),
        (131000, RetryLater, "failed for a moment"),
        (135000, RetryLater, "failed for a moment"),
        (130429, RetryLater, "more slowly"),
        (80007, RetryLater, "more slowly"),
        (190, CredentialsRefused, "access token"),
        (10, CredentialsRefused, "permission"),
        (200, CredentialsRefused, "permission"),
        (299, CredentialsRefused, "permission"),
        (368, CredentialsRefused, "blocked this account"),
        (131031, CredentialsRefused, "locked"),
        (131042, CredentialsRefused, "paying"),
        (999999, Rejected, "no,"),
    ],
)
async def test_each_code_says_what_happened_and_whether_to_send_again(
    graph: FakeGraph, http: aiohttp.ClientSession, code: int, error: type[Exception], words: str
) -> None:
    graph.fail("messages", code=code)
    with pytest.raises(error, match=words) as raised:
        await whatsapp(graph, http).send(outbound(ANNA))
    assert str(code) in (getattr(raised.value, "code", "") or str(raised.value))
    assert TOKEN not in str(raised.value)


async def test_a_wrong_app_secret_is_said_as_such(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("messages", code=100, message="Invalid appsecret_proof provided in the API argument")
    with pytest.raises(CredentialsRefused, match="app secret is not that of the app"):
        await whatsapp(graph, http).send(outbound(ANNA))


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"Retry-After": "7"}, timedelta(seconds=7)),
        ({"X-Business-Use-Case-Usage": '{"1":[{"estimated_time_to_regain_access":3}]}'}, timedelta(minutes=3)),
        ({"X-Business-Use-Case-Usage": "junk"}, None),
        ({}, None),
    ],
)
async def test_the_pause_meta_asks_for_is_handed_on(
    graph: FakeGraph, http: aiohttp.ClientSession, headers: dict[str, str], after: timedelta | None
) -> None:
    graph.fail("messages", code=130429, status=429, headers=headers)
    with pytest.raises(RetryLater) as later:
        await whatsapp(graph, http).send(outbound(ANNA))
    assert later.value.after == after


async def test_a_pause_for_one_customer_does_not_stop_the_account(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    graph.fail("messages", code=131056, headers={"Retry-After": "60"})
    with pytest.raises(RetryLater) as later:
        await whatsapp(graph, http).send(outbound(ANNA))
    assert later.value.after is None


@pytest.mark.parametrize(
    "fault",
    [
        {"hang": True},
        {"reset": True},
        {"status": 502, "body": b"<html>Bad Gateway</html>"},
        {"status": 200, "body": b"no json"},
        {"status": 200, "body": b'{"messages": []}'},
        {"status": 500, "code": 999998},
    ],
)
async def test_whatever_may_have_gone_out_is_unknown(
    graph: FakeGraph, http: aiohttp.ClientSession, fault: dict[str, object]
) -> None:
    graph.fail("messages", **fault)
    with pytest.raises(OutcomeUnknown):
        await whatsapp(graph, http).send(outbound(ANNA))


@pytest.mark.parametrize("fault", [{"hang": True}, {"reset": True}, {"status": 503, "body": b""}])
async def test_a_file_that_could_not_be_handed_over_is_tried_again(
    graph: FakeGraph, http: aiohttp.ClientSession, fault: dict[str, object]
) -> None:
    graph.fail("media", **fault)
    file = attachment("a.pdf", b"x", "application/pdf")
    with pytest.raises(RetryLater, match=r"a\.pdf"):
        await whatsapp(graph, http).send(outbound(ANNA, "", attachments=(file,)))
    assert messages(graph) == []


async def test_a_half_sent_message_is_unknown_and_says_which_half(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    files = (attachment("one.mp3", b"x", "audio/mpeg"), attachment("two.mp3", b"", "audio/mpeg"))
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text; one\.mp3\. Not sent, or not certain: two\.mp3\."):
        await whatsapp(graph, http).send(outbound(ANNA, "Two songs", attachments=files))


async def test_an_empty_message_and_a_foreign_thread_are_refused(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    with pytest.raises(Rejected, match="nothing to send"):
        await whatsapp(graph, http).send(outbound(ANNA, " "))
    with pytest.raises(Rejected, match="does not name a WhatsApp customer"):
        await whatsapp(graph, http).send(outbound("<mail@example.com>"))
    assert graph.calls == []


async def test_ticks_turn_blue_and_typing_names_the_message_it_answers(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    channel, thread = whatsapp(graph, http), ExternalId(ANNA)
    await channel.show_typing(thread)
    await channel.mark_read(seen(thread, "wamid.IN1"))
    await channel.show_typing(thread)
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.IN1"}
    bodies = [call.json for call in graph.made("POST", f"{NUMBER_ID}/messages")]
    assert bodies == [read, {**read, "typing_indicator": {"type": "text"}}]


async def test_a_failed_tick_is_told(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("messages", code=131009)
    with pytest.raises(Rejected):
        await whatsapp(graph, http).mark_read(seen(ANNA, "wamid.IN1"))


async def test_check_names_our_number(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    assert await whatsapp(graph, http).check() == "+15550100200"
    with pytest.raises(CredentialsRefused, match="access token"):
        await whatsapp(graph, http, token=TOKEN[::-1]).check()
    graph.fail(NUMBER_ID, code=100, error_subcode=33)
    with pytest.raises(CredentialsRefused, match="phone number ID"):
        await whatsapp(graph, http).check()


async def test_the_proof_goes_with_every_request(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.access = replace(graph.access, app_secret="the secret of another app")
    with pytest.raises(CredentialsRefused, match="app secret"):
        await whatsapp(graph, http).check()
