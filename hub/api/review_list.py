"""/reviews/calls and /reviews/queues: the calls there are to review, by filters or by a saved queue."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from hub.api._framework.params import Named
from hub.api._framework.problems import Problem
from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Word
from hub.domain.errors import Conflict, Forbidden, NotFound
from hub.domain.ids import CallId, ChannelId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.review.ids import QueueId
from hub.domain.review.queue import STANDARD, Order, Queue, QueueRule, check_rule
from hub.domain.review.views import CallScore, ReviewableRow
from hub.domain.user import Action
from hub.domain.views import Page

routes = Routes("reviews")


COUNTED = 100
"""Calls of a queue are counted up to this many: beyond it a count would cost the more the more calls there are."""
Days = Annotated[int, Field(ge=1, le=3_650)]
Percent = Annotated[float, Field(ge=0, le=100)]
Sample = Annotated[float, Field(gt=0, le=100)]
Whole = Annotated[int, Field(ge=0, le=360_000)]


class RuleEdit(Input):
    """Which calls belong to a queue; everything given has to hold."""

    reviewed: bool | None = None
    min_seconds: Whole | None = None
    max_seconds: Whole | None = None
    agent_ids: Annotated[tuple[UserId, ...], Field(max_length=200)] = ()
    team_ids: Annotated[tuple[TeamId, ...], Field(max_length=200)] = ()
    channel_ids: Annotated[tuple[ChannelId, ...], Field(max_length=200)] = ()
    direction: Direction | None = None
    new_agents: Days | None = None
    """Calls of agents who are here for at most this many days."""
    score_below: Percent | None = None
    score_from: Percent | None = None
    failed: bool | None = None
    appealed: bool | None = None
    commented: bool | None = None
    """Comments are open."""
    recorded: bool | None = None
    within_days: Days | None = None
    sample: Sample | None = None
    """Percent of the calls, drawn at random; the same calls each time."""
    salt: Whole = 0
    order: Order = Order.newest

    def rule(self) -> QueueRule:
        """Return it in the domain's words."""
        rule = QueueRule(**self.model_dump())
        check_rule(rule)
        return rule


class QueueEdit(Input):
    """A saved queue."""

    name: Word
    rule: RuleEdit
    shared: bool = False


class NewQueue(QueueEdit):
    """A queue to save."""

    id: QueueId


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """A queue with how many calls are in it."""

    id: QueueId | None
    """None for those every hub has: they are named by `key`."""
    key: str
    """`unreviewed`, `long`, `new_agents`, `low_score`, `sample`, `appeals`; empty for saved ones."""
    name: str
    rule: QueueRule
    shared: bool
    owner_id: UserId | None
    count: int
    """Up to 100: more is shown as 100+."""


