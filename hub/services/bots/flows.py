"""Flows as their authors keep them: a draft that is drawn, versions that are published, import and export."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from hub.domain.botflow.problems import Level, On, Problem
from hub.domain.botflow.records import BotFlow, BotVersion, FlowId
from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import UserId
from hub.ports import UnitOfWork
from hub.services.as_json import encode
from hub.services.made import Made

if TYPE_CHECKING:
    from hub.domain.botflow.reading import Unreadable

NAME_LIMIT = 100
DESCRIPTION_LIMIT = 1000
DRAFT_LIMIT = 500_000
"""Bytes of one flow's JSON."""
FLOWS_LIMIT = 500
EMPTY: Mapping[str, object] = {
    "schema": 1,
    "languages": ["en"],
    "start": "hello",
    "steps": [
        {"kind": "message", "id": "hello", "text": {"en": "Hello!"}, "exits": {"next": "human"}},
        {"kind": "handover", "id": "human"},
    ],
}
"""What a new flow begins with."""


async def get(uow: UnitOfWork, flow_id: FlowId) -> BotFlow:
    """Return a flow. Raises NotFound."""
    found = await uow.bots.flow(flow_id)
    if found is None:
        raise NotFound("There is no such flow; it may have been deleted.")
    return found


async def create(
    uow: UnitOfWork,
    *,
    id: FlowId,  # noqa: A002 - the word of every record
    name: str,
    description: str = "",
    draft: Mapping[str, object] | None = None,
    by: UserId | None,
    now: datetime,
    demo: bool = False,
) -> Made[BotFlow]:
    """Make a flow, also from an imported graph; its draft may be half drawn. Raises Invalid, in words."""
    known = await uow.bots.flow(id)
    if known is not None:
        return Made(known, created=False)
    if len(await uow.bots.flows()) >= FLOWS_LIMIT:
        raise Invalid(f"There are {FLOWS_LIMIT} flows already; delete one first.")
    flow = BotFlow(
        id=id,
        name=_name(name),
        description=description.strip()[:DESCRIPTION_LIMIT],
        draft=_bounded(draft if draft is not None else EMPTY),
        created_at=now,
        updated_at=now,
        updated_by=by,
        demo=demo,
    )
    await uow.bots.add_flow(flow)
    await uow.bots.keep_files(_named_files(flow.draft))
    _note(uow, id)
    return Made(flow, created=True)


async def save(
    uow: UnitOfWork,
    flow_id: FlowId,
    *,
    revision: int,
    name: str | None = None,
    description: str | None = None,
    draft: Mapping[str, object] | None = None,
    by: UserId | None,
    now: datetime,
) -> BotFlow:
    """Save a draft. `revision` is the one the author read: raises Conflict if somebody saved another meanwhile."""
    before = await get(uow, flow_id)
    if revision != before.revision:
        raise Conflict("Somebody else saved this flow meanwhile. Load it again and draw your change anew.")
    after = replace(before, revision=before.revision + 1, updated_at=now, updated_by=by)
    if name is not None:
        after = replace(after, name=_name(name))
    if description is not None:
        after = replace(after, description=description.strip()[:DESCRIPTION_LIMIT])
    if draft is not None:
        after = replace(after, draft=_bounded(draft))
        await uow.bots.keep_files(_named_files(after.draft))
    await uow.bots.update_flow(after)
    _note(uow, flow_id)
    return after


async def problems(uow: UnitOfWork, graph: Mapping[str, object], channels: Sequence[On] = ()) -> Sequence[Problem]:
    """Return what is wrong with a graph; what cannot even be read is one problem."""
    from hub.domain.botflow.checking import check  # not at the top: every start of the hub would wait for it
    from hub.domain.botflow.reading import Unreadable, read_flow
    from hub.services.bots.enclosing import enclosure_of
    from hub.services.bots.rendering import fault_of

    try:
        flow = read_flow(graph)
    except Unreadable as error:
        return (_unread(graph, error),)
    others: dict[UUID, bool] = {one.id: one.published is not None for one in await uow.bots.flows()}
    files = {key: enclosure_of(file) for key, file in (await uow.bots.files(flow.files.keys())).items()}
    return check(flow, channels=channels, flows=others, files=files, templates=fault_of)


async def publish(
    uow: UnitOfWork, flow_id: FlowId, *, note: str = "", by: UserId | None, now: datetime, channels: Sequence[On] = ()
) -> BotVersion:
    """Put the draft to work as a new version; runs under way end in theirs. Raises Invalid, which names the errors."""
    from hub.domain.botflow.reading import read_flow, write_flow  # as above

    flow = await get(uow, flow_id)
    graph = _whole(flow.draft)
    errors = [one for one in await problems(uow, graph, channels) if one.level is Level.error]
    if errors:
        more = f" There are {len(errors) - 1} more." if len(errors) > 1 else ""
        raise Invalid(f"The flow cannot be published: {errors[0].words}{more}")
    graph = write_flow(read_flow(graph))
    return await _put_to_work(uow, flow, graph, note=note, by=by, now=now)


