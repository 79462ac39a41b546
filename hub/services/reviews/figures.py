"""Scores over time, per agent, reviewer or question, and as CSV; each series keeps its n, empty is never 0."""

import csv
import io
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from hub.domain.errors import Invalid
from hub.domain.ids import UserId
from hub.domain.review.ids import ScorecardId
from hub.domain.review.views import ScoreCell, ScorePoint, ScoreSeries
from hub.ports import Storage

By = Literal["all", "agent", "reviewer", "question"]
Period = Literal["day", "week", "month"]
PAGE = 1_000
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which reviews, and how they are put together."""

    since: datetime
    until: datetime
    zone: ZoneInfo
    agent_ids: Collection[UserId] = ()
    reviewer_ids: Collection[UserId] = ()
    scorecard_id: ScorecardId | None = None


def check_span(wanted: Wanted) -> None:
    """Raise Invalid, in words, for a span that is none or too long."""
    if wanted.until <= wanted.since:
        raise Invalid("The span has to end after it begins.")
    if wanted.until - wanted.since > LONGEST:
        raise Invalid("At most three years at once.")


async def points(storage: Storage, wanted: Wanted) -> AsyncIterator[ScorePoint]:
    """Yield the reviews that count, newest first. A page at a time, so that nobody waits for a long export."""
    check_span(wanted)
    cursor: str | None = None
    while True:
        async with storage.read() as uow:
            page = await uow.reviews.points(
                since=wanted.since,
                until=wanted.until,
                agent_ids=wanted.agent_ids,
                reviewer_ids=wanted.reviewer_ids,
                scorecard_id=wanted.scorecard_id,
                cursor=cursor,
                limit=PAGE,
            )
        for point in page.items:
            yield point
        cursor = page.next
        if cursor is None:
            return


async def series(storage: Storage, wanted: Wanted, *, by: By, period: Period) -> Sequence[ScoreSeries]:
    """Return the series, those with the most reviews first; each has every period of the span, empty ones too."""
    found = [point async for point in points(storage, wanted)]
    begins = _periods(wanted, period)
    grouped: dict[str, list[tuple[datetime, float, bool]]] = defaultdict(list)
    for point in found:
        for key, value in _values(point, by):
            grouped[key].append((point.submitted_at, value, point.passed is False or bool(point.failed_by)))
    made = [_series(by, key, values, begins) for key, values in grouped.items()]
    return sorted(made, key=lambda one: (-one.n, one.key))


def _values(point: ScorePoint, by: By) -> Iterable[tuple[str, float]]:
    match by:
        case "agent":
            return [(str(point.agent_id), point.score)]
        case "reviewer":
            return [(str(point.reviewer_id), point.score)]
        case "question":
            return [(key, float(value)) for key, value in point.points.items()]
        case "all":
            return [("", point.score)]


def _series(
    by: By, key: str, values: Sequence[tuple[datetime, float, bool]], begins: Sequence[datetime]
) -> ScoreSeries:
    cells = []
    for place, begin in enumerate(begins):
        end = begins[place + 1] if place + 1 < len(begins) else datetime.max.replace(tzinfo=begin.tzinfo)
        here = [(value, failed) for at, value, failed in values if begin <= at < end]
        scores = [value for value, _ in here]
        cells.append(
            ScoreCell(
                begins=begin,
                mean=_mean(scores),
                n=len(scores),
                lowest=min(scores, default=None),
                highest=max(scores, default=None),
                failed=sum(failed for _, failed in here),
            )
        )
    return ScoreSeries(by=by, key=key, mean=_mean([v for _, v, _ in values]), n=len(values), cells=tuple(cells))


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None


def _periods(wanted: Wanted, period: Period) -> Sequence[datetime]:
    """Return the beginnings of the periods, in the asker's time zone: days, weeks from Monday, or months."""
    day = wanted.since.astimezone(wanted.zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if period == "week":
        day -= timedelta(days=day.weekday())
    elif period == "month":
        day = day.replace(day=1)
    begins = []
    while day < wanted.until:
        begins.append(day)
        # Wall-clock arithmetic: a day with a change of the clocks is a day like any other.
        if period == "month":
            day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        else:
            day += timedelta(days=7 if period == "week" else 1)
    return begins


async def as_csv(storage: Storage, wanted: Wanted, names: dict[UserId, str]) -> AsyncIterator[bytes]:
    """Yield the reviews as CSV, one line each, one column for each question that occurs."""
    found = [point async for point in points(storage, wanted)]
    questions = sorted({key for point in found for key in point.points})
    head = ["submitted_at", "agent", "reviewer", "score", "passed", "failed_by", "call", "review", *questions]
    yield _lines([head])
    for start in range(0, len(found), PAGE):
        yield _lines(
            [
                point.submitted_at.astimezone(wanted.zone).isoformat(timespec="seconds"),
                names.get(point.agent_id, str(point.agent_id)),
                names.get(point.reviewer_id, str(point.reviewer_id)),
                f"{point.score:.1f}",
                {True: "yes", False: "no", None: ""}[point.passed],
                " ".join(point.failed_by),
                str(point.call_id),
                str(point.review_id),
                *(str(point.points.get(key, "")) for key in questions),
            ]
            for point in found[start : start + PAGE]
        )


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _harmless(cell: str) -> str:
    """Keep spreadsheets from running a cell as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
