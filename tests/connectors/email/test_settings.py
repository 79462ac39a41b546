"""What an admin may enter, and what the form says to a wrong entry."""

from typing import Any

import pytest
from pydantic import ValidationError

from connectors.email import MANIFEST
from connectors.email.choices import is_loopback
from connectors.email.settings import EmailSettings
from connectors.email.utf7 import decode_name, encode_name, quoted
from tests.connectors.email.mails import settings


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"address": "support"}, "not an e-mail address"),
        ({"aliases": ["info@x.example", "nobody"]}, "Not an e-mail address: nobody"),
        ({"imap_host": "imap.example.com"}, "STARTTLS on port 143 is not supported"),
        ({"imap_security": "tls", "imap_port": 143}, "Use port 993"),
        ({"imap_host": "https://imap.example.com"}, "server's name only"),
        ({"smtp_host": "smtp.example.com"}, "Sending without TLS"),
        ({"smtp_security": "starttls", "smtp_port": 465}, "choose `tls`"),
        ({"password": ""}, "Enter the mailbox's password"),
        ({"login": "google"}, "needs the client id"),
        ({"login": "google", "client_id": "x"}, "needs a refresh token"),
        ({"login": "microsoft", "client_id": "x"}, "client secret"),
        ({"login": "oauth", "client_id": "x", "token_url": "http://x.example"}, "https://"),
        ({"display_name": "a\r\nBcc: b"}, "line breaks are not allowed"),
        ({"ca_certificate": "junk"}, "PEM"),
        ({"idle_minutes": 29}, "less than or equal to 28"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_wrong_entry_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match="(?s)" + words.replace("(", "\\(")):
        settings(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"imap_host": "imap.example.com", "imap_security": "tls", "imap_port": 993},
        {"smtp_host": "smtp.example.com", "smtp_security": "tls", "smtp_port": 465},
        {"login": "google", "client_id": "x", "refresh_token": "r"},
        {"login": "microsoft", "client_id": "x", "client_secret": "s", "password": ""},
    ],
)
def test_a_right_entry_is_taken(changes: dict[str, Any]) -> None:
    settings(**changes)


def test_secrets_are_secret() -> None:
    values = settings(login="oauth", client_id="c", client_secret="s3", refresh_token="r3", token_url="https://x/t")
    assert all(word not in repr(values) + str(values) for word in ("mailbox-secret", "s3", "r3"))
    secret = {name for name, field in EmailSettings.model_fields.items() if "SecretStr" in repr(field.annotation)}
    assert secret == {
        *("password", "client_secret", "refresh_token", "smtp_password"),
        *("webhook_password", "mailgun_signing_key"),
    }


def test_every_field_of_the_form_has_a_title_and_a_word_of_help() -> None:
    for name, field in MANIFEST.settings.model_json_schema()["properties"].items():
        assert field.get("title"), name
        assert field.get("description"), name


@pytest.mark.parametrize(
    ("changes", "saves"),
    [
        ({}, True),
        ({"save_sent": False}, False),
        ({"login": "google", "client_id": "x", "refresh_token": "r"}, False),
        ({"smtp_host": "smtp.gmail.com", "smtp_security": "starttls"}, False),
    ],
)
def test_answers_are_saved_where_the_server_does_not_do_so(changes: dict[str, Any], saves: bool) -> None:
    assert settings(**({"save_sent": None} | changes)).saves_sent is saves


@pytest.mark.parametrize(
    ("host", "ours"), [("localhost", True), ("127.0.0.9", True), ("::1", True), ("10.0.0.1", False)]
)
def test_loopback_is_this_machine_alone(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Sent", "Sent"),
        ("Wysłane", "Wys&AUI-ane"),
        ("보낸편지함", "&vPSwuNO4ycDVaA-"),
        ("A & B", "A &- B"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
    ],
)
def test_folder_names_travel_in_modified_utf_7(name: str, wire: str) -> None:
    assert encode_name(name) == wire
    assert decode_name(wire) == name


@pytest.mark.parametrize("wire", ["&", "&!!-", "&AU-", "plain"])
def test_a_name_that_is_no_utf_7_stays_as_it_is(wire: str) -> None:
    assert decode_name(wire) == wire


def test_no_argument_ends_the_command() -> None:
    assert quoted('a"b\\c') == '"a\\"b\\\\c"'
    with pytest.raises(ValueError, match="line breaks"):
        quoted("a\r\nA1 LOGOUT")


def test_the_manifest_shows_what_the_channel_can_do() -> None:
    assert MANIFEST.key == "email"
    assert MANIFEST.icon.startswith("<svg")
    assert MANIFEST.capabilities.subject
    assert MANIFEST.capabilities.media is not None
