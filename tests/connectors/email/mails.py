"""Builders for mails, raw events and settings."""

from collections.abc import Mapping
from datetime import UTC, datetime

from connectors.email.parse import parse_mail
from connectors.email.settings import EmailSettings
from hub.contract import InboundEvent, InboundMessage, RawEvent

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ARRIVED = "2026-11-22T09:29:58+00:00"
OUR_ID = "hub.0193000000007000800000000000d001@example.test"


def mail(text: str = "Where is my order?\n", *, body: bytes | str | None = None, **fields: str) -> bytes:
    """Return a plain mail. Fields are headers, underscores for hyphens; an empty one leaves the header out."""
    headers = {
        "From": "Ann Customer <ann@customer.example>",
        "To": "Example Support <support@example.test>",
        "Subject": "Order 17",
        "Date": "Sun, 22 Nov 2026 10:29:50 +0100",
        "Message-ID": "<one@customer.example>",
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    named = {name.title().replace("Id", "ID"): name for name in headers}
    head = "".join(f"{name}: {headers[name]}\r\n" for name in named.values() if headers[name])
    words = text.replace("\n", "\r\n") if body is None else body
    content = words if isinstance(words, bytes) else words.encode()
    charset = (
        "" if any(name.lower() == "content-type" for name in headers) else "Content-Type: text/plain; charset=utf-8\r\n"
    )
    return f"{head}{charset}\r\n".encode("utf-8", "surrogateescape") + content


def raw(body: bytes, kind: str = "mail/INBOX", *, headers: Mapping[str, str] | None = None) -> RawEvent:
    """Return a mail as the receiver journals it."""
    return RawEvent(kind=kind, body=body, headers={"internaldate": ARRIVED} | dict(headers or {}), received_at=NOW)


def settings(**changes: object) -> EmailSettings:
    """Return settings for servers on this machine."""
    values: dict[str, object] = {
        "address": "support@example.test",
        "display_name": "Example Support",
        "aliases": ["info@example.test"],
        "password": "mailbox-secret",
        "imap_host": "127.0.0.1",
        "imap_security": "none",
        "imap_port": 1,
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
        "smtp_port": 1,
        "save_sent": False,
    }
    return EmailSettings.model_validate(values | changes)


def events(body: bytes, kind: str = "mail/INBOX", **changes: object) -> list[InboundEvent]:
    """Parse a mail."""
    return list(parse_mail(raw(body, kind), settings(**changes).own))


def message(body: bytes, kind: str = "mail/INBOX", **changes: object) -> InboundMessage:
    """Parse a mail that means exactly one message."""
    (event,) = events(body, kind, **changes)
    assert isinstance(event, InboundMessage)
    return event
