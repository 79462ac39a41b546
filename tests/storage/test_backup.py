"""A backup holds everything as it was, is proven when it is made, and is restored whole or not at all."""

import json
import os
import stat
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.errors import Conflict
from hub.domain.ids import ExternalId
from hub.runtime.secrets_box import SecretBox
from storage import open_blobs, tables
from storage.archive import MANIFEST, ArchiveReader, BadArchive
from storage.backup import Backup, digests, make_backup, prove
from storage.blobs import ObjectBlobs
from storage.database import SqlStorage, open_storage
from storage.engine import Database
from storage.errors import StorageBusy, StorageError
from storage.restore import restore
from tests.databases import Postgres, Sqlite
from tests.storage.builders import NOW, StandingClock, message, raw
from tests.storage.filled import SECRET, TEXTS, fill_storage, fill_the_rest

SECRETS = SecretBox({"k": bytes(32)})


@dataclass(frozen=True)
class Place:
    """A database and a folder of files."""

    url: str
    blobs: ObjectBlobs
    secrets: SecretBox

    @asynccontextmanager
    async def storage(self) -> AsyncIterator[SqlStorage]:
        opened = await open_storage(self.url, secrets=self.secrets, doorbell=None, clock=StandingClock())
        try:
            yield opened
        finally:
            await opened.close()

    async def backup(self, file: Path) -> Backup:
        return await make_backup(self.url, self.blobs, file, version="1", now=NOW)

    async def keys(self) -> list[str]:
        return sorted([key async for key in self.blobs.keys()])  # noqa: SIM118 - a store is no dict


async def filled(url: str, folder: Path) -> Place:
    """A place with something of everything in it."""
    place = Place(url, open_blobs(str(folder / "blobs")), SECRETS)
    async with place.storage() as storage:
        await fill_storage(storage)
    await place.blobs.put("file/0", b"pdf")
    await place.blobs.put("content/ab/abc", os.urandom(3_000_000))
    await place.blobs.put("file/empty", b"")
    return place


@pytest.fixture
async def full(database_url: str, tmp_path: Path) -> Place:
    """A place on each engine, to change."""
    return await filled(database_url, tmp_path)


