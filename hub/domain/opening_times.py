"""Reads business hours as people write them: `09:00` to `17:00`, weekday by weekday."""

from collections.abc import Sequence

from hub.domain.errors import Invalid
from hub.domain.hours import DAY, Span, Spans, check_order


def parse_week(week: Sequence[Sequence[tuple[str, str]]]) -> tuple[Spans, ...]:
    """Read a week of `("09:00", "17:00")`, Monday first. Raises Invalid.

    Hours that close before they open go on past midnight: `("22:00", "06:00")` becomes two spans on two days.
    """
    if len(week) != 7:
        raise Invalid("A week has seven days: give the hours of each, Monday first.")
    days: list[list[Span]] = [[] for _ in range(7)]
    for number, spans in enumerate(week):
        for opens, closes in spans:
            for offset, span in enumerate(_nightly(opens, closes)):
                days[(number + offset) % 7].append(span)
    return tuple(_sorted(spans) for spans in days)


def parse_day(spans: Sequence[tuple[str, str]]) -> Spans:
    """Read the hours of one day. Raises Invalid, also for hours that go past midnight."""
    found = [Span(parse_minutes(opens), parse_minutes(closes)) for opens, closes in spans]
    return _sorted(found)


def parse_minutes(clock: str) -> int:
    """Return the minutes since midnight of a time such as `09:30`; `24:00` is the day's end. Raises Invalid."""
    hour, colon, minute = clock.partition(":")
    plain = hour.isascii() and minute.isascii() and hour.isdigit() and minute.isdigit()
    if not (colon and plain and len(hour) <= 2 and len(minute) == 2):
        raise Invalid(f"{clock[:20]!r} is no time of day. Write 09:30.")
    value = int(hour) * 60 + int(minute)
    if int(minute) > 59 or value > DAY:
        raise Invalid(f"{clock[:20]!r} is no time of day. Write 09:30; the day ends at 24:00.")
    return value


def _nightly(opens: str, closes: str) -> Sequence[Span]:
    start, end = parse_minutes(opens), parse_minutes(closes)
    if start == end:
        raise Invalid(f"{opens}-{closes}: hours that open and close at the same time. For all day write 00:00-24:00.")
    if end > start:
        return (Span(start, end),)
    if start == DAY:
        raise Invalid(f"{opens}-{closes}: a day's hours open before 24:00.")
    return (Span(start, DAY), Span(0, end)) if end else (Span(start, DAY),)


def _sorted(spans: Sequence[Span]) -> Spans:
    ordered = tuple(sorted(spans))
    check_order(ordered)
    return ordered
