"""What the tests of the whole product share: the hub as a process and the mail servers."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.e2e import mail_world as mail
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    """A hub of this test's own; its log must hold no error and no secret."""
    async with HubProcess(tmp_path / "hub") as running:
        yield running


@pytest.fixture
async def api(hub: HubProcess) -> AsyncIterator[HubApi]:
    """Its first admin, signed in."""
    async with HubApi(hub) as person:
        yield person


@pytest.fixture
def mail_servers() -> Iterator[mail.MailWorld]:
    """Postfix and Dovecot with the mailboxes of Ann, Bob and the hub."""
    with mail.mail_world("ann", "bob") as world:
        yield world
