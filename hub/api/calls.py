"""/calls: the list, one call, placing and changing calls, figures, and what a browser phone logs in with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hub.api._framework.params import Named
from hub.api._framework.routing import Created, Routes
from hub.api.call_views import CallPop, CallView, call_view, pop_of, whole_view
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Line, Time
from hub.contract.calls import (
    GivesPhoneTokens,
)
from hub.contract.errors import ConnectorError
from hub.domain.call import Outcome, call_key
from hub.domain.call_numbers import SERVICE_WITHIN, CallbackNumbers, CallNumbers, numbers_of
from hub.domain.call_views import CallFilter
from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import CannotSend, Invalid, NotFound
from hub.domain.ids import CallId, ChannelId, ContactId, LineId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.presence import BROWSER, Device
from hub.domain.user import Action
from hub.domain.views import Page
from hub.runtime.accounts import Account
from hub.services.addresses import normalise
from hub.services.calls import placing

routes = Routes("calls")

Number = Annotated[str, StringConstraints(min_length=2, max_length=64, pattern=r"^[^\x00]*$")]
Endpoint = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
PERIOD = timedelta(days=7)
LONGEST = timedelta(days=366)


class DeviceInput(Input):
    """One of an agent's phones."""

    kind: Literal["browser", "number", "endpoint"]
    address: Endpoint = ""

    @property
    def device(self) -> Device:
        """The device."""
        return BROWSER if self.kind == "browser" else Device(kind=self.kind, address=self.address)


class NewCall(Input):
    """A call to place."""

    id: CallId
    channel_id: ChannelId
    number: Number
    device: DeviceInput | None = None
    """What rings on the agent's side; without it the agent's first phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCallView:
    """A call that was ordered."""

    id: CallId
    number: str
    """As it is dialled."""
    caller_id: str
    browser: bool
    """The browser phone shall connect now, with the parameter `call`; else the agent's phone rings."""
    call: str
    """What the browser phone gives as its parameter `call`. Good for two minutes, once."""


class CallEdit(Input):
    """What the agent says of a call."""

    result: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTokenView:
    """What the browser phone logs in with."""

    kind: Literal["twilio", "sip"]
    identity: str
    expires_at: datetime
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersView:
    """Figures of calls, in all and by group. Empty sets are null."""

    since: datetime
    until: datetime
    total: CallNumbers
    groups: dict[str, CallNumbers]
    """By the id of the line, team, agent or channel, or by hour of the day (`00` to `23`)."""
    callbacks: CallbackNumbers
    hidden: bool
    """Only the caller's own calls are counted: for more a manager's right is needed."""


