"""Makes a backup while the hub serves: one state of the whole database, and every file, in one archive.

The archive is proven before it gets its name: it is restored into a temporary SQLite database, and every table there
must have the rows and the digest it had at its source.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.domain.errors import Conflict, NotFound
from hub.ports import BlobStore
from storage.archive import (
    FORMAT,
    ArchiveReader,
    ArchiveWriter,
    BadArchive,
    BlobPart,
    Manifest,
    Nowhere,
    TablePart,
)
from storage.engine import Database
from storage.errors import StorageError, StorageFull, StorageUnreachable, translated
from storage.restore import fill
from storage.row_copy import Layout, layouts, lines
from storage.schema import VERSIONS, SchemaState, revision_of, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made and proven."""

    file: Path
    manifest: Manifest
    size: int
    """Bytes of the archive."""


async def make_backup(
    url: str,
    blobs: BlobStore | None,
    file: Path,
    *,
    version: str,
    now: datetime,
    versions: Sequence[Path] = VERSIONS,
) -> Backup:
    """Write an archive of the database and, unless None, of the files; prove it; give it its name.

    Raises Conflict if the file exists, StorageError in words; then there is no file of that name.
    """
    draft = _draft_of(file)
    try:
        await _write(url, blobs, draft, version=version, now=now, versions=versions)
        manifest = await prove(draft, versions=versions)
        size = _name(draft, file)
    except FileExistsError as error:
        raise Conflict(f"{file} exists already. Choose another name, or remove it first.") from error
    except OSError as error:
        raise _in_words(file, error) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return Backup(file=file, manifest=manifest, size=size)


async def prove(file: Path, *, versions: Sequence[Path] = VERSIONS) -> Manifest:
    """Restore an archive into a temporary SQLite database and compare counts and digests. Raises BadArchive."""
    with ArchiveReader(file) as archive, TemporaryDirectory(dir=file.parent, prefix=".hub-proof-") as folder:
        archive.check()
        database = Database(f"sqlite:///{folder}/proof.db")
        try:
            async with database.write() as session:
                await fill(session.connection, archive, versions=versions)
            async with database.read() as session:
                tables = await _tables(session.connection, Nowhere())
        finally:
            await database.close()
        wrong = [
            part.name
            for part, again in zip(archive.manifest.tables, tables, strict=True)
            if (part.name, part.rows, part.sha256) != (again.name, again.rows, again.sha256)
        ]
        if wrong:
            raise BadArchive(
                f"The backup was restored to prove it, and {', '.join(wrong)} came out different. It was thrown away."
                " Try again; if it happens once more, this is a fault of the hub: please report it."
            )
        return archive.manifest


async def digests(url: str) -> dict[str, str]:
    """Return the digest of every table a backup would keep, without writing one."""
    database = Database(url)
    try:
        async with database.read() as session:
            return {part.name: part.sha256 for part in await _tables(session.connection, Nowhere())}
    finally:
        await database.close()


def _draft_of(file: Path) -> Path:
    """Return where the archive is written until it is proven; what a broken run left there goes."""
    if file.exists():
        raise Conflict(f"{file} exists already. Choose another name, or remove it first.")
    draft = file.with_name(f"{file.name}.part")
    with suppress(FileNotFoundError):
        draft.unlink()
    return draft


def _name(draft: Path, file: Path) -> int:
    """Give the archive its name, never over a file that appeared meanwhile; returns its size."""
    file.hardlink_to(draft)
    return file.stat().st_size


async def _write(
    url: str, blobs: BlobStore | None, file: Path, *, version: str, now: datetime, versions: Sequence[Path]
) -> None:
    database = Database(url)
    try:
        with ArchiveWriter(file) as archive:
            async with database.read() as session:
                revision = await session.connection.run_sync(revision_of)
                _check_revision(revision, postgres=session.postgres, versions=versions)
                tables = await _tables(session.connection, archive)
            # Files are stored before the rows that name them, so a list made now has all that the rows name.
            files = [] if blobs is None else await _blobs(blobs, archive)
            archive.finish(
                Manifest(
                    format=FORMAT,
                    version=version,
                    revision=revision or "",
                    engine="postgresql" if database.postgres else "sqlite",
                    made_at=now,
                    tables=tuple(tables),
                    blobs=tuple(files),
                )
            )
    finally:
        await database.close()


def _check_revision(revision: str | None, *, postgres: bool, versions: Sequence[Path]) -> None:
    match state_of(revision, versions=versions):
        case SchemaState.new:
            raise StorageError("There is nothing to back up: the database is empty.")
        case SchemaState.ahead:
            raise StorageError(
                "The database was made by a newer version of the hub. Make the backup with that version."
            )
        case SchemaState.behind if not postgres:
            # An older SQLite file does not tell which of its numbers are times.
            raise StorageError(
                "The database is of an older version of the hub. Make the backup with that version, or start this"
                " one first: it copies the database before it upgrades it."
            )


async def _tables(connection: AsyncConnection, archive: ArchiveWriter | Nowhere) -> list[TablePart]:
    with translated():
        found = await connection.run_sync(layouts)
        return [await _table(connection, layout, archive) for layout in found.values()]


async def _table(connection: AsyncConnection, layout: Layout, archive: ArchiveWriter | Nowhere) -> TablePart:
    rows = 0
    with archive.part(f"tables/{layout.name}.jsonl") as part:
        async for some in lines(connection, layout):
            part.write(b"".join(some))
            rows += len(some)
    return TablePart(
        name=layout.name,
        columns=layout.columns,
        rows=rows,
        size=part.size,
        sha256=part.sha256,
        last_number=await _last_number(connection, layout) if layout.sequence else None,
    )


async def _last_number(connection: AsyncConnection, layout: Layout) -> int:
    """Return the last number a table's sequence gave, also to rows that are gone."""
    if connection.dialect.name == "postgresql":
        found = await connection.execute(sa.text("SELECT pg_get_serial_sequence(:t, 'seq')"), {"t": layout.name})
        name = found.scalar_one()
        asked = f"SELECT last_value, is_called FROM {name}"  # noqa: S608 - the server quoted it
        given: Sequence[Any] = tuple((await connection.exec_driver_sql(asked)).one())
        return int(given[0]) if given[1] else 0
    statement = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :t")
    counted = (await connection.execute(statement, {"t": layout.name})).scalar() or 0
    highest = (await connection.execute(sa.select(sa.func.max(layout.table.c.seq)))).scalar() or 0
    return max(int(counted), int(highest))


async def _blobs(blobs: BlobStore, archive: ArchiveWriter) -> list[BlobPart]:
    found = []
    for key in sorted([key async for key in blobs.keys()]):  # noqa: SIM118 - a store is no dict
        # Opened first: one that was deleted since the list was made leaves no part behind.
        content = blobs.read(key)
        try:
            first = await anext(content, b"")
        except NotFound:
            continue
        with archive.part(f"blobs/{key}", packed=False) as part:
            part.write(first)
            async for piece in content:
                part.write(piece)
        found.append(BlobPart(key=key, size=part.size, sha256=part.sha256))
    return found


def _in_words(file: Path, error: OSError) -> StorageError:
    if error.errno in (ENOSPC, EDQUOT):
        return StorageFull(f"There is no room for the backup at {file.parent}. Free space, or choose another place.")
    return StorageUnreachable(f"The backup cannot be written to {file} ({error.strerror}). Check the folder's rights.")
