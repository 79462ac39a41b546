"""What reports need of storage: sums of cells, the lists behind figures, the hours to count anew, saved reports."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hub.domain.ids import ContactId, UserId
from hub.domain.reports.answers import By, OpenWaits, Selection, Sums
from hub.domain.reports.cells import Cells
from hub.domain.reports.drawn import DrawnHour
from hub.domain.reports.happened import HourFacts
from hub.domain.reports.lists import (
    AgentLoad,
    ChannelUse,
    ContactUse,
    EntryList,
    ReportEntry,
    ReportWait,
    WaitList,
)
from hub.domain.reports.measures import Measure
from hub.domain.reports.period import Span
from hub.domain.reports.saved import Export, ExportId, ReportId, SavedReport
from hub.domain.views import Page


class Reports(Protocol):
    """Questions of reports. Those of cells cost the same however long the history is."""

    async def sums(
        self, span: Span, selection: Selection, by: Collection[By], *, measures: Collection[Measure] = ()
    ) -> Mapping[By, Mapping[object, Sums]]:
        """Add up the cells of a stretch of time once, told apart in several ways.

        Each way has the sums by channel, team, agent, tag or source; None is by nothing, or what has none.
        """
        ...

    async def drawn(self, span: Span, selection: Selection) -> Sequence[DrawnHour]:
        """Return what is drawn over time, hour by hour in order; hours in which nothing happened are left out."""
        ...

    async def open_waits(self, selection: Selection, now: datetime) -> OpenWaits:
        """Return what waits now. With agents: of their conversations."""
        ...

    async def open_at(self, selection: Selection, moment: datetime) -> int:
        """Return how many waits were open at a moment not long ago: the longer ago, the more is read."""
        ...

    async def still_late(
        self, span: Span, selection: Selection, by: Collection[By], now: datetime
    ) -> Mapping[By, Mapping[object, Mapping[Measure, int]]]:
        """Return what began within a stretch of time and is open past its target, told apart in several ways.

        By the measure it will count for once it ends; keys as those of `sums`.
        """
        ...

    async def open_by(
        self, selection: Selection, by: Collection[By]
    ) -> Mapping[By, Mapping[object, tuple[int, datetime]]]:
        """Return how many wait now and since when the longest, by channel, team and agent (assignee)."""
        ...

    async def waits(self, asked: WaitList, *, cursor: str | None, limit: int) -> Page[ReportWait]:
        """Return a page of the waits behind a figure, the newest first."""
        ...

    async def count_waits(self, asked: WaitList) -> int: ...
    async def entries(self, asked: EntryList, *, cursor: str | None, limit: int) -> Page[ReportEntry]:
        """Return a page of the messages or calls behind a figure, the newest first."""
        ...

    async def count_entries(self, asked: EntryList) -> int: ...
    async def work(self, span: Span, selection: Selection) -> Mapping[UserId, Mapping[datetime, Mapping[Measure, int]]]:
        """Return what each agent did in each hour: `writing` and `handled`; hours without either are left out."""
        ...

    async def agent_loads(self) -> Sequence[AgentLoad]:
        """Return what every active agent has open now."""
        ...

    async def contact_use(self, contact_id: ContactId, since: datetime) -> ContactUse | None:
        """Return how a contact, with all merged into it, and we have written to each other. None if there is none."""
        ...

    async def preferred_channels(self, since: datetime, until: datetime, selection: Selection) -> Sequence[ChannelUse]:
        """Return on which channel customers write most, and answer, by channel."""
        ...


class RollUps(Protocol):
    """The cells' keeper."""

    async def dirty(self, limit: int) -> Sequence[tuple[datetime, UUID]]:
        """Return hours to count anew with their marks, the newest first."""
        ...

    async def dirty_count(self) -> int: ...
    async def facts(self, hour: datetime) -> HourFacts:
        """Read what happened within an hour; nothing is locked."""
        ...

    async def replace(self, counted: Sequence[tuple[datetime, UUID, Cells]]) -> int:
        """Put hours' cells in place of what is there and cross them off, each unless somebody else did so already.

        Only what differs is written. Returns how many hours were put. An hour that changed since it was read stays to
        be counted anew. The sums of a day any of whose cells changed are not used until `sum_day` has made them anew.
        """
        ...

    async def days_to_sum(self, before: datetime, limit: int) -> Sequence[tuple[datetime, UUID]]:
        """Return UTC days whose hours changed since they were summed, with their marks, the newest first.

        Only days that ended by `before` and of which no hour is to be counted.
        """
        ...

    async def sum_day(self, day: datetime, mark: UUID) -> bool:
        """Sum up the hours of a UTC day; False if they changed meanwhile, and nothing was done."""
        ...

    async def mark_everything(self) -> int:
        """Have every hour with entries, waits or cells counted anew; returns how many."""
        ...

    async def cells(self, hour: datetime) -> Cells | None:
        """Return an hour's cells as they are stored; None if it is to be counted anew."""
        ...

    async def some_hours(self, count: int, *, draw: float) -> Sequence[datetime]:
        """Return hours to check: some that have cells, spread over all of them. `draw` is a random number in [0, 1)."""
        ...

    async def day_differs(self, day: datetime) -> bool:
        """Tell whether a UTC day's sums are not those of its hours; False while they are to be made anew."""
        ...


class SavedReports(Protocol):
    """Reports people keep, and exports. Part of a unit of work."""

    async def get(self, report_id: ReportId) -> SavedReport | None: ...
    async def of(self, user_id: UserId | None) -> Sequence[SavedReport]:
        """Return a person's own reports and the shared ones, by name; all of them for None."""
        ...

    async def save(self, report: SavedReport) -> None: ...
    async def delete(self, report_id: ReportId) -> None: ...
    async def due(self, now: datetime, limit: int) -> Sequence[SavedReport]: ...
    async def add_export(self, export: Export) -> None: ...
    async def export(self, export_id: ExportId) -> Export | None: ...
    async def exports(self, user_id: UserId | None, limit: int) -> Sequence[Export]:
        """Return a person's exports, the newest first; those of programs for None."""
        ...

    async def update_export(self, export: Export) -> None: ...
    async def waiting_exports(self, limit: int) -> Sequence[Export]:
        """Return exports to be made, the oldest first, those a stopped process left half made among them."""
        ...

    async def old_exports(self, before: datetime, limit: int) -> Sequence[Export]: ...
    async def delete_export(self, export_id: ExportId) -> None: ...
