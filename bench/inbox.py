"""Does the inbox stay as fast as its history grows: list page, thread page and search at 10 thousand and 2 million.

The ceiling of an operation is its own p95 at the small size; the figure is how many times longer it takes at the large.
Filling two million takes minutes; `--keep NAME` leaves the filled databases for the next run with that name.
"""

import argparse
import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter
from uuid import UUID

from bench.common import Place, engines, parser, percentile, place, report, tidy
from bench.history import WORDS, fill
from bench.payloads import make_line
from hub.app import Hub, open_hub
from hub.domain.conversation import ConversationState
from hub.domain.ids import ConversationId
from hub.domain.views import ConversationFilter

SMALL, LARGE = 10_000, 2_000_000
CHANNELS = 4
THREADS = 200
"""How many conversations are looked at, as many short and long ones in a small history as in a large."""
UNCOMMON = WORDS[400:500]
"""Words that fill a page of the small history just so: both sizes then show pages of one length."""
LEAST = 40
"""Fewest times an operation is measured."""

Operation = Callable[[], Awaitable[object]]


@asynccontextmanager
async def filled(engine: str, size: int, keep: str | None) -> AsyncIterator[tuple[Hub, Sequence[ConversationId]]]:
    """Open a hub with a history of this size, and some of its conversations."""
    async with place(engine, keep=f"{keep}-{size}" if keep else None) as spot:
        some = await _some(spot, size)
        async with open_hub(spot.settings()) as hub:
            yield hub, some


async def _some(spot: Place, size: int) -> Sequence[ConversationId]:
    done = spot.folder / "history.json"
    if not done.exists():
        channel_ids = [(await make_line(spot, address=f"@shop_{number}")).channel_id for number in range(CHANNELS)]
        async with open_hub(spot.settings()) as hub:
            conversations = await fill(hub, channel_ids, size)
        await tidy(spot)
        by_length = sorted(conversations, key=lambda one: conversations[one])
        places = [(2 * number + 1) * len(by_length) // (2 * THREADS) for number in range(THREADS)]
        done.write_text(json.dumps([str(by_length[place]) for place in places]))
    return [ConversationId(UUID(text)) for text in json.loads(done.read_text())]


async def operations(hub: Hub, some: Sequence[ConversationId]) -> Mapping[str, Operation]:
    """Return what an agent's screen asks for, by name."""
    queries, chance = hub.storage.queries, random.Random(1)
    async with hub.storage.read() as uow:
        me = (await uow.users.all())[-1].id
        channel_id = (await uow.channels.all())[0].id
    rows = {row.id: row for row in await queries.conversation_rows(some, viewer=me)}
    everything = ConversationFilter()
    numbers = [(await queries.thread(one, before=None, limit=1)).items[0].text.rpartition(" ")[2] for one in some]
    numbers = [number for number in numbers if len(number) == max(map(len, numbers))]
    second = (await queries.conversations(everything, viewer=me, cursor=None, limit=50)).next

    def listed(f: ConversationFilter, cursor: str | None = None) -> Operation:
        return lambda: queries.conversations(f, viewer=me, cursor=cursor, limit=50)

    def search(*words: str) -> Operation:
        return lambda: queries.search(" ".join(words), cursor=None, limit=25)

    return {
        "list": listed(everything),
        "list_next": listed(everything, second),
        "list_newest": listed(ConversationFilter(sort="newest")),
        "list_mine": listed(ConversationFilter(view="mine")),
        "list_channel": listed(ConversationFilter(channel_ids=(channel_id,))),
        "list_tag": listed(ConversationFilter(tags=("vip",))),
        "list_resolved": listed(ConversationFilter(states=(ConversationState.resolved,), sort="newest")),
        "counts": lambda: queries.counts(viewer=me),
        "thread": lambda: queries.thread(chance.choice(some), before=None, limit=50),
        "timeline": lambda: queries.timeline(rows[chance.choice(some)].contact_id, before=None, limit=50),
        "search_common": search("faktura"),
        "search_korean": search("배송 환불"),
        "search_two_words": lambda: search(*chance.sample(WORDS[:30], 2))(),
        "search_uncommon": lambda: search(chance.choice(UNCOMMON))(),
        "search_number": lambda: search("nr", chance.choice(numbers))(),
        "search_nothing": search("nowhere"),
    }


async def compare(small: Operation, large: Operation, seconds: float) -> tuple[Sequence[float], Sequence[float]]:
    """Return the times of both in seconds, measured in turns so that the machine's moods meet both."""
    times: tuple[list[float], list[float]] = ([], [])
    for run in (small, large):
        await run()
    until = perf_counter() + seconds
    while perf_counter() < until or len(times[0]) < LEAST:
        for run, taken in zip((small, large), times, strict=True):
            start = perf_counter()
            await run()
            taken.append(perf_counter() - start)
    return times


async def measure(engine: str, seconds: float, large: int, keep: str | None) -> None:
    """Measure one engine at both sizes and print each operation."""
    async with AsyncExitStack() as stack:
        low, high = [
            await operations(*await stack.enter_async_context(filled(engine, size, keep))) for size in (SMALL, large)
        ]
        for name in high:
            few, many = await compare(low[name], high[name], seconds)
            base, value = percentile(few, 0.95) * 1000, percentile(many, 0.95) * 1000
            report(
                "inbox",
                engine=engine,
                op=name,
                size=large,
                value=value,
                unit="ms p95",
                ceiling=base,
                ratio=value / base,
                p50_ms=percentile(many, 0.5) * 1000,
                p99_ms=percentile(many, 0.99) * 1000,
            )


def _asked() -> argparse.Namespace:
    asked = parser(__doc__ or "", 2.0)
    asked.add_argument("--large", type=int, default=LARGE, help="interactions of the large history")
    asked.add_argument("--keep", metavar="NAME", help="keep the filled databases under this name, and use them again")
    return asked.parse_args()


def main() -> None:
    """Measure the engines asked for."""
    asked = _asked()
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds, asked.large, asked.keep))


if __name__ == "__main__":
    main()
