"""What legs and conferences of Twilio's network share: devices, waiting for what comes first, reading TwiML."""

import asyncio
from collections.abc import Sequence
from typing import Protocol
from xml.etree import ElementTree as ET


class Device(Protocol):
    """What rings at the end of a leg."""

    answered: asyncio.Event
    ended: asyncio.Event

    @property
    def how(self) -> str: ...
    async def hang_up(self) -> None:
        """End it from the network's side."""


def named(verb: ET.Element, name: str) -> str:
    """Return an attribute that must be there."""
    found = verb.get(name)
    assert found, f"{verb.tag} has no {name}"
    return found


async def first(events: Sequence[asyncio.Event], seconds: float = 600) -> bool:
    """Wait for the first of them, at most so long; tell whether one came."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return any(event.is_set() for event in events)
