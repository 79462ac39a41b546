"""Makes the files people asked for: page by page, with its progress told, and again from the start after a stop."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from hub.domain.errors import HubError
from hub.domain.ids import UserId
from hub.domain.reports.lists import WaitList
from hub.domain.reports.saved import Export, ExportFormat, ExportId, ExportState
from hub.ports import BlobStore, Storage
from hub.services.reports import asked as asking
from hub.services.reports.files import CsvSheet, Names, Sheet, XlsxSheet, row_of

PAGE = 2_000
TOLD_EVERY = 20_000
"""Rows between two words about the progress."""
KEPT = timedelta(days=7)
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
    asking.read(asked, now)
    export = Export(id=export_id, owner_id=by, asked=asked, format=form, created_at=now)
    async with storage.begin() as uow:
        await uow.saved_reports.add_export(export)
    return export


async def make_waiting(
    storage: Storage, blobs: BlobStore, *, link: str, now: Callable[[], datetime], limit: int = 3
) -> int:
    """Make the files that are waited for, one after the other; returns how many were made."""
    async with storage.read() as uow:
        waiting = await uow.saved_reports.waiting_exports(limit)
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
    with tempfile.TemporaryDirectory(prefix="hub-export-") as folder:
        path = Path(folder) / f"waits.{export.format}"
        try:
            rows = await write(storage, export, path, link, now())
        except HubError as error:
            done = replace(export, state=ExportState.failed, problem=str(error), done_at=now())
        else:
            key = f"exports/{export.id}.{export.format}"
            await blobs.put(key, _content(path))
            done = replace(export, state=ExportState.done, rows=rows, total=rows, blob=key, done_at=now())
    async with storage.begin() as uow:
        await uow.saved_reports.update_export(done)


async def write(storage: Storage, export: Export, path: Path, link: str, now: datetime) -> int:
    """Write an export to a file, telling its progress; returns how many rows it has. Raises Invalid."""
    period, of = asking.read(export.asked, now)
    least = export.asked.get("at_least")
    wanted = WaitList(
        figure=str(export.asked.get("figure", "reply")),
        span=period.span,
        now=now,
        selection=of,
        at_least=float(str(least)) if least is not None else None,
    )
    total = await storage.reports.count_waits(wanted)
    await _tell(storage, export, 0, total)
    names = Names(of=await _names(storage), zone=period.local, link=link)
    sheet: Sheet = await asyncio.to_thread(XlsxSheet if export.format is ExportFormat.xlsx else CsvSheet, path)
    rows, cursor, told = 0, None, 0
    try:
        while True:
            page = await storage.reports.waits(wanted, cursor=cursor, limit=PAGE)
            await asyncio.to_thread(sheet.add, [row_of(wait, names) for wait in page.items])
            rows += len(page.items)
            cursor = page.next
            if cursor is None:
                return rows
            if rows - told >= TOLD_EVERY:
                told = rows
                await _tell(storage, export, rows, total)
    finally:
        await asyncio.to_thread(sheet.close)


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
