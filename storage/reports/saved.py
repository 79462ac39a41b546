"""Saved reports and exports."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.ids import UserId
from hub.domain.reports.saved import Export, ExportId, ExportState, MailFormat, ReportId, SavedReport, Schedule
from storage import tables
from storage.session import Session

r, e = tables.saved_reports, tables.exports
_REPORT = [r.c[field.name] for field in fields(SavedReport)]
_EXPORT = [e.c[field.name] for field in fields(Export)]


class SqlSavedReports:
    """Implements hub.ports.SavedReports."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, report_id: ReportId) -> SavedReport | None:
        row = await self._session.one(sa.select(*_REPORT).where(r.c.id == report_id))
        return None if row is None else _report(row)

    async def of(self, user_id: UserId | None) -> Sequence[SavedReport]:
        statement = sa.select(*_REPORT).order_by(r.c.name, r.c.id)
        if user_id is not None:
            statement = statement.where(sa.or_(r.c.owner_id == user_id, r.c.shared))
        return [_report(row) for row in await self._session.rows(statement)]

    async def save(self, report: SavedReport) -> None:
        row = {field.name: getattr(report, field.name) for field in fields(SavedReport)}
        row["recipients"] = list(report.recipients)
        row["asked"] = dict(report.asked)
        await self._session.upsert(r, [row], keys=("id",))

    async def delete(self, report_id: ReportId) -> None:
        await self._session.run(sa.delete(r).where(r.c.id == report_id))

    async def due(self, now: datetime, limit: int) -> Sequence[SavedReport]:
        rows = await self._session.rows(
            sa.select(*_REPORT).where(r.c.next_at <= now).order_by(r.c.next_at, r.c.id).limit(limit)
        )
        return [_report(row) for row in rows]

    async def add_export(self, export: Export) -> None:
        await self._session.insert_once(e, _export_row(export))

    async def export(self, export_id: ExportId) -> Export | None:
        row = await self._session.one(sa.select(*_EXPORT).where(e.c.id == export_id))
        return None if row is None else _export(row)

    async def exports(self, user_id: UserId | None, limit: int) -> Sequence[Export]:
        mine = e.c.owner_id.is_(None) if user_id is None else e.c.owner_id == user_id
        rows = await self._session.rows(
            sa.select(*_EXPORT).where(mine).order_by(e.c.created_at.desc(), e.c.id.desc()).limit(limit)
        )
        return [_export(row) for row in rows]

    async def update_export(self, export: Export) -> None:
        await self._session.run(sa.update(e).where(e.c.id == export.id).values(_export_row(export)))

    async def waiting_exports(self, limit: int) -> Sequence[Export]:
        rows = await self._session.rows(
            sa.select(*_EXPORT)
            .where(e.c.state.in_([ExportState.waiting, ExportState.running]))
            .order_by(e.c.created_at, e.c.id)
            .limit(limit)
        )
        return [_export(row) for row in rows]

    async def old_exports(self, before: datetime, limit: int) -> Sequence[Export]:
        rows = await self._session.rows(sa.select(*_EXPORT).where(e.c.created_at < before).limit(limit))
        return [_export(row) for row in rows]

    async def delete_export(self, export_id: ExportId) -> None:
        await self._session.run(sa.delete(e).where(e.c.id == export_id))


def _report(row: Any) -> SavedReport:
    values = dict(row._mapping)
    return SavedReport(
        **values
        | {
            "recipients": tuple(values["recipients"]),
            "schedule": Schedule(values["schedule"]),
            "format": MailFormat(values["format"]),
        }
    )


def _export(row: Any) -> Export:
    return Export(**row._mapping)


def _export_row(export: Export) -> dict[str, Any]:
    row = {field.name: getattr(export, field.name) for field in fields(Export)}
    return row | {"asked": dict(export.asked)}
