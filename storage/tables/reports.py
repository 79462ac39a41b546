"""What reports are read from: cells by hour and by UTC day, what is to be counted anew, saved reports, exports."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Float, Index, Table, UniqueConstraint

from hub.domain.reports.cells import Facet
from hub.domain.reports.saved import ExportFormat, ExportState
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.tables.conversations import waits
from storage.tables.timeline import interactions
from storage.types import Id, UtcDateTime, Word

Index("ix_interactions_occurred", interactions.c.occurred_at)
Index("ix_waits_ended", waits.c.ended_at, waits.c.id)


report_cuts = Table(
    "report_cuts",
    metadata,
    Column("id", sa.Integer, primary_key=True, autoincrement=False),
    word("facet", Facet),
    loose_id("channel_id"),
    text("value"),
    loose_id("team_id"),
    loose_id("agent_id"),
    UniqueConstraint("facet", "channel_id", "value", "team_id", "agent_id", name="uq_report_cuts"),
)
"""What cells are cut by, each with a number: a cell's key is short. Where one is not cut by something, its id is 0."""


def _cells(name: str) -> Table:
    columns: list[Column[Any]] = [
        Column("facet", Word(Facet), primary_key=True),
        Column("start", UtcDateTime, primary_key=True),
        Column("cut", sa.Integer, primary_key=True, autoincrement=False),
        Column("code", sa.Integer, primary_key=True, autoincrement=False),
        number("n"),
        Column("seconds", Float, nullable=False),
        Column("longest", Float, nullable=False),
    ]
    return Table(name, metadata, *columns, sqlite_with_rowid=False)


report_hours = _cells("report_hours")
"""`code` is the measure and its bucket."""
report_days = _cells("report_days")
"""The sums of the hours of a UTC day, so that a long period is few rows; see `report_marks`."""

report_marks = Table(
    "report_marks",
    metadata,
    Column("day", UtcDateTime, primary_key=True, autoincrement=False),
    loose_id("mark"),
    flag("summed"),
)
"""Days that have cells. `mark` is new whenever any of them changes; `summed` tells whether its sums are of it."""

report_dirty = Table(
    "report_dirty",
    metadata,
    Column("hour", UtcDateTime, primary_key=True, autoincrement=False),
    loose_id("mark"),
)
"""Hours in which something changed. `mark` is new with every change: only what was counted is crossed off."""

saved_reports = Table(
    "saved_reports",
    metadata,
    key(),
    text("name"),
    json("asked"),
    flag("shared"),
    ref("owner_id", "users.id"),
    text("schedule"),
    json("recipients"),
    Column("channel_id", Id, nullable=True),
    text("format"),
    time("next_at", null=True),
    time("sent_at", null=True),
    text("problem"),
    time("created_at"),
    Index("ix_saved_reports_due", "next_at"),
)

exports = Table(
    "exports",
    metadata,
    key(),
    ref("owner_id", "users.id", null=True, index=True),
    json("asked"),
    word("format", ExportFormat),
    word("state", ExportState),
    number("rows"),
    number("total", null=True),
    text("blob", null=True),
    text("problem"),
    time("created_at"),
    time("done_at", null=True),
    Index("ix_exports_state", "state", "created_at"),
)
