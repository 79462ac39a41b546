"""A customer's call as Twilio leads it. https://www.twilio.com/docs/voice/twiml

The emulator makes the call and its record, and asks the hub once; what happens then is led by `twilio_line.Line`.
"""

import asyncio
from types import TracebackType
from typing import Self

from tests.peers.emulate import EmulatedTwilio
from tests.peers.far_end import FarCall
from tests.peers.twilio_line import Line
from tests.peers.twilio_network import TwilioNetwork


class CustomerCall:
    """One customer on the line. Leaving the block hangs up."""

    def __init__(self, network: TwilioNetwork, twilio: EmulatedTwilio, *, message: bytes = b"") -> None:
        self._network, self._twilio = network, twilio
        self._message = message
        self._line: Line | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._line is not None and error is None:
            await self.hang_up()

    async def call(self, address: str, *, sender: str, to: str) -> None:
        """Call our number: the emulator asks the hub first, and this goes on with what the hub says next."""
        sid = await self._twilio.customer_calls(sender=sender, to=to)
        self._line = Line(self._network, sid, sender=sender, to=to, direction="inbound", message=self._message)
        self._line.lead(address)

    @property
    def line(self) -> Line:
        """The caller's leg."""
        assert self._line is not None, "nobody called"
        return self._line

    @property
    def media(self) -> FarCall:
        """The sound of the talk."""
        dialled = [one.media for one in self._network.lines.values() if one.parent is self.line and one.media]
        assert dialled, "nobody was rung"
        return dialled[-1]

    @property
    def heard(self) -> list[str]:
        """The verbs the caller came through."""
        return self.line.heard

    async def hang_up(self) -> None:
        """Hang up at the caller's end, and wait until all is told."""
        self.line.over.set()
        await self.finished()

    async def finished(self) -> None:
        """Wait until all calls are over and all is told."""
        async with asyncio.timeout(20):
            await self._network.settled()
