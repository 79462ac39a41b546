"""Figures of a period, compared with the one before, and the same by channel, team, agent, tag or source."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.domain.reports.answers import NONE_LATE, By, Selection, Sums, Value, compared, value_of
from hub.domain.reports.figures import FIGURES, Cohort, Figure
from hub.domain.reports.measures import Measure
from hub.domain.reports.period import Period
from hub.ports import Reports

SHOWN = (
    "received",
    "sent",
    "waits_begun",
    "first_response",
    "first_response_business",
    "reply",
    "reply_business",
    "attainment",
    "resolution_attainment",
    "service_level",
    "service_level_messages",
    "speed_of_answer",
    "abandon_rate",
    "handled",
    "closed",
    "missed",
    "callback",
    "callback_attainment",
)
"""The figures of a group in a table of its own; the whole has all."""
IN_SHORT = frozenset(SHOWN) - {
    "first_response_business",
    "reply_business",
    "callback",
    "callback_attainment",
    "resolution_attainment",
    "service_level",
    "service_level_messages",
}
"""Those of the dashboard's tables: what lies within opening hours is asked for with /reports/breakdown."""
_TOLD = (By.channel, By.team, By.agent)
"""Ways in which what is open is told apart, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One line of a table: a channel, team, agent, tag or source."""

    id: UUID | None
    """Of the channel, team or agent; None for those without, and for tags and sources."""
    name: str
    """The tag or source; empty for the others, whose names the screens know."""
    values: tuple[Value, ...]
    open: int | None = None
    """How many wait now; None where that is not told apart."""
    oldest: datetime | None = None


def shown(of: Selection) -> Sequence[Figure]:
    """Return the figures a selection can be told of."""
    return [f for f in FIGURES.values() if f.cohort is not Cohort.now and (f.by_agent or not of.agent_ids)]


async def figures(
    reports: Reports, period: Period, of: Selection, now: datetime, *, before: Period | None = None
) -> Sequence[Value]:
    """Return all figures of a period, compared with the one before if that is given."""
    if before is None:
        sums, late = await asyncio.gather(
            reports.sums(period.span, of, [By.nothing]), reports.still_late(period.span, of, [By.nothing], now)
        )
        return values(of, sums[By.nothing], late[By.nothing])
    new, old = await asyncio.gather(figures(reports, period, of, now), figures(reports, before, of, now))
    return [compared(value, earlier) for value, earlier in zip(new, old, strict=True)]


def values(of: Selection, sums: Mapping[object, Sums], late: Mapping[object, Mapping[Measure, int]]) -> Sequence[Value]:
    """Return all figures of a period from its sums by nothing, and what is still late of it."""
    sheet, open_late = sums.get(None, Sums()), late.get(None, NONE_LATE)
    return [value_of(figure, sheet, still_late=open_late) for figure in shown(of)]


async def breakdown(
    reports: Reports, period: Period, of: Selection, by: By, now: datetime, *, keys: Collection[str] = SHOWN
) -> Sequence[Group]:
    """Return the figures by channel, team, agent, tag or source, the busiest first. Raises Invalid."""
    of.facet(by)  # refused before anything is asked: what is asked at once would be left alone by an error
    measures = measures_of(figures_by(of, by, keys))
    sums, waiting, late = await asyncio.gather(
        reports.sums(period.span, of, [by], measures=measures),
        reports.open_by(of, [by]),
        reports.still_late(period.span, of, [by], now),
    )
    return groups(sums[by], waiting[by], late[by], of, by, keys=keys)


def figures_by(of: Selection, by: By, keys: Collection[str]) -> Sequence[Figure]:
    """Return those of the figures that can be told apart so."""
    return [f for f in shown(of) if f.key in keys and (by is not By.agent or f.by_agent)]


def measures_of(wanted: Sequence[Figure]) -> Collection[Measure]:
    """Return all that figures are made of."""
    return {measure for figure in wanted for measure in (*figure.measures, *figure.of)}


def groups(
    sums: Mapping[object, Sums],
    waiting: Mapping[object, tuple[int, datetime]],
    late: Mapping[object, Mapping[Measure, int]],
    of: Selection,
    by: By,
    *,
    keys: Collection[str],
) -> Sequence[Group]:
    """Return the lines of a table, the busiest first."""
    wanted = figures_by(of, by, keys)
    # Automatic messages and what nobody has answered belong to no agent.
    found = {key: sheet for key, sheet in sums.items() if key is not None or by is not By.agent}
    made = []
    for key in {*found, *(key for key in (*waiting, *late) if key is not None)}:
        sheet = found.get(key, Sums())
        count, oldest = waiting.get(key, (0, None))
        made.append(
            Group(
                id=key if isinstance(key, UUID) else None,
                name=key if isinstance(key, str) else "",
                values=tuple(value_of(figure, sheet, still_late=late.get(key, NONE_LATE)) for figure in wanted),
                open=count if by in _TOLD else None,
                oldest=oldest,
            )
        )
    return sorted(made, key=lambda group: (-sum(value.n for value in group.values), str(group.id), group.name))
