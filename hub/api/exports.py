"""/reports/saved and /exports: reports kept under a name and sent by mail, and files of waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field, JsonValue, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Address, Input, Settings
from hub.api.report_query import own
from hub.domain.errors import Forbidden, NotFound
from hub.domain.ids import ChannelId
from hub.domain.reports.saved import (
    Export,
    ExportFormat,
    ExportId,
    ExportState,
    MailFormat,
    ReportId,
    SavedReport,
    Schedule,
)
from hub.domain.user import Action
from hub.services.reports import asked as asking
from hub.services.reports import exports, saving
from hub.services.unset import UNSET

routes = Routes("reports")

ReportName = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]


class NewReport(Input):
    """A report to keep. `asked` holds the words of the report's address: period, from, to, zone, channel."""

    id: UUID
    name: ReportName
    asked: Settings
    shared: bool = False
    schedule: Schedule = Schedule.never
    recipients: Annotated[tuple[Address, ...], Field(max_length=50)] = ()
    channel_id: ChannelId | None = None
    format: MailFormat = MailFormat.pdf


class ChangedReport(Input):
    """What changes; the rest stays."""

    name: ReportName | None = None
    asked: Settings | None = None
    shared: bool | None = None
    schedule: Schedule | None = None
    recipients: Annotated[tuple[Address, ...] | None, Field(max_length=50)] = None
    channel_id: ChannelId | None = None
    format: MailFormat | None = None


class NewExport(Input):
    """A file of what is behind a figure. `asked` has the words of /reports/waits or /reports/entries."""

    id: UUID
    asked: Settings
    format: ExportFormat = ExportFormat.xlsx


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView:
    """How far an export is; its file is at /exports/<id>/file once it is `done`."""

    id: ExportId
    asked: Mapping[str, JsonValue]
    format: ExportFormat
    state: ExportState
    rows: int
    total: int | None
    problem: str
    created_at: datetime
    done_at: datetime | None


@routes.get("/reports/saved", Action.waits_read)
async def list_saved_reports(deps: ApiDeps, caller: Caller) -> tuple[SavedReport, ...]:
    """List the caller's saved reports and those shared with everybody, by name."""
    async with deps.storage.read() as uow:
        return tuple(await uow.saved_reports.of(caller.user_id))


@routes.post("/reports/saved", Action.waits_read, people_only=True)
async def save_report(deps: ApiDeps, caller: Caller, body: NewReport) -> Created[SavedReport]:
    """Keep a report. Sharing it and sending it by mail need the right `reports_write`."""
    _may_share(caller, shared=body.shared, schedule=body.schedule)
    now = deps.now()
    report = SavedReport(
        id=ReportId(body.id),
        name=body.name,
        asked=body.asked,
        shared=body.shared,
        owner_id=caller.person.id,
        schedule=body.schedule,
        recipients=body.recipients,
        channel_id=body.channel_id,
        format=body.format,
        created_at=now,
    )
    async with deps.storage.begin() as uow:
        return Created(await saving.create(uow, report, now=now))


@routes.patch("/reports/saved/{report_id}", Action.waits_read, people_only=True)
async def change_saved_report(deps: ApiDeps, caller: Caller, report_id: ReportId, body: ChangedReport) -> SavedReport:
    """Change a saved report."""
    _may_share(caller, shared=bool(body.shared), schedule=body.schedule or Schedule.never)
    async with deps.storage.begin() as uow:
        return await saving.change(
            uow,
            report_id,
            by=caller.person.id,
            may_all=Action.reports_write in caller.actions,
            now=deps.now(),
            name=UNSET if body.name is None else body.name,
            asked=UNSET if body.asked is None else body.asked,
            shared=UNSET if body.shared is None else body.shared,
            schedule=UNSET if body.schedule is None else body.schedule,
            recipients=UNSET if body.recipients is None else body.recipients,
            channel_id=body.channel_id if "channel_id" in body.model_fields_set else UNSET,
            form=UNSET if body.format is None else body.format,
        )


