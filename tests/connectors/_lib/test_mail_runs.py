"""The long base64 of files is set aside and put back: a mail reads the same as line by line."""

import base64
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.mail_mime import read_mail
from connectors._lib.mail_runs import put_back, set_aside


def mail_with(file: bytes, *, line: bytes = b"\r\n", text: str = "See the file.\n") -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = "Invoice"
    mail.set_content(text)
    mail.add_attachment(file, maintype="application", subtype="pdf", filename="invoice.pdf")
    return mail.as_bytes().replace(b"\r\n", line)


@given(file=st.binary(min_size=3_700, max_size=9_000), line=st.sampled_from([b"\r\n", b"\n"]))
def test_a_mail_is_put_together_as_it_was(file: bytes, line: bytes) -> None:
    data = mail_with(file, line=line)
    short, runs = set_aside(data)
    message = message_from_bytes(short)
    put_back(message, runs)
    assert runs
    assert len(short) < 1_500
    assert message.as_bytes() == message_from_bytes(data).as_bytes()


def test_the_file_of_a_long_mail_is_whole() -> None:
    file = bytes(range(256)) * 400
    assert [part.content for part in read_mail(mail_with(file)).attachments] == [file]


def test_an_eight_bit_text_beside_a_file_is_read_as_it_was_written() -> None:
    mail = EmailMessage(policy=policy.SMTP)
    mail.set_content("Zażółć 😅\n", cte="8bit")
    mail.add_attachment(b"\x04" * 9_000, maintype="image", subtype="jpeg", filename="boots.jpg")
    assert read_mail(mail.as_bytes()).text == "Zażółć 😅\n"


def test_a_forwarded_mail_keeps_its_file() -> None:
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("Forwarded.")
    outer.add_attachment(message_from_bytes(mail_with(b"\x01" * 9_000), policy=policy.default))
    (inner,) = read_mail(outer.as_bytes()).attachments
    assert base64.encodebytes(b"\x01" * 9_000)[:1_000].replace(b"\n", b"") in inner.content.replace(b"\n", b"").replace(
        b"\r", b""
    )


@pytest.mark.parametrize("text", ["hubRun0000000\n", "hubRun\n"])
def test_a_mail_that_writes_our_mark_is_read_the_slow_way(text: str) -> None:
    data = mail_with(b"\x02" * 9_000, text=text)
    mail = read_mail(data)
    assert set_aside(data) == (data, {})
    assert (mail.text, [len(part.content) for part in mail.attachments]) == (text, [9_000])


def test_short_base64_stays_where_it_is() -> None:
    data = mail_with(b"\x03" * 1_000)
    assert set_aside(data) == (data, {})
