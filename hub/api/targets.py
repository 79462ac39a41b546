"""/targets and /dues: within which time customers are to be answered, and what is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Word
from hub.domain.conversation import ConversationState, Priority
from hub.domain.ids import ChannelId, ContactId, ConversationId, TargetId, TeamId, UserId
from hub.domain.targets import LONGEST, Metric, Rule, Target
from hub.domain.user import Action
from hub.domain.views import Page
from hub.ports.hours import Owed
from hub.services import targets
from hub.services.unset import UNSET

routes = Routes("targets")

Seconds = Annotated[float, Field(ge=1, le=LONGEST)]
Share = Annotated[float, Field(gt=0, le=1)]


class Segment(Input):
    """A field of the contact and its value; case does not count."""

    field: Word
    value: Word


class Goals(Input):
    """Seconds, by what they are for; at least one."""

    first_response: Seconds | None = None
    next_response: Seconds | None = None
    resolution: Seconds | None = None
    """Until the first resolve."""
    callback: Seconds | None = None
    """Of a missed call."""
    service_level: Seconds | None = None
    """Of calls in a queue: `share` of them is to be answered within this."""


class RuleInput(Input):
    """For whom a target is, and what it wants. Where nothing is named, all are meant."""

    channels: Annotated[tuple[ChannelId, ...], Field(max_length=100)] = ()
    teams: Annotated[tuple[TeamId, ...], Field(max_length=100)] = ()
    priorities: Annotated[tuple[Priority, ...], Field(max_length=4)] = ()
    tags: Annotated[tuple[Word, ...], Field(max_length=50)] = ()
    """Any of these tags of the conversation."""
    segments: Annotated[tuple[Segment, ...], Field(max_length=50)] = ()
    """Any of these fields of the contact."""
    goals: Goals
    share: Share = 0.8
    business: bool = True
    """Time runs in opening hours only."""
    pause_when: Annotated[tuple[ConversationState, ...], Field(max_length=4)] = (ConversationState.pending,)
    """States in which the time of a resolution stands still: pending, snoozed."""
    pause_replies: bool = False
    """It stands still for responses as well."""
    warn_after: Share = 0.75
    """After which part of the time it is at risk; 1: never said."""
    active: bool = True


class NewTarget(Input):
    """A target. Those there are already are tried before it."""

    id: TargetId
    name: Word
    rule: RuleInput


class TargetEdit(Input):
    """What shall change; what is left out stays. What waits already keeps what held when it began."""

    name: Word | None = None
    rule: RuleInput | None = None


class TargetOrder(Input):
    """Every target once, in the order in which they are tried: the first that fits counts."""

    ids: Annotated[tuple[TargetId, ...], Field(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """What a target wants of one thing."""

    metric: Metric
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """A field of the contact and its value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """A target as it is now."""

    id: TargetId
    name: str
    version: int
    since: datetime
    channels: tuple[ChannelId, ...]
    teams: tuple[TeamId, ...]
    priorities: tuple[Priority, ...]
    tags: tuple[str, ...]
    segments: tuple[SegmentView, ...]
    goals: tuple[GoalView, ...]
    share: float
    business: bool
    pause_when: tuple[ConversationState, ...]
    pause_replies: bool
    warn_after: float
    active: bool


