"""What SQLite reads for a dashboard does not grow with the history: every step of its plans finds its place."""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from hub.domain.reports.answers import Selection
from hub.domain.reports.lists import EntryList, WaitList
from hub.domain.reports.period import hours_of_week, period_between
from hub.services.reports.dashboard import dashboard
from tests.storage.reports.shop import NOW, Shop

CELLS = ("report_hours", "report_days")
GROWING = {*CELLS, "conversations", "waits", "interactions", "episodes", "contacts", "calls"}
"""What is never walked through from one end to the other."""


@contextmanager
def heard(shop: Shop) -> Iterator[list[tuple[str, Any]]]:
    """Gather the statements that are read with."""
    found: list[tuple[str, Any]] = []
    engine = shop.storage._database.reader.sync_engine

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        found.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)


async def plans(shop: Shop, asked: Awaitable[object]) -> list[tuple[str, str]]:
    """Every table a question touches, and how SQLite finds its rows there."""
    with heard(shop) as statements:
        await asked
    steps: list[list[str]] = []
    async with shop.storage._database.read() as session:
        for statement, parameters in statements:
            found = await session.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps += [str(row["detail"]).split() for row in found.mappings()]
    return [(words[1], " ".join(words)) for words in steps if words[0] in ("SCAN", "SEARCH")]


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
@pytest.mark.parametrize("days", [1, 7, 30])
@pytest.mark.parametrize("of", [Selection(), Selection(tag="vip"), Selection(source="campaign")], ids=str)
async def test_no_part_of_a_dashboard_walks_through_the_whole_history(shop: Shop, days: int, of: Selection) -> None:
    end = NOW - timedelta(hours=7)
    period = period_between(end - timedelta(days=days), end, "Asia/Seoul")
    found = await plans(shop, dashboard(shop.storage.reports, period, of, NOW, compare=True))
    walked = [step for table, step in found if table in GROWING and step.startswith("SCAN")]
    cells = [step for table, step in found if table in CELLS]
    assert walked == []
    assert len(cells) > 3
    assert [step for step in cells if "facet=? AND start>? AND start<?" not in step] == []


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
async def test_no_list_behind_a_figure_walks_through_the_whole_history(shop: Shop) -> None:
    reports, day = shop.storage.reports, period_between(NOW - timedelta(days=9), NOW - timedelta(days=8), "UTC")
    entries = EntryList(figure="received", span=day.span, hours=hours_of_week(day, day.span.start.weekday(), 9))
    waits = WaitList(figure="reply", span=day.span, now=NOW, at_least=60)
    for asked in (
        reports.entries(entries, cursor=None, limit=50),
        reports.count_entries(entries),
        reports.waits(waits, cursor=None, limit=50),
        reports.count_waits(waits),
        reports.count_waits(replace(waits, figure="waiting", at_least=None, at=NOW - timedelta(hours=9))),
        reports.open_at(Selection(), NOW - timedelta(hours=1)),
    ):
        found = await plans(shop, asked)
        assert found
        assert [step for table, step in found if table in GROWING and step.startswith("SCAN")] == []
