"""The button "check": both servers are tried, nothing is sent, and a failure says what to do."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from connectors.email.connector import EmailConnector
from hub.contract import ConnectorError, CredentialsRefused
from tests.connectors.conformance.kit import tools_for
from tests.connectors.email.mails import settings
from tests.peers.fake_imap import FakeImap
from tests.peers.fake_smtp import FakeSmtp
from tests.peers.ports import free_port


def made(http: aiohttp.ClientSession, path: Path, imap: FakeImap, smtp: FakeSmtp, **changes: Any) -> EmailConnector:
    values = {"imap_port": imap.port, "smtp_port": smtp.port} | changes
    return EmailConnector(settings(**values), tools_for(http, path))


async def test_a_working_mailbox_gives_its_address(
    http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap, smtp: FakeSmtp
) -> None:
    assert await made(http, tmp_path, imap, smtp).check() == "support@example.test"
    assert smtp.taken == []


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"password": "wrong", "smtp_password": "mailbox-secret"}, CredentialsRefused, "user name or password"),
        ({"smtp_password": "wrong"}, CredentialsRefused, "for sending"),
        ({"folder": "Nowhere"}, ConnectorError, "folder Nowhere"),
        ({"sent_folder": "Nowhere"}, ConnectorError, "folder Nowhere"),
        ({"imap_security": "tls"}, ConnectorError, "does not speak TLS"),
        ({"smtp_security": "starttls"}, ConnectorError, "TLS"),
        ({"imap_port": free_port()}, ConnectorError, "cannot be reached"),
        ({"smtp_port": free_port()}, ConnectorError, "cannot be reached"),
        ({"imap_host": "no-such-host.invalid", "imap_security": "tls"}, ConnectorError, "no-such-host.invalid"),
    ],
)
async def test_a_wrong_setting_is_named(
    http: aiohttp.ClientSession,
    tmp_path: Path,
    imap: FakeImap,
    smtp: FakeSmtp,
    changes: dict[str, Any],
    kind: type[ConnectorError],
    words: str,
) -> None:
    with pytest.raises(kind, match=words) as caught:
        await made(http, tmp_path, imap, smtp, **changes).check()
    assert "mailbox-secret" not in str(caught.value)
