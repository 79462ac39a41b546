"""Fills a database from an archive: at the archive's own revision, then brought to ours. All of it or nothing.

SQLite: a new file is made beside the database and takes its place at the end. PostgreSQL: one transaction. What was
there before is kept aside, never deleted.
"""

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.domain.delivery import DeliveryState
from hub.domain.errors import Conflict
from hub.domain.ids import DeliveryId
from hub.ports import BlobStore
from storage import contact_search, message_search, tables, transcripts
from storage.archive import ArchiveReader, BadArchive, BlobPart, Manifest, TablePart
from storage.engine import Database, Session, database_url
from storage.errors import StorageBusy, StorageFull, translated
from storage.row_copy import DERIVED, VERSION_TABLE, layouts, load
from storage.schema import VERSIONS, SchemaState, state_of, upgrade

_TOLD_BY = ("users", "channels", "contacts", "raw_events")
"""A database without a row in these holds nothing of anybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    aside: str
    """Where the old data is now, in words; empty if there was none."""
    open_deliveries: tuple[DeliveryId, ...]
    """Messages that had not gone out, or not for certain, when the backup was made. They may have gone out since."""


async def restore(
    url: str,
    blobs: BlobStore | None,
    file: Path,
    *,
    now: datetime,
    replace: bool = False,
    versions: Sequence[Path] = VERSIONS,
) -> Restored:
    """Put an archive's database and files in place. Nothing of the target changes unless all of it can be done.

    Raises BadArchive, Conflict if the target holds data and `replace` is not given, StorageError; all in words.
    """
    with ArchiveReader(file) as archive:
        _check_revision(archive, versions)
        _check_room(url, archive)
        archive.check()
        target = database_url(url)
        place = _in_postgres if target.get_backend_name() == "postgresql" else _in_sqlite
        async with place(url, replace=replace, now=now) as (session, aside):
            await fill(session.connection, archive, versions=versions)
            with translated():
                await session.connection.run_sync(upgrade, versions=versions)
                await _rebuild_search(session)
                waiting = await _open_deliveries(session)
            if blobs is not None:
                await _store(blobs, archive)
        return Restored(manifest=archive.manifest, aside=aside, open_deliveries=tuple(waiting))


async def fill(connection: AsyncConnection, archive: ArchiveReader, *, versions: Sequence[Path] = VERSIONS) -> None:
    """Make the tables of the archive's revision in an empty database and insert its rows. Raises BadArchive."""
    with translated():
        await connection.run_sync(upgrade, archive.manifest.revision, versions=versions)
        found = await connection.run_sync(layouts)
        for part in archive.manifest.tables:
            if part.name not in found or not {*part.columns} <= {*found[part.name].columns}:
                raise BadArchive(
                    f"The table {part.name} in the archive is not one of revision {archive.manifest.revision}."
                    " Nothing was changed."
                )
        async with _references_later(connection):
            for part in archive.manifest.tables:
                rows = await load(connection, part, archive.lines(part))
                if rows != part.rows:
                    raise BadArchive(
                        f"The table {part.name} in the archive has {rows} rows, not {part.rows}. Nothing was changed."
                    )
                await _continue_numbers(connection, part)


def _check_revision(archive: ArchiveReader, versions: Sequence[Path]) -> None:
    revision = archive.manifest.revision
    if not revision or state_of(revision, versions=versions) is SchemaState.ahead:
        raise BadArchive(
            f"The backup was made by version {archive.manifest.version} of the hub, which is newer than this one"
            f" (schema {revision}). Restore it with that version. Nothing was changed."
        )


def _check_room(url: str, archive: ArchiveReader) -> None:
    target = database_url(url)
    folder = Path(target.database or "").absolute().parent
    if target.get_backend_name() == "sqlite" and folder.exists() and shutil.disk_usage(folder).free < archive.unpacked:
        raise StorageFull(
            f"The backup needs {archive.unpacked // 1_000_000} MB, and there is less free at {folder}."
            " Nothing was changed."
        )


# --- the place


@asynccontextmanager
async def _in_sqlite(url: str, *, replace: bool, now: datetime) -> AsyncIterator[tuple[Session, str]]:
    target = _file_of(url)
    there = target.exists()
    holds = there and await _holds_data(url)
    if holds and not replace:
        raise Conflict(_holds_words(str(target)))
    draft = target.with_name(f"{target.name}.restoring")
    kept = target.with_name(f"{target.stem}-before-restore-{now:%Y%m%d-%H%M%S}{target.suffix}")
    _forget(draft)
    database = Database(f"sqlite:///{draft}")
    try:
        async with database.write() as session:
            yield session, f"The old database is kept as {kept}." if holds else ""
        await database.close()
        _settle(draft)
        if there:
            _settle(target)
            if holds:
                os.link(target, kept)
        draft.replace(target)
        _sync(target.parent)
    finally:
        await database.close()
        _forget(draft)


