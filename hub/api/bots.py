"""/bots/flows: flows with their drafts and versions, what is wrong with them, the test panel, counts per step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Created, Outgoing, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Document, Input, Line, Word
from hub.domain.botflow.problems import Code, Level, On, Problem
from hub.domain.botflow.records import BotFlow, BotVersion, FlowId, StepCount
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import ChannelId, UserId
from hub.domain.user import Action
from hub.ports import UnitOfWork
from hub.services.bots import flows

routes = Routes("bots")

Channels = Annotated[tuple[ChannelId, ...], Field(max_length=100)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """A flow in the list."""

    id: FlowId
    name: str
    description: str
    languages: tuple[str, ...]
    steps: int
    published: int | None
    """The number of the version at work; null: none is."""
    updated_at: datetime
    updated_by: UserId | None
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """One thing that is wrong with a flow. Errors stop it from being published, warnings do not."""

    level: Level
    code: Code
    """Which sentence it is, for screens in other languages."""
    parameters: Mapping[str, str | float]
    """What the sentence of the code names: a step's name, a language, a limit …"""
    step: str
    """Empty for the flow as a whole."""
    field: str
    """The part of the step: an exit, a text's name."""
    words: str
    """The sentence in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowView:
    """A flow as its author draws it."""

    id: FlowId
    name: str
    description: str
    draft: Mapping[str, object]
    revision: int
    """Name it when saving: what somebody else saved meanwhile is not overwritten."""
    published: int | None
    changed: bool
    """The draft is not what is at work."""
    problems: tuple[ProblemView, ...]
    created_at: datetime
    updated_at: datetime
    updated_by: UserId | None
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A flow as it was published."""

    number: int
    note: str
    published_at: datetime
    published_by: UserId | None
    at_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """How often a step was entered and left, and how often the run was handed over at it."""

    step: str
    entered: int
    left: int
    handed_over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsView:
    """The counts of one version."""

    version: int | None
    """Null where nothing was ever published."""
    steps: tuple[CountView, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterView:
    """A ready flow."""

    key: str
    name: str
    description: str
    graph: Mapping[str, object]


class NewFlow(Input):
    """A new flow: an empty one, a ready one, or one that was exported."""

    id: FlowId
    name: Word | None = None
    """Left out: the imported one's or the ready one's."""
    description: Line = ""
    starter: Word | None = None
    """The key of a ready flow."""
    draft: Document | None = None
    """A graph, also one that was exported, with its name in it."""


class FlowEdit(Input):
    """What shall change; what is left out stays."""

    revision: Number
    name: Word | None = None
    description: Line | None = None
    draft: Document | None = None


class Publication(Input):
    """Put the draft to work."""

    note: Line = ""
    """What is new in it, for colleagues."""


class RollBack(Input):
    """Put an earlier version to work again."""

    number: Number


class GraphToCheck(Input):
    """A graph that is being drawn."""

    graph: Document
    """As `GET /bots/schema` describes it; it may be half drawn."""
    channel_ids: Channels = ()
    """Whose limits it must keep; empty: those of the rules that wake the flow."""
    flow_id: FlowId | None = None


@routes.get("/bots/schema", Action.bots_read)
async def get_flow_schema() -> Mapping[str, object]:
    """Give the JSON Schema of flows."""
    from hub.domain.botflow.schema import json_schema  # made on demand

    return json_schema()


@routes.get("/bots/starters", Action.bots_read)
async def list_starters() -> tuple[StarterView, ...]:
    """List the ready flows."""
    from hub.services.bots.starters import KEYS, starter

    return tuple(
        StarterView(
            key=key, name=str(starter(key)["name"]), description=str(starter(key)["description"]), graph=starter(key)
        )
        for key in KEYS
    )


@routes.get("/bots/flows", Action.bots_read)
async def list_flows(deps: ApiDeps) -> tuple[FlowRow, ...]:
    """List the flows by name."""
    async with deps.storage.read() as uow:
        return tuple(_row(flow) for flow in await uow.bots.flows())


@routes.post("/bots/flows", Action.bots_write)
async def create_flow(deps: ApiDeps, caller: Caller, body: NewFlow) -> Created[FlowView]:
    """Make a flow; also the import of one that was exported."""
    graph = _first_draft(body)
    named = str((graph or {}).get("name") or "")
    async with deps.storage.begin() as uow:
        made = await flows.create(
            uow,
            id=body.id,
            name=body.name or named or "New flow",
            description=body.description or str((graph or {}).get("description") or ""),
            draft=graph,
            by=caller.user_id,
            now=deps.now(),
        )
        return Created(await _view(deps, uow, made.record), new=made.created)


@routes.get("/bots/flows/{flow_id}", Action.bots_read)
async def get_flow(deps: ApiDeps, flow_id: FlowId) -> FlowView:
    """Give a flow with its draft and what is wrong with it."""
    async with deps.storage.read() as uow:
        return await _view(deps, uow, await flows.get(uow, flow_id))


@routes.patch("/bots/flows/{flow_id}", Action.bots_write)
async def change_flow(deps: ApiDeps, caller: Caller, flow_id: FlowId, body: FlowEdit) -> FlowView:
    """Save a draft, a name. A draft may be half drawn; what is wrong with it is in the answer."""
    async with deps.storage.begin() as uow:
        after = await flows.save(
            uow,
            flow_id,
            revision=body.revision,
            name=body.name,
            description=body.description,
            draft=body.draft,
            by=caller.user_id,
            now=deps.now(),
        )
        return await _view(deps, uow, after)


@routes.delete("/bots/flows/{flow_id}", Action.bots_write)
async def delete_flow(deps: ApiDeps, flow_id: FlowId) -> None:
    """Delete a flow that is not at work, with its versions, rules and counts."""
    async with deps.storage.begin() as uow:
        await flows.delete(uow, flow_id)


@routes.post("/bots/flows/{flow_id}/publish", Action.bots_write)
async def publish_flow(deps: ApiDeps, caller: Caller, flow_id: FlowId, body: Publication) -> FlowView:
    """Put the draft to work as a new version; customers under way end in theirs."""
    async with deps.storage.begin() as uow:
        channels = await _woken_on(deps, uow, flow_id)
        await flows.publish(uow, flow_id, note=body.note, by=caller.user_id, now=deps.now(), channels=channels)
        return await _view(deps, uow, await flows.get(uow, flow_id))


@routes.post("/bots/flows/{flow_id}/roll-back", Action.bots_write)
async def roll_back_flow(deps: ApiDeps, caller: Caller, flow_id: FlowId, body: RollBack) -> FlowView:
    """Put an earlier version to work again, as a new one; the draft stays as it is."""
    async with deps.storage.begin() as uow:
        await flows.roll_back(uow, flow_id, body.number, by=caller.user_id, now=deps.now())
        return await _view(deps, uow, await flows.get(uow, flow_id))


@routes.post("/bots/flows/{flow_id}/withdraw", Action.bots_write)
async def withdraw_flow(deps: ApiDeps, flow_id: FlowId) -> FlowView:
    """Take a flow from work; customers under way end in it."""
    async with deps.storage.begin() as uow:
        return await _view(deps, uow, await flows.withdraw(uow, flow_id, now=deps.now()))


@routes.get("/bots/flows/{flow_id}/versions", Action.bots_read)
async def list_flow_versions(deps: ApiDeps, flow_id: FlowId) -> tuple[VersionView, ...]:
    """List what was published, newest first."""
    async with deps.storage.read() as uow:
        flow = await flows.get(uow, flow_id)
        return tuple(_version(one, flow) for one in await uow.bots.versions(flow_id))


@routes.get("/bots/flows/{flow_id}/versions/{number}", Action.bots_read)
async def get_flow_version(deps: ApiDeps, flow_id: FlowId, number: Number) -> Mapping[str, object]:
    """Give the graph of a version."""
    async with deps.storage.read() as uow:
        found = await uow.bots.version(flow_id, number)
    if found is None:
        raise NotFound("There is no such version of this flow.")
    return found.graph


@routes.get("/bots/flows/{flow_id}/counts", Action.bots_read)
async def get_flow_counts(deps: ApiDeps, flow_id: FlowId, version: Number | None = None) -> CountsView:
    """Give the counts per step of a version; without one, of the version at work or the last that was."""
    async with deps.storage.read() as uow:
        flow = await flows.get(uow, flow_id)
        number = version or flow.published
        if number is None:
            known = await uow.bots.versions(flow_id)
            number = known[0].number if known else None
        found: Sequence[StepCount] = await uow.bots.counts(flow_id, number) if number is not None else ()
    steps = (CountView(step=one.step, entered=one.entered, left=one.left, handed_over=one.handed_over) for one in found)
    return CountsView(version=number, steps=tuple(steps))


@routes.get("/bots/flows/{flow_id}/export", Action.bots_read)
async def export_flow(deps: ApiDeps, outgoing: Outgoing, flow_id: FlowId) -> Mapping[str, object]:
    """Give the draft as a file that another hub imports."""
    async with deps.storage.read() as uow:
        flow = await flows.get(uow, flow_id)
    outgoing.headers.append(("Content-Disposition", f'attachment; filename="flow-{flow.id}.json"'))
    return flows.exported(flow)


@routes.post("/bots/check", Action.bots_read)
async def check_flow(deps: ApiDeps, body: GraphToCheck) -> tuple[ProblemView, ...]:
    """Say what is wrong with a graph while it is drawn."""
    async with deps.storage.read() as uow:
        channels = [on_channel(deps, one) for one in body.channel_ids]
        if not channels and body.flow_id is not None:
            channels = await _woken_on(deps, uow, body.flow_id)
        return _problems(await flows.problems(uow, body.graph, channels))


def on_channel(deps: ApiDeps, channel_id: ChannelId) -> On:
    """Return what a flow has to keep within on a channel. Raises Invalid."""
    account = deps.accounts.get(channel_id)
    if account is None:
        raise Invalid("There is no such channel; it may have been deleted.")
    return On(name=account.channel.name, capabilities=account.capabilities)


async def _woken_on(deps: ApiDeps, uow: UnitOfWork, flow_id: FlowId) -> list[On]:
    rules = [rule for rule in await uow.bots.rules(active=True) if rule.flow_id == flow_id]
    ids = dict.fromkeys(channel_id for rule in rules for channel_id in rule.channel_ids)
    return [on_channel(deps, one) for one in ids if deps.accounts.get(one) is not None]


def _first_draft(body: NewFlow) -> Mapping[str, object] | None:
    if body.starter is None:
        return body.draft
    if body.draft is not None:
        raise Invalid("Give either a ready flow or a draft.")
    from hub.services.bots.starters import starter

    return starter(body.starter)


def _row(flow: BotFlow) -> FlowRow:
    languages, steps = flow.draft.get("languages"), flow.draft.get("steps")
    return FlowRow(
        id=flow.id,
        name=flow.name,
        description=flow.description,
        languages=tuple(str(one) for one in languages) if isinstance(languages, list) else (),
        steps=len(steps) if isinstance(steps, list) else 0,
        published=flow.published,
        updated_at=flow.updated_at,
        updated_by=flow.updated_by,
        demo=flow.demo,
    )


async def _view(deps: ApiDeps, uow: UnitOfWork, flow: BotFlow) -> FlowView:
    at_work = await uow.bots.version(flow.id, flow.published) if flow.published is not None else None
    found = await flows.problems(uow, flow.draft, await _woken_on(deps, uow, flow.id))
    return FlowView(
        id=flow.id,
        name=flow.name,
        description=flow.description,
        draft=flow.draft,
        revision=flow.revision,
        published=flow.published,
        changed=at_work is None or not flows.same(at_work.graph, flow.draft),
        problems=_problems(found),
        created_at=flow.created_at,
        updated_at=flow.updated_at,
        updated_by=flow.updated_by,
        demo=flow.demo,
    )


def _problems(found: Sequence[Problem]) -> tuple[ProblemView, ...]:
    return tuple(
        ProblemView(
            level=one.level,
            code=one.code,
            parameters=one.parameters,
            step=one.step,
            field=one.field,
            words=one.words,
        )
        for one in found
    )


def _version(one: BotVersion, flow: BotFlow) -> VersionView:
    return VersionView(
        number=one.number,
        note=one.note,
        published_at=one.published_at,
        published_by=one.published_by,
        at_work=one.number == flow.published,
    )
