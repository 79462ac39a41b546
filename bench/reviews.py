"""How the review list opens as it grows: p95 of its first page, its queues and their counts, at both sizes.

The calls of both sizes lie in one year, so that the larger list is also the denser one: a queue of the last 30 days
holds a hundred times as many. One call in ten is reviewed, one in a hundred has an open comment, one in two thousand an
appeal. The ratio of the million to the ten thousand is the figure.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter

import sqlalchemy as sa

from bench.calls import LARGE, SMALL, filled
from bench.common import engines, parser, percentile, report
from hub.api.review_list import COUNTED
from hub.app import Hub
from hub.domain.ids import UserId
from hub.domain.review.queue import STANDARD, Order, QueueRule

_REVIEWED, _COMMENTED, _APPEALED = 10, 100, 2_000
"""One call in so many."""
_COLUMNS = (
    "call_id, began_at, seconds, direction, channel_id, agent_id, team_id, recorded, lot, reviews, score, failed,"
    " appealed, open_comments, reviewed_at"
)


async def fill(hub: Hub) -> None:
    """Write a row of the review list for every call, as if each had been recorded."""
    database = hub.storage._database  # type: ignore[attr-defined]  # a bench fills behind the ports
    async with database.write(durable=False) as session:
        if session.postgres:
            chance = "SELECT *, floor(random() * 1000000)::int AS luck FROM calls"
            began = "now() - (luck / 1000000.0) * interval '365 days'"
        else:
            chance = "SELECT *, abs(random()) % 1000000 AS luck FROM calls"
            began = "CAST(strftime('%s', 'now') AS INTEGER) * 1000000 - luck * 31536000"
        yes, no = ("true", "false") if session.postgres else ("1", "0")
        reviewed = f"luck % {_REVIEWED} = 0"
        await session.run(
            sa.text(
                f"INSERT INTO reviewables ({_COLUMNS}) SELECT id, {began}, 20 + luck % 900, direction, channel_id,"  # noqa: S608 - our own words
                f" agent_id, team_id, {yes}, luck % 10000, CASE WHEN {reviewed} THEN 1 ELSE 0 END,"
                f" CASE WHEN {reviewed} THEN luck / 10 % 101 END, {no},"
                f" CASE WHEN luck % {_APPEALED} = 0 THEN {yes} ELSE {no} END,"
                f" CASE WHEN luck % {_COMMENTED} = 0 THEN 1 ELSE 0 END, NULL FROM ({chance}) AS drawn"
            )
        )
        await session.run(sa.text("ANALYZE reviewables"))


Look = Callable[[], Awaitable[object]]


async def looks(hub: Hub, agent: object) -> Mapping[str, Look]:
    """Return each look at the list, by what is looked at."""
    now = hub.clock.now()

    def page(rule: QueueRule, *, only: UserId | None = None, cursor: str | None = None) -> Look:
        async def run() -> object:
            async with hub.storage.read() as uow:
                return await uow.reviews.in_queue(rule, now=now, only_agent=only, cursor=cursor, limit=50)

        return run

    async def counts() -> object:
        async with hub.storage.read() as uow:
            return [await uow.reviews.count(rule, now=now, most=COUNTED) for _, rule in STANDARD]

    async with hub.storage.read() as uow:
        first = await uow.reviews.in_queue(QueueRule(), now=now, only_agent=None, cursor=None, limit=50)
    return {
        "all calls": page(QueueRule()),
        "next page": page(QueueRule(), cursor=first.next),
        "an agent's own": page(QueueRule(), only=UserId(agent)),  # type: ignore[arg-type]  # an id among what is known
        "lowest scores": page(QueueRule(reviewed=True, order=Order.lowest_score)),
        "open comments": page(QueueRule(commented=True)),
        **{f"queue {key}": page(rule) for key, rule in STANDARD},
        "counts of all queues": counts,
    }


async def both(first: Look, second: Look, seconds: float) -> tuple[float, float]:
    """Return the p95 of both, seconds: taken in turns, so that what else the machine does meets both alike."""
    taken: tuple[list[float], list[float]] = ([], [])
    until = perf_counter() + seconds
    while perf_counter() < until or len(taken[0]) < 40:
        for run, times in zip((first, second), taken, strict=True):
            began = perf_counter()
            await run()
            times.append(perf_counter() - began)
    return percentile(taken[0], 0.95), percentile(taken[1], 0.95)


async def measure(engine: str, seconds: float, large: int) -> None:
    """Measure one engine at both sizes."""
    async with filled(engine, SMALL) as (hub, known), filled(engine, large) as (grown, known_too):
        await fill(hub)
        await fill(grown)
        small, more = await looks(hub, known["agent"]), await looks(grown, known_too["agent"])
        for name, look in small.items():
            ceiling, p95 = await both(look, more[name], seconds / len(small))
            report(
                "review list",
                engine=engine,
                look=name,
                calls=large,
                p95_ms=p95 * 1000,
                ceiling_ms=ceiling * 1000,
                ratio=p95 / ceiling,
            )


def main() -> None:
    """Measure what is asked for."""
    reads = parser(__doc__ or "", 6.0)
    reads.add_argument("--large", type=int, default=LARGE, help="calls of the large list")
    given = reads.parse_args()
    for engine in engines(given.engine):
        asyncio.run(measure(engine, given.seconds, given.large))


if __name__ == "__main__":
    main()
