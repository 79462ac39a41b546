"""What goes to the system's callback address, and what each of its answers means."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.api_channel import MANIFEST
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    OutboundAttachment,
    OutcomeUnknown,
    Rejected,
    RetryLater,
)
from tests.connectors.api_channel.system import OTHER_SECRET, SECRET, OwnSystem, connected
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, attachment, outbound, seen
from tests.peers.faulty_server import Fault


async def test_a_message_says_all_the_system_needs(system: OwnSystem, tmp_path: Path) -> None:
    sent = replace(
        outbound("shop/order-4", "Tomorrow.", html="<b>Tomorrow.</b>", recipient="shop:17", reply_to="m-1"),
        subject="Order 4",
        recipient_name="Anna",
        agent_name="Eve",
    )
    async with connected(system, tmp_path) as channel:
        receipt = await channel.send(sent)
    delivery = str(sent.delivery_id)
    assert receipt.external_id == delivery
    assert system.taken[delivery] == {
        "type": "message",
        "delivery": delivery,
        "conversation": str(sent.conversation_id),
        "recipient": {"id": "17", "name": "Anna"},
        "thread": "order-4",
        "subject": "Order 4",
        "text": "Tomorrow.",
        "html": "<b>Tomorrow.</b>",
        "reply_to": "m-1",
        "agent": "Eve",
        "auto": False,
    }
    (headers,) = system.headers
    assert headers["X-Hub-Delivery"] == headers["Idempotency-Key"] == delivery
    assert headers["X-Hub-Event"] == "message"


async def test_a_group_is_named_as_such(system: OwnSystem, tmp_path: Path) -> None:
    async with connected(system, tmp_path) as channel:
        await channel.send(outbound("shop#9"))
    (told,) = system.taken.values()
    assert told["group"] == {"id": "9"}
    assert "recipient" not in told


async def test_the_id_the_system_gives_is_the_messages(system: OwnSystem, tmp_path: Path) -> None:
    system.answer = {"id": "app-5"}
    async with connected(system, tmp_path) as channel:
        assert (await channel.send(outbound("shop:17"))).external_id == "app-5"


async def test_a_delivery_told_twice_is_taken_once_and_counts_as_sent(system: OwnSystem, tmp_path: Path) -> None:
    sent = outbound("shop:17")
    async with connected(system, tmp_path) as channel:
        first, second = await channel.send(sent), await channel.send(sent)
    assert first == second
    assert len(system.taken) == 1


async def test_files_go_as_links_that_end(system: OwnSystem, tmp_path: Path) -> None:
    lasts: list[timedelta] = []

    def link(valid: timedelta) -> str:
        lasts.append(valid)
        return "https://hub.example.com/files/token"

    file = replace(attachment("map.png", b"PNG", "image/png"), link=link)
    async with connected(system, tmp_path, file_days=3) as channel:
        await channel.send(outbound("shop:17", attachments=(file,)))
    (told,) = system.taken.values()
    assert told["attachments"] == [
        {"name": "map.png", "media_type": "image/png", "size": 3, "url": "https://hub.example.com/files/token"}
    ]
    assert lasts == [timedelta(days=3)]


async def test_without_a_public_address_files_go_along(system: OwnSystem, tmp_path: Path) -> None:
    file: OutboundAttachment = replace(attachment("note.ogg", b"OggS", "audio/ogg", voice=True), duration=2.5)
    async with connected(system, tmp_path) as channel:
        await channel.send(outbound("shop:17", attachments=(file,)))
    (told,) = system.taken.values()
    content = base64.b64encode(b"OggS").decode()
    assert told["attachments"] == [
        {"name": "note.ogg", "media_type": "audio/ogg", "size": 4, "voice": True, "duration": 2.5, "content": content}
    ]


def fault(status: int, error: str = "", **more: Any) -> Fault:
    return Fault(status=status, body=json.dumps({"error": error}).encode() if error else b"<html>", **more)


@pytest.mark.parametrize(
    ("problem", "kind", "words"),
    [
        (fault(400, "no such user"), Rejected, "refused the message (HTTP 400): no such user."),
        (fault(404), Rejected, "refused the message (HTTP 404)."),
        (fault(301, headers={"Location": "https://x.example"}), Rejected, "has moved"),
        (fault(403, f"bad {SECRET}"), CredentialsRefused, "refuses our signature: bad [secret]"),
        (fault(503, headers={"Retry-After": "60"}), RetryLater, "asks to wait"),
        (fault(429), RetryLater, "asks to wait"),
        (fault(503), OutcomeUnknown, "may have arrived"),
        (fault(500, "database is down"), OutcomeUnknown, "database is down"),
        (Fault(hang=True), OutcomeUnknown, "took too long to answer. The message may have arrived."),
    ],
)
async def test_each_answer_says_whether_to_tell_again(
    system: OwnSystem, tmp_path: Path, problem: Fault, kind: type[ConnectorError], words: str
) -> None:
    system.fail(problem)
    async with connected(system, tmp_path) as channel:
        with pytest.raises(kind) as raised:
            await channel.send(outbound("shop:17"))
    assert words in str(raised.value)
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("problem", [fault(500), fault(504), Fault(hang=True), Fault(reset=True)])
async def test_a_system_that_takes_each_delivery_once_is_told_again(
    system: OwnSystem, tmp_path: Path, problem: Fault
) -> None:
    system.fail(problem)
    async with connected(system, tmp_path, takes_once=True) as channel:
        with pytest.raises(RetryLater):
            await channel.send(outbound("shop:17"))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Sun, 22 Nov 2026 09:31:00 GMT", 60),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0),
        ("99999999", 86_400),
        ("soon", None),
    ],
)
async def test_the_wait_the_system_asks_for_is_kept(
    system: OwnSystem, tmp_path: Path, header: str, seconds: int | None
) -> None:
    system.fail(fault(429, headers={"Retry-After": header}))
    async with connected(system, tmp_path) as channel:
        with pytest.raises(RetryLater) as raised:
            await channel.send(outbound("shop:17"))
    assert raised.value.after == (timedelta(seconds=seconds) if seconds is not None else None)


@pytest.mark.parametrize("problem", [fault(410), Fault(status=422, body=b'{"error": "left", "unreachable": true}')])
async def test_a_person_who_is_gone_is_marked_unreachable(system: OwnSystem, tmp_path: Path, problem: Fault) -> None:
    system.fail(problem)
    async with connected(system, tmp_path) as channel:
        with pytest.raises(Rejected) as raised:
            await channel.send(outbound("shop:17"))
    assert raised.value.unreachable


@pytest.mark.parametrize("recipient", ["game:17", "17", "shop:", "shop/4"])
async def test_nobody_of_another_system_is_written_to(system: OwnSystem, tmp_path: Path, recipient: str) -> None:
    async with connected(system, tmp_path) as channel:
        with pytest.raises(Rejected, match="nobody of “shop”"):
            await channel.send(outbound(recipient))
    assert system.taken == {}


async def test_a_channel_without_a_callback_only_receives(system: OwnSystem, tmp_path: Path) -> None:
    async with connected(system, tmp_path, callback_url="") as channel:
        assert await channel.check() == "shop"
        assert await channel.subscription() == ""
        await channel.show_typing(outbound("shop:17").thread)
        with pytest.raises(Rejected, match="only receives"):
            await channel.send(outbound("shop:17"))
    assert system.signs == []


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/hub", "http://10.0.0.8/hub", "https://[::1]/hub", "http://169.254.169.254/latest"],
)
async def test_an_address_inside_the_network_is_refused_unless_it_is_named(
    system: OwnSystem, tmp_path: Path, address: str
) -> None:
    async with connected(system, tmp_path, callback_url=address) as channel:
        with pytest.raises(Rejected, match="not a public address"):
            await channel.send(outbound("shop:17"))
        assert "not a public address" in await channel.subscription()


async def test_an_answer_that_never_ends_is_not_read(system: OwnSystem, tmp_path: Path) -> None:
    system.fail(Fault(status=200, body=b" " * 6_000_000))
    async with connected(system, tmp_path) as channel:
        with pytest.raises(OutcomeUnknown):
            await channel.send(outbound("shop:17"))


async def test_while_the_secret_changes_both_sign(system: OwnSystem, tmp_path: Path) -> None:
    system.secret = OTHER_SECRET
    async with connected(system, tmp_path, previous_secret=OTHER_SECRET) as channel:
        await channel.send(outbound("shop:17"))
    assert len(system.taken) == 1


async def test_reading_and_typing_are_told_by_the_systems_ids(system: OwnSystem, tmp_path: Path) -> None:
    async with connected(system, tmp_path) as channel:
        await channel.mark_read(seen("shop:17", "m-1"))
        await channel.show_typing(outbound("shop#9").thread)
        await channel.show_typing(outbound("shop/order-4").thread)
    assert system.signs == [
        {"type": "read", "recipient": {"id": "17"}, "message": "m-1"},
        {"type": "typing", "group": {"id": "9"}},
        {"type": "typing", "thread": "order-4"},
    ]


async def test_signs_can_be_switched_off(system: OwnSystem, tmp_path: Path) -> None:
    async with connected(system, tmp_path, signs=False) as channel:
        await channel.mark_read(seen("shop:17", "m-1"))
        await channel.show_typing(outbound("shop:17").thread)
    assert system.signs == []


async def test_a_ping_tells_the_system_where_to_call(system: OwnSystem, tmp_path: Path) -> None:
    async with connected(system, tmp_path) as channel:
        assert await channel.check() == "shop"
    assert system.signs == [{"type": "ping", "system": "shop", "webhook_url": WEBHOOK_URL}]


async def test_a_callback_that_fails_is_told_in_words_and_heals(system: OwnSystem, tmp_path: Path) -> None:
    async with connected(system, tmp_path) as channel:
        system.fail(fault(404))
        assert "answers a ping with HTTP 404" in await channel.subscription()
        system.fail(Fault(hang=True))
        assert "took too long" in await channel.subscription()
        system.fail(fault(401))
        assert "refuses our signature" in await channel.subscription()
        assert await channel.subscription() == ""
        await channel.register()
        system.fail(fault(500, "no disk"))
        _, callback = await channel.setup()
        assert callback.done is False
        assert "no disk" in callback.help


@pytest.mark.parametrize(("problem", "kind"), [(fault(401), CredentialsRefused), (fault(500), ConnectorError)])
async def test_check_says_what_is_wrong(
    system: OwnSystem, tmp_path: Path, problem: Fault, kind: type[ConnectorError]
) -> None:
    system.fail(problem)
    async with connected(system, tmp_path) as channel:
        with pytest.raises(kind):
            await channel.check()


async def test_the_longest_text_the_composer_allows_goes_out(system: OwnSystem, tmp_path: Path) -> None:
    text = "ż" * (MANIFEST.capabilities.text_limit or 0)
    async with connected(system, tmp_path, now=NOW) as channel:
        await channel.send(outbound("shop:17", text))
    (told,) = system.taken.values()
    assert told["text"] == text
