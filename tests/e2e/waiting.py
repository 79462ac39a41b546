"""Waits for a condition with a deadline: what a test does instead of sleeping."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_EVERY = 0.05


async def until(
    look: Callable[[], Awaitable[T | None]], *, within: float = 20.0, what: str = "", every: float = _EVERY
) -> T:
    """Return what `look` gives as soon as it is true; AssertionError with the last look after `within` seconds."""
    found = await until_so(look, bool, within=within, what=what or str(look), every=every)
    assert found is not None, what
    return found


async def until_so(
    read: Callable[[], Awaitable[R]],
    so: Callable[[R], object],
    *,
    what: str,
    within: float = 20.0,
    every: float = _EVERY,
) -> R:
    """Return what was read as soon as it is so; AssertionError with the last reading after `within` seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + within
    while not so(found := await read()):
        assert loop.time() < end, f"{what} did not happen within {within} s; the last look gave {found!r}"
        await asyncio.sleep(every)
    return found
