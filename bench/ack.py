"""How fast a signed webhook is stored durably and acknowledged, beside a bare handler that stores nothing."""

import asyncio
import json

from bench.common import Place, arguments, engines, free_port, hub_environment, percentile, place, process, report
from bench.load import Load, post, press
from connectors.telegram.verify import HEADER, webhook_secret
from hub.app import open_hub
from hub.domain.ids import ChannelId
from hub.services import channels
from hub.services.ids import new_id

CONNECTIONS = 64
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
    """Measure one engine and the ceiling, and print both."""
    async with place(engine) as spot:
        channel_id, key = await make_channel(spot)
        headers = {HEADER: webhook_secret(TOKEN, channel_id), "Content-Type": "application/json"}
        request = post(f"/webhooks/{key}", BODY, headers)
        port = free_port()
        async with process("bench.bare", str(port), ready="ready"):
            await press(port, request, connections=CONNECTIONS, seconds=min(1.0, seconds))
            ceiling = await press(port, request, connections=CONNECTIONS, seconds=seconds)
        port = free_port()
        environment = hub_environment(spot, port, HUB_ONLY="api")
        async with process("hub", "serve", ready="ready", env=environment):
            await press(port, request, connections=CONNECTIONS, seconds=min(1.0, seconds))
            stored = await press(port, request, connections=CONNECTIONS, seconds=seconds)
    _print(engine, stored, ceiling)


def _print(engine: str, stored: Load, ceiling: Load) -> None:
    if stored.refused:
        raise SystemExit(f"{stored.refused} webhooks were not answered with 200")
    p99, bare_p99 = percentile(stored.latencies, 0.99), percentile(ceiling.latencies, 0.99)
    report(
        "ack",
        engine=engine,
        value=stored.rate,
        unit="req/s",
        ceiling=ceiling.rate,
        ratio=stored.rate / ceiling.rate,
        p50_ms=percentile(stored.latencies, 0.5) * 1000,
        p99_ms=p99 * 1000,
        ceiling_p99_ms=bare_p99 * 1000,
        p99_ratio=p99 / bare_p99,
    )


def main() -> None:
    """Measure the engines asked for."""
    asked = arguments(__doc__ or "", 5.0)
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds))


if __name__ == "__main__":
    main()
