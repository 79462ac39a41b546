"""Every line of every library comes out in one form, with what it belongs to, and without secrets."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from hub.runtime import logs
from hub.runtime.redaction import HIDDEN


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def entries(output: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_a_line_says_when_where_and_what(output: io.StringIO) -> None:
    logs.configure(form="json", stream=output)
    structlog.get_logger("hub.mail").info("mailbox opened", mails=3)
    (entry,) = entries(output)
    assert entry.pop("at").endswith("Z")
    assert entry == {"event": "mailbox opened", "level": "info", "logger": "hub.mail", "mails": 3}


def test_lines_of_other_libraries_look_the_same(output: io.StringIO) -> None:
    logs.configure(form="json", stream=output)
    logging.getLogger("library").warning("lost %s", "it", extra={"attempt": 2})
    (entry,) = entries(output)
    assert (entry["event"], entry["level"], entry["logger"], entry["attempt"]) == ("lost it", "warning", "library", 2)


def test_lines_carry_the_request_and_channel_they_belong_to(output: io.StringIO) -> None:
    logs.configure(form="json", stream=output)
    with structlog.contextvars.bound_contextvars(request_id="r1", channel="support"):
        structlog.get_logger().info("ours")
        logging.getLogger("library").warning("theirs")
    structlog.get_logger().info("after")
    assert [(e.get("request_id"), e.get("channel")) for e in entries(output)] == [("r1", "support")] * 2 + [
        (None, None)
    ]


def test_secrets_are_hidden_in_ours_theirs_and_tracebacks(output: io.StringIO) -> None:
    logs.configure(form="json", stream=output)
    logs.redact("correct-horse")
    structlog.get_logger().info("signing in", password="x", note="correct-horse", login={"token": "y"})
    logging.getLogger("library").warning("sent %s", {"Authorization": "Bearer abc"})
    try:
        raise ValueError("correct-horse refused")
    except ValueError:
        logging.getLogger("library").exception("failed")
        structlog.get_logger().exception("failed")
    text = output.getvalue()
    assert "correct-horse" not in text
    assert "Bearer abc" not in text
    ours, theirs, *failures = entries(output)
    assert (ours["password"], ours["note"], ours["login"]) == (HIDDEN, HIDDEN, {"token": HIDDEN})
    assert theirs["event"] == f"sent {{'Authorization': '{HIDDEN}'}}"
    assert [f"ValueError: {HIDDEN} refused" in failure["exception"] for failure in failures] == [True, True]


def test_warnings_are_logged_too(output: io.StringIO) -> None:
    logs.configure(form="json", stream=output)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        logging.captureWarnings(capture=True)
        warnings.warn("old way", FutureWarning, stacklevel=1)
    assert ["old way" in entry["event"] for entry in entries(output)] == [True]


def test_libraries_that_tell_secrets_at_debug_are_kept_quiet(output: io.StringIO) -> None:
    logs.configure("debug", "json", stream=output)
    logging.getLogger("aioimaplib.aioimaplib").debug("b'dXNlcj0='")
    logging.getLogger("httpx").info("HTTP Request: POST https://…")
    logging.getLogger("library").debug("seen")
    assert [entry["event"] for entry in entries(output)] == ["seen"]


def test_less_important_lines_are_left_out(output: io.StringIO) -> None:
    logs.configure("warning", "json", stream=output)
    structlog.get_logger().info("unseen")
    logging.getLogger("library").info("unseen")
    structlog.get_logger().warning("seen")
    assert [entry["event"] for entry in entries(output)] == ["seen"]


def test_configuring_twice_does_not_log_twice(output: io.StringIO) -> None:
    logs.configure(form="json", stream=io.StringIO())
    logs.configure(form="json", stream=output)
    structlog.get_logger().info("once")
    assert len(entries(output)) == 1


def test_people_get_lines_without_colour_codes_in_a_file(output: io.StringIO) -> None:
    logs.configure(stream=output)
    structlog.get_logger("hub.mail").info("mailbox opened", mails=3)
    assert "mailbox opened" in output.getvalue()
    assert "mails=3" in output.getvalue()
    assert "\x1b" not in output.getvalue()