async def roll_back(uow: UnitOfWork, flow_id: FlowId, number: int, *, by: UserId | None, now: datetime) -> BotVersion:
    """Put an earlier version to work again, as a new one, so that history only grows. The draft stays as it is."""
    flow = await get(uow, flow_id)
    earlier = await uow.bots.version(flow_id, number)
    if earlier is None:
        raise NotFound("There is no such version of this flow.")
    return await _put_to_work(uow, flow, earlier.graph, note=f"Back to version {number}", by=by, now=now)


async def withdraw(uow: UnitOfWork, flow_id: FlowId, *, now: datetime) -> BotFlow:
    """Take a flow from work: it wakes no more; runs under way end in their version."""
    flow = await get(uow, flow_id)
    after = replace(flow, published=None, updated_at=now)
    await uow.bots.update_flow(after)
    _note(uow, flow_id)
    return after


async def delete(uow: UnitOfWork, flow_id: FlowId) -> None:
    """Delete a flow with its versions, rules and counts. Raises NotFound, and Conflict while it is at work."""
    flow = await get(uow, flow_id)
    if flow.published is not None:
        raise Conflict("The flow is at work. Withdraw it first, then delete it.")
    await uow.bots.delete_flow(flow_id)
    _note(uow, flow_id)


def exported(flow: BotFlow) -> dict[str, object]:
    """Return a flow as the file that another hub imports."""
    return {**flow.draft, "name": flow.name, "description": flow.description}


def _unread(graph: Mapping[str, object], error: "Unreadable") -> Problem:
    found = re.match(r"steps\[(\d+)\]\.?(.*)", error.place)
    steps = graph.get("steps")
    step = steps[int(found[1])] if found and isinstance(steps, list) and int(found[1]) < len(steps) else None
    named = step.get("id") if isinstance(step, Mapping) else None
    return Problem(
        level=Level.error,
        code=error.code,
        step=named if isinstance(named, str) else "",
        field=found[2] if found else error.place,
        words=str(error),
        parameters=error.parameters,
    )


async def _put_to_work(
    uow: UnitOfWork, flow: BotFlow, graph: Mapping[str, object], *, note: str, by: UserId | None, now: datetime
) -> BotVersion:
    known = await uow.bots.versions(flow.id)
    number = known[0].number + 1 if known else 1
    version = BotVersion(
        flow_id=flow.id, number=number, graph=graph, note=note.strip()[:500], published_at=now, published_by=by
    )
    await uow.bots.add_version(version)
    await uow.bots.update_flow(replace(flow, published=number, updated_at=now))
    _note(uow, flow.id)
    return version


def _named_files(draft: Mapping[str, object]) -> set[UUID]:
    """Return the files a draft names, also one that is half drawn."""
    found: set[UUID] = set()
    steps = draft.get("steps")
    for step in steps if isinstance(steps, list) else ():
        files = step.get("files") if isinstance(step, Mapping) else None
        for file in files if isinstance(files, list) else ():
            try:
                found.add(UUID(str(file["id"])))
            except (ValueError, TypeError, KeyError):
                continue  # what is no file the check says in words
    return found


def _whole(draft: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in draft.items() if name not in ("name", "description")}


def _bounded(draft: Mapping[str, object]) -> Mapping[str, object]:
    whole = _whole(draft)
    try:
        size = len(encode(whole))
    except TypeError as error:
        raise Invalid("The flow holds a number that is too large.") from error
    if size > DRAFT_LIMIT:
        raise Invalid(f"The flow is too large: at most {DRAFT_LIMIT // 1000} kB.")
    return whole


def _name(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid("Give the flow a name.")
    if len(tidy) > NAME_LIMIT:
        raise Invalid(f"The name is too long: at most {NAME_LIMIT} characters.")
    return tidy


def _note(uow: UnitOfWork, flow_id: FlowId) -> None:
    uow.note(Change(kind=ChangeKind.bots_changed, subject_id=flow_id))


def same(graph: Mapping[str, object], draft: Mapping[str, object]) -> bool:
    """Tell whether a draft is what a version is; a draft that cannot be read is not."""
    from hub.domain.botflow.reading import read_flow  # as above

    try:
        return read_flow(graph) == read_flow(_whole(draft))
    except Invalid:
        return False
