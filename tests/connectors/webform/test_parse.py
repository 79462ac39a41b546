"""What a submission means."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.webform.settings import WebformSettings
from hub.contract import InboundMessage
from tests.connectors.webform.browser import CONSENT, FILLED_IN, FIXTURES, asks_more, body, fixture, form, raw, token

WORDS = st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), st.text(max_size=60), max_size=6)


def read(content: bytes, given: WebformSettings | None = None) -> InboundMessage:
    (event,) = form(given).parse(raw(content))
    assert isinstance(event, InboundMessage)
    return event


def plain(message: InboundMessage) -> dict[str, object]:
    sender = {key: value for key, value in asdict(message.sender).items() if value}
    return {
        "external_id": message.external_id,
        "thread": message.thread,
        "sender": sender,
        "text": message.text,
        "data": dict(message.data),
        "source": message.source,
    }


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_a_submission_means_what_its_fixture_says(path: Path) -> None:
    (event,) = form(asks_more()).parse(fixture(path))
    assert isinstance(event, InboundMessage)
    assert plain(event) == json.loads(path.read_text("utf-8"))["means"]
    assert event.opens_wait


def test_the_same_answers_of_one_page_are_one_message_and_other_answers_another() -> None:
    first, again = read(body(_more="")), read(body(_lang="pl"))
    changed = read(body({"email": "lucja@example.pl", "message": "Something else"}))
    assert first.external_id == again.external_id
    assert changed.external_id != first.external_id


def test_all_submissions_of_one_sender_are_one_conversation() -> None:
    threads = {read(body({"email": email, "message": "Hi"})).thread for email in ("Ann@Example.com", "ann@example.com")}
    assert threads == {"email:ann@example.com"}
    phones = {read(body({"phone": phone, "message": "Hi"})).thread for phone in ("+48 22 123", "+4822123")}
    assert phones == {"phone:+4822123"}


def test_the_words_of_the_consent_are_kept_as_they_were_read_whatever_they_are_today() -> None:
    today = asks_more(consent="Quite other words.", translations=())
    assert read(body(_consent=CONSENT), today).data["consent"] == {"text": CONSENT, "at": "2026-11-22T09:30:00+00:00"}
    assert "consent" not in read(body()).data


@pytest.mark.parametrize(
    ("told", "source"),
    [
        ({"_utm_source": "newsletter", "_utm_campaign": "spring"}, "newsletter / spring"),
        ({"_utm_source": "ads", "_referrer": "https://search.example/q"}, "ads"),
        ({"_referrer": "https://search.example/q", "_page": "https://shop.example.com/"}, "search.example"),
        ({"_page": "https://shop.example.com/contact"}, "shop.example.com"),
        ({"_referrer": "javascript:alert(1)", "_page": "http://["}, ""),
        ({}, ""),
    ],
)
def test_the_source_is_the_campaign_else_who_linked_here_else_the_page(told: dict[str, str], source: str) -> None:
    assert read(body(FILLED_IN | told)).source == source


def test_long_texts_and_the_address_itself_are_no_contact_fields() -> None:
    told = {"email": "ann@example.com", "phone": "+48221234567", "company": "Halden", "message": "Hi\nthere"}
    assert read(body(told), asks_more()).sender.fields == {"phone": "+48221234567", "company": "Halden"}


@given(answers=WORDS)
def test_whatever_was_entered_is_on_the_timeline(answers: dict[str, str]) -> None:
    told = {**answers, "message": "Hello"}
    message = read(body(told))
    kept = message.data["form"]
    assert isinstance(kept, dict)
    assert all(value in message.text for value in kept.values())
    assert kept.keys() >= {key for key, value in told.items() if value.strip().isalnum()}
    assert message.external_id.startswith(token().split(".")[1])