@routes.get("/calls", Action.calls_read)
async def list_calls(
    deps: ApiDeps,
    channel_ids: Annotated[tuple[ChannelId, ...], Named(name="channel")] = (),
    line_ids: Annotated[tuple[LineId, ...], Named(name="line")] = (),
    team_ids: Annotated[tuple[TeamId, ...], Named(name="team")] = (),
    agent_ids: Annotated[tuple[UserId, ...], Named(name="agent")] = (),
    outcomes: Annotated[tuple[Outcome, ...], Named(name="outcome")] = (),
    direction: Literal["inbound", "outbound"] | None = None,
    contact_id: Annotated[ContactId | None, Named(name="contact")] = None,
    live: bool | None = None,
    since: Time | None = None,
    until: Time | None = None,
    min_talked: Annotated[float, Field(ge=0, le=1e6)] | None = None,
    max_talked: Annotated[float, Field(ge=0, le=1e6)] | None = None,
    number: Number | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[CallView]:
    """List calls, the newest first."""
    f = CallFilter(
        channel_ids=channel_ids,
        line_ids=line_ids,
        team_ids=team_ids,
        agent_ids=agent_ids,
        outcomes=outcomes,
        direction=Direction(direction) if direction else None,
        contact_id=contact_id,
        live=live,
        since=since,
        until=until,
        min_talked=min_talked,
        max_talked=max_talked,
        number=normalise("phone", number).address if number else "",
    )
    async with deps.storage.read() as uow:
        page = await uow.calls.list(f, cursor=cursor, limit=limit)
    rows = tuple(call_view(row.call, row.contact_id, row.contact_name, row.recordings) for row in page.items)
    return Page(items=rows, next=page.next)


@routes.post("/calls", Action.calls_write, people_only=True)
async def place_call(deps: ApiDeps, caller: Caller, body: NewCall) -> Created[PlacedCallView]:
    """Place a call. The number is checked against the rules of dialling; repeating the id places nothing new."""
    account = account_of(deps, body.channel_id)
    wish = placing.Placing(
        id=body.id,
        channel=account.channel,
        number=body.number,
        device=body.device.device if body.device else None,
    )
    by = caller.person.id
    placed, record = await placing.order(deps.storage, wish, account.capabilities, by=by, clock=deps.clock)
    await placing.ring(deps.storage, account.connector, placed, account.channel, record=record, by=by, clock=deps.clock)
    view = PlacedCallView(
        id=placed.id,
        number=placed.number,
        caller_id=placed.caller_id,
        browser=placed.device.kind == "browser",
        call=call_key(placed.id),
    )
    return Created(view, new=placed.new)


@routes.get("/calls/{call_id}", Action.calls_read)
async def get_call(deps: ApiDeps, call_id: CallId) -> CallView:
    """Return one call with its legs."""
    async with deps.storage.read() as uow:
        whole = await uow.calls.whole(call_id)
    if whole is None:
        raise NotFound("There is no such call; it may have been deleted.")
    return whole_view(whole)


@routes.get("/calls/{call_id}/pop", Action.calls_read)
async def get_call_pop(deps: ApiDeps, call_id: CallId) -> CallPop:
    """Return what an agent wants to know before answering: the name, what was last, what is open."""
    return await pop_of(deps.storage, await get_call(deps, call_id))


@routes.patch("/calls/{call_id}", Action.calls_write)
async def change_call(deps: ApiDeps, call_id: CallId, body: CallEdit) -> CallView:
    """Say what came of a call. Notes belong to its conversation."""
    async with deps.storage.begin() as uow:
        call = await uow.calls.get(call_id)
        if call is None:
            raise NotFound("There is no such call; it may have been deleted.")
        if body.result is not None:
            await uow.calls.set_agent_outcome(call_id, body.result)
            uow.note(Change(kind=ChangeKind.call_changed, subject_id=call_id, conversation_id=call.conversation_id))
    return await get_call(deps, call_id)


@routes.post("/channels/{channel_id}/phone-token", Action.calls_write, people_only=True)
async def get_phone_token(deps: ApiDeps, caller: Caller, channel_id: ChannelId) -> PhoneTokenView:
    """Return what the agent's browser phone logs in with on a channel. Ask again before it expires."""
    connector: object = account_of(deps, channel_id).connector
    if not isinstance(connector, GivesPhoneTokens):
        raise CannotSend("This channel has no browser phone.")
    try:
        token = await connector.phone_token(caller.person.id, caller.person.name)
    except ConnectorError as error:
        raise CannotSend(f"The browser phone cannot log in. {error}") from error
    return PhoneTokenView(
        kind=token.kind, identity=token.identity, expires_at=token.expires_at, values=dict(token.values)
    )


@routes.get("/call-numbers", Action.calls_read)
async def get_call_numbers(
    deps: ApiDeps,
    caller: Caller,
    by: Literal["", "line", "team", "agent", "channel", "hour"] = "",
    line_ids: Annotated[tuple[LineId, ...], Named(name="line")] = (),
    team_ids: Annotated[tuple[TeamId, ...], Named(name="team")] = (),
    agent_ids: Annotated[tuple[UserId, ...], Named(name="agent")] = (),
    channel_ids: Annotated[tuple[ChannelId, ...], Named(name="channel")] = (),
    since: Time | None = None,
    until: Time | None = None,
    within: Annotated[float, Field(ge=1, le=3600)] = SERVICE_WITHIN,
    timezone_minutes: Annotated[int, Field(ge=-840, le=840)] = 0,
) -> NumbersView:
    """Return figures of calls by the definitions of docs/metrics.md: the last seven days unless a period is given.

    Agents see their own; `within` is the service level's seconds, `timezone_minutes` shifts the hours of the day.
    """
    hidden = Action.calls_supervise not in caller.actions
    end = until or deps.now()
    begin = since or end - PERIOD
    if not begin < end or end - begin > LONGEST:
        raise Invalid("A period begins before it ends and is at most a year long.")
    own = (caller.user_id,) if hidden and caller.user_id is not None else ()
    f = CallFilter(
        line_ids=line_ids,
        team_ids=team_ids,
        agent_ids=own or agent_ids,
        channel_ids=channel_ids,
        since=begin,
        until=end,
    )
    async with deps.storage.read() as uow:
        groups = await uow.calls.counted(f, by=by, timezone_minutes=timezone_minutes)
        callbacks = await uow.debts.callbacks(since=begin, until=end, line_ids=line_ids)
    everything = [call for calls in groups.values() for call in calls]
    return NumbersView(
        since=begin,
        until=end,
        total=numbers_of(everything, within=within),
        groups={name: numbers_of(calls, within=within) for name, calls in sorted(groups.items())} if by else {},
        callbacks=callbacks if not hidden else CallbackNumbers(),
        hidden=hidden,
    )


def account_of(deps: ApiDeps, channel_id: ChannelId) -> Account:
    """Return a channel at work. Raises NotFound, CannotSend."""
    account = deps.accounts.get(channel_id)
    if account is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    if not account.channel.enabled or account.connector is None:
        raise CannotSend(account.problem or "This channel is switched off.")
    return account
