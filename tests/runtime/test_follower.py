"""A reader of the notices goes on where it was, repeats what it had not noted, and begins with what comes from now."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.runtime.follower import Follower
from tests.scripted import SmallHub, says, small_hub


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(sqlite_url, tmp_path) as opened:
        yield opened


def follower(hub: SmallHub, keep_every: float = 0.0) -> Follower:
    return Follower(hub.storage, "test.followed", keep_every=keep_every)


async def caught_up(reader: Follower) -> int:
    """How many notices there were until it had caught up."""
    seen = 0
    while notices := await reader.notices(2):
        reader.passed(notices)
        seen += len(notices)
    return seen


async def test_who_never_followed_begins_with_what_comes_from_now(hub: SmallHub) -> None:
    await hub.hears(says("one"))
    reader = follower(hub)
    assert not await reader.notices(100)
    await hub.hears(says("two"))
    assert await caught_up(reader) > 0


async def test_a_restart_goes_on_from_the_kept_place(hub: SmallHub) -> None:
    reader = follower(hub)
    assert await caught_up(reader) == 0
    await reader.keep()
    await hub.hears(says("one"))
    new = await caught_up(reader)
    again = follower(hub)
    assert await caught_up(again) == new
    await reader.keep()
    reader.restart()
    assert await caught_up(reader) == 0


async def test_the_place_is_noted_only_now_and_then(hub: SmallHub) -> None:
    reader = follower(hub, keep_every=3600.0)
    await caught_up(reader)
    await reader.keep()
    await hub.hears(says("one"))
    new = await caught_up(reader)
    await reader.keep()
    assert await caught_up(follower(hub)) == new
