"""`hub rebuild waits`: shows how far it is, goes on where it was broken off."""

import asyncio
from pathlib import Path

import pytest

from hub.commands.rebuilding_waits import rebuild_waits
from hub.services import waits, waits_upkeep
from hub.settings import HubSettings
from tests.databases import Sqlite
from tests.scripted import T0, says, small_hub


async def test_waits_are_rebuilt_and_a_broken_off_rebuild_goes_on(
    sqlite: Sqlite, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
    url = sqlite.fresh(tmp_path)
    async with small_hub(url, tmp_path) as hub:
        await hub.hears(says("hello", at=T0), says("hello", by="bob", at=T0), says("hello", by="cat", at=T0))
        async with hub.storage.begin() as uow:
            first, _, _ = await waits.rebuild_page(uow, None, 1)
            await uow.facts.put(waits_upkeep.PLACE, str(first))
            for row in await hub.conversations():
                await uow.timeline.save_waits(row.id, [], replace=True)
    monkeypatch.setenv("HUB_DATABASE_URL", url)
    settings = await asyncio.to_thread(HubSettings.load)
    await rebuild_waits(settings)
    said = capsys.readouterr().out
    assert "Going on with the rebuild that was broken off." in said
    assert "2 conversations looked at, 2 entries read, 2 put right." in said
    await rebuild_waits(settings)
    assert "3 conversations looked at, 3 entries read, 1 put right." in capsys.readouterr().out