@pytest.fixture(scope="module")
async def sqlite_full(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place on SQLite, to look at."""
    folder = tmp_path_factory.mktemp("full")
    return await filled(sqlite.fresh(folder), folder)


@pytest.fixture(scope="module")
async def sqlite_backup(sqlite_full: Place, tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """What is in the place on SQLite, to be read only."""
    return await sqlite_full.backup(tmp_path_factory.mktemp("backup") / "hub.zip")


@pytest.fixture(scope="module")
async def postgres_backup(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """A backup of PostgreSQL, to be read only."""
    folder = tmp_path_factory.mktemp("backup")
    async with postgres.fresh() as url:
        return await (await filled(url, folder)).backup(folder / "hub.zip")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def backup(request: pytest.FixtureRequest) -> Backup:
    """A backup of each engine, to be read only."""
    return cast("Backup", request.getfixturevalue(f"{request.param}_backup"))


@dataclass(frozen=True)
class Restored:
    """A place after a restore into it, and what the restore named."""

    place: Place
    open_deliveries: Sequence[object]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def restored(
    request: pytest.FixtureRequest, backup: Backup, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Restored]:
    """What became of each backup on each engine; tests add to it."""
    folder = tmp_path_factory.mktemp("restored")
    async with postgres.fresh() as postgres_url:
        urls = {"sqlite": f"sqlite:///{folder}/hub.db", "postgres": postgres_url}
        place = Place(urls[request.param], open_blobs(str(folder / "blobs")), SECRETS)
        told = await restore(place.url, place.blobs, backup.file, now=NOW)
        yield Restored(place, told.open_deliveries)


@pytest.fixture
async def other_postgres(postgres: Postgres) -> AsyncIterator[str]:
    async with postgres.fresh() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place to restore into: a file that is not there, or a migrated server database without a row."""
    urls: dict[str, Callable[[], str]] = {
        "sqlite": lambda: f"sqlite:///{tmp_path}/other/hub.db",
        "postgres": lambda: str(request.getfixturevalue("other_postgres")),
    }
    return Place(urls[request.param](), open_blobs(str(tmp_path / "other" / "blobs")), SECRETS)


def names(folder: Path, *patterns: str) -> list[str]:
    """Which files of these names are in a folder, at any depth."""
    return sorted(path.name for pattern in patterns for path in folder.rglob(pattern))


def written(file: Path, content: bytes) -> Path:
    """Write a file anew."""
    file.write_bytes(content)
    return file


def spoiled(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write an archive anew with some of its parts changed."""
    with zipfile.ZipFile(source) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return target


# --- what is in it


async def test_what_was_backed_up_comes_back_the_same_on_either_engine(
    full: Place, empty: Place, tmp_path: Path
) -> None:
    await fill_the_rest(full.url)
    backup = await full.backup(tmp_path / "hub.zip")
    restored = await restore(empty.url, empty.blobs, backup.file, now=NOW)
    again = await empty.backup(tmp_path / "again.zip")
    assert again.manifest.digests == backup.manifest.digests == await digests(full.url)
    assert again.manifest.blobs == backup.manifest.blobs
    assert await empty.keys() == await full.keys()
    assert restored.manifest.counts["interactions"] == len(TEXTS) + 7
    assert {name for name, rows in restored.manifest.counts.items() if not rows} == set()


async def test_what_was_restored_works(restored: Restored) -> None:
    async with restored.place.storage() as storage:
        found = await storage.queries.search("zamowienie", cursor=None, limit=5)
        people = await storage.queries.contacts("Kim Min-jun", cursor=None, limit=5)
        async with storage.begin() as uow:
            (channel,) = await uow.channels.all()
            settings = await uow.channels.settings(channel.id)
        seqs = await storage.journal.append(channel.id, [raw(b"new")])
    assert len(found.items) == 1
    assert len(people.items) == 1
    assert settings is not None
    assert settings.values["token"] == SECRET
    assert list(seqs) == [4], "the number of the pruned row is not given again"
    assert b"".join([part async for part in restored.place.blobs.read("file/0")]) == b"pdf"


async def test_new_rows_get_new_numbers_after_a_restore(restored: Restored) -> None:
    async with restored.place.storage() as storage:
        async with storage.begin() as uow:
            (channel,) = await uow.channels.all()
            talk = await uow.conversations.latest(channel.id, await _thread(storage))
            assert talk is not None
            await uow.timeline.add(message(talk, text="newest of all"))
        page = await storage.queries.search("newest", cursor=None, limit=5)
    assert len(page.items) == 1


async def _thread(storage: SqlStorage) -> ExternalId:
    async with storage._database.read() as session:
        return ExternalId(await session.value(sa.select(tables.conversations.c.thread)))


async def test_sessions_and_leases_do_not_live_again(sqlite_backup: Backup) -> None:
    assert {"sessions", "leases", "login_failures"} & {*sqlite_backup.manifest.counts} == set()
    assert {*sqlite_backup.manifest.counts} == {*tables.metadata.tables} - {"sessions", "leases", "login_failures"}


async def test_messages_that_had_not_gone_out_are_named(restored: Restored) -> None:
    assert len(restored.open_deliveries) == 2, "one was queued, one was being sent"


async def test_secrets_stay_sealed_in_the_archive(sqlite_backup: Backup) -> None:
    with zipfile.ZipFile(sqlite_backup.file) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert SECRET.encode() not in everything
    assert b"hook secret" not in everything


async def test_the_archive_is_for_its_owner_only_and_leaves_nothing_beside_it(backup: Backup) -> None:
    assert stat.S_IMODE(backup.file.stat().st_mode) == 0o600
    assert names(backup.file.parent, ".hub-proof*", "hub.zip.*") == []


async def test_a_backup_shows_one_moment_while_the_hub_writes(full: Place, tmp_path: Path) -> None:
    async with full.storage() as storage, storage.begin() as uow:
        await uow.facts.put("not yet", "committed")
        made = await full.backup(tmp_path / "during.zip")
    later = await full.backup(tmp_path / "after.zip")
    assert made.manifest.counts["facts"] + 1 == later.manifest.counts["facts"]


async def test_a_backup_never_takes_the_place_of_a_file(sqlite_full: Place, tmp_path: Path) -> None:
    there = written(tmp_path / "hub.zip", b"an older backup")
    with pytest.raises(Conflict, match="exists already"):
        await sqlite_full.backup(there)
    assert there.read_bytes() == b"an older backup"


async def test_an_empty_database_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nothing to back up"):
        await make_backup(f"sqlite:///{tmp_path}/none.db", None, tmp_path / "x.zip", version="1", now=NOW)
    assert not (tmp_path / "x.zip").exists()


# --- where it goes


async def test_a_restore_asks_before_it_replaces_and_keeps_the_old_aside(full: Place, tmp_path: Path) -> None:
    backup = await full.backup(tmp_path / "hub.zip")
    async with full.storage() as storage, storage.begin() as uow:
        await uow.facts.put("since", "the backup")
    now = await digests(full.url)
    with pytest.raises(Conflict, match="--replace"):
        await restore(full.url, full.blobs, backup.file, now=NOW)
    assert await digests(full.url) == now
    restored = await restore(full.url, full.blobs, backup.file, now=NOW, replace=True)
    assert "kept" in restored.aside
    assert await digests(full.url) == backup.manifest.digests
    assert await _facts_aside(full.url) == await _facts(full.url) + 1
    again = await restore(full.url, full.blobs, backup.file, now=NOW.replace(minute=1), replace=True)
    assert again.aside != restored.aside


async def _facts(url: str) -> int:
    return await _count(url, "facts")


async def _facts_aside(url: str) -> int:
    asides = {
        "sqlite": (url.replace("hub.db", "hub-before-restore-20261120-090000.db"), "facts"),
        "postgresql": (url, "hub_before_restore_20261120_090000.facts"),
    }
    return await _count(*asides[url.partition("+")[0]])


async def _count(url: str, table: str) -> int:
    database = Database(url)
    try:
        async with database.read() as session:
            return int(await session.value(sa.text(f"SELECT count(*) FROM {table}")))  # noqa: S608 - our own names
    finally:
        await database.close()


async def test_a_restore_is_refused_while_a_hub_serves_the_server_database(
    postgres_url: str, sqlite_backup: Backup, tmp_path: Path
) -> None:
    place = Place(postgres_url, open_blobs(str(tmp_path / "third")), SECRETS)
    async with place.storage() as serving:
        await serving.ready()
        with pytest.raises(StorageBusy, match="A hub is connected"):
            await restore(place.url, place.blobs, sqlite_backup.file, now=NOW, replace=True)


# --- what is refused


def without_blob(parts: dict[str, bytes]) -> None:
    del parts["blobs/file/0"]


def with_more(parts: dict[str, bytes]) -> None:
    parts["tables/surprise.jsonl"] = b"[]\n"


def leaving_its_folder(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts[MANIFEST])
    manifest["blobs"].append({"key": "../../evil", "size": 1, "sha256": "x"})
    parts[MANIFEST] = json.dumps(manifest).encode()
    parts["blobs/../../evil"] = b"x"


def absolute(parts: dict[str, bytes]) -> None:
    parts["/etc/passwd"] = b"x"


def other_content(parts: dict[str, bytes]) -> None:
    parts["blobs/file/0"] = b"PDF"


def other_rows(parts: dict[str, bytes]) -> None:
    parts["tables/contacts.jsonl"] = parts["tables/contacts.jsonl"].replace(b"Kim Minjun", b"Kim Minsik")


def other_size(parts: dict[str, bytes]) -> None:
    parts["tables/contacts.jsonl"] += b"\n"


def no_manifest(parts: dict[str, bytes]) -> None:
    del parts[MANIFEST]


def odd_manifest(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = b'{"format": 99}'


def newer(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts[MANIFEST])
    parts[MANIFEST] = json.dumps(manifest | {"revision": "9999", "version": "99.0"}).encode()


def unknown_table(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts[MANIFEST])
    parts["tables/sqlite_master.jsonl"] = parts.pop("tables/parked.jsonl")
    for table in manifest["tables"]:
        table["name"] = table["name"].replace("parked", "sqlite_master")
    parts[MANIFEST] = json.dumps(manifest).encode()


def hostile_name(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts[MANIFEST])
    manifest["tables"][0]["columns"][0]["name"] = 'x" FROM users; --'
    parts[MANIFEST] = json.dumps(manifest).encode()


def swelling(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts[MANIFEST])
    parts["blobs/bomb"] = bytes(100_000_000)
    manifest["blobs"].append({"key": "bomb", "size": 100_000_000, "sha256": "x"})
    parts[MANIFEST] = json.dumps(manifest).encode()


BAD = {
    without_blob: "does not hold what its manifest lists",
    with_more: "does not hold what its manifest lists",
    leaving_its_folder: "could leave its folder",
    absolute: "could leave its folder",
    other_content: "is damaged",
    other_rows: "is damaged",
    other_size: "another size",
    no_manifest: "not a backup of the hub",
    odd_manifest: "newer hub",
    newer: "newer than this one",
    unknown_table: "is not one of revision",
    hostile_name: "not a backup this version understands",
    swelling: "would swell",
}


@pytest.mark.parametrize(("change", "words"), BAD.items(), ids=[change.__name__ for change in BAD])
async def test_a_bad_archive_is_refused_in_words_and_changes_nothing(
    sqlite_full: Place,
    sqlite_backup: Backup,
    change: Callable[[dict[str, bytes]], None],
    words: str,
    tmp_path: Path,
) -> None:
    file = spoiled(sqlite_backup.file, tmp_path / "spoiled.zip", change)
    before, keys = await digests(sqlite_full.url), await sqlite_full.keys()
    with pytest.raises(BadArchive, match=words):
        await restore(sqlite_full.url, sqlite_full.blobs, file, now=NOW, replace=True)
    assert await digests(sqlite_full.url) == before
    assert await sqlite_full.keys() == keys
    assert names(tmp_path, "*evil*", "*restor*") == []


@pytest.fixture(scope="module")
async def small(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small archive's bytes."""
    folder = tmp_path_factory.mktemp("small")
    place = Place(sqlite.fresh(folder), open_blobs(str(folder / "blobs")), SECRETS)
    async with place.storage() as storage:
        await fill_storage(storage)
    await place.blobs.put("file/0", b"pdf")
    made = await place.backup(folder / "hub.zip")
    return made.file.read_bytes()


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a test writes a broken archive."""
    return tmp_path_factory.mktemp("broken") / "broken.zip"


@settings(max_examples=12)
@given(st.data())
async def test_a_cut_archive_is_refused(small: bytes, broken: Path, data: st.DataObject) -> None:
    cut = small[: data.draw(st.integers(0, len(small) - 1))]
    with pytest.raises(BadArchive):
        await prove(written(broken, cut))


@settings(max_examples=12)
@given(st.data())
async def test_a_changed_byte_is_noticed_or_harmless(small: bytes, broken: Path, data: st.DataObject) -> None:
    changed = bytearray(small)
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with ArchiveReader(written(broken, small)) as archive:
        expected = archive.manifest.digests
    with suppress(BadArchive):
        assert (await prove(written(broken, bytes(changed)))).digests == expected
