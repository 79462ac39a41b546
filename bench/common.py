"""What benchmarks share: databases on both engines, a hub as a process of its own, percentiles, the line they print."""

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from hub.settings import HubSettings
from storage import migrate
from tests.databases import start_server, stop_server


def parser(description: str, seconds: float) -> argparse.ArgumentParser:
    """Return what reads `--seconds` and `--engine`, to be given more."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--seconds", type=float, default=seconds, help="how long each measurement lasts")
    made.add_argument("--engine", choices=["sqlite", "postgres"], action="append", help="only this engine")
    return made


def arguments(description: str, seconds: float) -> argparse.Namespace:
    """Read `--seconds` and `--engine`."""
    return parser(description, seconds).parse_args()


def report(bench: str, **figures: Any) -> None:
    """Print one result as a line of JSON; numbers to four significant digits."""
    print(json.dumps({"bench": bench, **{k: _short(v) for k, v in figures.items() if v is not None}}), flush=True)


def _short(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values, no percentile")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * len(ordered) * 1000) // 1000) - 1))]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one engine's measurement happens: a migrated, empty database and a data folder."""

    engine: str
    url: str
    folder: Path

    def settings(self, **given: Any) -> HubSettings:
        """Return the hub's settings for it."""
        return HubSettings.load(env_file=None, data_dir=self.folder, database_url=self.url, **given)


@asynccontextmanager
async def place(engine: str, *, keep: str | None = None) -> AsyncIterator[Place]:
    """Make an empty migrated database of this engine, removed afterwards; `keep` names one that stays for next time."""
    with ExitStack() as stack:
        if keep:
            folder = Path(tempfile.gettempdir()) / f"hub-bench-{keep}-{engine}"
            folder.mkdir(exist_ok=True)
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-bench-")))
        if engine == "sqlite":
            url = f"sqlite+aiosqlite:///{folder}/hub.db"
        else:
            run = f"bench-{keep or f'{os.getpid()}-{folder.name[-8:]}'}"
            server = start_server(run)
            stack.callback(stop_server, run, remove=not keep)
            # The tests' server does not flush to disk; here what is measured must be durable.
            url = await _durable_database(server.set(drivername="postgresql").render_as_string(hide_password=False))
        await migrate(url)
        yield Place(engine, url, folder)


async def _durable_database(dsn: str) -> str:
    import asyncpg

    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("ALTER SYSTEM SET fsync = on")
        await connection.execute("ALTER SYSTEM SET full_page_writes = on")
        await connection.execute("SELECT pg_reload_conf()")
        if not await connection.fetchval("SELECT count(*) FROM pg_database WHERE datname = 'hub_bench'"):
            await connection.execute("CREATE DATABASE hub_bench")
    finally:
        await connection.close()
    made = make_url(dsn).set(drivername="postgresql+asyncpg", database="hub_bench")
    return made.render_as_string(hide_password=False)


async def tidy(spot: Place) -> None:
    """Do now what PostgreSQL's own housekeeping would do soon after a great many rows; SQLite has none."""
    if spot.engine == "postgres":
        engine = create_async_engine(spot.url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text("VACUUM (ANALYZE)"))
        await engine.dispose()


@asynccontextmanager
async def process(
    *arguments: str, ready: str, env: dict[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a Python module as a process until the block ends. Returns once it printed a line that holds `ready`."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, stdout=asyncio.subprocess.PIPE, env={**os.environ, **(env or {})}
    )
    try:
        if child.stdout is None:
            raise RuntimeError("the process has no output")
        async with asyncio.timeout(60):
            while ready.encode() not in (line := await child.stdout.readline()):
                if not line:
                    raise RuntimeError(f"{arguments[0]} ended before it was ready")
        yield child
    finally:
        if child.returncode is None:
            child.send_signal(signal.SIGTERM)
            await child.wait()


def hub_environment(spot: Place, port: int, **more: str) -> dict[str, str]:
    """Return the environment of a hub process that serves this place."""
    return {
        "HUB_DATA_DIR": str(spot.folder),
        "HUB_DATABASE_URL": spot.url,
        "HUB_PORT": str(port),
        "HUB_LOG_LEVEL": "warning",
        **more,
    }


def engines(chosen: Sequence[str] | None) -> Sequence[str]:
    """Return the engines to measure."""
    return chosen or ("sqlite", "postgres")


def free_port() -> int:
    """Return a port nobody listens on now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
