"""What goes over the wire for a message, and what becomes of it when Meta says no."""

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from hub.contract import ConnectorError, CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from hub.domain.ids import ExternalId
from tests.connectors._lib.fake_graph import TOKEN, FakeGraph
from tests.connectors._lib.meta_inboxes import ANNA, messages
from tests.connectors.conformance.kit import NOW, attachment, outbound, seen
from tests.connectors.messenger.pages import messenger


async def test_a_text_goes_out_with_our_delivery_as_metadata(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    message = outbound(ANNA, "Good morning 😀", reply_to="m_IN1")
    receipt = await messenger(graph, http).send(message)
    assert receipt.external_id == "m_OUT1"
    assert messages(graph) == [
        {
            "recipient": {"id": ANNA},
            "messaging_type": "RESPONSE",
            "message": {"text": "Good morning 😀", "metadata": str(message.delivery_id)},
            "reply_to": {"mid": "m_IN1"},
        }
    ]


@pytest.mark.parametrize(
    ("hours", "auto", "late_tag", "expected"),
    [
        (1, False, "HUMAN_AGENT", {"messaging_type": "RESPONSE"}),
        (24, False, "HUMAN_AGENT", {"messaging_type": "RESPONSE"}),
        (25, False, "HUMAN_AGENT", {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
        (25, True, "HUMAN_AGENT", {"messaging_type": "RESPONSE"}),
        (25, False, "", {"messaging_type": "RESPONSE"}),
    ],
)
async def test_a_persons_late_answer_carries_the_tag(
    graph: FakeGraph, http: aiohttp.ClientSession, hours: int, auto: bool, late_tag: str, expected: dict[str, str]
) -> None:
    message = replace(outbound(ANNA), last_heard_at=NOW - timedelta(hours=hours), auto=auto)
    await messenger(graph, http, late_tag=late_tag).send(message)
    (body,) = messages(graph)
    assert {key: body[key] for key in ("messaging_type", "tag") if key in body} == expected


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("leg.jpg", "image/jpeg", "image"),
        ("film.mp4", "video/mp4", "video"),
        ("note.m4a", "audio/mp4", "audio"),
        ("Übersicht 견적.pdf", "application/pdf", "file"),
    ],
)
async def test_a_file_is_uploaded_and_sent_as_its_kind(
    graph: FakeGraph, http: aiohttp.ClientSession, name: str, media_type: str, kind: str
) -> None:
    file = attachment(name, b"content", media_type)
    receipt = await messenger(graph, http).send(outbound(ANNA, "Here", attachments=(file,)))
    (upload,) = graph.made("POST", "me/message_attachments")
    assert upload.form["filedata"] == (name, media_type, b"content")
    contents = [body["message"] for body in messages(graph)]
    assert isinstance(contents[1], dict)
    assert contents[1]["attachment"] == {"type": kind, "payload": {"attachment_id": "1"}}
    assert (receipt.external_id, receipt.further_ids) == ("m_OUT1", ("m_OUT2",))


async def test_a_long_text_goes_out_in_parts(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    await messenger(graph, http).send(outbound(ANNA, "word " * 700, reply_to="m_IN1"))
    assert ["reply_to" in body for body in messages(graph)] == [True, False]


async def test_where_meta_will_not_quote_the_answer_goes_without(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("me/messages", code=100, message="(#100) Param reply_to is not allowed here")
    await messenger(graph, http).send(outbound(ANNA, reply_to="m_IN1"))
    (body,) = messages(graph)
    assert "reply_to" not in body


@pytest.mark.parametrize(
    ("code", "subcode", "error", "words", "unreachable"),
    [
        (10, 2018278, Rejected, "too long ago", False),
        (551, 1545041, Rejected, "cannot be written to", True),
        (200, 1545041, Rejected, "cannot be written to", True),
        (100, 2018001, Rejected, "does not know this customer", False),
        (200, 2018028, Rejected, "App Review", False),
        (10, 2018300, Rejected, "Another app controls", False),
        (100, 0, Rejected, "refused the message", False),
        (4, 0, RetryLater, "more slowly", False),
        (613, 0, RetryLater, "more slowly", False),
        (10, 0, CredentialsRefused, "permission", False),
        (200, 0, CredentialsRefused, "permission", False),
        (190, 463, CredentialsRefused, "access token", False),
        (1200, 0, OutcomeUnknown, "may have gone out", False),
        (2, 0, OutcomeUnknown, "may have gone out", False),
    ],
)
async def test_each_code_says_what_happened_and_whether_to_send_again(
    graph: FakeGraph,
    http: aiohttp.ClientSession,
    code: int,
    subcode: int,
    error: type[ConnectorError],
    words: str,
    unreachable: bool,
) -> None:
    graph.fail("me/messages", code=code, error_subcode=subcode)
    with pytest.raises(error, match=words) as raised:
        await messenger(graph, http).send(outbound(ANNA))
    assert getattr(raised.value, "unreachable", False) is unreachable
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(
    "fault", [{"reset": True}, {"status": 503, "body": b""}, {"status": 200, "body": b'{"recipient_id": "1"}'}]
)
async def test_whatever_may_have_gone_out_is_unknown(
    graph: FakeGraph, http: aiohttp.ClientSession, fault: dict[str, object]
) -> None:
    graph.fail("me/messages", **fault)
    with pytest.raises(OutcomeUnknown):
        await messenger(graph, http).send(outbound(ANNA))


async def test_a_file_that_could_not_be_handed_over_is_tried_again(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    file = attachment("a.pdf", b"x", "application/pdf")
    for fault in ({"reset": True}, {"status": 200, "body": b"{}"}):
        graph.fail("message_attachments", **fault)
        with pytest.raises(RetryLater, match=r"a\.pdf"):
            await messenger(graph, http).send(outbound(ANNA, "", attachments=(file,)))
    graph.fail("message_attachments", code=100, error_subcode=2018047)
    with pytest.raises(Rejected, match="does not take this file"):
        await messenger(graph, http).send(outbound(ANNA, "", attachments=(file,)))
    assert messages(graph) == []


async def test_a_half_sent_message_is_unknown_and_says_which_half(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    files = (attachment("offer.pdf", b"", "application/pdf"),)
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text\. Not sent, or not certain: offer\.pdf\."):
        await messenger(graph, http).send(outbound(ANNA, "Our offer", attachments=files))


async def test_an_empty_message_and_a_foreign_thread_are_refused(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    with pytest.raises(Rejected, match="nothing to send"):
        await messenger(graph, http).send(outbound(ANNA, " "))
    with pytest.raises(Rejected, match="does not name a customer"):
        await messenger(graph, http).send(outbound("<mail@example.com>"))
    assert graph.calls == []


async def test_seen_and_typing_are_shown(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    page, thread = messenger(graph, http), ExternalId(ANNA)
    await page.mark_read(seen(thread, "m_IN1"))
    await page.show_typing(thread)
    actions = [call.json["sender_action"] for call in graph.made("POST", "me/messages")]
    assert actions == ["mark_seen", "typing_on"]
    graph.fail("me/messages", code=100)
    with pytest.raises(Rejected):
        await page.show_typing(thread)
