"""The mail that carries an answer."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.mail_headers import Headers, addresses, header_text
from connectors._lib.mail_mime import read_mail
from connectors.email.ids import OwnAddresses
from connectors.email.render import Envelope, Sending, render
from hub.contract import OutboundAttachment, OutboundMessage, Rejected
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import attachment, outbound
from tests.connectors.email.mails import NOW

OWN = OwnAddresses(address="support@example.test")
SENDING = Sending(own=OWN, display_name="Example Support")


def answer(**changes: Any) -> OutboundMessage:
    base = outbound("one@customer.example", recipient="ann@customer.example")
    return replace(base, **{"subject": "Order 17", "recipient_name": "Ann Customer"} | changes)


def written(
    message: OutboundMessage, sending: Sending = SENDING, files: list[tuple[OutboundAttachment, bytes]] | None = None
) -> Envelope:
    return render(message, files or [], sending, NOW)


def read(envelope: Envelope) -> EmailMessage:
    return message_from_bytes(envelope.data, policy=default)


def test_it_goes_to_the_customer_in_our_name_with_the_id_we_chose() -> None:
    message = answer(agent_name="Anna")
    envelope = written(message)
    mail = read(envelope)
    assert mail["From"] == '"Anna (Example Support)" <support@example.test>'
    assert mail["To"] == "Ann Customer <ann@customer.example>"
    assert mail["Message-ID"] == f"<{envelope.message_id}>"
    assert envelope.message_id == OWN.message_id(message.delivery_id)
    assert (envelope.sender, envelope.recipients) == ("support@example.test", ("ann@customer.example",))
    assert mail["Date"].datetime == NOW


def test_it_threads_under_the_question() -> None:
    mail = read(written(answer(reply_to="c@x", references=("a@x", "b@x"))))
    assert mail["Subject"] == "Re: Order 17"
    assert mail["In-Reply-To"] == "<c@x>"
    assert mail["References"].split() == ["<a@x>", "<b@x>", "<c@x>"]


def test_a_reply_to_nothing_in_particular_answers_the_latest_mail() -> None:
    mail = read(written(answer(references=("a@x", "b@x"))))
    assert mail["In-Reply-To"] == "<b@x>"
    assert mail["References"].split() == ["<a@x>", "<b@x>"]


def test_a_long_thread_keeps_its_first_and_its_latest_references() -> None:
    known = tuple(ExternalId(f"{number}@x") for number in range(100))
    kept = read(written(answer(reply_to="last@x", references=known)))["References"].split()
    assert kept == ["<0@x>", *(f"<{number}@x>" for number in range(81, 100)), "<last@x>"]


def test_a_first_mail_has_no_reply_mark() -> None:
    mail = read(written(answer()))
    assert (mail["Subject"], mail["In-Reply-To"]) == ("Order 17", None)


def test_text_html_files_and_inline_images() -> None:
    picture = attachment("logo.png", b"\x89PNG", "image/png")
    inline = replace(picture, inline=True, content_id="logo@hub")
    bill = attachment("견적서.pdf", b"%PDF", "application/pdf")
    message = answer(text="Hello", html='<p>Hello <img src="cid:logo@hub"><script>x</script></p>')
    mail = read_mail(written(message, files=[(inline, b"\x89PNG"), (bill, b"%PDF")]).data)
    assert mail.text.strip() == "Hello"
    assert 'src="cid:logo@hub"' in mail.html
    assert "script" not in mail.html
    assert [(part.name, part.content, part.content_id) for part in mail.attachments] == [
        ("logo.png", b"\x89PNG", "logo@hub"),
        ("견적서.pdf", b"%PDF", None),
    ]


def test_html_alone_gets_a_text_beside_it() -> None:
    assert read_mail(written(answer(text="", html="<p>Hello</p>")).data).text.strip() == "Hello"


@pytest.mark.parametrize("name", ["김철수" * 12, "Zażółć gęślą jaźń " * 6, 'Ann "the" Customer, Ltd. (x)', "a" * 300])
def test_a_long_foreign_name_arrives_whole_up_to_eighty_characters(name: str) -> None:
    headers = Headers.of(message_from_bytes(written(answer(recipient_name=name)).data).raw_items())
    (entry,) = addresses(headers.all("to"))
    assert entry.address == "ann@customer.example"
    assert entry.name == " ".join(name.split())[:80].strip()


def test_a_long_foreign_subject_is_neither_broken_nor_spaced() -> None:
    subject = "주문하신상품이아직도착하지않았습니다" * 8
    headers = Headers.of(message_from_bytes(written(replace(answer(), subject=subject)).data).raw_items())
    assert header_text(headers.raw("subject")) == subject


def test_a_machines_mail_says_so_and_has_no_return_address() -> None:
    envelope = written(answer(auto=True))
    mail = read(envelope)
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert envelope.sender == ""


def test_a_report_is_a_machines_mail_that_wants_to_hear_if_it_comes_back() -> None:
    envelope = written(replace(answer(auto=True), report=True))
    mail = read(envelope)
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert envelope.sender == SENDING.own.address


def test_a_persons_mail_does_not() -> None:
    assert read(written(answer()))["Auto-Submitted"] is None


def test_marks_in_the_reply_and_return_address_when_asked_for() -> None:
    sending = replace(SENDING, plus_addressing=True, bounce_addressing=True)
    envelope = written(answer(reply_token="tok123"), sending)
    assert read(envelope)["Reply-To"] == "Example Support <support+tok123@example.test>"
    assert OWN.named_in([envelope.sender], b"") == envelope.message_id
    assert read(written(answer(reply_token="tok123")))["Reply-To"] is None


@pytest.mark.parametrize("address", ["", "no address", "ann@customer.example\r\nBcc: all@x", "a@b, c@d", "<a@b"])
def test_a_wrong_address_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(Rejected, match="Not an e-mail address"):
        written(replace(answer(), recipient=address))


def test_an_address_with_other_letters_needs_a_server_that_knows_them() -> None:
    assert written(replace(answer(), recipient="żółw@przykład.example")).utf8
    assert not written(replace(answer(), recipient_name="Żółw")).utf8


def lines(data: bytes) -> list[bytes]:
    return data.partition(b"\r\n\r\n")[0].split(b"\r\n")


FIELDS = {b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"mime-version", b"in-reply-to", b"references"}


@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_anybody_typed_becomes_a_header(subject: str, name: str, agent: str, text: str) -> None:
    message = replace(answer(), subject=f"x{subject}\r\nBcc: a@b", recipient_name=name, agent_name=agent, text=text)
    data = written(message).data
    names = {line.partition(b":")[0].lower() for line in lines(data) if not line.startswith((b" ", b"\t"))}
    assert names <= FIELDS | {b"content-type", b"content-transfer-encoding"}
    assert data.isascii()
    assert all(len(line) < 998 for line in data.split(b"\r\n"))
    parsed: Message = message_from_bytes(data)
    assert parsed["Bcc"] is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufeff")))
def test_the_text_arrives_as_it_was_written(text: str) -> None:
    arrived = read_mail(written(replace(answer(), text=text)).data).text
    assert arrived.rstrip("\n") == text.rstrip("\n")
