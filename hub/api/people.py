"""/users and /teams: who works here."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.deps import ApiDeps
from hub.api.inputs import Email, Input, Secret, Word
from hub.domain.errors import NotFound
from hub.domain.ids import TeamId, UserId
from hub.domain.user import Action, Role, User
from hub.services import users
from hub.services.unset import UNSET

routes = Routes("people")

TeamIds = Annotated[tuple[TeamId, ...], Field(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUserView:
    """A new user, and the random password if none was given. It is shown only now."""

    user: User
    password: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasswordView:
    """A random password, to be changed at the next login. It is shown only now."""

    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """A team and who belongs to it."""

    id: TeamId
    name: str
    member_ids: tuple[UserId, ...]


class NewUser(Input):
    """Somebody who starts to work here."""

    id: UserId
    email: Email
    name: Word
    role: Role
    password: Secret | None = None
    """To be changed at the first login. Left out: a random one is made."""
    team_ids: TeamIds = ()


class UserEdit(Input):
    """What shall change; what is left out stays."""

    name: Word | None = None
    email: Email | None = None
    role: Role | None = None
    active: bool | None = None
    """False signs the user out everywhere."""
    team_ids: TeamIds | None = None


class NewTeam(Input):
    """A team."""

    id: TeamId
    name: Word
    member_ids: Annotated[tuple[UserId, ...], Field(max_length=1000)] = ()


class TeamEdit(Input):
    """What shall change; what is left out stays."""

    name: Word | None = None
    member_ids: Annotated[tuple[UserId, ...], Field(max_length=1000)] | None = None


@routes.get("/users", Action.users_read)
async def list_users(deps: ApiDeps) -> tuple[User, ...]:
    """List everybody who works or worked here."""
    async with deps.storage.read() as uow:
        return tuple(await uow.users.all())


@routes.post("/users", Action.users_write)
async def create_user(deps: ApiDeps, body: NewUser) -> Created[NewUserView]:
    """Let somebody in."""
    async with deps.storage.begin() as uow:
        made = await users.create(
            uow,
            id=body.id,
            email=body.email,
            name=body.name,
            role=body.role,
            password=body.password,
            team_ids=body.team_ids,
            now=deps.now(),
        )
    return Created(NewUserView(user=made.record.user, password=made.record.password), new=made.created)


@routes.patch("/users/{user_id}", Action.users_write)
async def change_user(deps: ApiDeps, user_id: UserId, body: UserEdit) -> User:
    """Change a user."""
    edit = users.Edit(
        name=UNSET if body.name is None else body.name,
        email=UNSET if body.email is None else body.email,
        role=UNSET if body.role is None else body.role,
        active=UNSET if body.active is None else body.active,
        team_ids=UNSET if body.team_ids is None else body.team_ids,
    )
    async with deps.storage.begin() as uow:
        return await users.change(uow, user_id, edit)


@routes.post("/users/{user_id}/reset-password", Action.users_write)
async def reset_password(deps: ApiDeps, user_id: UserId) -> NewPasswordView:
    """Give a user a random password and sign them out everywhere."""
    async with deps.storage.begin() as uow:
        return NewPasswordView(password=await users.reset_password(uow, user_id))


@routes.get("/teams", Action.users_read)
async def list_teams(deps: ApiDeps) -> tuple[TeamView, ...]:
    """List the teams."""
    async with deps.storage.read() as uow:
        teams, everybody = await uow.users.teams(), await uow.users.all()
    return tuple(
        TeamView(id=team.id, name=team.name, member_ids=tuple(u.id for u in everybody if team.id in u.team_ids))
        for team in teams
    )


@routes.post("/teams", Action.teams_write)
async def create_team(deps: ApiDeps, body: NewTeam) -> Created[TeamView]:
    """Make a team."""
    async with deps.storage.begin() as uow:
        known = any(team.id == body.id for team in await uow.users.teams())
        if not known:
            await users.save_team(uow, id=body.id, name=body.name, member_ids=body.member_ids)
    return Created(await _team(deps, body.id), new=not known)


@routes.patch("/teams/{team_id}", Action.teams_write)
async def change_team(deps: ApiDeps, team_id: TeamId, body: TeamEdit) -> TeamView:
    """Change a team's name or members."""
    before = await _team(deps, team_id)
    async with deps.storage.begin() as uow:
        await users.save_team(
            uow,
            id=team_id,
            name=before.name if body.name is None else body.name,
            member_ids=before.member_ids if body.member_ids is None else body.member_ids,
        )
    return await _team(deps, team_id)


@routes.delete("/teams/{team_id}", Action.teams_write)
async def delete_team(deps: ApiDeps, team_id: TeamId) -> None:
    """Delete a team; its conversations have none then."""
    async with deps.storage.begin() as uow:
        await users.delete_team(uow, team_id)


async def _team(deps: ApiDeps, team_id: TeamId) -> TeamView:
    found = [team for team in await list_teams(deps) if team.id == team_id]
    if not found:
        raise NotFound("There is no such team; it may have been deleted.")
    return found[0]
