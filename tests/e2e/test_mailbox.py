"""The mailbox against Debian's own Dovecot and Postfix."""

import asyncio
import smtplib
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from connectors.email.connector import EmailConnector
from connectors.email.settings import EmailSettings
from hub.contract import ConnectorError, CredentialsRefused, DeliveryReceipt, InboundMessage, RawEvent, Rejected
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ChannelId, DeliveryId
from hub.domain.interaction import AuthorKind
from tests.connectors.conformance.kit import attachment, outbound, tools_for
from tests.connectors.email.mails import mail
from tests.peers import dovecot as dovecot_peer
from tests.peers import postfix as postfix_peer
from tests.peers.dovecot import Dovecot, private_folder
from tests.peers.postfix import Postfix

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(dovecot_peer.missing()), reason=dovecot_peer.missing()),
    pytest.mark.skipif(bool(postfix_peer.missing()), reason=postfix_peer.missing()),
]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
USERS = ("support", "alice", "desk", "bounced", "many", "large", "flags", "rebuilt", "names")
"""A mailbox for each test."""

CHANNEL = ChannelId(UUID(int=(int(LONG_AGO.timestamp() * 1000) << 80) | 7 << 76 | 2 << 62))
"""A channel made long ago, so that every mail of a test is new to it."""


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with private_folder() as folder, Dovecot(folder, {f"{name}@example.test": "pw" for name in USERS}) as running:
        yield running


@pytest.fixture(scope="module")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    with private_folder() as folder, Postfix(folder, dovecot) as running:
        yield running


@pytest.fixture
async def http() -> Any:
    async with aiohttp.ClientSession() as session:
        yield session


def mailbox(
    http: aiohttp.ClientSession, folder: Path, dovecot: Dovecot, postfix: Postfix, **changes: Any
) -> EmailConnector:
    user = changes.pop("address", "support@example.test")
    values = {
        "address": user,
        "password": dovecot.users[user],
        "imap_host": "localhost",
        "imap_port": dovecot.imaps_port,
        "smtp_host": "localhost",
        "smtp_port": postfix.submission_port,
        "ca_certificate": dovecot.certificate.read_text(),
        "save_sent": False,
    }
    tools = replace(tools_for(http, folder, channel=CHANNEL), now=lambda: datetime.now(UTC))  # noqa: TID251 - real peers
    return EmailConnector(EmailSettings.model_validate(values | changes), tools)


def from_outside(postfix: Postfix, sender: str, recipient: str, data: bytes) -> None:
    """Hand a mail to Postfix as the outside world does."""
    with smtplib.SMTP("127.0.0.1", postfix.smtp_port) as smtp:
        smtp.sendmail(sender, [recipient], data)


async def take(found: EmailConnector, count: int, cursor: str | None = None) -> list[tuple[RawEvent, str | None]]:
    """Take so many mails or a few more: only the end of a batch has a cursor to go on from."""
    mails: list[tuple[RawEvent, str | None]] = []
    async with asyncio.timeout(60), aclosing(found.listen(cursor)) as items:
        async for raw, moved in items:
            mails += [(raw, moved)] if raw else []
            if len(mails) >= count and moved is not None:
                break
    return mails


