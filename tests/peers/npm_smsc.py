"""An SMS centre that is not ours: the npm package `smpp`, as a process (https://www.npmjs.com/package/smpp)."""

import asyncio
import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.peers.npm_env import NODE, environment, node_with

VERSION = "0.5.1"
PASSWORD = "s3cretpw"


class NpmSmsc:
    """Takes binds and submissions, sends a receipt for each, delivers what a test says."""

    def __init__(self, *, receipts_first: bool = False) -> None:
        self._receipts_first = receipts_first
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.port = 0
        self.taken: list[dict[str, Any]] = []
        self.acknowledged = 0
        self.binds = 0

    async def __aenter__(self) -> Self:
        package = await asyncio.to_thread(node_with, "smpp", VERSION)
        self._process = await asyncio.create_subprocess_exec(
            str(NODE),
            str(Path(__file__).with_name("smsc.js")),
            "receipts-first" if self._receipts_first else "receipts-after",
            env=environment({"NODE_PATH": str(package.parent)}),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self.port = (await self._line())["port"]
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._reading is not None:
            self._process.terminate()
            await self._process.wait()
            await self._reading

    def customer_writes(self, text: str, *, sender: str, to: str, udh: tuple[int, ...] = ()) -> None:
        """Deliver a message of a customer; `udh` is its user data header."""
        self._tell({"from": sender.lstrip("+"), "to": to.lstrip("+"), "text": text, **({"udh": udh} if udh else {})})

    def cut(self) -> None:
        """Cut every connection."""
        self._tell({"cut": True})

    def _tell(self, told: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told).encode() + b"\n")

    async def _line(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        return dict(json.loads(line)) if line else {}

    async def _read(self) -> None:
        while told := await self._line():
            if "id" in told:
                self.taken.append(told)
            self.acknowledged += "acknowledged" in told
            self.binds += "bound" in told
