"""What goes over the wire for a message, and what becomes of it when LINE says no or nothing."""

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from connectors.line.content import QUOTE_TOKEN
from connectors.line.render import IMAGE_LIMIT
from hub.contract import CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from tests.connectors.conformance.kit import attachment
from tests.connectors.line.accounts import ANNA, GROUP, line, linked, to_anna, young
from tests.connectors.line.fake_line import TOKEN, FakeLine, error
from tests.peers.faulty_server import Fault


async def test_a_text_goes_to_the_chat_with_our_delivery_as_retry_key(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    message = to_anna("Good morning 😀")
    receipt = await line(server, http).send(message)
    assert server.pushed == [{"to": ANNA, "messages": [{"type": "text", "text": "Good morning 😀"}]}]
    assert server.keys == [str(message.delivery_id)]
    assert receipt.external_id == "461230966842064897"


async def test_an_answer_quotes_with_the_token_of_the_message_it_answers(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    message = replace(to_anna("Yes", reply_to="468789577898262530"), reply_data={QUOTE_TOKEN: "q3Plx"})
    await line(server, http).send(message)
    assert server.pushed[0]["messages"] == [{"type": "text", "text": "Yes", "quoteToken": "q3Plx"}]


async def test_an_answer_without_a_token_goes_out_without_a_quote(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    await line(server, http).send(replace(to_anna("Yes", reply_to="4687"), reply_data={QUOTE_TOKEN: None}))
    assert server.pushed[0]["messages"] == [{"type": "text", "text": "Yes"}]


async def test_a_group_is_written_to_by_its_id(server: FakeLine, http: aiohttp.ClientSession) -> None:
    await line(server, http).send(replace(to_anna(), thread=GROUP, recipient=GROUP))  # type: ignore[arg-type]  # an id
    assert server.pushed[0]["to"] == GROUP


async def test_files_go_as_addresses_of_their_kind(server: FakeLine, http: aiohttp.ClientSession) -> None:
    files = (
        linked("leg.jpg", "image/jpeg"),
        linked("film.mp4", "video/mp4"),
        linked("note.m4a", "audio/mp4", duration=2.34),
        linked("song.mp3", "audio/mpeg"),
    )
    await line(server, http, link_days=7).send(to_anna("Look", *files))
    address = "https://hub.example.com/files/{}?days=7".format
    still = "https://hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk?still=1"
    assert server.pushed[0]["messages"] == [
        {"type": "text", "text": "Look"},
        {"type": "image", "originalContentUrl": address("leg.jpg"), "previewImageUrl": address("leg.jpg")},
        {"type": "video", "originalContentUrl": address("film.mp4"), "previewImageUrl": still},
        {"type": "audio", "originalContentUrl": address("note.m4a"), "duration": 2340},
        {"type": "audio", "originalContentUrl": address("song.mp3"), "duration": 1000},
    ]


async def test_more_than_five_parts_take_two_requests_with_a_key_each(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    message = to_anna("word " * 2200, *(linked(f"{n}.png", "image/png") for n in range(4)))
    receipt = await line(server, http).send(message)
    assert [len(body["messages"]) for body in server.pushed] == [5, 2]
    assert len(set(server.keys)) == 2
    assert len(receipt.further_ids) == 6


async def test_a_long_text_is_counted_as_line_counts(server: FakeLine, http: aiohttp.ClientSession) -> None:
    await line(server, http).send(to_anna("😀" * 2600))
    lengths = [len(part["text"].encode("utf-16-le")) // 2 for part in server.pushed[0]["messages"]]
    assert sum(lengths) == 5200
    assert max(lengths) <= 5000


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (attachment("leg.jpg", b"x", "image/jpeg"), "no public https address"),
        (replace(linked("leg.jpg", "image/jpeg"), link=lambda _: "http://hub.local/f"), "no public https address"),
        (linked("leg.jpg", "image/jpeg", size=IMAGE_LIMIT + 1), "too large for LINE"),
        (linked("offer.pdf", "application/pdf"), "no other files"),
    ],
)
async def test_a_file_line_cannot_show_is_said_and_nothing_goes_out(
    server: FakeLine, http: aiohttp.ClientSession, file: object, words: str
) -> None:
    with pytest.raises(Rejected, match=words):
        await line(server, http).send(to_anna("Look", file))  # type: ignore[arg-type]  # the files of the table
    assert server.keys == []


async def test_an_empty_message_is_not_sent(server: FakeLine, http: aiohttp.ClientSession) -> None:
    with pytest.raises(Rejected, match="nothing to send"):
        await line(server, http).send(to_anna("  "))


@pytest.mark.parametrize("fault", [Fault(method="push", hang=True), Fault(method="push", reset=True)])
@pytest.mark.parametrize("forgets", [False, True])
async def test_after_silence_the_same_message_is_asked_for_again_and_goes_out_once(
    server: FakeLine, http: aiohttp.ClientSession, fault: Fault, forgets: bool
) -> None:
    server.fail(fault)
    server.forgets_ids = forgets
    account, message = line(server, http), young(to_anna())
    with pytest.raises(RetryLater, match="each message once"):
        await account.send(message)
    receipt = await account.send(message)
    assert len(server.pushed) == 1
    assert server.keys == [str(message.delivery_id)] * 2
    assert receipt.external_id == ("accepted:8a4b1c" if forgets else "461230966842064897")


async def test_silence_about_a_delivery_older_than_lines_memory_is_left_to_a_person(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    server.fail(Fault(method="push", hang=True))
    with pytest.raises(OutcomeUnknown, match="look into the chat"):
        await line(server, http).send(young(to_anna(), timedelta(hours=23, minutes=1)))


async def test_the_rest_of_a_half_sent_message_follows(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="push", after=1, status=503))
    account, message = line(server, http), young(to_anna("x", *(linked(f"{n}.png", "image/png") for n in range(6))))
    with pytest.raises(RetryLater, match="A part of the message is out"):
        await account.send(message)
    receipt = await account.send(message)
    assert [len(body["messages"]) for body in server.pushed] == [5, 2]
    assert len(receipt.further_ids) == 6


async def test_a_refusal_in_the_middle_says_what_is_out(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="refuse-push", after=1, status=400, body=error("no")))
    message = to_anna("x", *(linked(f"{n}.png", "image/png") for n in range(6)))
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text, 0\.png, .* Not sent, or not certain: 4\.png, 5\.png"):
        await line(server, http).send(message)


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (400, error("The property, 'to', in the request body is invalid"), Rejected, "does not know this customer"),
        (400, error("Failed to send messages"), Rejected, "cannot reach this customer"),
        (400, error("x", details=[{"message": "invalid", "property": "messages[0].quoteToken"}]), Rejected, "quote"),
        (400, error("new words"), Rejected, "new words"),
        (400, b"<html>", Rejected, "HTTP 400"),
        (401, error(f"wrong token {TOKEN}"), CredentialsRefused, "access token"),
        (403, error("Access to this API is not available"), CredentialsRefused, "not available"),
        (429, error("You have reached your monthly limit."), Rejected, "used up"),
        (429, error("The API rate limit has been exceeded."), RetryLater, "more slowly"),
        (302, b"", Rejected, "HTTP 302"),
    ],
)
async def test_each_refusal_says_what_happened_and_whether_to_send_again(
    server: FakeLine, http: aiohttp.ClientSession, status: int, body: bytes, kind: type[Exception], words: str
) -> None:
    server.fail(Fault(method="refuse-push", status=status, body=body))
    with pytest.raises(kind, match=words) as raised:
        await line(server, http).send(to_anna())
    assert TOKEN not in str(raised.value)
    assert server.pushed == []


@pytest.mark.parametrize(("given", "after"), [("7", timedelta(seconds=7)), ("9" * 30, timedelta(hours=24)), ("", None)])
async def test_the_pause_line_asks_for_is_handed_on(
    server: FakeLine, http: aiohttp.ClientSession, given: str, after: timedelta | None
) -> None:
    server.fail(Fault(method="refuse-push", status=429, headers={"Retry-After": given}))
    with pytest.raises(RetryLater) as later:
        await line(server, http).send(to_anna())
    assert later.value.after == after


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"sentMessages": [{}]}'])
async def test_an_answer_that_names_no_message_is_unclear(
    server: FakeLine, http: aiohttp.ClientSession, body: bytes
) -> None:
    server.fail(Fault(method="push", status=200, body=body))
    with pytest.raises(OutcomeUnknown):
        await line(server, http).send(to_anna())
