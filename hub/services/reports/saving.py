"""Keeps reports under a name, and decides when they are sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hub.domain.errors import Conflict, Forbidden, Invalid, NotFound
from hub.domain.ids import ChannelId, UserId
from hub.domain.reports.saved import MailFormat, ReportId, SavedReport, Schedule, next_sending
from hub.ports import UnitOfWork
from hub.services.reports import asked as asking
from hub.services.reports.words import Words, words_of
from hub.services.unset import UNSET, Unset

MAIL = "email"
"""The kind of channel that sends reports."""


async def create(uow: UnitOfWork, report: SavedReport, *, now: datetime) -> SavedReport:
    """Keep a new report. Raises Invalid for what cannot be asked or sent, Conflict if the id is taken."""
    if await uow.saved_reports.get(report.id) is not None:
        raise Conflict("This report exists already.")
    return await _kept(uow, report, now)


async def change(
    uow: UnitOfWork,
    report_id: ReportId,
    *,
    by: UserId,
    may_all: bool,
    now: datetime,
    name: str | Unset = UNSET,
    asked: Mapping[str, object] | Unset = UNSET,
    shared: bool | Unset = UNSET,
    schedule: Schedule | Unset = UNSET,
    recipients: tuple[str, ...] | Unset = UNSET,
    channel_id: ChannelId | Unset | None = UNSET,
    form: MailFormat | Unset = UNSET,
) -> SavedReport:
    """Change what is given. Raises NotFound, Forbidden for a colleague's report, Invalid."""
    report = await mine(uow, report_id, by=by, may_all=may_all)
    given = {
        "name": name,
        "asked": asked,
        "shared": shared,
        "schedule": schedule,
        "recipients": recipients,
        "channel_id": channel_id,
        "format": form,
    }
    changed = {key: value for key, value in given.items() if not isinstance(value, Unset)}
    return await _kept(uow, replace(report, **changed), now)  # type: ignore[arg-type]  # each of its field's type, above


async def mine(uow: UnitOfWork, report_id: ReportId, *, by: UserId, may_all: bool) -> SavedReport:
    """Return a report its owner, or a manager if it is shared, may change. Raises NotFound, Forbidden."""
    report = await uow.saved_reports.get(report_id)
    if report is None or (report.owner_id != by and not report.shared):
        raise NotFound("There is no such report; it may have been deleted.")
    if report.owner_id != by and not may_all:
        raise Forbidden("This report is a colleague's. Save a copy under another name and change that.")
    return report


async def _kept(uow: UnitOfWork, report: SavedReport, now: datetime) -> SavedReport:
    period, _ = asking.read(report.asked, now)
    if report.schedule is not Schedule.never:
        if not report.recipients:
            raise Invalid("Say to whom the report is sent: at least one mail address.")
        owner = await uow.users.get(report.owner_id)
        await check_mail_channel(uow, report.channel_id, words_of(owner.language if owner is not None else "en"))
    report = replace(report, next_at=next_sending(report.schedule, period.zone, now), problem="")
    await uow.saved_reports.save(report)
    return report


async def check_mail_channel(uow: UnitOfWork, channel_id: ChannelId | None, words: Words) -> ChannelId:
    """Return the mail channel that sends: the given one, or the only one. Raises Invalid, in these words."""
    mailboxes = [one for one in await uow.channels.all() if one.kind == MAIL and one.enabled]
    if not mailboxes:
        raise Invalid(words.say("file.problems.noMailbox"))
    if channel_id is None:
        return mailboxes[0].id
    if all(one.id != channel_id for one in mailboxes):
        raise Invalid(words.say("file.problems.otherMailbox"))
    return channel_id
