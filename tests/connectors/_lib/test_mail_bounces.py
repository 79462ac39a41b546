"""Bounces: whom a mail did not reach, and why in words."""

import json
from typing import Any

import pytest

from connectors._lib.mail_bounce_words import enhanced_code, in_words, is_dead_address
from connectors._lib.mail_bounces import Bounce, read_bounce
from connectors._lib.mail_headers import first_address
from connectors._lib.mail_mime import read_mail
from tests.connectors.corpora import CORPORA, needs_corpora

FOLDER = CORPORA / "mail-bounces"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text()) if FOLDER.is_dir() else {}


def bounce(data: bytes) -> Bounce | None:
    mail = read_mail(data)
    sender = first_address(mail.headers.all("from"))
    return read_bounce(mail, sender.address if sender else "")


@needs_corpora
def test_the_whole_corpus_is_there() -> None:
    assert len(EXPECTED) == 59


@pytest.mark.parametrize("name", EXPECTED)
def test_every_real_bounce_names_its_recipients_and_whether_it_is_final(name: str) -> None:
    found = bounce((FOLDER / name).read_bytes())
    fates = found.fates if found else ()
    assert sorted({fate.recipient for fate in fates}) == sorted(EXPECTED[name]["recipients"])
    outcomes = {fate.outcome for fate in fates}
    assert outcomes <= ({"delayed"} if EXPECTED[name]["temporary"] else {"failed"})
    assert all(fate.reason.endswith((".", "]")) or "The server said:" in fate.reason for fate in fates)


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        ("5.1.1", "", "5.1.1"),
        ("5.0.0", "smtp; 550 5.1.10 no such user", "5.1.10"),
        ("5.0.0", "550 User unknown", "5.1.1"),
        ("", "552 mailbox full", "5.2.2"),
        ("", "Host unknown (Name server: nowhere.example: host not found)", "5.1.2"),
        ("", "554 rejected as spam", "5.7.1"),
        ("", "550 gibberish", "5.0.0"),
        ("", "gibberish", ""),
    ],
)
def test_the_reason_has_a_code_even_when_only_words_are_given(status: str, said: str, code: str) -> None:
    assert enhanced_code(status, said) == code


@pytest.mark.parametrize(
    ("code", "dead"),
    [("5.1.1", True), ("5.1.8", False), ("5.2.1", True), ("5.2.2", False), ("5.7.1", False), ("4.1.1", False)],
)
def test_only_an_address_that_is_gone_is_dead(code: str, dead: bool) -> None:
    assert is_dead_address(code) is dead


def test_the_reason_says_what_happened_and_what_to_do() -> None:
    assert in_words("5.2.2", "552 quota") == (
        "The customer's mailbox is full. Try again later or use another channel. The server said: 552 quota"
    )
    assert in_words("").startswith("The mail was returned.")


def test_a_persons_mail_about_a_bounce_is_no_bounce() -> None:
    body = (
        b"From: ann@x.example\r\nIn-Reply-To: <a@b>\r\nSubject: Re: Returned mail\r\n\r\n"
        b"The following addresses had\r\n<b@x.example>\r\n"
    )
    assert bounce(body) is None


def test_a_bounce_without_a_sender_and_with_a_large_mail_in_it_is_read() -> None:
    words = (
        "The following addresses had permanent fatal errors\n<ann@x.example>\n\n----- transcript of session follows\n"
    )
    body = f"Subject: Returned mail\r\n\r\n{words}{'x' * 70 + chr(10)}" + "On 1/1\n" * 100_000
    found = bounce(body.encode())
    assert found is not None
    assert [fate.recipient for fate in found.fates] == ["ann@x.example"]


def test_no_header_or_text_is_slow_to_read() -> None:
    hostile = ["=?a?q?x" * 9000, "a" * 60_000, "(x)" * 20_000 + "a@b", "begin 644 a\n" * 20_000]
    for text in hostile:
        bounce(f"From: {text[:60_000]}\r\nSubject: {text[:60_000]}\r\n\r\n{text}".encode())
