"""What goes over the wire for a message, and what becomes of it when Viber says no."""

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from hub.contract import CredentialsRefused, OutboundAttachment, OutcomeUnknown, Rejected, RetryLater
from tests.connectors.conformance.kit import attachment
from tests.connectors.viber.bots import ANNA, linked, to_anna, viber
from tests.connectors.viber.fake_viber import TOKEN, FakeViber
from tests.peers.faulty_server import Fault

MB = 1024 * 1024
BASE = "https://hub.example.com/files/token-for-7-days"


async def test_a_text_goes_out_under_the_agents_name(server: FakeViber, http: aiohttp.ClientSession) -> None:
    message = replace(to_anna("Dzień dobry 😀"), agent_name="Bartholomäus Wolfeschlegelsteinhausen")
    receipt = await viber(server, http).send(message)
    sender = {"name": "Bartholomäus Wolfeschlegelst"}
    text = {"type": "text", "text": "Dzień dobry 😀"}
    assert server.sent == [{"receiver": ANNA, "min_api_version": 1, "sender": sender, **text}]
    assert receipt.external_id == "5741311803571721088"


@pytest.mark.parametrize(
    ("given", "agent", "shown"), [("Halden", "Anna", "Halden"), ("", "Anna", "Anna"), ("", " ", "Support")]
)
async def test_the_name_of_the_settings_goes_first(
    server: FakeViber, http: aiohttp.ClientSession, given: str, agent: str, shown: str
) -> None:
    avatar = "https://example.com/logo.jpg"
    bot = viber(server, http, sender_name=given, sender_avatar=avatar)
    await bot.send(replace(to_anna(), agent_name=agent))
    assert server.sent[0]["sender"] == {"name": shown, "avatar": avatar}


async def test_files_go_as_addresses_with_their_ending(server: FakeViber, http: aiohttp.ClientSession) -> None:
    files = (
        linked("leg.jpeg", "image/jpeg"),
        linked("film", "video/mp4", size=2000, duration=12.4),
        linked("Wycena łóżka.pdf", "application/pdf", size=300),
        linked("large.jpg", "image/jpeg", size=MB + 1),
        linked("drawing.png", "image/png"),
    )
    receipt = await viber(server, http).send(to_anna("Look", *files))
    bodies = [{k: v for k, v in b.items() if k not in {"receiver", "sender", "min_api_version"}} for b in server.sent]
    named = "Wycena%20%C5%82%C3%B3%C5%BCka.pdf"
    assert bodies == [
        {"type": "picture", "text": "Look", "media": f"{BASE}/leg.jpg"},
        {"type": "video", "media": f"{BASE}/film.mp4", "size": 2000, "duration": 12},
        {"type": "file", "media": f"{BASE}/{named}", "size": 300, "file_name": "Wycena łóżka.pdf"},
        {"type": "file", "media": f"{BASE}/large.jpg", "size": MB + 1, "file_name": "large.jpg"},
        {"type": "file", "media": f"{BASE}/drawing.png", "size": 10, "file_name": "drawing.png"},
    ]
    assert len(receipt.further_ids) == 4


async def test_a_long_text_beside_a_picture_goes_before_it(server: FakeViber, http: aiohttp.ClientSession) -> None:
    await viber(server, http).send(to_anna("x" * 769, linked("leg.jpg", "image/jpeg")))
    assert [body["type"] for body in server.sent] == ["text", "picture"]
    assert server.sent[1]["text"] == ""


async def test_a_text_of_any_alphabet_fits_into_thirty_kilobytes(
    server: FakeViber, http: aiohttp.ClientSession
) -> None:
    await viber(server, http).send(to_anna("😀" * 7100))
    assert [len(body["text"]) for body in server.sent] == [7000, 100]
    assert max(server.sizes) < 30 * 1024


@pytest.mark.parametrize(
    "file",
    [
        attachment("a.pdf", b"x", "application/pdf"),
        replace(linked("a.pdf", "application/pdf"), link=lambda _: "http://x"),
    ],
)
async def test_without_a_public_address_no_file_goes_out(
    server: FakeViber, http: aiohttp.ClientSession, file: OutboundAttachment
) -> None:
    with pytest.raises(Rejected, match="no public https address"):
        await viber(server, http).send(to_anna("Look", file))
    assert server.sent == []


async def test_an_empty_message_is_not_sent(server: FakeViber, http: aiohttp.ClientSession) -> None:
    with pytest.raises(Rejected, match="nothing to send"):
        await viber(server, http).send(to_anna("  "))


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (1, Rejected, "public https address"),
        (2, CredentialsRefused, "token"),
        (3, Rejected, "does not understand"),
        (5, Rejected, "does not know this customer"),
        (6, Rejected, "unsubscribed"),
        (7, CredentialsRefused, "blocked or suspended"),
        (9, CredentialsRefused, "blocked or suspended"),
        (10, CredentialsRefused, "no webhook"),
        (11, Rejected, "cannot receive"),
        (12, RetryLater, "more slowly"),
        (21, Rejected, "this country"),
        (23, Rejected, "free messages"),
        (24, CredentialsRefused, "balance"),
        (999, Rejected, "refused the message"),
    ],
)
async def test_each_status_says_what_happened_and_whether_to_send_again(
    server: FakeViber, http: aiohttp.ClientSession, status: int, kind: type[Exception], words: str
) -> None:
    server.refuse("send_message", status, f"said with {TOKEN}")
    with pytest.raises(kind, match=words) as raised:
        await viber(server, http).send(to_anna())
    assert TOKEN not in str(raised.value)
    assert getattr(raised.value, "unreachable", False) is (status in (5, 6))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(method="refuse", status=429, headers={"Retry-After": "7"}), RetryLater),
        (Fault(method="refuse", status=401), CredentialsRefused),
        (Fault(method="refuse", status=302), Rejected),
        (Fault(method="refuse", status=400), Rejected),
        (Fault(method="send", status=500), OutcomeUnknown),
        (Fault(method="send", status=200, body=b"<html>"), OutcomeUnknown),
        (Fault(method="send", status=200, body=b'{"status": true}'), OutcomeUnknown),
        (Fault(method="send", status=200, body=b'{"status": 0}'), OutcomeUnknown),
    ],
)
async def test_what_a_proxy_or_a_broken_server_says_is_sorted_too(
    server: FakeViber, http: aiohttp.ClientSession, fault: Fault, kind: type[Exception]
) -> None:
    server.fail(fault)
    with pytest.raises(kind) as raised:
        await viber(server, http).send(to_anna())
    assert getattr(raised.value, "after", None) == (timedelta(seconds=7) if fault.status == 429 else None)


async def test_a_failure_in_the_middle_says_what_is_out(server: FakeViber, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="refuse", after=1, status=429))
    message = to_anna("x" * 800, linked("leg.jpg", "image/jpeg"))
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text\. Not sent, or not certain: leg\.jpg"):
        await viber(server, http).send(message)
