"""/teams/{id}/routing: how a team's queue is given out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Routes
from hub.api.deps import ApiDeps
from hub.api.inputs import Input
from hub.domain.ids import TeamId
from hub.domain.routing import CAPACITY, Method, TeamRouting
from hub.domain.user import Action
from hub.services import routing

routes = Routes("people")

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$|^$")]
Room = Annotated[int, Field(ge=1, le=routing.MOST_ROOM)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingView:
    """How a team's conversations come to its agents."""

    team_id: TeamId
    method: Method
    sticky: bool
    """Who had the customer last gets them again, if available."""
    next_after: int
    """Minutes without an answer after which the next agent gets it; 0: never."""
    capacity: Mapping[str, int]
    """Channel kind → open conversations one agent has at the most; the empty name: of every other kind."""


class RoutingEdit(Input):
    """How a team's conversations shall come to its agents."""

    method: Method
    sticky: bool = True
    next_after: Annotated[int, Field(ge=0, le=routing.MOST_MINUTES)] = 0
    capacity: Annotated[dict[Kind, Room], Field(max_length=50, default_factory=dict)]


@routes.get("/teams/{team_id}/routing", Action.users_read)
async def get_team_routing(deps: ApiDeps, team_id: TeamId) -> RoutingView:
    """Say how a team's conversations come to its agents."""
    async with deps.storage.read() as uow:
        return _view(await routing.routing_of(uow, team_id))


@routes.put("/teams/{team_id}/routing", Action.teams_write)
async def set_team_routing(deps: ApiDeps, team_id: TeamId, body: RoutingEdit) -> RoutingView:
    """Set how a team's conversations come to its agents: those who are available, within their room for more."""
    wanted = TeamRouting(
        team_id=team_id,
        method=body.method,
        sticky=body.sticky,
        next_after=body.next_after,
        capacity=dict(body.capacity),
    )
    async with deps.storage.begin() as uow:
        return _view(await routing.set_routing(uow, wanted))


def _view(found: TeamRouting) -> RoutingView:
    return RoutingView(
        team_id=found.team_id,
        method=found.method,
        sticky=found.sticky,
        next_after=found.next_after,
        capacity={"": CAPACITY, **found.capacity},
    )
