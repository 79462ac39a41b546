"""What goes over the wire for a message, and what becomes of it when VK says no or nothing."""

import json
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from connectors.vk.render import random_id
from hub.contract import CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import attachment
from tests.connectors.vk.communities import ANNA, aged, called, to_anna
from tests.connectors.vk.fake_vk import GROUP, TOKEN, FakeVk
from tests.peers.faulty_server import Fault

NEW = timedelta(minutes=1)


async def test_a_text_goes_out_with_our_delivery_as_payload(server: FakeVk, http: aiohttp.ClientSession) -> None:
    message = to_anna("Добрый день 😀", reply_to=f"{ANNA}:41")
    receipt = await called(server, http).send(message)
    (sent,) = server.sent
    assert (sent["peer_ids"], sent["message"]) == (str(ANNA), "Добрый день 😀")
    assert json.loads(sent["payload"]) == {"hub_delivery": str(message.delivery_id), "part": 0}
    quoted = {"peer_id": ANNA, "conversation_message_ids": [41], "is_reply": 1}
    assert json.loads(sent["forward"]) == quoted
    assert receipt.external_id == f"{ANNA}:301"


@pytest.mark.parametrize("other", ["event:9b4a", "2000000005:41", f"{ANNA}:x", f"{ANNA}:"])
async def test_what_is_no_message_of_this_chat_is_not_quoted(
    server: FakeVk, http: aiohttp.ClientSession, other: str
) -> None:
    await called(server, http).send(to_anna(reply_to=other))
    assert "forward" not in server.sent[0]


def test_random_ids_fit_into_31_bits_and_differ_by_part() -> None:
    deliveries = [to_anna().delivery_id for _ in range(50)]
    ids = [random_id(delivery, index) for delivery in deliveries for index in range(4)]
    assert len(set(ids)) == 200
    assert all(0 < ident < 2**31 for ident in ids)
    assert random_id(deliveries[0], 0) == random_id(deliveries[0], 0)


async def test_files_are_handed_over_first_and_go_beside_the_text(server: FakeVk, http: aiohttp.ClientSession) -> None:
    files = (attachment("leg.jpg", b"jpeg", "image/jpeg"), attachment('a "b"\r\n.pdf', b"pdf", "application/pdf"))
    await called(server, http).send(to_anna("Look", *files))
    assert server.uploads == [("photo", "leg.jpg", b"jpeg"), ("file", "a 'b'.pdf", b"pdf")]
    assert server.sent[0]["attachment"] == f"photo-{GROUP}_457_ak,doc-{GROUP}_458"
    assert server.made("docs.getMessagesUploadServer") == [{"type": "doc", "peer_id": str(ANNA)}]
    assert server.made("photos.saveMessagesPhoto") == [{"photo": "[{}]", "server": "12", "hash": "h"}]


async def test_a_voice_note_goes_as_one(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.answers["docs.save"] = {
        "type": "audio_message",
        "audio_message": {"id": 9, "owner_id": 1, "access_key": "k"},
    }
    note = attachment("note.ogg", b"OggS", "audio/ogg", voice=True)
    await called(server, http).send(to_anna("", note))
    assert server.made("docs.getMessagesUploadServer")[0]["type"] == "audio_message"
    assert server.sent[0]["attachment"] == "doc1_9_k"


async def test_a_long_text_goes_out_in_parts_with_the_files_beside_the_last(
    server: FakeVk, http: aiohttp.ClientSession
) -> None:
    photo = attachment("leg.jpg", b"jpeg", "image/jpeg")
    receipt = await called(server, http).send(to_anna("word " * 1500, photo, reply_to=f"{ANNA}:41"))
    assert [("attachment" in sent, "forward" in sent) for sent in server.sent] == [(False, True), (True, False)]
    assert len({sent["random_id"] for sent in server.sent}) == 2
    assert len(receipt.further_ids) == 1


async def test_nothing_is_sent_for_an_empty_message_or_an_empty_file(
    server: FakeVk, http: aiohttp.ClientSession
) -> None:
    with pytest.raises(Rejected, match="nothing to send"):
        await called(server, http).send(to_anna(" "))
    with pytest.raises(Rejected, match="is empty"):
        await called(server, http).send(to_anna("x", attachment("a.pdf", b"", "application/pdf")))
    with pytest.raises(Rejected, match="does not name a chat"):
        await called(server, http).send(replace(to_anna(), thread=ExternalId("anna")))
    assert server.sent == []


# -- what becomes of it


@pytest.mark.parametrize("fault", [Fault(method="messages.send", hang=True), Fault(method="messages.send", reset=True)])
async def test_after_silence_a_new_message_is_asked_for_again_and_goes_out_once(
    server: FakeVk, http: aiohttp.ClientSession, fault: Fault
) -> None:
    server.fail(fault)
    community, message = called(server, http), aged(to_anna(), NEW)
    with pytest.raises(RetryLater, match="each message once"):
        await community.send(message)
    receipt = await community.send(message)
    assert len(server.sent) == 1
    assert receipt.external_id == f"{ANNA}:301"


async def test_silence_about_an_older_message_is_left_to_a_person_and_to_its_echo(
    server: FakeVk, http: aiohttp.ClientSession
) -> None:
    server.fail(Fault(method="messages.send", hang=True))
    with pytest.raises(OutcomeUnknown, match="look into the chat"):
        await called(server, http).send(aged(to_anna(), timedelta(minutes=6)))


async def test_what_waited_for_an_hour_is_looked_for_before_it_is_sent(
    server: FakeVk, http: aiohttp.ClientSession
) -> None:
    message = aged(to_anna(), timedelta(hours=2))
    there = {"from_id": -GROUP, "random_id": random_id(message.delivery_id, 0), "conversation_message_id": 77}
    server.answers["messages.getHistory"] = {"items": [there, {"from_id": ANNA, "random_id": 0}]}
    assert (await called(server, http).send(message)).external_id == f"{ANNA}:77"
    assert server.sent == []
    server.answers["messages.getHistory"] = {"items": [{**there, "from_id": ANNA}]}
    await called(server, http).send(message)
    assert len(server.sent) == 1


async def test_what_cannot_be_looked_for_is_not_sent(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="messages.getHistory", status=502))
    with pytest.raises(RetryLater):
        await called(server, http).send(aged(to_anna(), timedelta(hours=2)))
    assert server.sent == []


