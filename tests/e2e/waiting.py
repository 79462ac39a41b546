"""Waits for a condition with a deadline: what a test does instead of sleeping."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

_EVERY = 0.05


async def until(
    look: Callable[[], Awaitable[T | None]], *, within: float = 20.0, what: str = "", every: float = _EVERY
) -> T:
    """Return what `look` gives as soon as it is true; AssertionError with the last look after `within` seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + within
    while not (found := await look()):
        assert loop.time() < end, f"{what or look} did not happen within {within} s; the last look gave {found!r}"
        await asyncio.sleep(every)
    return found
