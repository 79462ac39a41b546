"""A mail is the same however it came: read over IMAP, or posted by any of the providers, whole or taken apart."""

import base64
import json
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.email.forms import NotAForm, read_form
from connectors.email.inbound import unwrapped
from connectors.email.parse import parse_mail
from hub.contract import DeliveryReceipt, InboundMessage, RawEvent, UnparseableEvent, WebhookRequest
from tests.connectors.conformance.kit import NOW
from tests.connectors.email.mails import OUR_ID, mail, message, settings
from tests.connectors.email.providers import amazon, form, mailgun, postmark, raw_of, request, sendgrid, ses

OWN = settings().own
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.eml"))


def posted(asked: WebhookRequest) -> InboundMessage:
    """The one message a provider's request means."""
    (found,) = parse_mail(raw_of(asked), OWN)
    assert isinstance(found, InboundMessage)
    return found


def in_postmarks_words(body: bytes) -> dict[str, Any]:
    """What Postmark says of a mail it hands out whole."""
    return {"From": "x@x.example", "MessageID": "1", "Headers": [], "RawEmail": body.decode("utf-8")}


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_mail_that_comes_both_ways_is_one_entry(path: Path) -> None:
    body = path.read_bytes()
    read = message(body)
    ways = [
        mailgun(body),
        mailgun(body, multipart=False),
        sendgrid(body),
        postmark(in_postmarks_words(body)),
        amazon().post(ses(body)),
        amazon().post(ses(body, "UTF8")),
    ]
    for asked in ways:
        found = posted(asked)
        assert (found.external_id, found.data, found.text, found.html) == (
            read.external_id,
            read.data,
            read.text,
            read.html,
        )
        assert [file.content for file in found.attachments] == [file.content for file in read.attachments]


def test_bytes_of_any_charset_come_through() -> None:
    body = mail(body="Zażółć gęślą jaźń\r\n".encode("iso-8859-2"), Content_Type="text/plain; charset=iso-8859-2")
    for asked in (mailgun(body), mailgun(body, multipart=False), sendgrid(body), amazon().post(ses(body))):
        assert posted(asked).text.strip() == "Zażółć gęślą jaźń"


def test_the_time_is_when_the_providers_server_took_the_mail() -> None:
    received = "from mx by mxa.mailgun.org with ESMTP id 1;\r\n Sun, 22 Nov 2026 09:20:00 +0000 (UTC)"
    body = mail(Received=received)
    for asked in (mailgun(body), sendgrid(body)):
        assert (posted(asked).occurred_at, posted(asked).clock_trusted) == (NOW.replace(minute=20), True)
    assert posted(mailgun(mail())).occurred_at == NOW
    assert posted(amazon().post(ses(mail()))).occurred_at == NOW.replace(minute=29, second=58)
    assert not posted(sendgrid(mail())).clock_trusted


def test_a_mail_postmark_took_apart_is_put_together_again() -> None:
    told = {
        "From": "anna@klient.example",
        "FromName": "Anna Żółć",
        "To": "Support <support@example.test>",
        "OriginalRecipient": "support+tok3n@example.test",
        "Subject": "Zamówienie 17",
        "Date": "Sun, 22 Nov 2026 10:29:50 +0100",
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "TextBody": "Gdzie jest paczka?",
        "HtmlBody": "<p>Gdzie jest <b>paczka</b>?</p>",
        "Headers": [
            {"Name": "Message-ID", "Value": "<two@klient.example>"},
            {"Name": "References", "Value": f"<{OUR_ID}>"},
            {"Name": "Content-Type", "Value": "multipart/broken"},
            {"Name": "X-Evil", "Value": "a\r\nBcc: b@x.example"},
            {"Name": "Not a name", "Value": "x"},
        ],
        "Attachments": [
            {"Name": "żółw.png", "ContentType": "image/png", "Content": base64.b64encode(b"PNG").decode()},
            {"Name": "broken", "ContentType": "nonsense", "Content": "!!!", "ContentID": "cid-1"},
        ],
    }
    found = posted(postmark(told))
    assert (found.external_id, found.subject) == ("two@klient.example", "Zamówienie 17")
    assert (found.sender.value, found.sender.name) == ("anna@klient.example", "Anna Żółć")
    assert found.text.strip() == "Gdzie jest paczka?"
    assert "<b>paczka</b>" in found.html
    assert found.reference is not None
    assert (found.reference.message_ids, found.reference.reply_token) == ((OUR_ID,), "tok3n")
    assert [(file.name, file.content) for file in found.attachments] == [("żółw.png", b"PNG"), ("broken", b"")]
    assert found.participants == ()


