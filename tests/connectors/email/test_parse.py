"""What a mail means."""

from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.email.parse import parse_mail
from hub.contract import DeliveryReceipt, InboundMessage, UnparseableEvent
from hub.domain.delivery import DeliveryState
from hub.domain.ids import DeliveryId
from hub.domain.interaction import AuthorKind, ContentKind
from tests.connectors._lib.test_mail_files import INVITE
from tests.connectors.corpora import corpus
from tests.connectors.email.mails import OUR_ID, events, mail, message, raw, settings

REAL = [*corpus("mail-mime", "*/*.eml"), *corpus("mail-replies", "standard/*.eml"), *corpus("mail-bounces", "*.txt")]
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.eml"))
OWN = settings().own


def multipart(*parts: tuple[str, bytes], kind: str = "mixed", **fields: str) -> bytes:
    body = b"".join(f"--x\r\n{head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts) + b"--x--\r\n"
    return mail(body=body, Content_Type=f"multipart/{kind}; boundary=x", **fields)


# Who wrote it


def test_a_customers_mail_is_a_message_that_asks_for_an_answer() -> None:
    found = message(mail())
    assert (found.sender.namespace, found.sender.value, found.sender.name) == (
        "email",
        "ann@customer.example",
        "Ann Customer",
    )
    assert (found.author, found.content, found.opens_wait) == (AuthorKind.contact, ContentKind.mail, True)
    assert (found.subject, found.text, found.html) == ("Order 17", "Where is my order?\n", "")
    assert found.external_id == found.thread == "one@customer.example"
    assert not found.sender.verified


def test_its_time_is_our_mail_servers_not_the_senders() -> None:
    found = message(mail(Date="Mon, 1 Jan 2001 00:00:00 +0000"))
    assert (found.occurred_at, found.clock_trusted) == (datetime(2026, 11, 22, 9, 29, 58, tzinfo=UTC), True)
    assert found.data["date_header"] == "Mon, 1 Jan 2001 00:00:00 +0000"


def test_without_the_servers_time_the_senders_claim_is_marked_as_such() -> None:
    (found,) = parse_mail(raw(mail(), headers={"internaldate": ""}), OWN)
    assert isinstance(found, InboundMessage)
    assert (found.occurred_at, found.clock_trusted) == (datetime(2026, 11, 22, 9, 29, 50, tzinfo=UTC), False)


def test_a_reply_to_does_not_change_who_wrote() -> None:
    found = message(mail(Reply_To="office@customer.example"))
    assert found.sender.value == "ann@customer.example"
    assert found.data["reply_to"] == [{"address": "office@customer.example", "name": ""}]


@pytest.mark.parametrize("sender", ["Example Support <support@example.test>", "Shop <no-reply@shop.example>"])
def test_a_web_form_or_a_robot_speaks_for_whom_it_names(sender: str) -> None:
    found = message(mail(From=sender, Reply_To="Ann <ann@customer.example>"))
    assert (found.sender.value, found.sender.name, found.sender.verified) == ("ann@customer.example", "Ann", False)


def test_a_forged_mail_in_our_name_is_not_taken_for_our_answer() -> None:
    found = message(mail(From="support@example.test", To="ann@customer.example"))
    assert found.author is AuthorKind.contact


def test_a_mail_without_a_usable_sender_is_shown_all_the_same() -> None:
    found = message(mail(From="<@broken"))
    assert found.sender.value == "unknown@sender.invalid"
    assert found.text


def test_a_verified_sender_is_one_our_own_server_vouches_for() -> None:
    line = "mx.example.test; dkim=pass header.d=customer.example"
    assert message(mail(Authentication_Results=line), authserv_id="mx.example.test").sender.verified
    assert not message(mail(Authentication_Results=line)).sender.verified


def test_copies_take_part_and_we_do_not() -> None:
    found = message(
        mail(
            To="Support <support@example.test>, Bob <bob@x.example>",
            Cc="INFO@example.test, support+abc@example.test, eve@x.example, T: carl@x.example;, ann@customer.example",
        )
    )
    assert [party.value for party in found.participants] == ["bob@x.example", "eve@x.example", "carl@x.example"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("Auto_Submitted", "auto-replied"), ("Precedence", "bulk"), ("List_Id", "<news.example>"), ("X_Loop", "x")],
)
def test_machine_mail_is_shown_and_asks_for_nothing(field: str, value: str) -> None:
    found = message(mail(**{field: value}))
    assert (found.author, found.opens_wait) == (AuthorKind.auto, False)
    assert found.text == "Where is my order?\n"


