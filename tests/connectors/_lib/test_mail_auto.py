"""Machine mail, and when a machine must keep silent."""

import pytest

from connectors._lib.mail_auto import auto_reason, is_robot, may_auto_answer
from connectors._lib.mail_headers import Headers


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("Auto-Submitted", "auto-replied", "auto-submitted"),
        ("Auto-Submitted", "auto-generated; type=x", "auto-submitted"),
        ("Auto-Submitted", "no", ""),
        ("Precedence", "bulk", "bulk"),
        ("Precedence", "first-class", ""),
        ("List-Id", "<news.example>", "list"),
        ("List-Unsubscribe", "<mailto:x@y>", "list"),
        ("X-Autoreply", "yes", "auto-submitted"),
        ("X-Loop", "x", "auto-submitted"),
        ("Return-Path", "<>", "report"),
        ("Content-Type", "multipart/report; boundary=x", "report"),
        ("Feedback-ID", "1:2", "bulk"),
        ("Subject", "Out of office: back on Monday", "vacation"),
        ("Subject", "부재중 자동 회신", "vacation"),
        ("Subject", "Automatic door broken", ""),
        ("X-Auto-Response-Suppress", "All", ""),
    ],
)
def test_machine_mail_is_known_by_its_headers(name: str, value: str, reason: str) -> None:
    assert auto_reason(Headers.of([(name, value)])) == reason


@pytest.mark.parametrize(
    "address",
    ["MAILER-DAEMON@x", "postmaster@x", "no-reply@x", "noreply@x", "do-not-reply@x", "owner-list@x", "list-request@x"],
)
def test_nobody_reads_a_robots_mail(address: str) -> None:
    assert is_robot(address)


def test_people_are_no_robots() -> None:
    assert not any(is_robot(address) for address in ("ann@x", "noreen@x", "reply@x", "bouncer.joe@x"))


PERSON = [("From", "ann@customer.example"), ("Subject", "Hello")]


def test_a_person_gets_an_automatic_answer() -> None:
    assert may_auto_answer(Headers.of(PERSON), "ann@customer.example", ["support@example.test"], answered_today=0)


@pytest.mark.parametrize(
    ("extra", "sender", "answered"),
    [
        (("Auto-Submitted", "auto-replied"), "ann@customer.example", 0),
        (("Precedence", "junk"), "ann@customer.example", 0),
        (("List-Id", "<x>"), "ann@customer.example", 0),
        (("X-Auto-Response-Suppress", "DR, OOF"), "ann@customer.example", 0),
        (("X-Auto-Response-Suppress", "All"), "ann@customer.example", 0),
        (("Return-Path", "<>"), "ann@customer.example", 0),
        (("X-Any", ""), "no-reply@customer.example", 0),
        (("X-Any", ""), "Support@Example.Test", 0),
        (("X-Any", ""), "ann@customer.example", 3),
        (("X-Any", ""), "", 0),
    ],
)
def test_no_automatic_answer_that_could_start_a_loop(extra: tuple[str, str], sender: str, answered: int) -> None:
    headers = Headers.of([*PERSON, extra])
    assert not may_auto_answer(headers, sender, ["support@example.test"], answered_today=answered)
