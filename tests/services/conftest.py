"""A workplace on each engine for every test of a service."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from hub.domain.user import Role
from storage import open_blobs
from tests.scripted import small_hub
from tests.services.workplace import CAPABILITIES, Workplace


@pytest.fixture
async def place(database_url: str, tmp_path: Path) -> AsyncIterator[Workplace]:
    """A workplace on each engine."""
    with capture_logs():  # failures are logged with all they know, which the console would draw for seconds
        async with small_hub(database_url, tmp_path, capabilities=CAPABILITIES) as hub:
            place = Workplace(hub=hub, blobs=open_blobs((tmp_path / "blobs").as_uri()), ann=None)  # type: ignore[arg-type]  # set below
            place.ann = await place.user("Ann", Role.admin)
            yield place
