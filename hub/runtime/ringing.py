"""Who is being rung and who waits, before any snapshot shows it: one agent is never rung by two calls.

What this process began it knows at once. Where several processes lead calls, each agent who is rung is a lease in the
database, held by the call: the row decides, whatever the processes believe.
"""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from hub.contract.calls import CallHappening
from hub.domain.call_marks import Fact
from hub.domain.callflow.groups import RingGroup
from hub.domain.callflow.steps import FINAL, Decision, Forward, Ring, TakeMessage
from hub.domain.ids import ChannelId, UserId
from hub.ports import Storage
from hub.services.calls.board import Queued, Reserved

log = structlog.get_logger(__name__)

GRACE = timedelta(seconds=4)
"""By then what rang beyond its time has told how it ended."""
QUEUE_KNOWN_AFTER = timedelta(seconds=20)
"""By then the database shows who waits; what this process remembers of it goes."""
LEASE_WITHIN = 0.5
"""Seconds for a lease. Where the database does not answer the agent is rung all the same: better twice than never."""
ELSEWHERE = timedelta(seconds=1)
"""For how long an agent with a lease is left alone before the database is asked again: any process may end it."""
TRIES = 4
"""Plans made in all where others take the agents first; of the last one nobody is free."""
_OTHERS = "another process"
_PREFIX = "agent "


class Ringing:
    """What is rung by this process, and by the others as far as it matters."""

    def __init__(self, storage: Storage, *, shared: bool, lease_within: float = LEASE_WITHIN) -> None:
        self._storage = storage
        self._lease_within = lease_within
        self._shared = shared
        self.reserved = Reserved()

    async def reserve(
        self,
        channel_id: ChannelId,
        happening: CallHappening,
        planned: Callable[[], Decision],
        everybody: Collection[UserId],
        now: datetime,
    ) -> Decision:
        """Return what is planned, its agents rung by this call alone. `planned` is asked again if others took them."""
        call = happening.external_id
        had = happening.position is not None and bool(happening.position.rung)
        for left in reversed(range(TRIES)):
            self._release(call)
            decision = planned()
            wanted = _agents(decision)
            # Noted before anything is awaited, so that two calls of this process never want the same agent.
            self._note(wanted, call, now + (ELSEWHERE if self._shared else _rings_for(decision)))
            taken = await self._lease(channel_id, call, decision, now) if self._shared and (wanted or had) else ()
            if not set(wanted) & set(taken):
                break
            self._release(call)
            # For a call that loses again and again nobody is free: it waits, and asks anew in a few seconds.
            self._note(everybody if left == 1 else taken, _OTHERS, now + ELSEWHERE)
        self.reserved.rung_at.update(dict.fromkeys(wanted, now))
        return decision

    def queue(
        self,
        channel_id: ChannelId,
        happening: CallHappening,
        decision: Decision,
        now: datetime,
        *,
        shown: Queued | None,
    ) -> None:
        """Remember a caller who waits, or that they wait no more. `shown` is how the snapshot has them."""
        key, last, position = (channel_id, happening.external_id), decision.last, decision.position
        group = _group(decision, self.reserved.queue.get(key) or shown)
        if group is None:
            return
        if position.queue_at is not None and not isinstance(last, (*FINAL, TakeMessage, Forward)):
            ringing = now + _rings_for(decision) if isinstance(last, Ring) else None
            self.reserved.queue[key] = Queued(group=group, since=position.queue_at, ringing_until=ringing)
        else:
            self.reserved.queue.pop(key, None)
        self._forget(now)

    async def _lease(self, channel_id: ChannelId, call: str, decision: Decision, now: datetime) -> Collection[UserId]:
        """Take the leases of a decision's agents and give back the call's others; returns whom other calls ring.

        Empty if all of ours are ours.
        """
        owner, names = f"{channel_id.hex} {call}", {_PREFIX + agent.hex: agent for agent in _agents(decision)}
        lost: list[UserId] = []
        try:
            async with asyncio.timeout(self._lease_within), self._storage.begin(durable=False) as uow:
                await uow.leases.release_rest(_PREFIX, owner, names)
                # In one order for all, so that two calls never wait for each other.
                for name, agent in sorted(names.items()):
                    if not await uow.leases.acquire(name, owner, now, _rings_for(decision)):
                        lost.append(agent)
                held = await uow.leases.held(_PREFIX, now) if lost else {}
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is served all the same
            log.warning("whether another process rings an agent could not be asked", call=call, reason=str(error))
            return ()
        theirs = {UserId(UUID(hex=name.removeprefix(_PREFIX))) for name, by in held.items() if by != owner}
        return theirs | set(lost)

    def _note(self, agents: Collection[UserId], call: str, until: datetime) -> None:
        for agent in agents:
            known = self.reserved.agents.get(agent)
            if known is None or known[1] < until:
                self.reserved.agents[agent] = (call, until)

    def _release(self, call: str) -> None:
        """The call asks anew: whoever it rang is free again, as far as it goes."""
        for agent in [agent for agent, (by, _) in self.reserved.agents.items() if by == call]:
            del self.reserved.agents[agent]

    def _forget(self, now: datetime) -> None:
        reserved = self.reserved
        for agent in [agent for agent, (_, until) in reserved.agents.items() if until < now]:
            del reserved.agents[agent]
        for key in [k for k, q in reserved.queue.items() if now - (q.ringing_until or q.since) > QUEUE_KNOWN_AFTER]:
            del reserved.queue[key]


def _group(decision: Decision, before: Queued | None) -> RingGroup | None:
    """Return for whom a caller waits: as it was just decided, or as before."""
    entered = [RingGroup.from_text(one.detail) for one in decision.facts if one.fact is Fact.queued]
    return entered[-1] if entered else before.group if before is not None else None


def _agents(decision: Decision) -> list[UserId]:
    last = decision.last
    targets = last.targets if isinstance(last, Ring) else ()
    return list(dict.fromkeys(target.user_id for target in targets if target.user_id is not None))


def _rings_for(decision: Decision) -> timedelta:
    last = decision.last
    return (timedelta(seconds=last.seconds) if isinstance(last, Ring) else timedelta()) + GRACE
