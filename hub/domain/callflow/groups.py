"""For whom a caller waits: the ring group of a step, and the text in which a call's mark keeps it. Pure."""

import json
from dataclasses import dataclass
from uuid import UUID

from hub.domain.callflow.plan import RingNode
from hub.domain.ids import TeamId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RingGroup:
    """Whom a step rings: a team and whoever is named beside it, if they have all of the skills; neither: everybody."""

    team: TeamId | None = None
    agents: tuple[UserId, ...] = ()
    skills: tuple[str, ...] = ()

    @staticmethod
    def of(node: RingNode, usual: TeamId | None) -> "RingGroup":
        """Return the group of a step; `usual` is the team where the step names nobody."""
        team = usual if node.team is None and not node.agents else node.team
        return RingGroup(team=team, agents=node.agents, skills=node.skills)

    def text(self) -> str:
        """Return it as the detail of the mark “queued”."""
        known = {
            "team": self.team.hex if self.team else None,
            "agents": [agent.hex for agent in self.agents],
            "skills": self.skills,
        }
        return json.dumps({key: value for key, value in known.items() if value}, separators=(",", ":"))

    @staticmethod
    def from_text(text: str) -> "RingGroup | None":
        """Read such a detail; None if it is none: a PBX keeps queues of its own."""
        try:
            read = json.loads(text)
            return RingGroup(
                team=TeamId(UUID(hex=read["team"])) if "team" in read else None,
                agents=tuple(UserId(UUID(hex=agent)) for agent in read.get("agents", ())),
                skills=tuple(str(skill) for skill in read.get("skills", ())),
            )
        except (ValueError, TypeError, AttributeError):
            return None
