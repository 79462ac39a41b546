"""The choices of the mailbox form, and which hosts count as this machine."""

import ipaddress
from enum import StrEnum


class Login(StrEnum):
    """How we prove who we are to the mail server."""

    password = "password"  # noqa: S105 - the name of a way to log in
    google = "google"
    microsoft = "microsoft"
    oauth = "oauth"


class Arrival(StrEnum):
    """How mail arrives."""

    imap = "imap"
    mailgun = "mailgun"
    postmark = "postmark"
    sendgrid = "sendgrid"
    ses = "ses"


class ImapSecurity(StrEnum):
    """How the connection for receiving is protected."""

    tls = "tls"
    none = "none"


class SmtpSecurity(StrEnum):
    """How the connection for sending is protected."""

    starttls = "starttls"
    tls = "tls"
    none = "none"


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine itself."""
    if host.lower() in ("localhost", "localhost.localdomain"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