DueState = Literal["running", "at_risk", "breached", "paused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """A target whose time runs."""

    id: UUID
    """Of a response: the wait's."""
    metric: Metric
    state: DueState
    conversation_id: ConversationId | None
    channel_id: ChannelId
    contact_id: ContactId | None
    team_id: TeamId | None
    assignee_id: UserId | None
    target_id: TargetId
    target_name: str
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    left: float
    """Seconds left when it was paused or began, by the calendar if the target counts opening hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskView:
    """How the targets of one channel stand."""

    channel_id: ChannelId
    metric: Metric
    running: int
    at_risk: int
    breached: int
    """Among `running`: past their time, and still not what they want."""


@routes.get("/targets", Action.waits_read)
async def list_targets(deps: ApiDeps) -> tuple[TargetView, ...]:
    """List the targets in the order in which they are tried."""
    async with deps.storage.read() as uow:
        return tuple(_view(target) for target in await uow.hours.targets())


@routes.post("/targets", Action.targets_write)
async def create_target(deps: ApiDeps, caller: Caller, body: NewTarget) -> Created[TargetView]:
    """Make a target."""
    async with deps.storage.begin() as uow:
        made = await targets.create(
            uow, id=body.id, name=body.name, rule=_rule(body.rule), by=caller.user_id, now=deps.now()
        )
    return Created(_view(made.record), new=made.created)


@routes.patch("/targets/{target_id}", Action.targets_write)
async def change_target(deps: ApiDeps, caller: Caller, target_id: TargetId, body: TargetEdit) -> TargetView:
    """Edit a target: a new version from now on."""
    edit = targets.Edit(
        name=UNSET if body.name is None else body.name, rule=UNSET if body.rule is None else _rule(body.rule)
    )
    async with deps.storage.begin() as uow:
        return _view(await targets.change(uow, target_id, edit, by=caller.user_id, now=deps.now()))


@routes.delete("/targets/{target_id}", Action.targets_write)
async def delete_target(deps: ApiDeps, caller: Caller, target_id: TargetId) -> None:
    """Take a target out of the list. What runs by it ends by it, and what was measured stays."""
    async with deps.storage.begin() as uow:
        await targets.archive(uow, target_id, by=caller.user_id, now=deps.now())


@routes.put("/targets", Action.targets_write)
async def order_targets(deps: ApiDeps, body: TargetOrder) -> tuple[TargetView, ...]:
    """Set the order in which targets are tried."""
    async with deps.storage.begin() as uow:
        return tuple(_view(target) for target in await targets.put_in_order(uow, body.ids))


@routes.get("/dues", Action.waits_read)
async def list_dues(
    deps: ApiDeps, breached: bool | None = None, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[DueView]:
    """List what is due, the soonest first; `breached=true` only what is late, `false` only what still can be met."""
    now = deps.now()
    async with deps.storage.read() as uow:
        page = await uow.dues.page(breached=breached, cursor=cursor, limit=limit, now=now)
    return Page(items=tuple(_due(owed, now) for owed in page.items), next=page.next)


@routes.get("/conversations/{conversation_id}/dues", Action.waits_read)
async def list_conversation_dues(deps: ApiDeps, conversation_id: ConversationId) -> tuple[DueView, ...]:
    """List the targets that run in a conversation."""
    now = deps.now()
    async with deps.storage.read() as uow:
        return tuple(_due(owed, now) for owed in await uow.dues.of([conversation_id]))


@routes.get("/dues/risk", Action.waits_read)
async def get_risk(deps: ApiDeps) -> tuple[RiskView, ...]:
    """Count what is due, by channel and what it is about: for a wallboard."""
    async with deps.storage.read() as uow:
        found = await uow.dues.risks(deps.now())
    return tuple(
        RiskView(
            channel_id=risk.channel_id,
            metric=risk.metric,
            running=risk.running,
            at_risk=risk.at_risk,
            breached=risk.breached,
        )
        for risk in found
    )


def _rule(body: RuleInput) -> Rule:
    goals = {metric: getattr(body.goals, metric.value) for metric in Metric}
    return Rule(
        channels=body.channels,
        teams=body.teams,
        priorities=body.priorities,
        tags=body.tags,
        segments=tuple((segment.field, segment.value) for segment in body.segments),
        goals={metric: seconds for metric, seconds in goals.items() if seconds is not None},
        share=body.share,
        business=body.business,
        pause_when=frozenset(body.pause_when),
        pause_replies=body.pause_replies,
        warn_after=body.warn_after,
        active=body.active,
    )


def _view(target: Target) -> TargetView:
    newest, rule = target.versions[-1], target.rule
    return TargetView(
        id=target.id,
        name=target.name,
        version=newest.number,
        since=newest.since,
        channels=rule.channels,
        teams=rule.teams,
        priorities=rule.priorities,
        tags=rule.tags,
        segments=tuple(SegmentView(field=name, value=value) for name, value in rule.segments),
        goals=tuple(GoalView(metric=metric, seconds=rule.goals[metric]) for metric in Metric if metric in rule.goals),
        share=rule.share,
        business=rule.business,
        pause_when=tuple(sorted(rule.pause_when)),
        pause_replies=rule.pause_replies,
        warn_after=rule.warn_after,
        active=rule.active,
    )


def _due(owed: Owed, now: datetime) -> DueView:
    due = owed.due
    state: DueState = "running"
    if due.since is None:
        state = "paused"
    elif due.due_at is not None and due.due_at <= now:
        state = "breached"
    elif due.warn_at is not None and due.warn_at <= now:
        state = "at_risk"
    return DueView(
        id=due.id,
        metric=due.metric,
        state=state,
        conversation_id=owed.conversation_id,
        channel_id=owed.channel_id,
        contact_id=owed.contact_id,
        team_id=owed.team_id,
        assignee_id=owed.assignee_id,
        target_id=due.target_id,
        target_name=due.target_name,
        started_at=due.started_at,
        due_at=due.due_at,
        warn_at=due.warn_at,
        left=due.left,
    )