async def test_a_new_message_is_not_looked_for(server: FakeVk, http: aiohttp.ClientSession) -> None:
    await called(server, http).send(aged(to_anna(), NEW))
    assert server.made("messages.getHistory") == []


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (1, OutcomeUnknown, "middle of it"),
        (5, CredentialsRefused, "does not accept"),
        (6, RetryLater, "more slowly"),
        (7, CredentialsRefused, "may not do that"),
        (9, RetryLater, "more slowly"),
        (10, OutcomeUnknown, "middle of it"),
        (14, Rejected, "captcha"),
        (27, CredentialsRefused, "does not accept"),
        (100, Rejected, "does not understand"),
        (900, Rejected, "blacklist"),
        (901, Rejected, "not allowed messages"),
        (902, Rejected, "privacy"),
        (912, Rejected, "as a bot"),
        (914, Rejected, "too long"),
        (917, Rejected, "not in this chat"),
        (999, Rejected, "refused the message"),
    ],
)
async def test_each_code_says_what_happened_and_whether_to_send_again(
    server: FakeVk, http: aiohttp.ClientSession, code: int, kind: type[Exception], words: str, inside: bool
) -> None:
    said = f"said with {TOKEN}"
    tell = {True: lambda: server.inner.append((code, said)), False: lambda: server.refuse("messages.send", code, said)}
    tell[inside]()
    with pytest.raises(kind, match=words) as raised:
        await called(server, http).send(to_anna())
    assert TOKEN not in str(raised.value)
    assert getattr(raised.value, "unreachable", False) is (code in (900, 901, 902, 917))
    assert server.sent == []


@pytest.mark.parametrize(
    ("code", "after"), [(6, timedelta(seconds=1)), (9, timedelta(minutes=1)), (29, timedelta(hours=1))]
)
async def test_a_pause_is_as_long_as_its_cause(
    server: FakeVk, http: aiohttp.ClientSession, code: int, after: timedelta
) -> None:
    server.refuse("messages.send", code)
    with pytest.raises(RetryLater) as later:
        await called(server, http).send(to_anna())
    assert later.value.after == after


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"response": []}', b'{"response": [{"peer_id": 1}]}'])
async def test_an_answer_that_names_no_message_is_unclear(
    server: FakeVk, http: aiohttp.ClientSession, body: bytes
) -> None:
    server.fail(Fault(method="messages.send", status=200, body=body))
    with pytest.raises(OutcomeUnknown):
        await called(server, http).send(to_anna())


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(method="upload", status=502), RetryLater),
        (Fault(method="upload", status=413), Rejected),
        (Fault(method="upload", status=200, body=b'{"error": "bad_format"}'), Rejected),
        (Fault(method="upload", reset=True), RetryLater),
        (Fault(method="docs.save", status=200, body=b'{"response": {"type": "doc"}}'), Rejected),
        (Fault(method="docs.getMessagesUploadServer", status=200, body=b'{"response": {}}'), Rejected),
    ],
)
async def test_a_file_that_is_not_taken_leaves_nothing_half_sent(
    server: FakeVk, http: aiohttp.ClientSession, fault: Fault, kind: type[Exception]
) -> None:
    server.fail(fault)
    with pytest.raises(kind):
        await called(server, http).send(to_anna("x", attachment("a.pdf", b"pdf", "application/pdf")))
    assert server.sent == []


async def test_a_refusal_in_the_middle_says_what_is_out(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="upload", status=413))
    message = to_anna("word " * 1500, attachment("a.pdf", b"pdf", "application/pdf"))
    with pytest.raises(OutcomeUnknown, match=r"Sent: the text\. Not sent, or not certain: a\.pdf"):
        await called(server, http).send(message)


async def test_the_rest_of_a_half_sent_new_message_follows(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="messages.send", after=1, status=502))
    community, message = called(server, http), aged(to_anna("word " * 1500), NEW)
    with pytest.raises(RetryLater):
        await community.send(message)
    await community.send(message)
    assert len(server.sent) == 2
