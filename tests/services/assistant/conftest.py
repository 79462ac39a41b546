"""A small hub with a shop's knowledge base and a fake model on loopback."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.peers.fake_model import fake_model
from tests.services.assistant.desk import AssistantDesk


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[AssistantDesk]:
    """What a test of the assistant works with."""
    async with fake_model() as model, AssistantDesk.open(sqlite_url, tmp_path, model) as desk:
        yield desk
