"""Receiving: stored before it is acknowledged, joined, known again after a cut."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from connectors.smpp.connector import SmppConnector
from connectors.smpp.joining import Memory, read
from connectors.smpp.pdu import Command, Pdu, submit
from connectors.smpp.receive import Item
from connectors.smpp.segments import part_of
from connectors.smpp.session import Patience
from hub.contract import ConnectorError, InboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.smpp.messages import ANNA, part, receipt, short
from tests.connectors.smpp.smsc import Smsc

SHORT = Patience(connect=2.0, answer=0.3)
WATCHFUL = Patience(connect=2.0, answer=0.3, silence=0.02)


class Listener:
    """Plays the hub: takes one item after the other and keeps the cursor."""

    def __init__(self, account: SmppConnector, cursor: str | None = None) -> None:
        self.account = account
        self.cursor = cursor
        self._items: AsyncGenerator[Item, None] = account.listen(cursor)

    async def event(self) -> RawEvent:
        """The next event; cursors between are kept."""
        async with asyncio.timeout(5):
            while True:
                event, cursor = await anext(self._items)
                self.cursor = cursor or self.cursor
                if event is not None:
                    return event

    async def text(self) -> str:
        (message,) = self.account.parse(await self.event())
        assert isinstance(message, InboundMessage)
        return message.text

    async def step(self) -> RawEvent | None:
        """One item, whatever it is."""
        async with asyncio.timeout(5):
            event, self.cursor = await anext(self._items)
        return event

    async def end(self) -> None:
        await self._items.aclose()
        await self.account.close()


@asynccontextmanager
async def listening(
    smsc: Smsc, tools: Tools, cursor: str | None = None, patience: Patience = SHORT
) -> AsyncGenerator[Listener, None]:
    listener = Listener(SmppConnector(smsc.settings(), tools, patience=patience), cursor)
    assert await listener.step() is None
    try:
        yield listener
    finally:
        await listener.end()


async def test_a_message_is_acknowledged_only_after_the_hub_asks_for_the_next(smsc: Smsc, tools: Tools) -> None:
    async with listening(smsc, tools) as hub:
        smsc.deliver(short(b"Hello"))
        assert await hub.text() == "Hello"
        assert smsc.answers.empty()
        smsc.deliver(short(b"Again"))
        assert await hub.text() == "Again"
        assert (await smsc.answers.get()).command == 0x80000005


async def test_two_equal_messages_are_two_messages(smsc: Smsc, tools: Tools) -> None:
    async with listening(smsc, tools) as hub:
        smsc.deliver(short(b"ok"))
        smsc.deliver(short(b"ok"))
        first, second = await hub.event(), await hub.event()
        assert first.headers != second.headers
        assert first.body == second.body


async def test_what_was_stored_but_not_acknowledged_is_known_again_after_a_cut(smsc: Smsc, tools: Tools) -> None:
    async with listening(smsc, tools) as hub:
        smsc.deliver(short(b"Hello"))
        assert await hub.text() == "Hello"
        smsc.cut()
        cursor = hub.cursor
    async with listening(smsc, tools, cursor) as hub:
        smsc.deliver(short(b"Hello"))
        smsc.deliver(short(b"And more"))
        assert await hub.text() == "And more"


async def test_an_equal_message_after_a_cut_is_new_if_the_first_was_surely_acknowledged(
    smsc: Smsc, tools: Tools
) -> None:
    async with listening(smsc, tools, patience=WATCHFUL) as hub:
        smsc.deliver(short(b"ok"))
        await hub.text()
        # The operator's sign of life, asked for after our acknowledgement, moves the cursor.
        assert await hub.step() is None
        smsc.cut()
        cursor = hub.cursor
    async with listening(smsc, tools, cursor) as hub:
        smsc.deliver(short(b"ok"))
        assert await hub.text() == "ok"


async def test_parts_are_joined_in_any_order_also_over_a_cut(smsc: Smsc, tools: Tools) -> None:
    async with listening(smsc, tools) as hub:
        smsc.deliver(part(3, 3, b"three"))
        smsc.deliver(part(1, 3, b"one "))
        assert [await hub.step(), await hub.step()] == [None, None]
        cursor = hub.cursor
    async with listening(smsc, tools, cursor) as hub:
        smsc.deliver(part(2, 3, b"two "))
        assert await hub.text() == "one two three"


async def test_receipts_pass_between_the_parts_of_a_message(smsc: Smsc, tools: Tools) -> None:
    async with listening(smsc, tools) as hub:
        smsc.deliver(part(1, 2, b"one "))
        smsc.deliver(receipt("id:1 stat:DELIVRD err:000"))
        smsc.deliver(part(2, 2, b"two"))
        assert len(hub.account.parse(await hub.event())) == 1
        assert await hub.text() == "one two"


async def test_a_lost_connection_is_said_in_words(smsc: Smsc, tools: Tools) -> None:
    async with listening(smsc, tools) as hub:
        smsc.cut()
        with pytest.raises(ConnectorError, match="closed the connection"):
            await hub.event()


async def test_an_operator_without_signs_of_life_is_left(smsc: Smsc, tools: Tools) -> None:
    smsc.unanswered_links = True
    async with listening(smsc, tools, patience=WATCHFUL) as hub:
        with pytest.raises(ConnectorError, match="sign of life"):
            await hub.event()


async def test_sends_and_receives_over_one_bind(smsc: Smsc, tools: Tools) -> None:
    async with listening(smsc, tools) as hub:
        assert (await hub.account.send(outbound(ANNA))).external_id == "1"
        smsc.deliver(short(b"Thanks"))
        assert await hub.text() == "Thanks"


def test_what_waits_too_long_is_shown_as_it_is() -> None:
    memory = Memory()
    message = part(1, 2, b"one")
    unit = Pdu(command=Command.deliver_sm, body=submit(message))
    found = part_of(message)
    assert found is not None
    assert memory.add(unit, message, found, NOW) is None
    memory = read(memory.write())
    assert memory.overdue(NOW + timedelta(minutes=9)) == []
    assert memory.overdue(NOW + timedelta(minutes=11)) == [unit.encode()]
    assert memory.waiting == {}
