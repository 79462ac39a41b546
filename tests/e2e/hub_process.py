"""The hub as a process of its own: started, killed and started again on the same data, its log read at the end."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

from tests.peers.ports import free_port

CHECKOUT = Path(__file__).resolve().parents[2]
START_WITHIN = 180.0
_PASSWORD = re.compile(r"Password:\s+(\S+)")


@dataclass
class HubProcess:
    """`hub serve` on a port and a data folder of its own. Leaving the block stops it and reads its log."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Further settings, such as HUB_DATABASE_URL."""
    port: int = field(default_factory=free_port)
    start_within: float = START_WITHIN
    """Seconds; making a demo's month takes longer on a busy machine."""
    secrets: list[str] = field(default_factory=list)
    """What must never stand in the log."""
    starts: int = 0
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process that runs now."""
        assert self._process is not None, "the hub is not running"
        return self._process.pid

    def launch(self) -> None:
        """Start the process without waiting for anything."""
        assert self._process is None, "the hub is running already"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("HUB_") and k != "PYTHONDONTWRITEBYTECODE"}
        settings = {"HUB_DATA_DIR": str(self.folder / "data"), "HUB_LOG_LEVEL": "warning", **self.environment}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "hub.out").open("ab") as out, (self.folder / "hub.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hub", "serve", "--port", str(self.port)],
                # not in the checkout, whose .env is the developer's own
                cwd=self.folder,
                env=kept | {"PYTHONPATH": str(CHECKOUT)} | settings,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=log,
                start_new_session=True,
            )
        self.starts += 1

    async def start(self) -> float:
        """Start it and wait until it is ready; return the seconds this took."""
        began = time.monotonic()
        self.launch()
        await self.ready()
        return time.monotonic() - began

    async def ready(self) -> None:
        """Wait until /readyz says so. Raises AssertionError with the log if the process ended or takes too long."""
        assert self._process is not None, "the hub is not running"
        end = time.monotonic() + self.start_within
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http:
            while not await _answers(http, f"{self.url}/readyz"):
                ended = self._process.poll()
                assert ended is None, f"the hub ended with {ended}:\n{self.log()[-4000:]}"
                assert time.monotonic() < end, (
                    f"the hub did not start within {self.start_within} s:\n{self.log()[-4000:]}"
                )
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop it as an operator would; it must end by itself and without an error."""
        code = self._end(signal.SIGTERM)
        assert code == 0, f"the hub ended with {code} when asked to stop:\n{self.log()[-4000:]}"

    def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        assert process is not None, "the hub is not running"
        process.send_signal(number)
        try:
            return process.wait(timeout=30)
        finally:
            process.kill()
            process.wait()

    @property
    def running(self) -> bool:
        """Whether it was started and not ended by us."""
        return self._process is not None

    def log(self) -> str:
        """What it logged, over all starts."""
        path = self.folder / "hub.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def first_password(self) -> str:
        """The first admin's password, as printed at the first start."""
        found = _PASSWORD.search((self.folder / "hub.out").read_text())
        assert found, "the first start printed no password"
        self.secrets.append(found.group(1))
        return found.group(1)

    def resident_megabytes(self) -> float:
        """How much memory it holds now (RSS)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def check_log(self) -> None:
        """Raise AssertionError if the log tells of an unexpected error or holds a secret."""
        log = self.log()
        assert "Traceback (most recent call last)" not in log, f"the hub's log holds an error:\n{log[-8000:]}"
        told = [f"{secret[:4]}…" for secret in self.secrets if secret in log]
        assert not told, f"the hub's log holds secrets that begin with {told}"

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            if self.running:
                self.kill()  # a hub that is still starting would take the next test's time
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            if self.running:
                self.kill()
            error.add_note(f"the hub's log ended with:\n{self.log()[-4000:]}")
            return
        self.stop()
        self.check_log()


async def _answers(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(url) as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False
