"""Receiving over a bind: stored before it is acknowledged, joined when long, recognised when sent again after a cut."""

from collections.abc import AsyncGenerator, Callable
from datetime import datetime

from connectors.smpp.joining import Memory, digest_of, resent, sequence_free
from connectors.smpp.parse import ID, KIND
from connectors.smpp.pdu import RESPONSE, BadPdu, Pdu, short_message
from connectors.smpp.receipts import is_receipt
from connectors.smpp.segments import part_of
from connectors.smpp.session import Session
from hub.contract import RawEvent

Item = tuple[RawEvent | None, str | None]


class Receiver:
    """Turns the units of one bind into raw events."""

    def __init__(self, session: Session, memory: Memory, now: Callable[[], datetime]) -> None:
        self._session = session
        self._memory = memory
        self._now = now
        self._before = dict(memory.unsure)
        """What was stored over an earlier bind and perhaps not acknowledged: the operator sends it again."""
        self._answered: list[tuple[str, int]] = []

    async def items(self) -> AsyncGenerator[Item, None]:
        """Yield raw events with the cursor after them; each unit is acknowledged when the next item is asked for."""
        yield None, self._memory.write()
        async for unit in self._session.incoming():
            news = self._confirm()
            for late in self._memory.overdue(self._now()):
                yield self._event(late), self._memory.write()
            if unit.command & RESPONSE:
                if news:
                    yield None, self._memory.write()
                continue
            digest = digest_of(unit)
            if resent(self._before, digest, self._now()):
                del self._before[digest]
            else:
                self._memory.stored(digest, self._now())
                complete = self._complete(unit)
                yield (None if complete is None else self._event(complete)), self._memory.write()
            await self._session.answer(unit)
            self._answered.append((digest, self._session.sequence))

    def _complete(self, unit: Pdu) -> bytes | None:
        """Return all units of the message this one completes; None while parts are missing."""
        try:
            message = short_message(unit)
        except BadPdu:
            return unit.encode()
        part = None if is_receipt(message) else part_of(message)
        return unit.encode() if part is None else self._memory.add(unit, message, part, self._now())

    def _confirm(self) -> bool:
        """Forget what the operator surely knows we have, as it answered something we asked later. Tells if any was."""
        sure = [digest for digest, asked in self._answered if self._session.answered > asked]
        self._memory.acknowledged(sure)
        self._answered = [entry for entry in self._answered if entry[1] >= self._session.answered]
        return bool(sure)

    def _event(self, units: bytes) -> RawEvent:
        at = self._now()
        number = f"{int(at.timestamp() * 1000):x}-{self._memory.count:x}"
        return RawEvent(kind=KIND, body=sequence_free(units), headers={ID: number}, received_at=at)
