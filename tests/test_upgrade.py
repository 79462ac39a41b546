"""A start with a newer version: the database is copied, then upgraded, by one node, and the copy can be restored."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from hub.runtime.secrets_box import SecretBox
from hub.serving import SchemaMismatch, prepare_database
from hub.settings import HubSettings
from storage import SchemaState, migrate, open_storage, schema_state
from storage.backup import digests, make_backup
from storage.engine import Database
from storage.restore import restore
from storage.schema import VERSIONS
from tests.storage.builders import NOW, StandingClock
from tests.storage.filled import fill_storage

OURS = max(int(path.name[:4]) for folder in VERSIONS for path in folder.glob("0*.py"))
"""The number of our newest migration."""
FURTHER = '''
"""A small further step."""

import sqlalchemy as sa
from alembic import op

revision = "NEXT"
down_revision = "OURS"


def upgrade() -> None:
    """Go forward."""
    op.add_column("contacts", sa.Column("nickname", sa.Text(), nullable=False, server_default="none"))
    op.execute("UPDATE contacts SET nickname = name")
'''.replace("NEXT", f"{OURS + 1:04}").replace("OURS", f"{OURS:04}")
BROKEN = FURTHER.replace("SET nickname = name", "SET nothing = name")


@pytest.fixture
async def settings(database_url: str, tmp_path: Path) -> HubSettings:
    """A hub's settings over a database of our revision with something of everything in it."""
    storage = await open_storage(
        database_url, secrets=SecretBox({"k": bytes(32)}), doorbell=None, clock=StandingClock()
    )
    await fill_storage(storage)
    await storage.close()
    return HubSettings.load(env_file=None, data_dir=tmp_path / "data", database_url=database_url)


def versions(folder: Path, *steps: str) -> tuple[Path, ...]:
    """Our migrations and further ones."""
    further = folder / "further"
    further.mkdir(exist_ok=True)
    for number, text in enumerate(steps, start=OURS + 1):
        (further / f"{number:04}.py").write_text(text)
    return (*VERSIONS, further)


def copies(settings: HubSettings) -> list[Path]:
    return sorted((settings.data_dir / "backups").glob(f"before-{OURS:04}-*"))


async def nicknames(url: str) -> list[str]:
    database = Database(url)
    try:
        async with database.read() as session:
            return [row[0] for row in await session.rows(sa.text("SELECT nickname FROM contacts ORDER BY seq"))]
    finally:
        await database.close()


async def test_an_older_database_is_copied_and_upgraded_with_all_its_rows(
    settings: HubSettings, tmp_path: Path
) -> None:
    newer = versions(tmp_path, FURTHER)
    before = await digests(settings.database)
    assert await schema_state(settings.database, versions=newer) is SchemaState.behind
    await prepare_database(settings, versions=newer)
    assert await schema_state(settings.database, versions=newer) is SchemaState.current
    assert await nicknames(settings.database) == ["Kim Minjun", "Kim Min-jun"]
    after = await digests(settings.database)
    assert {name for name in before if before[name] != after[name]} == {"contacts"}
    assert len(copies(settings)) == 1


async def test_the_copy_is_the_database_as_it_was(settings: HubSettings, tmp_path: Path) -> None:
    before = await digests(settings.database)
    await prepare_database(settings, versions=versions(tmp_path, FURTHER))
    (copy,) = copies(settings)
    kept = {".db": in_place, ".zip": restored}[copy.suffix]
    assert await digests(await kept(copy, tmp_path)) == before


async def in_place(copy: Path, _folder: Path) -> str:
    return f"sqlite:///{copy}"


async def restored(copy: Path, folder: Path) -> str:
    url = f"sqlite:///{folder}/old/hub.db"
    await restore(url, None, copy, now=NOW)
    return url


async def test_a_backup_of_an_older_version_is_restored_and_brought_to_ours(
    settings: HubSettings, tmp_path: Path
) -> None:
    old = await make_backup(settings.database, None, tmp_path / "old.zip", version="0", now=NOW)
    url = f"sqlite:///{tmp_path}/new/hub.db"
    newer = versions(tmp_path, FURTHER)
    await restore(url, None, old.file, now=NOW, versions=newer)
    assert await schema_state(url, versions=newer) is SchemaState.current
    assert await nicknames(url) == ["Kim Minjun", "Kim Min-jun"]


async def test_an_upgrade_that_fails_changes_nothing(settings: HubSettings, tmp_path: Path) -> None:
    before = await digests(settings.database)
    newer = versions(tmp_path, BROKEN)
    with pytest.raises(Exception, match="nothing"):
        await prepare_database(settings, versions=newer)
    assert await digests(settings.database) == before
    assert await schema_state(settings.database, versions=newer) is SchemaState.behind


async def test_of_many_copies_the_last_three_stay(settings: HubSettings, tmp_path: Path) -> None:
    folder = settings.data_dir / "backups"
    await asyncio.to_thread(folder.mkdir, parents=True)
    suffix = {"sqlite": "db", "postgresql": "zip"}[settings.database.partition("+")[0]]
    for day in range(1, 6):
        await asyncio.to_thread((folder / f"before-0000-2026010{day}-000000.{suffix}").touch)
    await prepare_database(settings, versions=versions(tmp_path, FURTHER))
    left = [path.name for path in await asyncio.to_thread(lambda: sorted(folder.iterdir()))]
    assert left[:2] == [f"before-0000-2026010{day}-000000.{suffix}" for day in (4, 5)]
    assert len(left) == 3


async def test_a_newer_database_is_not_served(settings: HubSettings, tmp_path: Path) -> None:
    await migrate(settings.database, versions=versions(tmp_path, FURTHER))
    with pytest.raises(SchemaMismatch, match="newer version"):
        await prepare_database(settings)


async def test_of_two_nodes_that_start_at_once_one_upgrades(postgres_url: str, tmp_path: Path) -> None:
    newer = versions(tmp_path, FURTHER)
    nodes = [
        HubSettings.load(env_file=None, data_dir=tmp_path / name, database_url=postgres_url) for name in ("one", "two")
    ]
    await asyncio.gather(*(prepare_database(node, versions=newer) for node in nodes))
    assert sorted(len(copies(node)) for node in nodes) == [0, 1]


async def test_a_sqlite_copy_is_for_its_owner_only(sqlite_url: str, tmp_path: Path) -> None:
    node = HubSettings.load(env_file=None, data_dir=tmp_path / "data", database_url=sqlite_url)
    await prepare_database(node, versions=versions(tmp_path, FURTHER))
    (copy,) = copies(node)
    assert (await asyncio.to_thread(copy.stat)).st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
