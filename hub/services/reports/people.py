"""One agent's own page, and a contact's card: habits told from what was said."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.errors import NotFound
from hub.domain.ids import ChannelId, ContactId, UserId
from hub.domain.reports.answers import Selection, Value
from hub.domain.reports.histogram import Histogram
from hub.domain.reports.lists import AgentLoad, ContactChannel
from hub.domain.reports.period import Period, zone_of
from hub.ports import Reports
from hub.services.reports import groups
from hub.services.reports.series import Series, series_of

LOOKED_AT = timedelta(days=365)
LEAST = 3
"""Fewer answers than this are no habit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """An agent's own figures."""

    user_id: UserId
    values: tuple[Value, ...]
    series: Series
    load: AgentLoad | None
    """What they have on the table now."""


async def mine(reports: Reports, user_id: UserId, period: Period, now: datetime) -> Mine:
    """Return an agent's own figures, compared with the period before."""
    of = Selection(agent_ids=(user_id,))
    values, series, loads = await asyncio.gather(
        groups.figures(reports, period, of, now, before=period.before()),
        series_of(reports, period, of, now),
        reports.agent_loads(),
    )
    load = next((one for one in loads if one.user_id == user_id), None)
    return Mine(user_id=user_id, values=tuple(values), series=series, load=load)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """How a contact and we write to each other, over the last year."""

    contact_id: ContactId
    channels: tuple[ContactChannel, ...]
    """The busiest first."""
    received: int
    sent: int
    last_received_at: datetime | None
    last_sent_at: datetime | None
    replies: int
    """How often they answered us within a day."""
    usual_reply: float | None
    """Seconds: half of their answers took at most this; None below three answers."""
    best_channel_id: ChannelId | None
    """Where they answer us most often, or write most if they never answered; None if they never wrote."""
    best_hour: int | None
    """The hour of the day, in the asker's zone, in which they write most; None below three messages."""
    best_weekday: int | None
    """0 is Monday; likewise."""


async def contact_card(reports: Reports, contact_id: ContactId, now: datetime, zone: str) -> ContactCard:
    """Return a contact's card. Raises NotFound, and Invalid for an unknown zone."""
    local = zone_of(zone)
    use = await reports.contact_use(contact_id, now - LOOKED_AT)
    if use is None:
        raise NotFound("There is no such contact; it may have been deleted.")
    hours, weekdays = Counter[int](), Counter[int]()
    for hour, count in use.hours.items():
        at = hour.astimezone(local)
        hours[at.hour] += count
        weekdays[at.weekday()] += count
    wrote = [one for one in use.channels if one.received]
    best = max(wrote, key=lambda one: (one.answers, one.received, one.last_at), default=None)
    enough = sum(hours.values()) >= LEAST
    replies = Histogram.of(use.reply_seconds)
    return ContactCard(
        contact_id=use.contact_id,
        channels=use.channels,
        received=sum(one.received for one in use.channels),
        sent=sum(one.sent for one in use.channels),
        last_received_at=use.last_received_at,
        last_sent_at=use.last_sent_at,
        replies=replies.n,
        usual_reply=replies.percentile(0.5) if replies.n >= LEAST else None,
        best_channel_id=best.channel_id if best else None,
        best_hour=_most(hours) if enough else None,
        best_weekday=_most(weekdays) if enough else None,
    )


def _most(counts: Counter[int]) -> int:
    return max(counts, key=lambda key: (counts[key], -key))
