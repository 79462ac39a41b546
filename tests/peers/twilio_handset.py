"""A telephone with a number at Twilio's network, as a person uses it: rings, is answered, takes a key, hangs up."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.peers.twilio_line import Line


@dataclass(eq=False)
class HandsetCall:
    """One call at a telephone."""

    answered: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    how: str = ""

    async def hang_up(self) -> None:
        """End it from the network's side."""
        self.ended.set()


class Handset:
    """One telephone."""

    def __init__(self, number: str) -> None:
        self.number = number
        self._rings: asyncio.Queue[Line] = asyncio.Queue()
        self._line: Line | None = None
        self._call = HandsetCall()

    @property
    def line(self) -> "Line":
        """The leg of its call."""
        assert self._line is not None, "nobody called"
        return self._line

    def ring(self, line: "Line") -> HandsetCall:
        """Let it ring."""
        self._call = HandsetCall()
        self._rings.put_nowait(line)
        return self._call

    async def ringing(self) -> None:
        """Wait until it rings."""
        self._line = await asyncio.wait_for(self._rings.get(), 20)

    def answer(self, key: str = "1", *, by: str = "human") -> None:
        """Pick up, and press a key if something is asked; `by` is what Twilio hears there: `machine_start`, `fax`."""
        self.line.keys = key
        self.line.answered_by = by
        self._call.answered.set()

    def hang_up(self) -> None:
        """Put the receiver down, or refuse what rings."""
        self._call.how = self._call.how or ("hangup" if self._call.answered.is_set() else "reject")
        self._call.ended.set()