# Which conversation it belongs to


def test_an_answer_names_the_mails_it_continues() -> None:
    found = message(mail(Subject="Re: Order 17", In_Reply_To="<c@x>", References="<a@x> <b@x> <c@x>"))
    assert found.reference is not None
    assert found.reference.message_ids == ("c@x", "b@x", "a@x")
    assert found.reference.base_subject == "order 17"
    assert found.reply_to == "c@x"


def test_a_first_mail_continues_nothing() -> None:
    assert message(mail()).reference is None


def test_the_reply_token_is_read_from_whatever_address_carried_it() -> None:
    assert_token = [
        message(mail(To="x <support+tok123@example.test>")),
        message(mail(Delivered_To="support+tok123@example.test")),
    ]
    assert [found.reference.reply_token for found in assert_token if found.reference] == ["tok123", "tok123"]


def test_a_mail_without_an_id_gets_a_stable_one() -> None:
    first, again = message(mail(Message_ID="")), message(mail(Message_ID=""))
    other = message(mail("other words", Message_ID=""))
    assert first.external_id == again.external_id
    assert first.external_id.startswith("no-id:")
    assert first.external_id != other.external_id


def test_the_digest_ignores_the_route_and_the_encoding() -> None:
    direct = mail("Grüße and a rather long line\n")
    coded = b64encode("Grüße and a rather\r\nlong line\r\n".encode())
    relayed = mail(
        body=coded,
        Content_Type="text/plain; charset=utf-8",
        Content_Transfer_Encoding="base64",
        Received="from a by b; Mon, 1 Jan 2001 00:00:00 +0000",
    )
    assert message(direct).data["digest"] == message(relayed).data["digest"]
    assert message(direct).data["digest"] == message(direct, "mail/Archive").data["digest"]


@pytest.mark.parametrize(
    "change",
    [{"From": "eve@evil.example"}, {"Subject": "Other"}, {"Date": "Sun, 22 Nov 2026 11:29:50 +0100"}, {"text": "x"}],
)
def test_the_digest_tells_another_mail_with_the_same_id_apart(change: dict[str, str]) -> None:
    other = message(mail(**change))
    assert other.external_id == message(mail()).external_id
    assert other.data["digest"] != message(mail()).data["digest"]


# What it says


def test_html_is_made_safe_and_the_text_is_the_senders_own() -> None:
    found = message(
        multipart(
            ("Content-Type: text/plain", b"Hello"),
            ("Content-Type: text/html", b"<p>Hello<script>alert(1)</script></p>"),
            kind="alternative",
        )
    )
    assert (found.text.strip(), found.html.strip()) == ("Hello", "<p>Hello</p>")


def test_html_alone_is_read_as_text() -> None:
    found = message(mail(body=b"<p>Hello</p><p>Ann</p>", Content_Type="text/html; charset=utf-8"))
    assert found.text.split() == ["Hello", "Ann"]


def test_the_quotation_is_where_data_says() -> None:
    text = "Thanks!\n\nOn Mon, Nov 16, 2026 Bob <b@x.example> wrote:\n\n> old\n"
    found = message(mail(text))
    assert found.text == text
    assert text[: int(str(found.data["quote_at"]))] == "Thanks!\n\n"


def test_files_and_inline_images_come_along() -> None:
    found = message(
        multipart(
            ("Content-Type: text/html", b'<p>Look: <img src="cid:pic@x"></p>'),
            ("Content-Type: image/png\r\nContent-ID: <pic@x>\r\nContent-Disposition: inline", b"\x89PNG"),
            ('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../bill.pdf"', b"%PDF"),
            kind="related",
        )
    )
    assert [(file.name, file.inline, file.content_id) for file in found.attachments] == [
        ("image-1.png", True, "pic@x"),
        ("bill.pdf", False, None),
    ]
    assert 'src="cid:pic@x"' in found.html


def test_a_forwarded_mail_is_a_file_that_opens() -> None:
    inner = mail("inner words", Subject="The first one")
    found = message(multipart(("Content-Type: text/plain", b"see"), ("Content-Type: message/rfc822", inner)))
    (file,) = found.attachments
    assert (file.name, file.media_type) == ("The first one.eml", "message/rfc822")
    assert b"inner words" in (file.content or b"")


