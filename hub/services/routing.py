"""Gives conversations of teams' queues to agents who are available, and on to the next where one does not answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import TeamId
from hub.domain.presence import STALE_AFTER, Chosen
from hub.domain.routing import Agent, Method, Queued, TeamRouting, agent_for
from hub.ports import UnitOfWork
from hub.services import conversations
from hub.services.conversations import Edit

BATCH = 100
"""Conversations of one team in one transaction."""
MOST_MINUTES = 24 * 60
MOST_ROOM = 500


async def routing_of(uow: UnitOfWork, team_id: TeamId) -> TeamRouting:
    """Return how a team gives out its conversations. Raises NotFound."""
    if team_id not in {team.id for team in await uow.users.teams()}:
        raise NotFound("There is no such team; it may have been deleted.")
    found = {one.team_id: one for one in await uow.routings.all()}
    return found.get(team_id) or TeamRouting(team_id=team_id)


async def set_routing(uow: UnitOfWork, routing: TeamRouting) -> TeamRouting:
    """Say how a team gives out its conversations. Raises NotFound, Invalid."""
    await routing_of(uow, routing.team_id)
    if not 0 <= routing.next_after <= MOST_MINUTES:
        raise Invalid(f"The next agent gets it after at most {MOST_MINUTES} minutes.")
    if any(not 1 <= room <= MOST_ROOM for room in routing.capacity.values()):
        raise Invalid(f"An agent has room for 1 to {MOST_ROOM} conversations.")
    await uow.routings.save(routing)
    return routing


async def give_out(uow: UnitOfWork, now: datetime) -> int:
    """Give out what waits; returns how many conversations got an agent. A queue nobody has room for stays."""
    routings = {one.team_id: one for one in await uow.routings.all() if one.method is not Method.off}
    if not routings:
        return 0
    # Each team by itself: a queue nobody has room for must not stand before another team's.
    waiting = [queued for team in routings for queued in await uow.routings.queue([team], BATCH)]
    late = {
        team: now - timedelta(minutes=routing.next_after) for team, routing in routings.items() if routing.next_after
    }
    stuck = await uow.routings.unanswered(late, BATCH)
    if not waiting and not stuck:
        return 0
    agents = await available(uow, now)
    count = 0
    for queued in (*waiting, *stuck):
        count += await _give(uow, queued, agents, routings[queued.team_id], now)
    return count


async def _give(uow: UnitOfWork, queued: Queued, agents: Sequence[Agent], routing: TeamRouting, now: datetime) -> bool:
    found = agent_for(queued, agents, routing)
    if found is None:
        return False
    edit = Edit(assignee_id=found.user_id)
    await conversations.change(uow, queued.conversation_id, edit, by=None, now=now)
    passed = queued.passed | ({queued.assignee} if queued.assignee is not None else set())
    await uow.routings.given(queued.conversation_id, found.user_id, passed, now)
    found.take(queued.kind, now)
    return True


async def available(uow: UnitOfWork, now: datetime) -> list[Agent]:
    """Return who is there to get conversations: chose so, in their shift, not so long ago that they forgot to leave.

    An agent without hours of their own has no shift to be out of.
    """
    presences, loads, turns = await uow.presences.all(), await uow.routings.loads(), await uow.routings.turns()
    timetable = (await uow.hours.plan()).timetable
    found = []
    for user in await uow.users.all():
        presence = presences.get(user.id)
        if not user.active or presence is None or presence.chosen is not Chosen.available:
            continue
        shift = timetable.shift(user.id, now)
        if shift is not None and not shift.hours.is_open(now):
            continue
        given_at = turns.get(user.id)
        if now - max(presence.since, presence.idle_since, given_at or presence.since) > STALE_AFTER:
            continue
        found.append(
            Agent(
                user_id=user.id,
                team_ids=user.team_ids,
                skills=frozenset(presence.skills),
                language=user.language,
                load=dict(loads.get(user.id, {})),
                given_at=given_at,
            )
        )
    return found
