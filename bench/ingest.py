"""How fast the journal becomes the timeline: real payloads, new and known contacts mixed, one process.

The ceiling is a plain executemany of rows of the same size into one table of the same database.
"""

import asyncio
from functools import partial
from time import perf_counter

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bench.common import Place, engines, parser, place, report
from bench.payloads import CONNECTORS, Line, make_line
from hub.app import Hub, open_hub
from hub.runtime import memory
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.services.attachments import store_content

BATCH = 1_000


async def fill(hub: Hub, line: Line, first: int, count: int) -> None:
    """Journal so many messages."""
    for start in range(first, first + count, BATCH):
        events = [line.message(n) for n in range(start, start + BATCH)]
        await hub.storage.journal.append(line.channel_id, events)


async def measure(engine: str, connector: str, seconds: float) -> None:
    """Measure one engine and print."""
    async with place(engine) as spot:
        line = await make_line(spot, connector)
        async with open_hub(spot.settings()) as hub:
            await hub.accounts.refresh()
            tools = IngestTools(keep=partial(store_content, hub.blobs), read_token=lambda _token: None)
            memory.settle()  # as `hub serve` does
            worker = JournalWorker(
                storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
            )
            done = spent = 0.0
            first = 0
            await fill(hub, line, first, BATCH)
            while await worker.drain():
                pass
            while spent < seconds:
                first += BATCH
                await fill(hub, line, first, BATCH)
                start = perf_counter()
                while count := await worker.drain():
                    done += count
                spent += perf_counter() - start
            shown = sum(day.shown for day in await hub.storage.queries.ledger(since=hub.started_at.replace(hour=0)))
        if shown != first + BATCH:
            raise SystemExit(f"{first + BATCH} messages were journaled, {shown} are on the timeline")
        ceiling = await _plain(spot, line, min(seconds, 3.0))
    rate = done / spent
    report(
        "ingest", engine=engine, connector=connector, value=rate, unit="msg/s", ceiling=ceiling, ratio=rate / ceiling
    )


async def _plain(spot: Place, line: Line, seconds: float) -> float:
    engine = create_async_engine(spot.url)
    table = sa.Table(
        "plain", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("body", sa.LargeBinary)
    )
    try:
        async with engine.begin() as connection:
            await connection.run_sync(table.create)
        number, start = 0, perf_counter()
        while perf_counter() - start < seconds:
            async with engine.begin() as connection:
                rows = [{"id": n, "body": line.message(n).body} for n in range(number, number + 100)]
                await connection.execute(table.insert(), rows)
            number += 100
        return number / (perf_counter() - start)
    finally:
        await engine.dispose()


def main() -> None:
    """Measure the engines asked for."""
    reads = parser(__doc__ or "", 10.0)
    reads.add_argument("--connector", choices=CONNECTORS, action="append", help="payloads of this one (telegram)")
    asked = reads.parse_args()
    for engine in engines(asked.engine):
        for connector in asked.connector or CONNECTORS[:1]:
            asyncio.run(measure(engine, connector, asked.seconds))


if __name__ == "__main__":
    main()