def test_an_invitation_is_shown_as_one() -> None:
    found = message(
        multipart(
            ("Content-Type: text/plain", b"Please come"),
            ("Content-Type: text/calendar; method=REQUEST", INVITE),
            kind="alternative",
        )
    )
    assert found.content is ContentKind.invite
    invite = found.data["invite"]
    assert isinstance(invite, dict)
    assert invite["summary"] == "Delivery"
    assert [file.name for file in found.attachments] == ["invite.ics"]


def test_a_mail_too_large_to_fetch_says_so_and_where_it_is() -> None:
    head = mail(body=b"")
    (found,) = parse_mail(raw(head, headers={"x-oversized": str(70 * 2**20), "x-limit": str(50 * 2**20)}), OWN)
    assert isinstance(found, InboundMessage)
    assert found.text.startswith("This mail is 70.0 MB large; this channel fetches mails up to 50.0 MB.")
    assert "folder INBOX" in found.text
    assert (found.subject, found.data["oversized"]) == ("Order 17", True)


def test_a_text_of_megabytes_is_shown_in_part_and_attached_whole() -> None:
    found = message(mail("word " * 200_000))
    assert len(found.text) < 510_000
    (file,) = found.attachments
    assert (file.name, file.size) == ("message.txt", 1_000_000)


# What we sent


def test_an_answer_from_a_persons_own_client_is_an_echo() -> None:
    found = message(
        mail(
            From="Support <support@example.test>",
            To="Ann <ann@customer.example>",
            Cc="eve@x.example",
            Subject="Re: Order 17",
        ),
        "mail/Sent",
    )
    assert (found.author, found.opens_wait) == (AuthorKind.agent, False)
    assert found.sender.value == "support@example.test"
    assert found.counterpart is not None
    assert found.counterpart.value == "ann@customer.example"
    assert [party.value for party in found.participants] == ["eve@x.example"]


def test_our_own_mail_in_the_sent_folder_carries_the_id_we_gave_it() -> None:
    assert (
        message(mail(From="support@example.test", To="a@x.example", Message_ID=f"<{OUR_ID}>"), "mail/Sent").external_id
        == OUR_ID
    )


def test_the_copy_of_a_mailed_report_is_no_message_of_a_conversation() -> None:
    own = {"From": "support@example.test", "To": "boss@x.example", "Auto_Submitted": "auto-generated"}
    assert events(mail(**own, Message_ID=f"<{OUR_ID}>"), "mail/Sent") == []
    theirs = message(mail(**own, Message_ID="<job@other.example>"), "mail/Sent")
    assert theirs.author is AuthorKind.auto


def test_a_vacation_note_sent_for_us_stops_no_clock() -> None:
    found = message(mail(To="a@x.example", Auto_Submitted="auto-replied"), "mail/Sent")
    assert found.author is AuthorKind.auto


def test_a_note_to_ourselves_is_nothing() -> None:
    assert events(mail(From="support@example.test", To="info@example.test"), "mail/Sent") == []


# What became of what we sent


def report(
    status: str, *, action: str = "failed", original: str = OUR_ID, diagnostic: str = "smtp; 550 no such user"
) -> bytes:
    person = "Final-Recipient: rfc822; ann@customer.example"
    fields = f"Reporting-MTA: dns; mx.x\r\n\r\n{person}\r\nAction: {action}\r\nStatus: {status}\r\n"
    return multipart(
        ("Content-Type: text/plain", b"It did not work."),
        ("Content-Type: message/delivery-status", f"{fields}Diagnostic-Code: {diagnostic}\r\n".encode()),
        ("Content-Type: text/rfc822-headers", f"Message-ID: <{original}>\r\nSubject: x\r\n".encode()),
        kind='report; report-type="delivery-status"',
        From="MAILER-DAEMON@mx.example",
        Subject="Undelivered Mail Returned to Sender",
    )


def test_a_bounce_marks_our_mail_failed_with_the_reason_in_words() -> None:
    (found,) = events(report("5.1.1"))
    assert isinstance(found, DeliveryReceipt)
    assert (found.external_id, found.state, found.code) == (OUR_ID, DeliveryState.failed, "5.1.1")
    assert (found.recipient, found.unreachable) == ("ann@customer.example", True)
    assert found.reason.startswith("The address does not exist.")


