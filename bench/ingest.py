"""How fast the journal becomes the timeline: real Telegram updates, new and known contacts mixed, one process.

The ceiling is a plain executemany of rows of the same size into one table of the same database.
"""

import asyncio
import json
from functools import partial
from time import perf_counter

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bench.ack import make_channel
from bench.common import Place, arguments, engines, place, report
from hub.app import Hub, open_hub
from hub.contract.events import RawEvent
from hub.domain.ids import ChannelId
from hub.runtime import memory
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.services.attachments import store_content

BATCH = 1_000
KNOWN_EVERY = 4
"""Of so many messages one is of a new contact."""


def update(number: int) -> bytes:
    """Return one update: three of four by somebody who wrote before."""
    person = number // KNOWN_EVERY if number % KNOWN_EVERY == 0 else (number * 7919) % max(1, number // KNOWN_EVERY + 1)
    who = {"id": 1000 + person, "is_bot": False, "first_name": f"Ann {person}", "language_code": "pl"}
    message = {
        "message_id": number,
        "date": 1_770_000_000 + number,
        "chat": {"id": 1000 + person, "type": "private", "first_name": f"Ann {person}"},
        "from": who,
        "text": f"Message {number}: dzień dobry, gdzie jest moja paczka numer {number * 31}?",
    }
    return json.dumps({"update_id": number, "message": message}).encode()


async def fill(hub: Hub, channel_id: ChannelId, first: int, count: int) -> None:
    """Journal so many updates."""
    now = hub.clock.now()
    for start in range(first, first + count, BATCH):
        events = [RawEvent(kind="webhook", body=update(n), received_at=now) for n in range(start, start + BATCH)]
        await hub.storage.journal.append(channel_id, events)


async def measure(engine: str, seconds: float) -> None:
    """Measure one engine and print."""
    async with place(engine) as spot:
        channel_id, _ = await make_channel(spot)
        async with open_hub(spot.settings()) as hub:
            await hub.accounts.refresh()
            tools = IngestTools(keep=partial(store_content, hub.blobs), read_token=lambda _token: None)
            memory.settle()  # as `hub serve` does
            worker = JournalWorker(
                storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
            )
            done = spent = 0.0
            first = 0
            await fill(hub, channel_id, first, BATCH)
            while await worker.drain():
                pass
            while spent < seconds:
                first += BATCH
                await fill(hub, channel_id, first, BATCH)
                start = perf_counter()
                while count := await worker.drain():
                    done += count
                spent += perf_counter() - start
            shown = sum(line.shown for line in await hub.storage.queries.ledger(since=hub.started_at.replace(hour=0)))
        if shown != first + BATCH:
            raise SystemExit(f"{first + BATCH} messages were journaled, {shown} are on the timeline")
        ceiling = await _plain(spot, min(seconds, 3.0))
    report("ingest", engine=engine, value=done / spent, unit="msg/s", ceiling=ceiling, ratio=done / spent / ceiling)


async def _plain(spot: Place, seconds: float) -> float:
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
                rows = [{"id": n, "body": update(n)} for n in range(number, number + 100)]
                await connection.execute(table.insert(), rows)
            number += 100
        return number / (perf_counter() - start)
    finally:
        await engine.dispose()


def main() -> None:
    """Measure the engines asked for."""
    asked = arguments(__doc__ or "", 10.0)
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds))


if __name__ == "__main__":
    main()
