"""How long the hub takes from its start to its first answer, and how much memory it holds when idle.

Measured on existing data with the channels of the demo, as a second `make run` finds it; byte code is compiled.
The ceiling is the time of importing nothing but the libraries it serves with.
"""

import asyncio
import sys
from pathlib import Path
from time import perf_counter

import aiohttp

from bench.common import Place, arguments, engines, free_port, hub_environment, percentile, place, process, report
from connectors.webchat import MANIFEST as WEBCHAT
from hub.app import open_hub
from hub.domain.ids import ChannelId
from hub.services import channels
from hub.services.ids import new_id

BARE = "import aiohttp.web, pydantic, pydantic_settings, sqlalchemy.ext.asyncio, structlog, typer"
IDLE_AFTER = 2.0
"""Seconds until what a start does afterwards is done."""


async def make_channels(spot: Place) -> None:
    """Make a channel of every connector the demo knows; their settings lead nowhere."""
    async with open_hub(spot.settings()) as hub:
        for manifest in hub.registry:
            if manifest.simulation is None:
                continue
            async with hub.storage.begin() as uow:
                await channels.create(
                    uow,
                    manifest,
                    id=ChannelId(new_id()),
                    name=manifest.title,
                    settings=channels.validated(manifest, manifest.simulation.settings),
                    address=manifest.simulation.address,
                    enabled=manifest.key == WEBCHAT.key,  # the others would call their providers
                    now=hub.clock.now(),
                )


def resident(pid: int) -> float:
    """Return the memory a process holds, MB. Raises OSError where the system has no /proc."""
    (line,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


async def answered(port: int) -> None:
    """Return once the hub answers."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
        await answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the hub is not ready: {answer.status}")


async def bare() -> float:
    """Return the seconds Python needs for the libraries alone."""
    start = perf_counter()
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", BARE)
    await child.wait()
    return perf_counter() - start


async def start(spot: Place) -> tuple[float, float]:
    """Start the hub once; returns seconds to the first answer, and the memory it holds idle, MB."""
    port, begun = free_port(), perf_counter()
    async with process("hub", "serve", ready="ready", env=hub_environment(spot, port)) as child:
        await answered(port)
        took = perf_counter() - begun
        await asyncio.sleep(IDLE_AFTER)
        return took, resident(child.pid)


async def measure(engine: str, seconds: float) -> None:
    """Start again and again for so many seconds, at least three times, and print the median."""
    async with place(engine) as spot:
        await make_channels(spot)
        await start(spot)  # the first one compiles
        until, starts, ceilings = perf_counter() + seconds, list[tuple[float, float]](), list[float]()
        while perf_counter() < until or len(starts) < 3:
            starts.append(await start(spot))
            ceilings.append(await bare())
        times = [took for took, _ in starts]
        value, ceiling = percentile(times, 0.5), percentile(ceilings, 0.5)
        report(
            "start",
            engine=engine,
            value=value,
            unit="s",
            ceiling=ceiling,
            ratio=value / ceiling,
            slowest=max(times),
            idle_mb=percentile([memory for _, memory in starts], 0.5),
        )


def main() -> None:
    """Measure the engines asked for."""
    asked = arguments(__doc__ or "", 15.0)
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds))


if __name__ == "__main__":
    main()