def test_a_mail_without_a_message_id_is_the_same_at_each_attempt_of_postmark() -> None:
    told = {"From": "ann@customer.example", "MessageID": "22c74902", "Headers": [], "TextBody": "Hi", "Subject": "x"}
    assert (
        posted(postmark(told)).external_id == posted(postmark(told)).external_id == "22c74902@inbound.postmarkapp.com"
    )


def test_a_mail_ses_put_into_a_bucket_is_shown_with_its_place() -> None:
    headers = [
        {"name": "From", "value": "Ann <ann@customer.example>"},
        {"name": "Subject", "value": "A large one"},
        {"name": "Message-ID", "value": "<big@customer.example>"},
    ]
    told = {
        "notificationType": "Received",
        "mail": {"timestamp": "2026-11-22T09:29:58.000Z", "headers": headers},
        "receipt": {"action": {"type": "S3", "bucketName": "mails", "objectKey": "in/abc"}},
    }
    found = posted(amazon().post(told))
    assert (found.external_id, found.subject, found.sender.name) == ("big@customer.example", "A large one", "Ann")
    assert "S3 bucket mails as in/abc" in found.text


@pytest.mark.parametrize("kind", ["Bounce", "Complaint", "Delivery"])
def test_what_ses_says_of_mail_we_sent_is_known_and_not_needed(kind: str) -> None:
    assert parse_mail(raw_of(amazon().post({"notificationType": kind})), OWN) == ()


def test_a_bounce_that_is_posted_marks_our_mail_failed() -> None:
    words = (
        "Hi. This is the qmail-send program at x.example.\nI'm afraid I wasn't able to deliver your message.\n\n"
        "<ann@customer.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\nMessage-ID: <{OUR_ID}>\n"
    )
    bounce = mail(words, From="MAILER-DAEMON@x.example", Subject="failure notice")
    (found,) = parse_mail(raw_of(mailgun(bounce)), OWN)
    assert isinstance(found, DeliveryReceipt)
    assert (found.external_id, found.unreachable) == (OUR_ID, True)


# -- what cannot be read


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (request(*form({"body-plain": "Hi", "subject": "x"})), "end with [?]mime"),
        (request(*form({"envelope": "{}", "text": "Hi"})), "tick “POST the raw"),
        (request(*form({"colour": "red"})), "holds no mail"),
        (request(b"{}", "application/json"), "not what Mailgun"),
        (request(b"", ""), "not what Mailgun"),
        (request(b"[" * 100_000, "application/json"), "not what Mailgun"),
        (amazon().post("hello"), "not one of SES"),
        (amazon().post({"notificationType": "Received"}), "without its content"),
        (amazon().post({**ses(mail()), "content": "x"}), "not"),
        (request(*form({"email": ""})), "holds no mail"),
        (request(*form({"email": " \r\n"})), "empty mail"),
    ],
)
def test_what_holds_no_mail_is_said_in_words(asked: WebhookRequest, words: str) -> None:
    with pytest.raises(UnparseableEvent, match=words):
        parse_mail(raw_of(asked), OWN)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (form({str(n): "x" for n in range(300)})[0], "multipart/form-data; boundary=xYzZY", "more than 200 parts"),
        (b"--x\r\n" + b"A: " + b"y" * 9000 + b"\r\n\r\nz\r\n--x--", "multipart/form-data; boundary=x", "never ends"),
        (form({"email": "x"})[0][:-6], "multipart/form-data; boundary=xYzZY", "cut off"),
        (b"&".join(b"a=b" for _ in range(300)), "application/x-www-form-urlencoded", "more than 200 fields"),
        (b"", f"multipart/form-data; boundary={'x' * 300}", "no boundary"),
        (b"", "text/plain", "not a form"),
    ],
)
def test_a_form_beyond_bounds_is_refused(body: bytes, kind: str, words: str) -> None:
    with pytest.raises(NotAForm, match=words):
        read_form(body, kind)


