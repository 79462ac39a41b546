"""Closed days from elsewhere: a country's public holidays, and iCalendar files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hub.domain.errors import Invalid

ICAL_LIMIT = 1_000_000
"""Characters of a file; a year of holidays is a few thousand."""
DAYS_LIMIT = 3_000
EVENTS_LIMIT = 5_000
LONGEST_EVENT = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave."""

    days: Mapping[date, str]
    """Closed days and what they are called."""
    skipped: int
    """Events that were not taken: they have a time of day, or repeat in a way other than yearly."""


def countries() -> Mapping[str, Sequence[str]]:
    """Return the countries whose holidays are known (ISO 3166-1 alpha-2), each with its subdivisions."""
    import holidays  # not at the top: it takes a fifth of a second, and only those who set hours need it

    return {code: tuple(parts) for code, parts in holidays.list_supported_countries().items() if len(code) == 2}


def public_holidays(country: str, subdivision: str, years: range, language: str = "en_US") -> Mapping[date, str]:
    """Return a country's public holidays by date. Raises Invalid for one that is not known."""
    known = countries()
    if country not in known:
        raise Invalid(f"There are no holidays for a country {country[:10]!r}. Use a code such as PL, KR or DE.")
    if subdivision and subdivision not in known[country]:
        parts = ", ".join(known[country]) or "none"
        raise Invalid(f"{country} has no part called {subdivision[:20]!r}. Known are: {parts}.")
    import holidays  # see above

    found = holidays.country_holidays(country, subdiv=subdivision or None, years=years, language=language)
    return {day: name for day, name in sorted(found.items()) if day.year in years}


def read_ical(text: str, years: range) -> Imported:
    """Read the closed days of an iCalendar file: all-day events, also those of several days and those of every year.

    Raises Invalid, in words.
    """
    if len(text) > ICAL_LIMIT:
        raise Invalid("The file is too large: a calendar of closed days has at most a million characters.")
    import icalendar  # not at the top: a start needs none of it

    try:
        # "multiple" for the files that hold several calendars one after the other.
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise Invalid("This is no iCalendar file (.ics), or a damaged one. Export it once more.") from error
    if not events:
        raise Invalid("The file has no events.")
    if len(events) > EVENTS_LIMIT:
        raise Invalid(f"The file has more than {EVENTS_LIMIT} events; export only the closed days.")
    days: dict[date, str] = {}
    skipped = 0
    for event in events:
        try:
            found = _days_of(event, years)
        except (ValueError, TypeError, AttributeError, icalendar.error.BrokenCalendarProperty):
            found = None  # one damaged event does not spoil the file
        skipped += found is None
        name = " ".join(str(event.get("SUMMARY", "")).split())[:100] or "Closed"
        days.update(dict.fromkeys(found or (), name))
        if len(days) > DAYS_LIMIT:
            raise Invalid(f"The file closes more than {DAYS_LIMIT} days.")
    return Imported(days=dict(sorted(days.items())), skipped=skipped)


def _days_of(event: object, years: range) -> Sequence[date] | None:
    start, end = _date(event, "DTSTART"), _date(event, "DTEND")
    if start is None:
        return None
    length = (end - start) if end is not None and end > start else timedelta(days=1)
    if length > LONGEST_EVENT:
        return None
    repeats = getattr(event, "get")("RRULE")  # noqa: B009 - the package's components are untyped mappings
    starts: Sequence[date] = (start,)
    if repeats is not None:
        yearly = dict(repeats)
        if yearly.pop("FREQ", None) != ["YEARLY"] or yearly.keys() - {"UNTIL", "INTERVAL", "COUNT", "WKST"}:
            return None
        starts = _yearly(start, yearly, years)
    return [
        day for first in starts for day in (first + timedelta(days=n) for n in range(length.days)) if day.year in years
    ]


def _yearly(start: date, rule: Mapping[str, Sequence[object]], years: range) -> Sequence[date]:
    interval = max(int(str(rule.get("INTERVAL", [1])[0])), 1)
    count = int(str(rule["COUNT"][0])) if "COUNT" in rule else None
    until = rule["UNTIL"][0] if "UNTIL" in rule else None
    last = until.date() if isinstance(until, datetime) else until
    found: list[date] = []
    for number, year in enumerate(range(start.year, years.stop, interval)):
        if count is not None and number >= count:
            break
        try:
            day = start.replace(year=year)
        except ValueError:
            continue  # 29 February comes every fourth year
        if isinstance(last, date) and day > last:
            break
        found.append(day)
    return found


def _date(event: object, name: str) -> date | None:
    value = getattr(getattr(event, "get")(name), "dt", None)  # noqa: B009 - as above
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
