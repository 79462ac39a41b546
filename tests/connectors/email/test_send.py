"""Sending: what the server said decides whether a mail may go again."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from connectors.email.connector import EmailConnector
from hub.contract import ConnectorError, CredentialsRefused, OutboundMessage, OutcomeUnknown, Rejected, RetryLater
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import attachment, outbound, tools_for
from tests.connectors.email.certificates import self_signed
from tests.connectors.email.mails import settings
from tests.peers.fake_imap import FakeImap
from tests.peers.fake_smtp import FakeSmtp
from tests.peers.ports import free_port

MESSAGE = replace(outbound("one@customer.example", recipient="ann@customer.example"), subject="Order 17")


def connector(http: aiohttp.ClientSession, folder: Path, server: FakeSmtp, **changes: Any) -> EmailConnector:
    values = settings(smtp_port=server.port, **changes)
    return EmailConnector(values, tools_for(http, folder), answer_within=timedelta(seconds=0.3))


@pytest.fixture
async def mailbox(http: aiohttp.ClientSession, tmp_path: Path, smtp: FakeSmtp) -> AsyncIterator[EmailConnector]:
    made = connector(http, tmp_path, smtp)
    yield made
    await made.close()


async def failure(mailbox: EmailConnector, message: OutboundMessage = MESSAGE) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        await mailbox.send(message)
    return caught.value


async def test_an_answer_is_taken_and_has_the_id_we_chose(mailbox: EmailConnector, smtp: FakeSmtp) -> None:
    receipt = await mailbox.send(MESSAGE)
    (taken,) = smtp.taken
    assert receipt.external_id == mailbox.new_message_id(MESSAGE.delivery_id)
    assert smtp.greeted_as == ["example.test"]
    assert (taken.mail_from, taken.rcpt_tos) == ("support@example.test", ["ann@customer.example"])
    assert f"Message-ID: <{receipt.external_id}>".encode() in (taken.content or b"")


async def test_a_line_with_a_single_dot_and_a_file_arrive_whole(mailbox: EmailConnector, smtp: FakeSmtp) -> None:
    await mailbox.send(
        replace(MESSAGE, text="a\n.\n..b\n", attachments=(attachment("x.bin", bytes(range(256)), "x/y"),))
    )
    content = smtp.taken[0].content
    assert isinstance(content, bytes)
    assert b"\r\n.\r\n..b\r\n" in content


@pytest.mark.parametrize(
    ("step", "said", "kind"),
    [
        ("MAIL", "421 4.3.2 shutting down", RetryLater),
        ("RCPT", "450 4.2.1 greylisted", RetryLater),
        ("RCPT", "451 4.7.1 try later", RetryLater),
        ("DATA", "452 4.3.1 out of storage", RetryLater),
        ("MAIL", "553 5.7.1 not your address", Rejected),
        ("RCPT", "550 5.1.1 no such user", Rejected),
        ("RCPT", "550 5.7.1 blocked by policy", Rejected),
        ("DATA", "552 5.3.4 message too big", Rejected),
        ("DATA", "554 5.7.1 spam", Rejected),
        ("MAIL", "530 5.7.0 authentication required", CredentialsRefused),
    ],
)
async def test_a_clear_no_is_passing_or_final(
    mailbox: EmailConnector, smtp: FakeSmtp, step: str, said: str, kind: type[ConnectorError]
) -> None:
    smtp.answers[step] = said
    error = await failure(mailbox)
    assert type(error) is kind
    assert said.split(" ", 1)[1] in str(error)
    assert smtp.taken == []


async def test_a_dead_address_is_told_from_a_policy(mailbox: EmailConnector, smtp: FakeSmtp) -> None:
    smtp.answers["RCPT"] = "550 5.1.1 no such user"
    dead = await failure(mailbox)
    smtp.answers["RCPT"] = "550 5.7.1 blocked"
    policy = await failure(mailbox)
    assert [error.unreachable for error in (dead, policy) if isinstance(error, Rejected)] == [True, False]
    assert str(dead).startswith("The address does not exist.")


async def test_a_refused_copy_means_that_nobody_got_it(mailbox: EmailConnector, smtp: FakeSmtp) -> None:
    smtp.answers["RCPT bob@x.example"] = "550 5.1.1 no such user"
    error = await failure(mailbox, replace(MESSAGE, cc=("bob@x.example",)))
    assert isinstance(error, Rejected)
    assert not error.unreachable
    assert "copy to bob@x.example" in str(error)
    assert smtp.taken == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
async def test_a_cut_before_the_content_left_is_safe_to_repeat(
    mailbox: EmailConnector, smtp: FakeSmtp, step: str
) -> None:
    smtp.cut_at.add(step)
    assert isinstance(await failure(mailbox), RetryLater)


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
async def test_silence_before_the_content_left_is_safe_to_repeat(
    mailbox: EmailConnector, smtp: FakeSmtp, step: str
) -> None:
    smtp.silent_at.add(step)
    assert isinstance(await failure(mailbox), RetryLater)


async def test_a_cut_after_the_content_left_is_unknown(mailbox: EmailConnector, smtp: FakeSmtp) -> None:
    smtp.cut_at.add("DATA")
    assert isinstance(await failure(mailbox), OutcomeUnknown)


async def test_silence_after_the_content_left_is_unknown(mailbox: EmailConnector, smtp: FakeSmtp) -> None:
    smtp.silent_at.add("DATA")
    error = await failure(mailbox)
    assert isinstance(error, OutcomeUnknown)
    assert "may have gone out" in str(error)


async def test_nobody_listening_is_safe_to_repeat(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    nobody = EmailConnector(settings(smtp_port=free_port()), tools_for(http, tmp_path))
    error = await failure(nobody)
    assert isinstance(error, RetryLater)
    assert "cannot be reached" in str(error)


async def test_a_wrong_password_stops_the_account_with_words(
    http: aiohttp.ClientSession, tmp_path: Path, smtp: FakeSmtp
) -> None:
    error = await failure(connector(http, tmp_path, smtp, smtp_password="wrong"))
    assert isinstance(error, CredentialsRefused)
    assert "user name or password" in str(error)
    assert "wrong" not in str(error).replace("wrong user", "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("534 5.7.9 Application-specific password required", "app password"),
        ("550 5.7.30 Basic authentication is not supported", "no passwords any more"),
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled", "no passwords any more"),
    ],
)
async def test_a_refused_login_says_what_to_do(
    http: aiohttp.ClientSession, tmp_path: Path, smtp: FakeSmtp, said: str, words: str
) -> None:
    smtp.login_answer = said
    error = await failure(connector(http, tmp_path, smtp))
    assert isinstance(error, CredentialsRefused)
    assert words in str(error)


async def test_a_login_service_out_of_order_is_passing(
    http: aiohttp.ClientSession, tmp_path: Path, smtp: FakeSmtp
) -> None:
    smtp.login_answer = "454 4.7.0 Temporary authentication failure"
    assert isinstance(await failure(connector(http, tmp_path, smtp)), RetryLater)


async def test_starttls_is_insisted_on_and_the_certificate_checked(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    certificate, context = self_signed(tmp_path)
    async with FakeSmtp(tls=context) as server:
        good = connector(
            http, tmp_path, server, smtp_security="starttls", smtp_host="localhost", ca_certificate=certificate
        )
        await good.send(MESSAGE)
        assert server.taken[0].mail_from == "support@example.test"
        stranger = connector(http, tmp_path, server, smtp_security="starttls", smtp_host="localhost")
        error = await failure(stranger)
    assert isinstance(error, RetryLater)
    assert "certificate" in str(error)


async def test_a_server_without_starttls_gets_nothing(
    http: aiohttp.ClientSession, tmp_path: Path, smtp: FakeSmtp
) -> None:
    error = await failure(connector(http, tmp_path, smtp, smtp_security="starttls"))
    assert isinstance(error, RetryLater)
    assert "TLS" in str(error)
    assert smtp.taken == []


async def test_foreign_letters_in_an_address_need_smtputf8(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    message = replace(MESSAGE, recipient="żółw@customer.example")
    async with FakeSmtp(utf8=False) as old:
        error = await failure(connector(http, tmp_path, old), message)
    assert isinstance(error, Rejected)
    async with FakeSmtp() as new:
        await connector(http, tmp_path, new).send(message)
        assert new.taken[0].rcpt_tos == ["żółw@customer.example"]


async def test_automatic_mail_falls_back_to_our_address_where_the_null_sender_is_refused(
    mailbox: EmailConnector, smtp: FakeSmtp
) -> None:
    smtp.answers["MAIL <>"] = "550 5.7.60 SendAsDenied"
    await mailbox.send(replace(MESSAGE, auto=True))
    assert smtp.taken[0].mail_from == "support@example.test"


async def test_a_copy_goes_to_the_sent_folder_and_its_failure_harms_nothing(
    http: aiohttp.ClientSession, tmp_path: Path, smtp: FakeSmtp, imap: FakeImap
) -> None:
    saving = connector(http, tmp_path, smtp, save_sent=True, imap_port=imap.port)
    await saving.send(MESSAGE)
    await saving.close()
    (copy,) = imap.appended
    assert b"Subject: Order 17" in copy
    nowhere = connector(http, tmp_path, smtp, save_sent=True, imap_port=free_port())
    receipt = await nowhere.send(MESSAGE)
    await nowhere.close()
    assert receipt.external_id == nowhere.new_message_id(MESSAGE.delivery_id)


async def test_a_cancelled_send_leaves_no_connection(mailbox: EmailConnector, smtp: FakeSmtp) -> None:
    smtp.silent_at.add("RCPT")
    task = asyncio.create_task(mailbox.send(MESSAGE))
    await smtp.silent.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_the_same_delivery_always_has_the_same_id() -> None:
    own = settings().own
    assert own.message_id(MESSAGE.delivery_id) == own.message_id(MESSAGE.delivery_id)
    assert own.is_ours(own.message_id(MESSAGE.delivery_id))
    assert not own.is_ours(ExternalId("hub.0193@example.test"))
    assert not own.is_ours(ExternalId(f"hub.{'0' * 32}@evil.example"))


def test_a_tls_context_always_checks_names() -> None:
    context = settings().tls_context()
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
