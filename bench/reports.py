"""Do reports stay as fast as the history grows, and what does counting them cost?

A dashboard and the lists behind it over 50 thousand interactions of nine weeks, and over 5 million that end with the
same nine weeks; the ceiling of an operation is its own p95 at the small size. What lies before those weeks is five
times as busy: a month of it is asked for, too, and has no ceiling. How many interactions a second are counted anew,
what counting takes beside reading the journal, and the memory of an XLSX of every wait. `--keep NAME` leaves the
databases for the next run.
"""

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from unittest.mock import patch
from uuid import uuid4

from bench.common import Place, engines, parser, percentile, place, report, tidy
from bench.copies import lengthen
from bench.history import START, Pace, fill
from bench.inbox import Operation, compare
from bench.ingest import BATCH
from bench.ingest import fill as journal
from bench.payloads import make_line
from hub.app import Hub, open_hub
from hub.domain.reports.answers import By, Selection
from hub.domain.reports.lists import WaitList
from hub.domain.reports.period import Period, period_between
from hub.domain.reports.saved import Export, ExportFormat, ExportId
from hub.runtime import memory
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.services.attachments import store_content
from hub.services.ingest import messages
from hub.services.reports import dashboard, exports, rollup, wallboard
from hub.services.reports.groups import breakdown

SMALL, LARGE = 50_000, 5_000_000
CHANNELS = 4
BUSY_UNTIL = START + timedelta(days=11)
"""What 50 thousand interactions take at a busy shop's pace; repeated into the past."""
BUSY = Pace(open=0)
LAST = Pace(start=BUSY_UNTIL + timedelta(days=1), apart=timedelta(minutes=23), first=SMALL)
"""The nine weeks both sizes end with: a month and the one before it."""


@asynccontextmanager
async def filled(engine: str, size: int, keep: str | None) -> AsyncIterator[Hub]:
    """Open a hub with a history of this size, counted; prints how fast it was counted."""
    async with place(engine, keep=f"{keep}-reports-{size}" if keep else None) as spot:
        made = spot.folder / "made"
        if not made.exists():
            await _make(spot, size)
            made.touch()
        async with open_hub(spot.settings()) as hub:
            memory.settle()  # as `hub serve` does
            yield hub


async def _make(spot: Place, size: int) -> None:
    channels = [(await make_line(spot, address=f"@shop_{number}")).channel_id for number in range(CHANNELS)]
    if size > SMALL:
        async with open_hub(spot.settings()) as hub:
            await fill(hub, channels, SMALL, waits=True, pace=BUSY)
        size = SMALL + await lengthen(spot, size - SMALL)
    async with open_hub(spot.settings()) as hub:
        await fill(hub, channels, SMALL, waits=True, pace=LAST)
    await tidy(spot)
    async with open_hub(spot.settings()) as hub:
        memory.settle()
        await hub.storage.rollups.mark_everything()
        started = perf_counter()
        hours = await rollup.count_all(hub.storage.rollups)
        rate = size / (perf_counter() - started)
    await tidy(spot)
    report("reports", engine=spot.engine, op="rebuild", size=size, value=rate, unit="interactions/s", hours=hours)


def _ends(now: datetime, days: int) -> Period:
    return period_between(now - timedelta(days=days), now, "Europe/Warsaw")


async def _latest(hub: Hub) -> datetime:
    far = period_between(START, START + timedelta(days=1_000), "UTC")
    page = await hub.storage.reports.waits(WaitList(figure="reply", span=far.span, now=START), cursor=None, limit=1)
    return page.items[0].started_at


async def operations(hub: Hub) -> Mapping[str, Operation]:
    """Return what a manager's screens ask for, by name; all of the last days of the history."""
    reports, everything, now = hub.storage.reports, Selection(), await _latest(hub)
    week = _ends(now, 7)

    def board(days: int, of: Selection = everything) -> Operation:
        return lambda: dashboard.dashboard(reports, _ends(now, days), of, now, compare=True)

    def listed(of: Selection = everything) -> Operation:
        wanted = WaitList(figure="reply", span=week.span, now=now, selection=of)
        return lambda: reports.waits(wanted, cursor=None, limit=50)

    return {
        "dashboard_day": board(1),
        "dashboard_week": board(7),
        "dashboard_month": board(30),
        "dashboard_tag": board(7, Selection(tag="vip")),
        "by_tag": lambda: breakdown(reports, week, everything, By.tag, now),
        "waits": listed(),
        "waits_tag": listed(Selection(tag="vip")),
        "wallboard": lambda: wallboard.wallboard(hub.storage, everything, now, "Europe/Warsaw"),
    }


