"""Makes the shop the demo plays in: its channels, teams and people, all marked demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.contract.connector import Manifest
from hub.domain.channel import Channel
from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.survey.survey import Survey
from hub.ports import UnitOfWork
from hub.services import channels, users
from hub.services.demo import chats, survey
from hub.services.demo.people import AGENTS
from hub.services.ids import new_id

FACT = "demo"
"""The fact that says how far the demo is: `MAKING`, `MADE`, or empty after it was removed."""
MAKING, MADE = "making", "made"
TEAMS_FACT = "demo_teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How somebody of the demo logs in; the password is told once and must be changed."""

    name: str
    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The shop as it was made."""

    channels: Mapping[str, Channel]
    """By connector; further chats by their key of `chats`."""
    agents: Mapping[str, UserId]
    teams: Mapping[str, TeamId]
    logins: Sequence[Login]
    survey: Survey
    """Asked by the story, and put to work after it."""


async def make(uow: UnitOfWork, manifests: Sequence[Manifest], *, now: datetime) -> Workspace:  # type: ignore[type-arg]  # of any settings
    """Make channels, teams and agents, in one unit of work. Raises Conflict if an address is taken."""
    await uow.facts.put(FACT, MAKING)
    opened = {manifest.key: await _channel(uow, manifest, now) for manifest in manifests if manifest.simulation}
    for manifest in manifests:
        if manifest.key == chats.CONNECTOR:
            opened |= await chats.make(uow, manifest, now=now)
    agents: dict[str, UserId] = {}
    logins = []
    for agent in AGENTS:
        user_id = UserId(new_id())
        made = await users.create(
            uow,
            id=user_id,
            email=agent.email,
            name=agent.name,
            role=agent.role,
            now=now,
        )
        await uow.users.update(replace(made.record.user, demo=True))
        agents[agent.key] = user_id
        password = made.record.password or ""
        logins.append(Login(name=agent.name, role=agent.role.value, email=agent.email, password=password))
    teams: dict[str, TeamId] = {}
    for name in dict.fromkeys(agent.team for agent in AGENTS):
        teams[name] = TeamId(new_id())
        members = [agents[agent.key] for agent in AGENTS if agent.team == name]
        await users.save_team(uow, id=teams[name], name=name, member_ids=members)
    await uow.facts.put(TEAMS_FACT, " ".join(str(team_id) for team_id in teams.values()))
    return Workspace(channels=opened, agents=agents, teams=teams, logins=logins, survey=survey.of_shop(now))


async def _channel(uow: UnitOfWork, manifest: Manifest, now: datetime) -> Channel:  # type: ignore[type-arg]  # of any settings
    simulation = manifest.simulation
    if simulation is None:
        raise AssertionError("only connectors with a simulation are played")
    made = await channels.create(
        uow,
        manifest,
        id=ChannelId(new_id()),
        name=f"{manifest.title} (demo)",
        settings=channels.validated(manifest, simulation.settings),
        address=simulation.address,
        now=now,
        demo=True,
    )
    return made.record
