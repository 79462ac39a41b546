"""What the tests of the whole product share: the hub as a process, its peers and a browser."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e import mail_world as mail
from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.peers.telegram_api import FakeTelegram


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
async def tg() -> AsyncIterator[FakeTelegram]:
    """Telegram with one bot, on loopback. A hub that shall fetch its files must be allowed to reach it."""
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium of this test's own."""
    async with screens.chromium() as running:
        yield running


@pytest.fixture
def mail_servers() -> Iterator[mail.MailWorld]:
    """Postfix and Dovecot with the mailboxes of Ann, Bob and the hub."""
    with mail.mail_world("ann", "bob") as world:
        yield world
