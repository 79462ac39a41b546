"""Reads what became of the calls and episodes that began within an hour, and what targets wanted of them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from hub.domain.call import Outcome
from hub.domain.reports.happened import AimedEpisode, QueuedCall
from storage import tables
from storage.prepared import Prepared
from storage.reports.places import Places, owners, placed, within

k, ep = tables.calls, tables.episodes


def _select_queued(_postgres: bool) -> sa.Select[Any]:
    short: Any = sa.literal_column(f"'{Outcome.short_abandon.value}'")
    return (
        sa.select(*placed(k), k.c.team_id, k.c.outcome, k.c.waited, k.c.answered_at, k.c.agent_id, k.c.level_at)
        .select_from(owners(k))
        .where(
            within(k.c.began_at),
            k.c.queue_at.is_not(None),
            sa.or_(k.c.outcome.is_(None), sa.type_coerce(k.c.outcome, sa.String) != short),
        )
    )


def _select_aimed(_postgres: bool) -> sa.Select[Any]:
    return (
        sa.select(*placed(ep), ep.c.first_resolved_at, ep.c.ended_at, ep.c.due_at)
        .select_from(owners(ep))
        .where(ep.c.due_at.is_not(None), sa.not_(ep.c.void), within(ep.c.started_at))
    )


QUEUED = Prepared(_select_queued)
"""Calls that began within the hour and entered a queue; no short abandons."""
AIMED = Prepared(_select_aimed)
"""Episodes that started within the hour, had a target for their resolution, and ended."""


def queued(places: Places, row: Sequence[Any]) -> QueuedCall:
    """Return the call of a row of `QUEUED`."""
    channel_id, team_id, tags, source, own_team, outcome, waited, answered_at, agent_id, level_at = row
    return QueuedCall(
        at=places[channel_id, own_team or team_id, tags, source],
        outcome=outcome,
        waited=waited,
        answered_at=answered_at,
        answered_by=places.person(agent_id) if answered_at is not None else None,
        level_at=level_at,
    )


def aimed(places: Places, row: Sequence[Any]) -> AimedEpisode:
    """Return the episode of a row of `AIMED`."""
    channel_id, team_id, tags, source, first_resolved_at, ended_at, due_at = row
    return AimedEpisode(
        at=places[channel_id, team_id, tags, source],
        first_resolved_at=first_resolved_at,
        ended_at=ended_at,
        due_at=due_at,
    )