@routes.get("/reviews/calls", Action.reviews_read, people_only=True, problems=(404,))
async def list_review_calls(
    deps: ApiDeps,
    caller: Caller,
    queue: Annotated[str | None, Field(max_length=64)] = None,
    reviewed: bool | None = None,
    min_seconds: Whole | None = None,
    max_seconds: Whole | None = None,
    agents: Annotated[tuple[UserId, ...], Named(name="agent")] = (),
    teams: Annotated[tuple[TeamId, ...], Named(name="team")] = (),
    channels: Annotated[tuple[ChannelId, ...], Named(name="channel")] = (),
    direction: Direction | None = None,
    new_agents: Days | None = None,
    score_below: Percent | None = None,
    score_from: Percent | None = None,
    failed: bool | None = None,
    appealed: bool | None = None,
    commented: bool | None = None,
    recorded: bool | None = None,
    within_days: Days | None = None,
    sample: Sample | None = None,
    salt: Whole = 0,
    order: Order = Order.newest,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[ReviewableRow]:
    """List calls to review. `queue` is the id of a saved queue or the key of a standard one; else the filters count.

    Agents see their own calls.
    """
    rule = QueueRule(
        reviewed=reviewed,
        min_seconds=min_seconds,
        max_seconds=max_seconds,
        agent_ids=agents,
        team_ids=teams,
        channel_ids=channels,
        direction=direction,
        new_agents=new_agents,
        score_below=score_below,
        score_from=score_from,
        failed=failed,
        appealed=appealed,
        commented=commented,
        recorded=recorded,
        within_days=within_days,
        sample=sample,
        salt=salt,
        order=order,
    )
    if queue is not None:
        rule = await _rule_of(deps, caller, queue)
    check_rule(rule)
    only = None if caller.reviews else caller.person.id
    async with deps.storage.read() as uow:
        return await uow.reviews.in_queue(rule, now=deps.now(), only_agent=only, cursor=cursor, limit=limit)


@routes.get("/reviews/call-scores", Action.reviews_read, people_only=True)
async def list_call_scores(
    deps: ApiDeps, caller: Caller, calls: Annotated[tuple[CallId, ...], Named(name="call"), Field(max_length=200)]
) -> tuple[CallScore, ...]:
    """Return what reviews say of these calls, for those that were reviewed or commented on. Agents get their own."""
    only = None if caller.reviews else caller.person.id
    async with deps.storage.read() as uow:
        return tuple(await uow.reviews.call_scores(calls, only_agent=only))


async def _rule_of(deps: ApiDeps, caller: Caller, name: str) -> QueueRule:
    standard = dict(STANDARD)
    if name in standard:
        return standard[name]
    try:
        queue_id = QueueId(UUID(name))
    except ValueError:
        raise Problem(422, "`queue` is the id of a saved queue, or one of " + ", ".join(standard) + ".") from None
    async with deps.storage.read() as uow:
        found = await uow.reviews.queue(queue_id)
    if found is None or not (found.shared or found.owner_id == caller.user_id):
        raise NotFound("There is no such queue; it may have been deleted.")
    return found.rule


@routes.get("/reviews/queues", Action.reviews_write, people_only=True)
async def list_queues(deps: ApiDeps, caller: Caller) -> tuple[QueueView, ...]:
    """List the queues: those every hub has, then saved ones, each with how many calls are in it."""
    now = deps.now()
    async with deps.storage.read() as uow:
        saved = await uow.reviews.queues(caller.person.id)
        standard = [
            QueueView(
                id=None,
                key=key,
                name=key,
                rule=rule,
                shared=True,
                owner_id=None,
                count=await uow.reviews.count(rule, now=now, most=COUNTED),
            )
            for key, rule in STANDARD
        ]
        own = [_queue(one, await uow.reviews.count(one.rule, now=now, most=COUNTED)) for one in saved]
    return (*standard, *own)


def _queue(queue: Queue, count: int) -> QueueView:
    return QueueView(
        id=queue.id,
        key="",
        name=queue.name,
        rule=queue.rule,
        shared=queue.shared,
        owner_id=queue.owner_id,
        count=count,
    )


@routes.post("/reviews/queues", Action.reviews_write, people_only=True, problems=(409,))
async def create_queue(deps: ApiDeps, caller: Caller, body: NewQueue) -> Created[QueueView]:
    """Save a queue."""
    queue = Queue(
        id=body.id,
        name=body.name,
        rule=body.rule.rule(),
        shared=body.shared,
        owner_id=caller.person.id,
        created_at=deps.now(),
    )
    async with deps.storage.begin() as uow:
        before = await uow.reviews.queue(body.id)
        if before is not None and before.owner_id != caller.person.id:
            raise Conflict("This id belongs to another queue. Make a new one.")
        await uow.reviews.save_queue(before or queue)
        count = await uow.reviews.count(queue.rule, now=deps.now(), most=COUNTED)
    return Created(_queue(before or queue, count), new=before is None)


@routes.put("/reviews/queues/{queue_id}", Action.reviews_write, people_only=True)
async def change_queue(deps: ApiDeps, caller: Caller, queue_id: QueueId, body: QueueEdit) -> QueueView:
    """Change one's own queue."""
    async with deps.storage.begin() as uow:
        before = await uow.reviews.queue(queue_id)
        _own_queue(before, caller)
        queue = Queue(
            id=queue_id,
            name=body.name,
            rule=body.rule.rule(),
            shared=body.shared,
            owner_id=caller.person.id,
            created_at=before.created_at if before is not None else deps.now(),
        )
        await uow.reviews.save_queue(queue)
        return _queue(queue, await uow.reviews.count(queue.rule, now=deps.now(), most=COUNTED))


@routes.delete("/reviews/queues/{queue_id}", Action.reviews_write, people_only=True)
async def delete_queue(deps: ApiDeps, caller: Caller, queue_id: QueueId) -> None:
    """Delete one's own queue."""
    async with deps.storage.begin() as uow:
        _own_queue(await uow.reviews.queue(queue_id), caller)
        await uow.reviews.delete_queue(queue_id)


def _own_queue(queue: Queue | None, caller: Caller) -> None:
    if queue is None or (queue.owner_id != caller.person.id and not queue.shared):
        raise NotFound("There is no such queue; it may have been deleted.")
    if queue.owner_id != caller.person.id:
        raise Forbidden("This queue is somebody else's: save one of your own.")
