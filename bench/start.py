"""How long the hub takes from its start to its first answer, and how much memory it holds when idle.

Measured on existing data with an enabled channel of each kind the demo knows, as a second `make run` finds it; byte
code is compiled. Their hosts are under `.invalid`, which nobody has: each looks for its provider and backs off,
with all its libraries loaded. The ceiling is the time of importing nothing but the libraries it serves with. `cpu_s` is
the processor's time in it, which other programs on the machine lengthen less.
"""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import aiohttp

from bench.common import Place, engines, free_port, hub_environment, parser, percentile, place, process, report
from hub.app import open_hub
from hub.domain.ids import ChannelId
from hub.services import channels
from hub.services.ids import new_id

BARE = "import aiohttp.web, pydantic, pydantic_settings, sqlalchemy.ext.asyncio, structlog, typer"
MOST = 100
IDLE_AFTER = 5.0
"""Seconds until what a start does afterwards is done."""


async def make_channels(spot: Place, most: int) -> int:
    """Make channels of so many connectors the demo knows, whose settings lead nowhere; return how many there are."""
    made = 0
    async with open_hub(spot.settings()) as hub:
        for manifest in hub.registry:
            if manifest.simulation is None or made == most:
                continue
            async with hub.storage.begin() as uow:
                await channels.create(
                    uow,
                    manifest,
                    id=ChannelId(new_id()),
                    name=manifest.title,
                    settings=channels.validated(manifest, manifest.simulation.settings),
                    address=manifest.simulation.address,
                    now=hub.clock.now(),
                )
            made += 1
    return made


def resident(pid: int) -> float:
    """Return the memory a process holds, MB. Raises OSError where the system has no /proc."""
    (line,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def worked(pid: int) -> float:
    """Return the processor's seconds a process took so far. Raises OSError where the system has no /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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


@dataclass(frozen=True, slots=True)
class Started:
    """One start."""

    seconds: float
    """To the first answer."""
    cpu_seconds: float
    idle_mb: float


async def start(spot: Place) -> Started:
    """Start the hub once."""
    port, begun = free_port(), perf_counter()
    async with process("hub", "serve", ready="ready", env=hub_environment(spot, port)) as child:
        await answered(port)
        took, cpu = perf_counter() - begun, worked(child.pid)
        await asyncio.sleep(IDLE_AFTER)
        return Started(took, cpu, resident(child.pid))


async def measure(engine: str, seconds: float, most: int) -> None:
    """Start again and again for so many seconds, at least three times, and print the median."""
    async with place(engine) as spot:
        made = await make_channels(spot, most)
        await start(spot)  # the first one compiles
        until, starts, ceilings = perf_counter() + seconds, list[Started](), list[float]()
        while perf_counter() < until or len(starts) < 3:
            starts.append(await start(spot))
            ceilings.append(await bare())
        times = [one.seconds for one in starts]
        value, ceiling = percentile(times, 0.5), percentile(ceilings, 0.5)
        report(
            "start",
            engine=engine,
            value=value,
            unit="s",
            ceiling=ceiling,
            ratio=value / ceiling,
            slowest=max(times),
            cpu_s=percentile([one.cpu_seconds for one in starts], 0.5),
            channels=made,
            idle_mb=percentile([one.idle_mb for one in starts], 0.5),
        )


def main() -> None:
    """Measure the engines asked for."""
    reads = parser(__doc__ or "", 15.0)
    reads.add_argument("--channels", type=int, default=MOST, help="of so many kinds (all there are)")
    asked = reads.parse_args()
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds, asked.channels))


if __name__ == "__main__":
    main()
