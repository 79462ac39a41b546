"""What comes with wrong clocks, late or in any order gives the figures it would have given in order."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from hub.contract import InboundEvent
from hub.domain.reports.answers import Selection, Value
from hub.domain.reports.period import Period, Span
from hub.services.reports import groups
from hub.services.reports.rollup import count_all
from tests.databases import Sqlite
from tests.scripted import T0, SmallHub, says, small_hub
from tests.services.test_waits import echo

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
MONTH = Period(span=Span(start=T0 - 30 * DAY, end=T0 + 2 * DAY), zone="Europe/Warsaw")
NOW = T0 + DAY


def history() -> list[InboundEvent]:
    """A fortnight as a provider exports it: questions, answers, a second channel of time for each customer."""
    told: list[InboundEvent] = []
    for number in range(12):
        at, who = T0 - 14 * DAY + number * 7 * HOUR, f"customer {number % 4}"
        told += [
            says(f"question {number}", by=who, at=at),
            says(f"and {number}", by=who, at=at + MINUTE),
            echo(f"answer {number}", to=who, at=at + (5 + number) * MINUTE),
        ]
    return told


async def figures(hub: SmallHub) -> Sequence[Value]:
    await count_all(hub.storage.rollups)
    return await groups.figures(hub.storage.reports, MONTH, Selection(), NOW)


@pytest.mark.parametrize("seed", [1, 2])
async def test_imported_history_gives_the_same_figures_in_whatever_order_it_comes(
    sqlite: Sqlite, tmp_path: Path, seed: int
) -> None:
    told = history()
    shuffled = [*told, *told[::3]]
    Random(seed).shuffle(shuffled)  # noqa: S311 - it plays
    found = []
    for place, order in enumerate((told, shuffled)):
        folder = tmp_path / str(place)
        folder.mkdir()
        async with small_hub(sqlite.fresh(folder), folder) as hub:
            for event in order:
                await hub.journal(event)
            await hub.read()
            found.append(await figures(hub))
    in_order, mixed = found
    assert {value.figure: value.n for value in in_order}["reply"] == 12
    assert mixed == in_order


async def test_clocks_in_the_future_make_no_wait_longer_and_none_negative(sqlite_url: str, tmp_path: Path) -> None:
    async with small_hub(sqlite_url, tmp_path) as hub:
        await hub.hears(says("hello", at=hub.clock.now() + 3 * DAY))
        hub.clock.forward(minutes=10)
        await hub.hears(echo("hi", at=hub.clock.now() + 5 * HOUR))
        values = {value.figure: value for value in await figures(hub)}
    assert (values["received"].n, values["sent"].n) == (1, 1)
    assert values["reply"].n == 1
    assert values["reply"].p50 == pytest.approx(600, rel=0.02)
