"""Which agent gets a conversation of a team's queue: capacity, skills, languages, who had the customer, turns. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hub.domain.channel import ChannelKind
from hub.domain.ids import ConversationId, TeamId, UserId

ANY = ""
"""The channel kind that stands for all that are not named."""
CAPACITY = 10
"""Open conversations an agent has at the most, where a team says nothing."""


class Method(StrEnum):
    """In which order a team's agents get conversations."""

    off = "off"
    """They take them themselves."""
    round_robin = "round_robin"
    """Who got none for the longest time."""
    least_busy = "least_busy"
    """Who has the fewest open ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRouting:
    """How a team's queue is given out."""

    team_id: TeamId
    method: Method = Method.off
    sticky: bool = True
    """Who had this customer last gets them again, if available."""
    next_after: int = 0
    """Minutes without an answer after which the next agent gets it; 0: never."""
    capacity: Mapping[str, int] = field(default_factory=dict)
    """Channel kind → open conversations one agent has at the most; `""`: of every other kind."""

    def room(self, kind: ChannelKind) -> int:
        """Return how many open conversations of a kind an agent may have."""
        return self.capacity.get(kind, self.capacity.get(ANY, CAPACITY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A conversation that wants an agent."""

    conversation_id: ConversationId
    team_id: TeamId
    kind: ChannelKind
    tags: tuple[str, ...] = ()
    language: str = ""
    """The customer's, two letters; empty while nobody knows."""
    owner: UserId | None = None
    """Who had this customer last."""
    assignee: UserId | None = None
    """Who has it and does not answer."""
    passed: frozenset[UserId] = frozenset()
    """Who had it already and did not answer."""


@dataclass(slots=True, kw_only=True)
class Agent:
    """Somebody who is available; `take` notes what they got meanwhile."""

    user_id: UserId
    team_ids: tuple[TeamId, ...]
    skills: frozenset[str] = frozenset()
    """In lower case; one of two letters is a language."""
    language: str = ""
    """The language of their own screens, which they speak for sure."""
    load: dict[ChannelKind, int] = field(default_factory=dict)
    """Open conversations they have, by channel kind."""
    given_at: datetime | None = None
    """When they last got one."""

    def speaks(self, language: str) -> bool:
        """Tell whether they speak a language."""
        return language in self.skills or language == self.language[:2]

    def take(self, kind: ChannelKind, at: datetime) -> None:
        """Note that they got one more."""
        self.load[kind] = self.load.get(kind, 0) + 1
        self.given_at = at


def agent_for(queued: Queued, agents: Collection[Agent], routing: TeamRouting) -> Agent | None:
    """Return who gets a conversation; None if nobody can at present: it waits in the queue.

    A tag that is a skill of somebody in the team asks for that skill. Those who speak the customer's language come
    first, then anybody: an answer in another language is better than none.
    """
    team = [one for one in agents if routing.team_id in one.team_ids]
    needed = set(map(str.lower, queued.tags)) & {skill for one in team for skill in one.skills}
    gone = queued.passed | {queued.assignee}
    able = [
        one
        for one in team
        if one.user_id not in gone and needed <= one.skills and one.load.get(queued.kind, 0) < routing.room(queued.kind)
    ]
    if routing.sticky and (owner := next((one for one in able if one.user_id == queued.owner), None)):
        return owner
    speaking = [one for one in able if queued.language and one.speaks(queued.language)]
    return _first(speaking or able, routing.method)


def _first(agents: Sequence[Agent], method: Method) -> Agent | None:
    match method:
        case Method.round_robin:
            return min(agents, key=_turn, default=None)
        case Method.least_busy:
            return min(agents, key=lambda one: (sum(one.load.values()), _turn(one)), default=None)
        case Method.off:
            return None


def _turn(agent: Agent) -> tuple[float, str]:
    return (agent.given_at.timestamp() if agent.given_at else 0.0, str(agent.user_id))