def test_a_full_mailbox_is_a_failure_but_no_dead_address() -> None:
    (found,) = events(report("5.2.2", diagnostic="smtp; 552 quota"))
    assert isinstance(found, DeliveryReceipt)
    assert not found.unreachable


def test_a_delay_is_no_failure() -> None:
    found = message(report("4.4.1", action="delayed"))
    assert (found.author, found.opens_wait) == (AuthorKind.auto, False)


def test_a_bounce_of_a_persons_own_mail_is_shown_beside_it() -> None:
    found = message(report("5.1.1", original="someones-own@client.example"))
    assert (found.author, found.opens_wait) == (AuthorKind.auto, False)
    assert found.reference is not None
    assert found.reference.message_ids == ("someones-own@client.example",)
    assert found.data["bounce"] == [
        {
            "recipient": "ann@customer.example",
            "outcome": "failed",
            "code": "5.1.1",
            "reason": "The address does not exist. Check the spelling or ask the customer for another address. "
            "The server said: 550 no such user",
        }
    ]


def test_a_bounce_in_prose_is_tied_by_our_id_or_our_return_address() -> None:
    delivery = DeliveryId(UUID("01930000-0000-7000-8000-00000000d001"))
    words = (
        "Hi. This is the qmail-send program at x.example.\nI'm afraid I wasn't able to deliver your message.\n\n"
        "<ann@customer.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n\n"
    )
    by_id = events(
        mail(
            f"{words}Message-ID: <{OWN.message_id(delivery)}>\n",
            From="MAILER-DAEMON@x.example",
            Subject="failure notice",
        )
    )
    by_address = events(
        mail(words, From="MAILER-DAEMON@x.example", Subject="failure notice", To=OWN.bounce_address(delivery))
    )
    for (found,) in (by_id, by_address):
        assert isinstance(found, DeliveryReceipt)
        assert (found.external_id, found.unreachable) == (OWN.message_id(delivery), True)


def test_a_read_receipt_is_read() -> None:
    fields = (
        f"Final-Recipient: rfc822; ann@customer.example\r\nOriginal-Message-ID: <{OUR_ID}>\r\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\r\n"
    )
    (found,) = events(
        multipart(
            ("Content-Type: text/plain", b"It was read."),
            ("Content-Type: message/disposition-notification", fields.encode()),
            kind='report; report-type="disposition-notification"',
        )
    )
    assert isinstance(found, DeliveryReceipt)
    assert (found.external_id, found.state) == (OUR_ID, DeliveryState.read)


# Anything at all


@pytest.mark.parametrize("kind", ["webhook", "mail", ""])
def test_other_events_are_refused(kind: str) -> None:
    with pytest.raises(UnparseableEvent):
        parse_mail(raw(mail(), kind), OWN)


def test_an_empty_mail_is_refused_in_words() -> None:
    with pytest.raises(UnparseableEvent, match="empty mail"):
        parse_mail(raw(b"\r\n"), OWN)


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_mail_is_shown(path: Path) -> None:
    (found,) = events(path.read_bytes())
    assert isinstance(found, InboundMessage)
    assert found.external_id
    assert found.text or found.attachments or found.html or found.subject


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_our_own_fixtures_are_shown(path: Path) -> None:
    (found,) = events(path.read_bytes())
    assert isinstance(found, InboundMessage)
    assert found.text or found.attachments


HEADERS = st.sampled_from(
    [
        "From",
        "To",
        "Cc",
        "Reply-To",
        "Subject",
        "Message-ID",
        "References",
        "In-Reply-To",
        "Date",
        "Content-Type",
        "Auto-Submitted",
    ]
)


@given(st.lists(st.tuples(HEADERS, st.binary(max_size=60)), max_size=12), st.binary(min_size=1, max_size=500))
def test_any_mail_at_all_yields_a_message(fields: list[tuple[str, bytes]], body: bytes) -> None:
    data = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in fields) + b"X-End: 1\r\n\r\n" + body
    (found,) = parse_mail(raw(data), OWN)
    assert isinstance(found, InboundMessage)
    assert found.sender.value


@given(st.binary(min_size=1))
def test_any_bytes_at_all_yield_something_or_a_word(data: bytes) -> None:
    try:
        assert len(parse_mail(raw(data), OWN)) == 1
    except UnparseableEvent:
        assert not data.strip()
