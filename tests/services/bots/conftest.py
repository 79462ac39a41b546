"""A hub with a bot on its one channel; the storage tests prove that both engines keep bots alike."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from hub.domain.user import Role
from storage import open_blobs
from tests.scripted import small_hub
from tests.services.bots.bothub import BotHub
from tests.services.workplace import CAPABILITIES, Workplace


@pytest.fixture
async def bots(sqlite_url: str, tmp_path: Path) -> AsyncIterator[BotHub]:
    """A small hub whose bots a test drives."""
    with capture_logs():
        async with small_hub(sqlite_url, tmp_path, capabilities=CAPABILITIES) as hub:
            place = Workplace(hub=hub, blobs=open_blobs((tmp_path / "blobs").as_uri()), ann=None)  # type: ignore[arg-type]  # set below
            place.ann = await place.user("Ann", Role.admin)
            yield await BotHub.open(place)
