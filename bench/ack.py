"""How fast a signed webhook is stored durably and acknowledged, beside a bare handler that stores nothing."""

import asyncio
import json
from collections.abc import Sequence
from statistics import median

from bench.common import Place, arguments, engines, free_port, hub_environment, percentile, place, process, report
from bench.load import Load, post, press
from connectors.telegram.verify import HEADER, webhook_secret
from hub.app import open_hub
from hub.domain.ids import ChannelId
from hub.services import channels
from hub.services.ids import new_id

CONNECTIONS = 64
TURNS = 9
TOKEN = "123456:" + "A" * 35
BODY = json.dumps(
    {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1_770_000_000,
            "chat": {"id": 77, "type": "private", "first_name": "Ann"},
            "from": {"id": 77, "is_bot": False, "first_name": "Ann", "language_code": "pl"},
            "text": "Dzień dobry, gdzie jest moja paczka? " * 5,
        },
    }
).encode()


async def make_channel(spot: Place, address: str = "@bench_bot") -> tuple[ChannelId, str]:
    """Make a Telegram channel; returns its id and webhook key."""
    async with open_hub(spot.settings()) as hub:
        manifest = hub.registry.manifests["telegram"]
        settings = channels.validated(manifest, {"token": TOKEN, "mode": "webhook"})
        async with hub.storage.begin() as uow:
            made = await channels.create(
                uow,
                manifest,
                id=ChannelId(new_id()),
                name="Bench",
                settings=settings,
                address=address,
                now=hub.clock.now(),
            )
        return made.record.id, made.record.webhook_key


async def measure(engine: str, seconds: float) -> None:
    """Measure one engine and the ceiling in turns, and print the figures of the turn with the median ratio.

    In turns, since the speed of a shared machine changes by a third from one second to the next: what is compared is
    measured within a second of each other.
    """
    async with place(engine) as spot:
        channel_id, key = await make_channel(spot)
        headers = {HEADER: webhook_secret(TOKEN, channel_id), "Content-Type": "application/json"}
        request = post(f"/webhooks/{key}", BODY, headers)
        bare, ours = free_port(), free_port()
        environment = hub_environment(spot, ours, HUB_ONLY="api")
        async with (
            process("bench.bare", str(bare), ready="ready"),
            process("hub", "serve", ready="ready", env=environment),
        ):
            for port in (bare, ours):
                await press(port, request, connections=CONNECTIONS, seconds=min(1.0, seconds))
            turns = [await _turn(bare, ours, request, seconds / TURNS) for _ in range(TURNS)]
    _print(engine, turns)


async def _turn(bare: int, ours: int, request: bytes, seconds: float) -> tuple[Load, Load]:
    ceiling = await press(bare, request, connections=CONNECTIONS, seconds=seconds)
    return await press(ours, request, connections=CONNECTIONS, seconds=seconds), ceiling


def _print(engine: str, turns: Sequence[tuple[Load, Load]]) -> None:
    if refused := sum(stored.refused for stored, _ in turns):
        raise SystemExit(f"{refused} webhooks were not answered with 200")
    p99_ratios = [percentile(s.latencies, 0.99) / percentile(c.latencies, 0.99) for s, c in turns]
    stored, ceiling = sorted(turns, key=lambda turn: turn[0].rate / turn[1].rate)[len(turns) // 2]
    report(
        "ack",
        engine=engine,
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
    asked = arguments(__doc__ or "", 9.0)
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds))


if __name__ == "__main__":
    main()
