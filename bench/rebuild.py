"""How fast waits are built anew from the timeline: where all are missing, and where all are right already.

The ceiling is reading what they are built from, without building anything.
"""

import asyncio
from time import perf_counter

from bench.common import Place, engines, parser, place, report, tidy
from bench.history import fill
from bench.payloads import make_line
from hub.app import Hub, open_hub
from hub.domain.ids import ConversationId
from hub.runtime import memory
from hub.services import waits_upkeep
from hub.services.waits_upkeep import PAGE

ENTRIES = 100_000


async def measure(engine: str, entries: int) -> None:
    """Measure one engine and print."""
    async with place(engine) as spot:
        await _measure(spot, engine, entries)


async def _measure(spot: Place, engine: str, entries: int) -> None:
    channel_id = (await make_line(spot)).channel_id
    async with open_hub(spot.settings()) as hub:
        await fill(hub, [channel_id], entries)
    await tidy(spot)
    async with open_hub(spot.settings()) as hub:
        memory.settle()  # as `hub rebuild waits` does
        ceiling = await _read(hub)
        for name in ("rebuild_waits", "rebuild_waits_again"):
            start = perf_counter()
            count = await _rebuild(hub)
            rate = count / (perf_counter() - start)
            report(name, engine=engine, value=rate, unit="entries/s", ceiling=ceiling, ratio=rate / ceiling)


async def _rebuild(hub: Hub) -> int:
    last: ConversationId | None = None
    count = 0
    while True:
        last, read, _ = await waits_upkeep.step(hub.storage, last)
        if last is None:
            return count
        count += read


async def _read(hub: Hub) -> float:
    last: ConversationId | None = None
    count, start = 0, perf_counter()
    while True:
        async with hub.storage.begin() as uow:
            page = await uow.timeline.material(last, PAGE)
        if not page:
            return count / (perf_counter() - start)
        last = page[-1].conversation.id
        count += sum(len(material.entries) for material in page)


def main() -> None:
    """Measure the engines asked for."""
    reads = parser(__doc__ or "", 10.0)
    reads.add_argument("--entries", type=int, default=ENTRIES, help=f"of the history ({ENTRIES})")
    asked = reads.parse_args()
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.entries))


if __name__ == "__main__":
    main()
