"""`kill -9` at random moments under load: nothing lost, nothing doubled, nothing sent twice on a guess."""

import logging
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e import mail_world as mail
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.reckoning import reckon
from tests.e2e.storm import MAIL_CUSTOMERS, Storm
from tests.peers.telegram_api import FakeTelegram

log = logging.getLogger(__name__)

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(mail.missing()), reason=mail.missing())]


@pytest.fixture
def world() -> Iterator[mail.MailWorld]:
    with mail.mail_world(*MAIL_CUSTOMERS) as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


async def survives(
    hub: HubProcess, kills: int, seed: int, tg: FakeTelegram, world: mail.MailWorld, http: aiohttp.ClientSession
) -> None:
    """Run the storm over a hub and compare everything at the end."""
    async with hub, HubApi(hub) as api:
        storm = Storm(seed, hub, api, tg, world)
        await storm.connect(http)
        await storm.blow(kills)
        found = await reckon(storm)
        log.warning("%d kills, %d messages, %d replies", kills, len(storm.record.said), len(storm.record.replied))
        log.warning("deliveries by state and times received: %s", dict(found.states()))
        assert found.inbound == Counter(dict.fromkeys(storm.record.said, 1))
        assert found.own == Counter(text for text in storm.record.said if text.startswith("chat "))
        assert len(found.outbound) == len(storm.record.replied)
        assert found.texts_by_id == storm.record.replied
        assert found.wrong_states() == []
        assert found.unknown(), "a storm in which no reply was ever under way proves nothing"
        for delivery_id in found.unknown():
            events = await api.get(f"/deliveries/{delivery_id}/events")
            assert [event["state"] for event in events].count("sending") == 1
        assert sum(line["unparsed"] for line in await api.get("/ledger")) == 0


@pytest.fixture
def seed() -> int:
    """What decides when the hub dies and who writes what; shown when the test fails, given by HUB_TEST_SEED."""
    chosen = int(os.environ.get("HUB_TEST_SEED", random.SystemRandom().randrange(10**6)))
    log.warning("HUB_TEST_SEED=%d", chosen)
    return chosen


@pytest.mark.timeout(900)
async def test_fifty_kills_lose_and_double_nothing(
    tmp_path: Path, tg: FakeTelegram, world: mail.MailWorld, http: aiohttp.ClientSession, seed: int
) -> None:
    await survives(HubProcess(tmp_path / "hub"), 50, seed, tg, world, http)


@pytest.mark.timeout(400)
async def test_ten_kills_lose_and_double_nothing_on_postgresql(
    postgres_url: str, tmp_path: Path, tg: FakeTelegram, world: mail.MailWorld, http: aiohttp.ClientSession, seed: int
) -> None:
    hub = HubProcess(tmp_path / "hub", {"HUB_DATABASE_URL": postgres_url})
    await survives(hub, 10, seed, tg, world, http)