def _file_of(url: str) -> Path:
    file = Path(database_url(url).database or "").absolute()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return file


def _settle(file: Path) -> None:
    """Bring what is in the write-ahead log into the file, so that the file alone is the database."""
    with translated(), closing(sqlite3.connect(file, timeout=5)) as connection:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy or file.with_name(f"{file.name}-wal").exists():
        raise StorageBusy(f"Another program has {file} open. Stop the hub and whatever reads it. Nothing was changed.")


def _forget(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        with suppress(FileNotFoundError):
            file.with_name(name).unlink()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@asynccontextmanager
async def _in_postgres(url: str, *, replace: bool, now: datetime) -> AsyncIterator[tuple[Session, str]]:
    database = Database(url)
    try:
        async with database.write() as session:
            ours = await session.connection.run_sync(_hub_tables)
            holds = bool(ours) and await session.connection.run_sync(_has_rows)
            if holds and not replace:
                raise Conflict(_holds_words(f"{database.url.database} on {database.url.host or 'this machine'}"))
            await _alone(session)
            schema = f"hub_before_restore_{now:%Y%m%d_%H%M%S}"
            if ours:
                await session.connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
                for table in ours:
                    await session.connection.exec_driver_sql(f'ALTER TABLE "{table}" SET SCHEMA "{schema}"')
                if not holds:
                    await session.connection.exec_driver_sql(f'DROP SCHEMA "{schema}" CASCADE')
            yield session, f"The old tables are kept in the schema {schema}." if holds else ""
    finally:
        await database.close()


async def _alone(session: Session) -> None:
    """Raise StorageBusy if a hub is connected: it would write into tables that are being put aside."""
    others = await session.value(
        sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'interaction-hub' AND pid != pg_backend_pid()"
        )
    )
    if others:
        raise StorageBusy(
            "A hub is connected to this database. Stop every process of it, then restore. Nothing was changed."
        )


async def _holds_data(url: str) -> bool:
    database = Database(url)
    try:
        async with database.write() as session:
            return await session.connection.run_sync(_has_rows)
    finally:
        await database.close()


def _hub_tables(connection: sa.Connection) -> Sequence[str]:
    ours = {*tables.metadata.tables, *DERIVED, VERSION_TABLE}
    return sorted(ours & {*sa.inspect(connection).get_table_names()})


def _has_rows(connection: sa.Connection) -> bool:
    present = {*_hub_tables(connection)}
    return any(
        connection.execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first() is not None
        for name in _TOLD_BY
        if name in present
    )


def _holds_words(place: str) -> str:
    return (
        f"{place} holds data already, and a restore would take its place. Say --replace to do so (the old data is"
        " kept aside), or name an empty database with --into-url."
    )


# --- the rows


@asynccontextmanager
async def _references_later(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let rows come in any order; at the end every reference must lead somewhere."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        return
    found = await connection.exec_driver_sql(
        "SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    )
    references: Sequence[Sequence[str]] = [tuple(row) for row in found]
    for table, name, _ in references:
        await connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in references:
        await connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


async def _continue_numbers(connection: AsyncConnection, part: TablePart) -> None:
    """Make a table's sequence go on where it stood, so that no number is given twice."""
    if not part.last_number:
        return
    if connection.dialect.name == "postgresql":
        await connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence(:t, 'seq'), :n)"), {"t": part.name, "n": part.last_number}
        )
        return
    counter: Mapping[str, object] = {"t": part.name, "n": part.last_number}
    changed = await connection.execute(sa.text("UPDATE sqlite_sequence SET seq = :n WHERE name = :t"), counter)
    ours = tables.metadata.tables.get(part.name)
    if not changed.rowcount and ours is not None and ours.dialect_kwargs.get("sqlite_autoincrement"):
        await connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:t, :n)"), counter)


async def _rebuild_search(session: Session) -> None:
    for table, index in ((tables.interactions, message_search), (tables.contacts, contact_search)):
        last = 0
        while rows := await session.rows(
            sa.select(table.c.seq, table.c.id).where(table.c.seq > last).order_by(table.c.seq).limit(2_000)
        ):
            await index.refresh(session, [row[1] for row in rows])
            last = rows[-1][0]
    await transcripts.rebuild(session)


async def _open_deliveries(session: Session) -> Sequence[DeliveryId]:
    d = tables.deliveries
    open_ = (DeliveryState.queued, DeliveryState.sending)
    rows = await session.rows(sa.select(d.c.id).where(d.c.state.in_(open_)).order_by(d.c.created_at, d.c.id))
    return [DeliveryId(row[0]) for row in rows]


async def _store(blobs: BlobStore, archive: ArchiveReader) -> None:
    """Store the files. They are stored before the database is in place: without it nobody names them."""
    for blob in archive.manifest.blobs:

        async def content(part: BlobPart = blob) -> AsyncIterator[bytes]:
            for piece in archive.blob(part):
                yield piece

        await blobs.put(blob.key, content())
