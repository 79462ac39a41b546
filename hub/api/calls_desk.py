"""/presence and /debts: who can be rung, and the board of missed contacts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.calls import DeviceInput
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Line, Word
from hub.domain.changes import Change, ChangeKind
from hub.domain.debts import Debt, DebtEnd, DebtId, What
from hub.domain.errors import Conflict, NotFound
from hub.domain.ids import CallId, ChannelId, ContactId, ConversationId, InteractionId, TeamId, UserId
from hub.domain.presence import Chosen, Presence, PresenceState
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.calls import presence

routes = Routes("calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """One of an agent's phones."""

    kind: str
    """`browser`, `number` or `endpoint`."""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceView:
    """How somebody stands."""

    user_id: UserId
    state: PresenceState
    chosen: Chosen
    reason: str
    since: datetime
    wrap_up_until: datetime | None
    call_id: CallId | None
    devices: tuple[DeviceView, ...]
    skills: tuple[str, ...]


class Choice(Input):
    """What an agent chooses."""

    chosen: Chosen
    reason: Line = ""


class Devices(Input):
    """An agent's phones, the preferred first."""

    devices: Annotated[tuple[DeviceInput, ...], Field(max_length=5)]


class Skills(Input):
    """What an agent is good at."""

    skills: Annotated[tuple[Word, ...], Field(max_length=50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseView:
    """One thing that went wrong."""

    what: What
    at: datetime
    interaction_id: InteractionId
    channel_id: ChannelId
    conversation_id: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtView:
    """All that one person waits for in vain: one entry of the board."""

    id: DebtId
    contact_id: ContactId
    contact_name: str
    address: str
    opened_at: datetime
    due_at: datetime
    overdue: bool
    last_at: datetime
    attempts: int
    """Calls we made in vain, and the one that reached them."""
    causes: tuple[CauseView, ...]
    assignee_id: UserId | None
    team_id: TeamId | None
    closed_at: datetime | None
    closed_by: DebtEnd | None
    closed_user: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtCounts:
    """How many people wait in vain."""

    open: int
    overdue: int


class DebtEdit(Input):
    """What shall change; what is left out stays."""

    assignee_id: UserId | None = None
    """Who takes it; null gives it back."""
    dismissed: bool | None = None
    """True: nothing is owed. Only an open one can be dismissed."""


@routes.get("/presence", Action.calls_read)
async def list_presence(deps: ApiDeps) -> tuple[PresenceView, ...]:
    """List how everybody stands."""
    async with deps.storage.read() as uow:
        return tuple(_presence(*one) for one in await presence.states(uow, deps.now()))


@routes.put("/presence", Action.calls_write, people_only=True)
async def choose_presence(deps: ApiDeps, caller: Caller, body: Choice) -> PresenceView:
    """Choose to be available or away. Being on a call shows by itself."""
    async with deps.storage.begin() as uow:
        await presence.choose(uow, caller.person.id, body.chosen, body.reason, now=deps.now())
    return await _of(deps, caller.person.id)


@routes.put("/presence/devices", Action.calls_write, people_only=True)
async def set_devices(deps: ApiDeps, caller: Caller, body: Devices) -> PresenceView:
    """Set the phones one is rung on: all of them ring at once."""
    async with deps.storage.begin() as uow:
        found = [device.device for device in body.devices]
        await presence.set_devices(uow, caller.person.id, found, now=deps.now())
    return await _of(deps, caller.person.id)


@routes.put("/users/{user_id}/skills", Action.calls_supervise)
async def set_skills(deps: ApiDeps, user_id: UserId, body: Skills) -> PresenceView:
    """Set what somebody is good at, for lines that ask for skills."""
    async with deps.storage.begin() as uow:
        await presence.set_skills(uow, user_id, body.skills, now=deps.now())
    return await _of(deps, user_id)


@routes.put("/users/{user_id}/presence", Action.calls_supervise)
async def set_presence(deps: ApiDeps, user_id: UserId, body: Choice) -> PresenceView:
    """Set somebody else to available or away: who forgot to sign off."""
    async with deps.storage.begin() as uow:
        if await uow.users.get(user_id) is None:
            raise NotFound("There is no such person.")
        await presence.choose(uow, user_id, body.chosen, body.reason, now=deps.now())
    return await _of(deps, user_id)


@routes.get("/debts", Action.calls_read)
async def list_debts(
    deps: ApiDeps,
    caller: Caller,
    closed: bool = False,
    mine: bool = False,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[DebtView]:
    """List the missed-contact board: open ones by when they are due, or settled ones, the newest first."""
    assignee = caller.user_id if mine else None
    async with deps.storage.read() as uow:
        page = await uow.debts.board(closed=closed, cursor=cursor, limit=limit, assignee_id=assignee)
    now = deps.now()
    rows = tuple(_debt(row.debt, row.contact_name, row.address, now) for row in page.items)
    return Page(items=rows, next=page.next)


@routes.get("/debts/counts", Action.calls_read)
async def count_debts(deps: ApiDeps) -> DebtCounts:
    """Count the open debts, and those overdue."""
    async with deps.storage.read() as uow:
        found, overdue = await uow.debts.counts(deps.now())
    return DebtCounts(open=found, overdue=overdue)


@routes.patch("/debts/{debt_id}", Action.calls_write)
async def change_debt(deps: ApiDeps, caller: Caller, debt_id: DebtId, body: DebtEdit) -> DebtView:
    """Take a debt, give it back, or say that nothing is owed. Any contact on any channel settles it by itself."""
    async with deps.storage.begin() as uow:
        debt = await uow.debts.get(debt_id)
        if debt is None:
            raise NotFound("There is no such entry on the board.")
        if "assignee_id" in body.model_fields_set:
            if body.assignee_id is not None and await uow.users.get(body.assignee_id) is None:
                raise NotFound("There is no such person.")
            debt = replace(debt, assignee_id=body.assignee_id)
        if body.dismissed:
            if debt.closed_at is not None:
                raise Conflict("This is settled already.")
            debt = replace(
                debt,
                closed_at=deps.now(),
                closed_by=DebtEnd.dismissed,
                closing_item=InteractionId(debt.id),
                closed_user=caller.user_id,
            )
        await uow.debts.update(debt)
        uow.note(Change(kind=ChangeKind.debt_changed, subject_id=debt.contact_id))
        name, address = await uow.debts.shown(debt)
    return _debt(debt, name, address, deps.now())


async def _of(deps: ApiDeps, user_id: UserId) -> PresenceView:
    async with deps.storage.read() as uow:
        found = [one for one in await presence.states(uow, deps.now()) if one[0].user_id == user_id]
    if not found:
        raise NotFound("There is no such person.")
    return _presence(*found[0])


def _presence(kept: Presence, state: PresenceState, call_id: CallId | None) -> PresenceView:
    return PresenceView(
        user_id=kept.user_id,
        state=state,
        chosen=kept.chosen,
        reason=kept.reason,
        since=kept.since,
        wrap_up_until=kept.wrap_up_until,
        call_id=call_id,
        devices=tuple(DeviceView(kind=device.kind, address=device.address) for device in kept.devices),
        skills=kept.skills,
    )


def _debt(debt: Debt, name: str, address: str, now: datetime) -> DebtView:
    return DebtView(
        id=debt.id,
        contact_id=debt.contact_id,
        contact_name=name,
        address=address,
        opened_at=debt.opened_at,
        due_at=debt.due_at,
        overdue=debt.closed_at is None and debt.due_at < now,
        last_at=debt.last_at,
        attempts=debt.attempts,
        causes=tuple(
            CauseView(
                what=cause.what,
                at=cause.at,
                interaction_id=cause.item,
                channel_id=cause.channel_id,
                conversation_id=cause.conversation_id,
            )
            for cause in debt.causes
        ),
        assignee_id=debt.assignee_id,
        team_id=debt.team_id,
        closed_at=debt.closed_at,
        closed_by=debt.closed_by,
        closed_user=debt.closed_user,
    )