async def test_check_proves_both_logins(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    assert await mailbox(http, tmp_path, dovecot, postfix).check() == "support@example.test"
    assert await mailbox(http, tmp_path, dovecot, postfix, smtp_security="tls", smtp_port=postfix.smtps_port).check()
    with pytest.raises(CredentialsRefused):
        await mailbox(http, tmp_path, dovecot, postfix, password="wrong").check()
    with pytest.raises(CredentialsRefused):
        await mailbox(http, tmp_path, dovecot, postfix, smtp_password="wrong").check()
    with pytest.raises(ConnectorError, match="certificate"):
        await mailbox(http, tmp_path, dovecot, postfix, ca_certificate="").check()


async def test_a_customers_mail_rings_and_the_answer_threads_under_it(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    desk = mailbox(http, tmp_path, dovecot, postfix, address="desk@example.test", save_sent=True)
    customer = mailbox(http, tmp_path, dovecot, postfix, address="alice@example.test")
    async with asyncio.timeout(30), aclosing(desk.listen(None)) as items:
        assert (await anext(items))[0] is None
        coming = asyncio.ensure_future(_next_mail(items))
        question = mail("Where is it?", From="Alice <alice@example.test>", To="desk@example.test", Message_ID="<q1@x>")
        await asyncio.to_thread(from_outside, postfix, "alice@example.test", "desk@example.test", question)
        (asked,) = desk.parse(await coming)
    assert isinstance(asked, InboundMessage)
    answer = replace(
        outbound(asked.thread, "On its way.", recipient=asked.sender.value, reply_to=asked.external_id),
        subject=asked.subject,
        attachments=(attachment("견적서.pdf", b"%PDF" * 1000, "application/pdf"),),
    )
    receipt = await desk.send(answer)
    ((raw, _),) = await take(customer, 1)
    (got,) = customer.parse(raw)
    assert isinstance(got, InboundMessage)
    assert got.reference is not None
    assert (got.external_id, got.reference.message_ids) == (receipt.external_id, ("q1@x",))
    assert (got.text.strip(), got.attachments[0].name, got.attachments[0].content) == (
        "On its way.",
        "견적서.pdf",
        b"%PDF" * 1000,
    )
    await desk.close()
    everything = await take(desk, 2)
    echoes = [desk.parse(raw)[0] for raw, _ in everything if raw.kind == "mail/Sent"]
    assert [(echo.external_id, echo.author) for echo in echoes if isinstance(echo, InboundMessage)] == [
        (receipt.external_id, AuthorKind.agent)
    ]


async def _next_mail(items: Any) -> RawEvent:
    async for raw, _ in items:
        if isinstance(raw, RawEvent):
            return raw
    raise AssertionError("the listener ended")


async def test_a_mail_to_a_dead_address_comes_back_as_a_failure(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    desk = mailbox(http, tmp_path, dovecot, postfix, address="bounced@example.test")
    delivery = DeliveryId(UUID("01930000-0000-7000-8000-00000000beef"))
    message = replace(outbound("x", recipient="ghost@example.test"), delivery_id=delivery)
    receipt = await desk.send(message)
    ((raw, _),) = await take(desk, 1)
    (failed,) = desk.parse(raw)
    assert isinstance(failed, DeliveryReceipt)
    assert (failed.external_id, failed.state, failed.recipient) == (
        receipt.external_id,
        DeliveryState.failed,
        "ghost@example.test",
    )
    assert failed.unreachable
    assert failed.reason.startswith("The address does not exist.")


async def test_a_mail_too_large_for_the_server_is_refused_before_it_leaves(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    plain = {"smtp_port": postfix.smtp_port, "smtp_host": "127.0.0.1", "smtp_security": "none"}
    desk = mailbox(http, tmp_path, dovecot, postfix, **plain)
    huge = replace(
        outbound("x", recipient="alice@example.test"), attachments=(attachment("x", bytes(32 * 2**20), "a/b"),)
    )
    with pytest.raises(Rejected, match="too large"):
        await desk.send(huge)


async def test_more_than_a_thousand_mails_come_once_each(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    dovecot.put("many@example.test", [mail(f"mail {n}", Message_ID=f"<{n}@x>") for n in range(1200)])
    desk = mailbox(http, tmp_path, dovecot, postfix, address="many@example.test")
    first = await take(desk, 700)
    rest = await take(desk, 1200 - len(first), first[-1][1])
    assert 700 <= len(first) < len(first) + len(rest) == 1200
    ids = [desk.parse(raw)[0] for raw, _ in [*first, *rest]]
    assert len({event.external_id for event in ids if isinstance(event, InboundMessage)}) == 1200


async def test_a_mail_of_twenty_five_megabytes_arrives_whole(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    body = b"".join(b"%075d\r\n" % n for n in range(25 * 2**20 // 77))
    dovecot.put("large@example.test", [mail(body=body)])
    desk = mailbox(http, tmp_path, dovecot, postfix, address="large@example.test")
    ((raw, _),) = await take(desk, 1)
    assert raw.body.endswith(body)
    small = mailbox(http, tmp_path, dovecot, postfix, address="large@example.test", max_mail_mb=1)
    ((header, _),) = await take(small, 1)
    assert len(header.body) < 1000


async def test_reading_and_flagging_elsewhere_changes_nothing(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    dovecot.put("flags@example.test", [mail(f"mail {n}", Message_ID=f"<{n}@x>") for n in range(2)])
    desk = mailbox(http, tmp_path, dovecot, postfix, address="flags@example.test")
    first = await take(desk, 2)
    new = dovecot.maildir("flags@example.test") / "cur"
    for path in list(new.iterdir()):
        path.rename(path.with_name(path.name.partition(":2,")[0] + ":2,FS"))
    dovecot.put("flags@example.test", [mail("mail 2", Message_ID="<2@x>")])
    ((raw, _),) = await take(desk, 1, first[-1][1])
    assert raw.headers["uid"] == "3"
    assert all(":2,FS" in path.name for path in new.iterdir())


async def test_a_rebuilt_mailbox_is_read_again(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    dovecot.put("rebuilt@example.test", [mail(f"mail {n}", Message_ID=f"<{n}@x>") for n in range(3)])
    desk = mailbox(http, tmp_path, dovecot, postfix, address="rebuilt@example.test")
    first = await take(desk, 3)
    box = dovecot.maildir("rebuilt@example.test")
    (box / "dovecot-uidlist").write_text("3 V99 N1\n")
    for name in box.glob("dovecot.index*"):
        name.unlink()
    again = await take(desk, 3, first[-1][1])
    assert {raw.headers["uidvalidity"] for raw, _ in again} == {"99"}
    assert sorted(raw.body for raw, _ in again) == sorted(raw.body for raw, _ in first)


async def test_a_server_that_stops_while_we_idle_is_noticed_at_once_and_found_again(
    http: aiohttp.ClientSession, tmp_path: Path, postfix: Postfix
) -> None:
    with private_folder() as folder, Dovecot(folder) as own:
        desk = mailbox(http, tmp_path, own, postfix)
        async with asyncio.timeout(30), aclosing(desk.listen(None)) as items:
            _, cursor = await anext(items)
            task = asyncio.ensure_future(_next_mail(items))
            await asyncio.to_thread(own.stop)
            with pytest.raises(ConnectorError):
                await asyncio.wait_for(task, 5)
        own.put("support@example.test", [mail()])
        await asyncio.to_thread(own.start)
        assert len(await take(desk, 1, cursor)) == 1


async def test_folders_with_foreign_names_are_found(
    http: aiohttp.ClientSession, tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    dovecot.put("names@example.test", [mail("from the spam folder")], name="Wys&AUI-ane &- inne")
    desk = mailbox(http, tmp_path, dovecot, postfix, address="names@example.test", more_folders=["Wysłane & inne"])
    ((raw, _),) = await take(desk, 1)
    assert raw.kind == "mail/Wysłane & inne"
