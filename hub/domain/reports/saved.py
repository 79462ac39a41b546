"""Saved reports, when they are sent, and exports: the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.ids import ChannelId, UserId
from hub.domain.reports.period import zone_of

ReportId = NewType("ReportId", UUID)
ExportId = NewType("ExportId", UUID)


class ExportFormat(StrEnum):
    """What file an export is."""

    csv = "csv"
    xlsx = "xlsx"


class ExportState(StrEnum):
    """How far an export is."""

    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"


class Schedule(StrEnum):
    """When a saved report is sent, at six in the morning of its time zone."""

    never = "never"
    daily = "daily"
    weekly = "weekly"
    """On Mondays."""
    monthly = "monthly"
    """On the first."""


class MailFormat(StrEnum):
    """What a mailed report has attached."""

    pdf = "pdf"
    csv = "csv"


SEND_AT = time(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """A report somebody keeps: what was asked, under a name; sent by mail on a schedule if they want."""

    id: ReportId
    name: str
    asked: Mapping[str, object]
    """The query of the report's address: period, filters, figures. The screens read it as their URL."""
    shared: bool = False
    """Everybody who may read reports sees it."""
    owner_id: UserId
    schedule: Schedule = Schedule.never
    recipients: tuple[str, ...] = ()
    """Mail addresses."""
    channel_id: ChannelId | None = None
    """The mail channel it is sent by."""
    format: MailFormat = MailFormat.pdf
    next_at: datetime | None = None
    sent_at: datetime | None = None
    problem: str = ""
    """Why it was not sent the last time, in words."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file of waits that is made, or is being made."""

    id: ExportId
    owner_id: UserId | None
    asked: Mapping[str, object]
    format: ExportFormat
    state: ExportState = ExportState.waiting
    rows: int = 0
    """How many are written."""
    total: int | None = None
    """How many there will be; None while they are being counted."""
    blob: str | None = None
    problem: str = ""
    created_at: datetime
    done_at: datetime | None = None


def next_sending(schedule: Schedule, zone: str, now: datetime) -> datetime | None:
    """Return when a report is sent next, after `now`. Raises Invalid for an unknown zone."""
    if schedule is Schedule.never:
        return None
    local = zone_of(zone)
    day = now.astimezone(local).date()
    while True:
        at = datetime.combine(day, SEND_AT, local)
        fits = {Schedule.daily: True, Schedule.weekly: day.weekday() == 0, Schedule.monthly: day.day == 1}[schedule]
        if fits and at > now:
            return at.astimezone(now.tzinfo)
        day += timedelta(days=1)