def test_a_form_within_a_form_is_not_opened() -> None:
    inner, kind = form({"email": "inner"}, "inner")
    found = read_form(*form({"email": f"Content-Type: {kind}\r\n\r\n".encode() + inner}))
    assert found["email"].endswith(inner)


@pytest.mark.parametrize("asked", [mailgun(mail()), mailgun(mail(), multipart=False)])
def test_only_what_is_asked_for_is_read(asked: WebhookRequest) -> None:
    found = read_form(asked.body, asked.headers["content-type"], only={"token", "colour"})
    assert found == {"token": b"t" * 50}


def test_a_name_longer_than_any_is_passed_over() -> None:
    body = b"%41" * 1000 + b"=x&email=y"
    assert read_form(body, "application/x-www-form-urlencoded") == {"email": b"y"}


def test_of_a_repeated_field_the_first_counts() -> None:
    body, kind = form({"email": "first"})
    again = body[: -len(b"--xYzZY--\r\n")] + form({"email": "second"})[0]
    assert read_form(again, kind)["email"] == b"first"


@given(st.dictionaries(st.from_regex(r"[a-z-]{1,12}", fullmatch=True), st.binary(max_size=60), max_size=6))
def test_any_form_comes_through_byte_for_byte(fields: dict[str, bytes]) -> None:
    assert read_form(*form(fields, "a-boundary-that-no-field-holds")) == fields


WAYS = [
    mailgun(mail()),
    mailgun(mail(), multipart=False),
    sendgrid(mail()),
    postmark(in_postmarks_words(mail())),
    amazon().post(ses(mail())),
]


@pytest.mark.parametrize("asked", WAYS, ids=["mailgun", "mailgun urlencoded", "sendgrid", "postmark", "ses"])
def test_a_cut_request_is_read_or_marked_and_never_breaks(asked: WebhookRequest) -> None:
    raw = raw_of(asked)
    for end in range(0, len(raw.body), max(1, len(raw.body) // 200)):
        with suppress(UnparseableEvent):
            parse_mail(RawEvent(kind=raw.kind, body=raw.body[:end], headers=raw.headers, received_at=NOW), OWN)


def test_the_same_requests_five_times_in_any_order_mean_one_mail() -> None:
    shuffled = WAYS * 5
    random.Random(20261122).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    found = [posted(asked) for asked in shuffled]
    assert {(one.external_id, one.data["digest"]) for one in found} == {(found[0].external_id, found[0].data["digest"])}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["From", "To", "Subject", "Date", "TextBody", "HtmlBody", "Attachments", "Headers", "RawEmail"])
PAIRS = st.lists(st.fixed_dictionaries({"Name": st.text(max_size=12), "Value": st.text(max_size=30)}), max_size=4)


@given(st.dictionaries(NAMES, JSON | st.text(max_size=40), max_size=6), PAIRS)
def test_whatever_stands_in_postmarks_json_becomes_a_mail_or_a_word(told: dict[str, Any], headers: list[Any]) -> None:
    body = json.dumps({"From": "a@x.example", "Headers": headers, "MessageID": "1", **told}).encode()
    raw = RawEvent(kind="webhook", body=body, headers={"content-type": "application/json"}, received_at=NOW)
    with suppress(UnparseableEvent):
        parse_mail(raw, OWN)


def test_what_is_found_keeps_its_place_in_the_journal() -> None:
    raw = RawEvent(kind="webhook", body=WAYS[0].body, headers=raw_of(WAYS[0]).headers, received_at=NOW, recovered=True)
    found = unwrapped(raw)
    assert found is not None
    assert (found.recovered, found.received_at, found.body) == (True, NOW, mail())
