"""How fast a signed webhook is stored durably and acknowledged, beside a bare handler that stores nothing."""

import asyncio
from collections.abc import Sequence
from statistics import median

from bench.common import engines, free_port, hub_environment, parser, percentile, place, process, report
from bench.load import Load, press
from bench.payloads import CONNECTORS, PUBLIC_URL, make_line

CONNECTIONS = 64
TURNS = 9


async def measure(engine: str, connector: str, seconds: float) -> None:
    """Measure one engine and the ceiling in turns, and print the figures of the turn with the median ratio.

    In turns, since the speed of a shared machine changes by a third from one second to the next: what is compared is
    measured within a second of each other.
    """
    async with place(engine) as spot:
        request = (await make_line(spot, connector)).request()
        bare, ours = free_port(), free_port()
        environment = hub_environment(spot, ours, HUB_ONLY="api", HUB_PUBLIC_URL=PUBLIC_URL)
        async with (
            process("bench.bare", str(bare), ready="ready"),
            process("hub", "serve", ready="ready", env=environment),
        ):
            for port in (bare, ours):
                await press(port, request, connections=CONNECTIONS, seconds=min(1.0, seconds))
            turns = [await _turn(bare, ours, request, seconds / TURNS) for _ in range(TURNS)]
    _print(engine, connector, turns)


async def _turn(bare: int, ours: int, request: bytes, seconds: float) -> tuple[Load, Load]:
    ceiling = await press(bare, request, connections=CONNECTIONS, seconds=seconds)
    return await press(ours, request, connections=CONNECTIONS, seconds=seconds), ceiling


def _print(engine: str, connector: str, turns: Sequence[tuple[Load, Load]]) -> None:
    if refused := sum(stored.refused for stored, _ in turns):
        raise SystemExit(f"{refused} webhooks were not answered with 200")
    p99_ratios = [percentile(s.latencies, 0.99) / percentile(c.latencies, 0.99) for s, c in turns]
    stored, ceiling = sorted(turns, key=lambda turn: turn[0].rate / turn[1].rate)[len(turns) // 2]
    report(
        "ack",
        engine=engine,
        connector=connector,
        value=stored.rate,
        unit="req/s",
        ceiling=ceiling.rate,
        ratio=stored.rate / ceiling.rate,
        p50_ms=percentile(stored.latencies, 0.5) * 1000,
        p99_ms=percentile(stored.latencies, 0.99) * 1000,
        ceiling_p99_ms=percentile(ceiling.latencies, 0.99) * 1000,
        p99_ratio=median(p99_ratios),
        turns=len(turns),
    )


def main() -> None:
    """Measure the engines asked for."""
    reads = parser(__doc__ or "", 9.0)
    reads.add_argument("--connector", choices=CONNECTORS, action="append", help="payloads of this one (telegram)")
    asked = reads.parse_args()
    for engine in engines(asked.engine):
        for connector in asked.connector or CONNECTORS[:1]:
            asyncio.run(measure(engine, connector, asked.seconds))


if __name__ == "__main__":
    main()
