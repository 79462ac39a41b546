"""Makes the files people asked for: page by page, with its progress told, and again from the start after a stop."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from hub.domain.errors import HubError
from hub.domain.ids import UserId
from hub.domain.reports.lists import EntryList, WaitList
from hub.domain.reports.saved import Export, ExportFormat, ExportId, ExportState
from hub.ports import BlobStore, Reports, Storage
from hub.services.reports import asked as asking
from hub.services.reports.files import (
    ENTRIES,
    WAITS,
    CsvSheet,
    Names,
    Sheet,
    Value,
    XlsxSheet,
    row_of,
    row_of_entry,
)
from hub.services.reports.words import Words, words_of

PAGE = 2_000
TOLD_EVERY = 20_000
"""Rows between two words about the progress."""
KEPT = timedelta(days=7)
MOST = timedelta(hours=1)
"""How long making one file may take: millions of rows on a slow machine, but not for ever."""
MEDIA = {
    ExportFormat.csv: "text/csv",
    ExportFormat.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHUNK = 1 << 20


async def ask(
    storage: Storage,
    *,
    export_id: ExportId,
    by: UserId | None,
    asked: Mapping[str, object],
    form: ExportFormat,
    now: datetime,
) -> Export:
    """Remember that a file is wanted. Raises Invalid for what cannot be asked, Conflict if the id is taken."""
    asking.read_list(asked, now)
    export = Export(id=export_id, owner_id=by, asked=asked, format=form, created_at=now)
    async with storage.begin() as uow:
        await uow.saved_reports.add_export(export)
    return export


async def make_next(storage: Storage, blobs: BlobStore, *, link: str, now: Callable[[], datetime]) -> int:
    """Make the file that is waited for longest; returns how many were made, 0 or 1.

    One that cannot be made says so to who asked for it, and keeps nobody else waiting.
    """
    async with storage.read() as uow:
        waiting = await uow.saved_reports.waiting_exports(1)
    for export in waiting:
        await _make(storage, blobs, export, link, now)
    return len(waiting)


async def forget_old(storage: Storage, blobs: BlobStore, before: datetime, limit: int = 500) -> int:
    """Delete exports that were asked for before then, with their files; returns how many."""
    async with storage.read() as uow:
        old = await uow.saved_reports.old_exports(before, limit)
    for export in old:
        await discard(storage, blobs, export)
    return len(old)


async def discard(storage: Storage, blobs: BlobStore, export: Export) -> None:
    """Delete an export and its file."""
    async with storage.begin() as uow:
        await uow.saved_reports.delete_export(export.id)
    if export.blob is not None:
        await blobs.delete(export.blob)


async def _make(storage: Storage, blobs: BlobStore, export: Export, link: str, now: Callable[[], datetime]) -> None:
    async def failed(problem: str) -> None:
        await _end(storage, blobs, replace(export, state=ExportState.failed, problem=problem, done_at=now()))

    key = f"exports/{export.id}.{export.format}"
    try:
        async with asyncio.timeout(MOST.total_seconds()):
            with tempfile.TemporaryDirectory(prefix="hub-export-") as folder:
                path = Path(folder) / f"waits.{export.format}"
                rows = await write(storage, export, path, link, now())
                await blobs.put(key, _content(path))
    except TimeoutError:
        words = await _words(storage, export)
        await failed(words.say("file.problems.long", minutes=str(MOST // timedelta(minutes=1))))
    except HubError as error:
        await failed(str(error))
    except Exception as error:
        words = await _words(storage, export)
        await failed(words.say("file.problems.broken", problem=str(error) or type(error).__name__))
        raise
    else:
        done = replace(export, state=ExportState.done, rows=rows, total=rows, blob=key, done_at=now())
        await _end(storage, blobs, done)


async def _end(storage: Storage, blobs: BlobStore, export: Export) -> None:
    async with storage.begin() as uow:
        wanted = await uow.saved_reports.export(export.id) is not None
        await uow.saved_reports.update_export(export)
    if export.blob is not None and not wanted:
        await blobs.delete(export.blob)


async def _words(storage: Storage, export: Export) -> Words:
    """Return the words of who asked; English for a program."""
    async with storage.read() as uow:
        owner = None if export.owner_id is None else await uow.users.get(export.owner_id)
    return words_of(owner.language if owner is not None else "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Where a file's rows come from, and how it is made."""

    total: int
    page: Callable[[str | None], Awaitable[tuple[Sequence[Sequence[Value]], str | None]]]
    """Returns the rows behind a cursor, and the next cursor."""
    xlsx: Callable[[Path], Sheet]
    csv: Callable[[Path], Sheet]


async def write(storage: Storage, export: Export, path: Path, link: str, now: datetime) -> int:
    """Write an export to a file, telling its progress; returns how many rows it has. Raises Invalid."""
    period, _ = asking.read(export.asked, now)
    wanted = asking.read_list(export.asked, now)
    names = Names(of=await _names(storage), words=await _words(storage, export), zone=period.local, link=link)
    source = await (
        _of_entries(storage.reports, wanted, names)
        if isinstance(wanted, EntryList)
        else _of_waits(storage.reports, wanted, names)
    )
    await _tell(storage, export, 0, source.total)
    sheet = await asyncio.to_thread(source.xlsx if export.format is ExportFormat.xlsx else source.csv, path)
    written, cursor, told = 0, None, 0
    try:
        while True:
            rows, cursor = await source.page(cursor)
            await asyncio.to_thread(sheet.add, rows)
            written += len(rows)
            if cursor is None:
                return written
            if written - told >= TOLD_EVERY:
                told = written
                await _tell(storage, export, written, source.total)
    finally:
        await asyncio.to_thread(sheet.close)


async def _of_waits(reports: Reports, wanted: WaitList, names: Names) -> _Rows:
    async def page(cursor: str | None) -> tuple[Sequence[Sequence[Value]], str | None]:
        found = await reports.waits(wanted, cursor=cursor, limit=PAGE)
        return [row_of(wait, names) for wait in found.items], found.next

    return _Rows(
        total=await reports.count_waits(wanted),
        page=page,
        xlsx=partial(XlsxSheet, columns=WAITS, names=names, name="file.waits"),
        csv=partial(CsvSheet, columns=WAITS, words=names.words),
    )


async def _of_entries(reports: Reports, wanted: EntryList, names: Names) -> _Rows:
    async def page(cursor: str | None) -> tuple[Sequence[Sequence[Value]], str | None]:
        found = await reports.entries(wanted, cursor=cursor, limit=PAGE)
        return [row_of_entry(entry, names) for entry in found.items], found.next

    return _Rows(
        total=await reports.count_entries(wanted),
        page=page,
        xlsx=partial(XlsxSheet, columns=ENTRIES, names=names, name="file.entries"),
        csv=partial(CsvSheet, columns=ENTRIES, words=names.words),
    )


async def _tell(storage: Storage, export: Export, rows: int, total: int) -> None:
    async with storage.begin() as uow:
        await uow.saved_reports.update_export(replace(export, state=ExportState.running, rows=rows, total=total))


async def _names(storage: Storage) -> dict[UUID, str]:
    async with storage.read() as uow:
        found: dict[UUID, str] = {channel.id: channel.name for channel in await uow.channels.all()}
        found |= {team.id: team.name for team in await uow.users.teams()}
        found |= {user.id: user.name for user in await uow.users.all()}
    return found


async def _content(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := await asyncio.to_thread(file.read, _CHUNK):
            yield piece