async def measure(engine: str, seconds: float, large: int, keep: str | None) -> None:
    """Measure one engine at both sizes and print each operation."""
    async with AsyncExitStack() as stack:
        small_hub, large_hub = [await stack.enter_async_context(filled(engine, n, keep)) for n in (SMALL, large)]
        low, high = await operations(small_hub), await operations(large_hub)
        for name in high:
            few, many = await compare(low[name], high[name], seconds)
            base, value = percentile(few, 0.95) * 1000, percentile(many, 0.95) * 1000
            report(
                "reports", engine=engine, op=name, size=large, value=value, unit="ms p95", ceiling=base,
                ratio=value / base, p50_ms=percentile(many, 0.5) * 1000,
            )  # fmt: skip
        await _busy(large_hub, engine, seconds)
        await export(large_hub, engine)


async def _busy(hub: Hub, engine: str, seconds: float) -> None:
    now = await _latest(hub)
    month = partial(dashboard.dashboard, hub.storage.reports, _ends(BUSY_UNTIL, 30), Selection(), now, compare=True)
    times, _ = await compare(month, month, seconds)
    report(
        "reports", engine=engine, op="dashboard_busy_month", value=percentile(times, 0.95) * 1000, unit="ms p95",
        p50_ms=percentile(times, 0.5) * 1000,
    )  # fmt: skip


async def export(hub: Hub, engine: str) -> None:
    """Write every wait as XLSX and print how long it took and how much memory it took beside the idle process.

    Memory is what only this process holds: pages of SQLite's file, which the system takes back as it likes, are apart.
    """
    now = await _latest(hub)
    asked = {"figure": "reply", "from": (now - timedelta(days=1_000)).isoformat(), "to": now.isoformat()}
    wanted = Export(
        id=ExportId(uuid4()), owner_id=None, asked=asked, format=ExportFormat.xlsx, created_at=hub.clock.now()
    )
    async with hub.storage.begin() as uow:
        await uow.saved_reports.add_export(wanted)
    idle, started = _megabytes(), perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        writing = asyncio.create_task(exports.write(hub.storage, wanted, Path(folder) / "waits.xlsx", "", now))
        seen = [idle]
        while not writing.done():
            await asyncio.wait([writing], timeout=0.05)
            seen.append(_megabytes())
    most, pages = max(own for own, _ in seen) - idle[0], max(pages for _, pages in seen) - idle[1]
    report(
        "reports", engine=engine, op="xlsx", rows=await writing, value=most, unit="MB over idle", file_pages_mb=pages,
        seconds=perf_counter() - started,
    )  # fmt: skip


def _megabytes() -> tuple[float, float]:
    """Return what this process holds: of its own, and of files the system keeps for everybody (Linux)."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    held = {words[0]: int(words[1]) / 1024 for words in lines if words[0] in ("RssAnon:", "RssFile:")}
    return held["RssAnon:"], held["RssFile:"]


async def beside(engine: str, seconds: float) -> None:
    """Print which part of the throughput of reading the journal waits and counting cost; 0.25 is the limit.

    Batches are read with their waits and, in turns, as if nobody waited: what else the machine does meets both alike.
    """
    async with place(engine) as spot:
        line = await make_line(spot, "telegram")
        async with open_hub(spot.settings()) as hub:
            await hub.accounts.refresh()
            memory.settle()  # as `hub serve` does
            tools = IngestTools(keep=partial(store_content, hub.blobs), read_token=lambda _token: None)
            worker = JournalWorker(
                storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
            )

            async def read(first: int) -> float:
                await journal(hub, line, first, BATCH)
                start = perf_counter()
                while await worker.drain():
                    pass
                return perf_counter() - start

            await read(0)
            await rollup.count_all(hub.storage.rollups)
            first, bare, reading, counting = BATCH, 0.0, 0.0, 0.0
            while reading < seconds:
                with _nobody_waits():
                    bare += await read(first)
                await rollup.count_all(hub.storage.rollups)
                reading += await read(first + BATCH)
                first += 2 * BATCH
                start = perf_counter()
                await rollup.count_all(hub.storage.rollups)
                counting += perf_counter() - start
    report(
        "reports", engine=engine, op="beside_ingest", value=1 - bare / (reading + counting), unit="of throughput",
        ceiling=0.25, waits=1 - bare / reading, counting=counting / (reading + counting), messages=first,
    )  # fmt: skip


@contextmanager
def _nobody_waits() -> Iterator[None]:
    """Let messages mean nothing for waits: what no user can turn off, a bench has to."""
    with patch.object(messages, "item_of", lambda *_entry, **_delivery: None):
        yield


def _asked() -> argparse.Namespace:
    asked = parser(__doc__ or "", 2.0)
    asked.add_argument("--large", type=int, default=LARGE, help="interactions of the large history")
    asked.add_argument("--keep", metavar="NAME", help="keep the filled databases under this name, and use them again")
    return asked.parse_args()


def main() -> None:
    """Measure the engines asked for."""
    asked = _asked()
    for engine in engines(asked.engine):
        asyncio.run(beside(engine, asked.seconds))
        asyncio.run(measure(engine, asked.seconds, asked.large, asked.keep))


if __name__ == "__main__":
    main()
