"""How soon a bot's answer is in the outbox at a steady stream of messages, in one process; and what running flows cost.

Half of the messages are first words, greeted by two messages of the bot; the others answer what it asked. Then 10,000
more people begin and are asked: what the process grows by is what running flows cost.
"""

import asyncio
import gc
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from bench.common import engines, parser, percentile, place, report
from bench.payloads import Line, make_line
from hub.app import Hub, open_hub
from hub.contract.events import RawEvent
from hub.contract.simulation import SimulatedMessage
from hub.domain.botflow.records import BotFlow, BotRule, BotVersion, FlowId, RuleId
from hub.runtime import memory
from hub.runtime.bots import means_of
from hub.runtime.bots_worker import GATHER, BotsWorker
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.leases import LeaseKeeper
from hub.services.attachments import store_content
from hub.services.ids import new_id

RATE = 200
"""Messages per second."""
RUNNING = 10_000
MOST_MB = 100.0
"""What so many running flows may cost."""
STRANGERS = 1_000_000
"""Numbers of the people who begin afterwards start here."""
FLOW = {
    "schema": 1,
    "languages": ["en", "pl"],
    "start": "hello",
    "steps": [
        {"kind": "message", "id": "hello", "text": {"en": "Hello!", "pl": "Dzień dobry!"}, "exits": {"next": "ask"}},
        {
            "kind": "question",
            "id": "ask",
            "text": {"en": "What is it about?", "pl": "W czym możemy pomóc?"},
            "answer": "text",
            "save_as": "topic",
            "exits": {"next": "thanks"},
        },
        {
            "kind": "message",
            "id": "thanks",
            "text": {"en": "Thank you: {{ topic }}.", "pl": "Dziękuję: {{ topic }}."},
            "exits": {"next": "ask"},
        },
    ],
}


@dataclass
class Watched:
    """The turns of a worker: when how many had been taken."""

    worker: BotsWorker
    taken: int = 0
    log: list[tuple[float, int]] = field(default_factory=list)

    async def run(self, hub: Hub) -> None:
        """Take turns as the hub does: at once when something was stored."""
        while True:
            rings = hub.notices.rings
            began = perf_counter()
            while count := await self.worker.drain():
                self.taken += count
                self.log.append((perf_counter(), self.taken))
                await asyncio.sleep(began + GATHER - perf_counter())
                began = perf_counter()
            await hub.notices.wait(rings, 1.0)

    def latencies(self, sent: Iterable[float]) -> list[float]:
        """Return for each message, in order, how long it took until its turn was stored."""
        found, log = [], iter(self.log)
        at, count = next(log)
        for number, began in enumerate(sent, 1):
            while count < number:
                at, count = next(log)
            found.append(at - began)
        return found


def said(line: Line, person: int, number: int, hub: Hub) -> RawEvent:
    """Return what a customer says now."""
    now, simulation = hub.clock.now(), line.manifest.simulation
    if simulation is None:
        raise SystemExit("the channel cannot be simulated")
    words = SimulatedMessage(
        person=person + 1,
        address="",
        name=f"Ann {person}",
        email=f"ann{person}@customer.example",
        language="pl",
        us=simulation.address,
        number=number + 1,
        at=now,
        received_at=now,
        text=f"Dzień dobry, gdzie jest moja paczka {number * 31}?",
    )
    raw = simulation.write(words)
    if raw is None:
        raise SystemExit("the channel has no messages")
    return raw


async def begin(hub: Hub, line: Line) -> None:
    """Publish the flow and have it woken on the channel."""
    flow, now = FlowId(new_id()), hub.clock.now()
    async with hub.storage.begin() as uow:
        await uow.bots.add_flow(BotFlow(id=flow, name="Bench", draft=FLOW, published=1, created_at=now, updated_at=now))
        await uow.bots.add_version(BotVersion(flow_id=flow, number=1, graph=FLOW, published_at=now))
        await uow.bots.save_rule(
            BotRule(id=RuleId(new_id()), name="all", flow_id=flow, channel_ids=(line.channel_id,), created_at=now)
        )


async def press(hub: Hub, line: Line, count: int) -> list[float]:
    """Send messages at the rate, as customers do who do not wait for each other; returns when each was sent."""
    sent: list[float] = []
    start = perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            await asyncio.sleep(max(0.0, start + number / RATE - perf_counter()))
            person = number if number < count // 2 else number - count // 2
            sent.append(perf_counter())
            group.create_task(hub.storage.journal.append(line.channel_id, [said(line, person, number, hub)]))
    return sent


async def crowd(hub: Hub, line: Line, watched: Watched, count: int) -> float:
    """Let so many people begin as fast as it goes; returns by how many MB the process grew."""
    gc.collect()
    memory.settle()
    before, taken = resident_mb(), watched.taken
    for start in range(0, count, RATE):
        people = range(STRANGERS + start, STRANGERS + min(start + RATE, count))
        await hub.storage.journal.append(line.channel_id, [said(line, person, person, hub) for person in people])
        while watched.taken - taken < start:  # noqa: ASYNC110 - a bench may poll
            await asyncio.sleep(0.02)
    while watched.taken - taken < count:  # noqa: ASYNC110 - the same
        await asyncio.sleep(0.02)
    gc.collect()
    memory.settle()
    return max(0.0, resident_mb() - before)


def resident_mb() -> float:
    """Return the memory the process has at present."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


async def measure(engine: str, seconds: float, running: int) -> None:
    """Measure one engine and print."""
    async with place(engine) as spot:
        line = await make_line(spot, "telegram")
        async with open_hub(spot.settings()) as hub:
            await hub.accounts.refresh()
            await begin(hub, line)
            tools = IngestTools(keep=partial(store_content, hub.blobs), read_token=lambda _token: None)
            journal = JournalWorker(
                storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
            )
            means = means_of(storage=hub.storage, clock=hub.clock, accounts=hub.accounts, ask=hub.guarded.ask)
            leases = LeaseKeeper(hub.storage, hub.clock, "bench", shared=False)
            watched = Watched(BotsWorker(means=means, notices=hub.notices, leases=leases))
            await watched.worker.warm_up()
            memory.settle()
            tasks = [asyncio.create_task(journal.run()), asyncio.create_task(watched.run(hub))]
            count = int(RATE * seconds)
            sent = await press(hub, line, count)
            with suppress(TimeoutError):
                async with asyncio.timeout(30):
                    while watched.taken < count:  # noqa: ASYNC110 - a bench may poll
                        await asyncio.sleep(0.05)
            found = [latency * 1000 for latency in watched.latencies(sent)]
            cost = await crowd(hub, line, watched, running) if running and watched.taken >= count else 0.0
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    if watched.taken < count:
        raise SystemExit(f"{count} messages were sent, {watched.taken} had their turn")
    report(
        "bots",
        engine=engine,
        rate=float(RATE),
        p50=percentile(found, 0.5),
        p99=percentile(found, 0.99),
        unit="ms",
        running=running,
        running_mb=cost,
    )
    if cost > MOST_MB:
        raise SystemExit(f"{running} running flows cost {cost:.0f} MB; at most {MOST_MB:.0f} are allowed")


def main() -> None:
    """Measure the engines asked for."""
    made = parser(__doc__ or "", 20.0)
    made.add_argument("--running", type=int, default=RUNNING, help="how many flows run when their memory is taken")
    asked = made.parse_args()
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds, asked.running))


if __name__ == "__main__":
    main()