@routes.delete("/reports/saved/{report_id}", Action.waits_read, people_only=True)
async def delete_saved_report(deps: ApiDeps, caller: Caller, report_id: ReportId) -> None:
    """Delete a saved report."""
    async with deps.storage.begin() as uow:
        report = await saving.mine(uow, report_id, by=caller.person.id, may_all=Action.reports_write in caller.actions)
        await uow.saved_reports.delete(report.id)


@routes.post("/exports", Action.waits_read)
async def start_export(deps: ApiDeps, caller: Caller, body: NewExport) -> Created[ExportView]:
    """Ask for a file of the waits behind a figure. It is made in the background; ask for its state until it is done."""
    period, of = asking.read(body.asked, deps.now())
    more = {key: body.asked[key] for key in asking.LISTED if key in body.asked}
    export = await exports.ask(
        deps.storage,
        export_id=ExportId(body.id),
        by=caller.user_id,
        asked=asking.written(period, own(caller, of), **more),
        form=body.format,
        now=deps.now(),
    )
    return Created(_view(export))


@routes.get("/exports", Action.waits_read)
async def list_exports(deps: ApiDeps, caller: Caller) -> tuple[ExportView, ...]:
    """List the caller's exports, the newest first. They are kept for seven days."""
    async with deps.storage.read() as uow:
        return tuple(_view(export) for export in await uow.saved_reports.exports(caller.user_id, 100))


@routes.get("/exports/{export_id}", Action.waits_read)
async def get_export(deps: ApiDeps, caller: Caller, export_id: ExportId) -> ExportView:
    """Return how far an export is."""
    return _view(await _export(deps, caller, export_id))


@routes.get("/exports/{export_id}/file", Action.waits_read, media={200: "*/*"})
async def get_export_file(
    deps: ApiDeps, caller: Caller, request: web.Request, export_id: ExportId
) -> web.StreamResponse:
    """Return the file."""
    export = await _export(deps, caller, export_id)
    if export.state is not ExportState.done or export.blob is None:
        raise NotFound(export.problem or "The file is still being made. Ask again in a moment.")
    name = f"waits-{export.created_at:%Y-%m-%d}.{export.format}"
    response = web.StreamResponse(
        headers={
            "Content-Type": exports.MEDIA[export.format],
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(await deps.blobs.size(export.blob)),
            "Cache-Control": "private, no-store",
        }
    )
    await response.prepare(request)
    if request.method != "HEAD":
        async for piece in deps.blobs.read(export.blob):
            await response.write(piece)
    await response.write_eof()
    return response


@routes.delete("/exports/{export_id}", Action.waits_read)
async def delete_export(deps: ApiDeps, caller: Caller, export_id: ExportId) -> None:
    """Delete an export and its file."""
    await exports.discard(deps.storage, deps.blobs, await _export(deps, caller, export_id))


async def _export(deps: ApiDeps, caller: Caller, export_id: ExportId) -> Export:
    async with deps.storage.read() as uow:
        export = await uow.saved_reports.export(export_id)
    if export is None or export.owner_id != caller.user_id:
        raise NotFound("There is no such export; they are deleted after seven days.")
    return export


def _view(export: Export) -> ExportView:
    return ExportView(
        id=export.id,
        asked=dict(export.asked),  # type: ignore[arg-type]  # it came as JSON
        format=export.format,
        state=export.state,
        rows=export.rows,
        total=export.total,
        problem=export.problem,
        created_at=export.created_at,
        done_at=export.done_at,
    )


def _may_share(caller: Caller, *, shared: bool, schedule: Schedule) -> None:
    if (shared or schedule is not Schedule.never) and Action.reports_write not in caller.actions:
        raise Forbidden("Only managers share reports with everybody or have them sent by mail.")
