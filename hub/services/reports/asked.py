"""What a report was asked for, as JSON: the same words as in the address of its screen."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.reports.answers import Selection
from hub.domain.reports.figures import FIGURES, Behind
from hub.domain.reports.lists import EntryList, WaitList
from hub.domain.reports.period import Named, Period, hours_of_week, period_between, period_named

LISTED = ("figure", "at_least", "weekday", "hour", "at")
"""What a list is asked for with, beside its period and selection."""
KEYS = frozenset({*("period", "from", "to", "zone", "channel", "team", "agent", "tag", "source"), *LISTED})

NO_TEAM = "none"
"""Among teams: what is with no team."""


def written(period: Period, of: Selection, **more: object) -> Mapping[str, object]:
    """Return what was asked, fixed to the period's own ends."""
    found: dict[str, object] = {
        "from": period.span.start.isoformat(),
        "to": period.span.end.isoformat(),
        "zone": period.zone,
        "channel": [str(one) for one in of.channel_ids],
        "team": [NO_TEAM if one is None else str(one) for one in of.team_ids],
        "agent": [str(one) for one in of.agent_ids],
        "tag": of.tag,
        "source": of.source,
        **more,
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def read(asked: Mapping[str, object], now: datetime) -> tuple[Period, Selection]:
    """Return the period, as of now if it is one by name, and the selection. Raises Invalid, in words."""
    strange = sorted(set(asked) - KEYS)
    if strange:
        raise Invalid(f"A report is not asked for by {strange[0][:64]!r}.")
    zone = str(asked.get("zone", "UTC"))
    try:
        if "from" in asked or "to" in asked:
            ends = [datetime.fromisoformat(str(asked[key])) for key in ("from", "to")]
            if any(end.tzinfo is None for end in ends):
                raise Invalid("The ends of a period need their offset from UTC.")
            period = period_between(ends[0].astimezone(now.tzinfo), ends[1].astimezone(now.tzinfo), zone)
        else:
            period = period_named(Named(str(asked.get("period", Named.last_7_days))), now, zone)
        of = Selection(
            channel_ids=tuple(ChannelId(one) for one in _ids(asked.get("channel"))),
            team_ids=tuple(None if one == NO_TEAM else TeamId(UUID(one)) for one in _words(asked.get("team"))),
            agent_ids=tuple(UserId(one) for one in _ids(asked.get("agent"))),
            tag=_text(asked.get("tag")),
            source=_text(asked.get("source")),
        )
    except (KeyError, ValueError) as error:
        raise Invalid("The report's period or filter cannot be read. Open it, set it again and save it.") from error
    of.facet()
    return period, of


def read_list(asked: Mapping[str, object], now: datetime) -> WaitList | EntryList:
    """Return the list behind a figure that is asked for. Raises Invalid, in words."""
    period, of = read(asked, now)
    key = str(asked.get("figure", "reply"))
    try:
        weekday, hour = (None if asked.get(name) is None else int(str(asked[name])) for name in ("weekday", "hour"))
        least = None if asked.get("at_least") is None else float(str(asked["at_least"]))
        at = None if asked.get("at") is None else datetime.fromisoformat(str(asked["at"]))
    except ValueError as error:
        raise Invalid("The list's filter cannot be read. Open it, set it again and ask again.") from error
    if at is not None and at.tzinfo is None:
        raise Invalid("A moment needs its offset from UTC.")
    hours = hours_of_week(period, weekday, hour)
    figure = FIGURES.get(key)
    if figure is not None and figure.behind is Behind.entries:
        return EntryList(figure=key, span=period.span, selection=of, hours=hours)
    return WaitList(figure=key, span=period.span, now=now, selection=of, hours=hours, at_least=least, at=at)


def _ids(value: object) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in _words(value))


def _words(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
    return tuple(str(one) for one in several)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
