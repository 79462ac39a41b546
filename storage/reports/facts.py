"""Reads what happened within an hour from the entries and waits themselves: what cells are counted from."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from hub.domain.debts import CallWaitEnd
from hub.domain.delivery import DeliveryState
from hub.domain.interaction import Direction, InteractionKind
from hub.domain.reports.happened import (
    Entries,
    HourFacts,
    MissedCall,
    Place,
    Resolution,
    WaitFact,
    hour_of,
)
from storage import tables
from storage.prepared import Prepared
from storage.reports.aims import AIMED, QUEUED, aimed, queued
from storage.reports.of_waits import (
    before_of_agent,
    last_of_episode,
    reply_before,
    team_of,
    waited_in_all,
    words,
)
from storage.reports.places import Places, ends_of, within
from storage.session import Session

i, v, w, d, p, c, cw, ep = (
    tables.interactions,
    tables.conversations,
    tables.waits,
    tables.deliveries,
    tables.contact_points,
    tables.contacts,
    tables.call_waits,
    tables.episodes,
)


async def facts_of(session: Session, hour: datetime) -> HourFacts:
    """Return what happened within the hour."""
    places = Places()
    queries = [(query, partial(make, places)) for query, make in _ALL]
    entries, waits, calls, episodes, in_queue, owed = await session.fetch_gently(queries, ends_of(hour))
    return HourFacts(
        hour=hour,
        entries=entries,
        waits=waits,
        missed_calls=calls,
        resolutions=[resolution for ends in episodes for at, resolution in ends if hour_of(at) == hour],
        queued_calls=in_queue,
        aimed_episodes=owed,
    )


def _select_entries(_postgres: bool) -> sa.Select[Any]:
    tags = sa.cast(v.c.tags, sa.Text)
    cut = (i.c.channel_id, v.c.team_id, tags, c.c.source, i.c.direction, i.c.author_kind, i.c.kind, i.c.author_id)
    failed: Any = sa.literal_column(f"'{DeliveryState.failed.value}'")
    # A message that was taken back was sent all the same; one that finally failed was not.
    return (
        sa.select(*cut, sa.func.count(), sa.func.count(sa.distinct(i.c.conversation_id)))
        .select_from(
            i.join(v, v.c.id == i.c.conversation_id)
            .join(p, p.c.id == v.c.contact_point_id)
            .join(c, c.c.id == p.c.contact_id)
            .outerjoin(d, d.c.interaction_id == i.c.id)
        )
        .where(
            within(i.c.occurred_at),
            sa.type_coerce(i.c.kind, sa.String).in_(words(InteractionKind.message, InteractionKind.call)),
            sa.type_coerce(i.c.direction, sa.String).in_(words(Direction.inbound, Direction.outbound)),
            sa.or_(d.c.state.is_(None), sa.type_coerce(d.c.state, sa.String) != failed),
        )
        .group_by(*cut)
    )


def _select_waits(postgres: bool) -> sa.Select[Any]:
    asked = i.alias("asked")
    in_all = waited_in_all(w, postgres=postgres)
    return (
        sa.select(
            w.c.channel_id,
            team_of(w),
            sa.cast(v.c.tags, sa.Text),
            c.c.source,
            w.c.started_at,
            w.c.ended_at,
            w.c.ended_by,
            w.c.first,
            w.c.reopened,
            w.c.bot_at,
            w.c.answered_by,
            sa.not_(before_of_agent(w)),
            reply_before(w),
            asked.c.kind,
            w.c.handed_over_at,
            w.c.agent_from,
            w.c.business_seconds,
            w.c.due_at,
            w.c.level_at,
            # One that began in the hour and ended in another counts there.
            sa.case((sa.and_(within(w.c.ended_at), last_of_episode(w)), in_all), else_=sa.null()),
        )
        .select_from(
            w.join(v, v.c.id == w.c.conversation_id)
            .join(p, p.c.id == v.c.contact_point_id)
            .join(c, c.c.id == p.c.contact_id)
            .outerjoin(asked, asked.c.id == w.c.id)
        )
        .where(sa.or_(within(w.c.started_at), within(w.c.ended_at)))
    )


def _select_calls(_postgres: bool) -> sa.Select[Any]:
    return sa.select(
        *(cw.c.channel_id, cw.c.team_id, cw.c.started_at, cw.c.ended_at, cw.c.ended_by, cw.c.answered_by, c.c.source),
        cw.c.due_at,
    ).where(cw.c.contact_id == c.c.id, sa.or_(within(cw.c.started_at), within(cw.c.ended_at)))


def _select_episodes(_postgres: bool) -> sa.Select[Any]:
    return (
        sa.select(
            ep.c.channel_id,
            v.c.team_id,
            sa.cast(v.c.tags, sa.Text),
            c.c.source,
            ep.c.started_at,
            ep.c.first_resolved_at,
            ep.c.resolved_at,
        )
        .select_from(
            ep.join(v, v.c.id == ep.c.conversation_id)
            .join(p, p.c.id == v.c.contact_point_id)
            .join(c, c.c.id == p.c.contact_id)
        )
        .where(sa.not_(ep.c.void), sa.or_(within(ep.c.first_resolved_at), within(ep.c.resolved_at)))
    )


def _entries(places: Places, row: Sequence[Any]) -> Entries:
    channel_id, team_id, tags, source, direction, author_kind, kind, author_id, count, conversations = row
    return Entries(
        at=places[channel_id, team_id, tags, source],
        direction=direction,
        author_kind=author_kind,
        kind=kind,
        agent_id=places.person(author_id),
        count=count,
        conversations=conversations,
    )


def _wait(places: Places, row: Sequence[Any]) -> WaitFact:
    (
        channel_id, team_id, tags, source, started_at, ended_at, ended_by, first, reopened, bot_at, answered_by,
        first_of_agent, ours, kind, handed_at, agent_from, business, due_at, level_at,
        in_all,
    ) = row  # fmt: skip
    after = None if first or reopened or ours is None else (started_at - ours).total_seconds()
    return WaitFact(
        at=places[channel_id, team_id, tags, source],
        started_at=started_at,
        first=first,
        reopened=reopened,
        ended_at=ended_at,
        ended_by=ended_by,
        answered_by=places.person(answered_by),
        bot_at=bot_at,
        first_of_agent=bool(first_of_agent),
        by_call=kind is InteractionKind.call,
        handed_at=handed_at,
        agent_from=agent_from,
        business_seconds=business,
        due_at=due_at,
        level_at=level_at,
        after_reply=after,
        in_all=in_all,
    )


def _resolutions(places: Places, row: Sequence[Any]) -> Sequence[tuple[datetime, Resolution]]:
    """Return an episode's first and last resolve, each with its moment."""
    channel_id, team_id, tags, source, started_at, first_at, last_at = row
    at = places[channel_id, team_id, tags, source]
    return [
        (resolved_at, Resolution(at=at, seconds=(resolved_at - started_at).total_seconds(), last=last))
        for resolved_at, last in ((first_at, False), (last_at, True))
        if resolved_at is not None
    ]


def _missed(_places: Places, row: Sequence[Any]) -> MissedCall:
    channel_id, team_id, started_at, ended_at, ended_by, answered_by, source, due_at = row
    return MissedCall(
        at=Place(channel_id=channel_id, team_id=team_id, source=source),
        started_at=started_at,
        ended_at=ended_at,
        called_again=ended_by is CallWaitEnd.customer_called_back,
        answered_by=answered_by,
        due_at=due_at,
    )


_ALL = (
    (Prepared(_select_entries), _entries),
    (Prepared(_select_waits), _wait),
    (Prepared(_select_calls), _missed),
    (Prepared(_select_episodes), _resolutions),
    (QUEUED, queued),
    (AIMED, aimed),
)
