"""Compares some cells with what they were counted from, and says in words where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isclose

from hub.domain.reports.cells import Amount, Cells, Cut, cells_of
from hub.domain.reports.measures import measure_of
from hub.ports import Facts, RollUps, Storage

HOURS = 50
EVERY = timedelta(days=1)
WHEN = "reports_checked"
LOOKED = "reports_checked_hours"
FACT = "reports_check"
"""What the last check found: the words of the first difference, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check looked at, and what it found."""

    hours: int
    cells: int
    differences: tuple[str, ...]
    """In words, the first few."""


async def check(rollups: RollUps, *, draw: float, hours: int = HOURS) -> Checked:
    """Compare a random sample of hours, and the days they are in, with the entries and waits. Changes nothing.

    `draw` is a random number in [0, 1). An hour that is about to be counted anew is left out.
    """
    chosen = await rollups.some_hours(hours, draw=draw)
    found: list[str] = []
    looked = cells = 0
    for hour in chosen:
        stored = await rollups.cells(hour)
        facts = await rollups.facts(hour)
        if stored is None or await rollups.cells(hour) != stored:
            continue  # it changed while we looked
        looked += 1
        cells += sum(len(by_code) for by_code in stored.values())
        found += _differences(hour, stored, cells_of(facts))
    for day in sorted({hour.replace(hour=0) for hour in chosen}):
        if await rollups.day_differs(day):
            found.append(f"The sums of {day:%Y-%m-%d} are not those of its hours.")
    return Checked(hours=looked, cells=cells, differences=tuple(found[:10]))


async def is_due(storage: Storage, now: datetime) -> bool:
    """Tell whether the last check is a day ago."""
    async with storage.read() as uow:
        last = await uow.facts.get(WHEN)
    return not last or now - datetime.fromisoformat(last) >= EVERY


async def check_and_tell(storage: Storage, *, draw: float, now: datetime) -> Checked:
    """Check, keep what was found for the screens, and have what differs counted anew."""
    result = await check(storage.rollups, draw=draw)
    async with storage.begin() as uow:
        await uow.facts.put(WHEN, now.isoformat())
        await uow.facts.put(LOOKED, str(result.hours))
        await uow.facts.put(FACT, result.differences[0] if result.differences else "")
    if result.differences:
        await storage.rollups.mark_everything()
    return result


async def alarm(facts: Facts) -> str:
    """Return what the last check found wrong, in words; empty if all was right."""
    found = await facts.get(FACT)
    return (
        f"Reports did not agree with the messages they are counted from: {found} They are being counted anew;"
        " if this is shown again tomorrow, tell the people who make the hub."
        if found
        else ""
    )


def _differences(hour: datetime, stored: Cells, counted: Cells) -> Sequence[str]:
    one, other = _flat(stored), _flat(counted)
    return [
        f"{measure_of(key[1])} between {hour:%Y-%m-%d %H:%M} and the next hour (UTC) stands at {_n(one, key)}"
        f" and should be {_n(other, key)}."
        for key in sorted({*one, *other}, key=str)
        if not _same(one.get(key), other.get(key))
    ]


_Flat = dict[tuple[Cut, int], Amount]


def _flat(cells: Cells) -> _Flat:
    return {(cut, code): amount for cut, by_code in cells.items() for code, amount in by_code.items()}


def _n(cells: _Flat, key: tuple[Cut, int]) -> int:
    found = cells.get(key)
    return found.n if found else 0


def _same(one: Amount | None, other: Amount | None) -> bool:
    if one is None or other is None:
        return one is other
    return (
        one.n == other.n
        and isclose(one.seconds, other.seconds, rel_tol=1e-6, abs_tol=1e-3)
        and isclose(one.longest, other.longest, rel_tol=1e-6, abs_tol=1e-3)
    )
