"""Placing calls: the number is authorised, the order is journaled, and the provider is asked once."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from hub.contract.calls import CallOrder, PlacesCalls
from hub.contract.errors import ConnectorError, CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from hub.domain.call import CallState
from hub.domain.callflow.steps import Target, browser_identity
from hub.domain.channel import Capabilities, Channel
from hub.domain.errors import CannotSend, Conflict, Invalid
from hub.domain.ids import CallId, UserId
from hub.domain.interaction import Direction
from hub.domain.presence import BROWSER, Device, Presence
from hub.ports import Clock, Storage, UnitOfWork
from hub.services.calls import dialling, told
from hub.services.calls.plans import plan_of
from hub.services.calls.taking import line_for

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What an agent wants: a number, over a channel, from a device of theirs."""

    id: CallId
    """Made by the client: asking twice places one call."""
    channel: Channel
    number: str
    device: Device | None = None
    """None: the agent's first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What came of it."""

    id: CallId
    number: str
    """E.164, as it is dialled."""
    caller_id: str
    at: datetime
    device: Device
    """With the browser phone nothing rings: the browser dials in with the call's key."""
    new: bool = True


async def order(
    storage: Storage, wish: Placing, capabilities: Capabilities, *, by: UserId, clock: Clock
) -> tuple[Placed, bool]:
    """Authorise and journal a call; returns it with whether both sides shall be recorded.

    Raises CannotSend or Invalid, in words. Placing the same id again returns what was placed.
    """
    calls, now = capabilities.calls, clock.now()
    if calls is None or not calls.outbound:
        raise CannotSend("No calls can be placed on this channel. Choose a phone channel.")
    async with storage.read() as uow:
        presence = (await uow.presences.all()).get(by)
        device = _device(wish.device, presence, browser=bool(calls.browser_phone))
        known = await uow.calls.get(wish.id)
        if known is not None:
            if known.direction is not Direction.outbound or known.placed_by != by:
                raise Conflict("This id belongs to another call. Make a new one.")
            return Placed(
                id=known.id,
                number=known.address,
                caller_id=known.our_address,
                at=known.began_at,
                device=device,
                new=False,
            ), False
        allowed = await dialling.rules(uow)
        number = dialling.number_to_dial(wish.number, ours=wish.channel.address, allowed=allowed)
        await dialling.check_pace(uow, by, allowed, now)
        if any(by in call.agents and call.state is not CallState.ended for call in await uow.calls.live()):
            raise CannotSend("You are on a call. End it, or put it on hold and transfer.")
        caller_id, record = await _line(uow, wish.channel)
    raw = told.ordered(wish.id, number, caller_id, by, now)
    await storage.journal.append(wish.channel.id, [raw])
    return Placed(id=wish.id, number=number, caller_id=caller_id, at=now, device=device), record


async def ring(
    storage: Storage, connector: object, placed: Placed, channel: Channel, *, record: bool, by: UserId, clock: Clock
) -> None:
    """Ask the provider to ring the agent's device and then the customer. What goes wrong is on the call, in words.

    Nothing is tried again: an unclear answer may have placed it.
    """
    if placed.device.kind == "browser" or not placed.new:
        return
    if not isinstance(connector, PlacesCalls):
        raise CannotSend("This channel rings no phones. Use the browser phone.")
    wanted = CallOrder(
        call_id=placed.id,
        agent=target_of(placed.device, by),
        number=placed.number,
        caller_id=placed.caller_id,
        record=record,
    )
    try:
        made = await connector.place_call(wanted)
    except OutcomeUnknown as error:
        log.warning("it is not known whether a call was placed", call=str(placed.id), reason=str(error))
    except (Rejected, RetryLater, CredentialsRefused, ConnectorError) as error:
        raw = told.refused(placed.id, placed.number, placed.caller_id, str(error), clock.now())
        await storage.journal.append(channel.id, [raw])
        raise CannotSend(f"The call was not placed. {error}") from error
    else:
        raw = told.named(placed.id, placed.number, placed.caller_id, made.external_id, by, placed.at)
        await storage.journal.append(channel.id, [raw])


def target_of(device: Device, user_id: UserId) -> Target:
    """Return what a connector rings."""
    address = browser_identity(user_id) if device.kind == "browser" else device.address
    return Target(kind=device.kind, address=address, user_id=user_id)


def _device(wanted: Device | None, presence: Presence | None, *, browser: bool) -> Device:
    have = presence.devices if presence is not None else (BROWSER,)
    usable = [device for device in have if device.kind != "browser" or browser]
    if wanted is None and not usable:
        raise CannotSend("You have no phone for this channel. Add a number to ring, or use another channel.")
    if wanted is None:
        return usable[0]
    if wanted.kind == "browser" and not browser:
        raise CannotSend("This channel has no browser phone. Choose a phone to ring.")
    if wanted not in have and wanted != BROWSER:
        raise Invalid("This is none of your phones. Add it to your phones first.")
    return wanted


async def _line(uow: UnitOfWork, channel: Channel) -> tuple[str, bool]:
    """Return the number to show, and whether the line records."""
    line = line_for(await uow.lines.all(), channel.id, channel.address)
    version = await uow.lines.version(line.id, line.version) if line is not None else None
    plan = plan_of(version.plan) if version is not None else None
    shown = line.number if line is not None and line.number else channel.address
    return shown, plan is not None and plan.recording == "on"


async def phone_of(storage: Storage, user_id: UserId, capabilities: Capabilities) -> Device:
    """Return the phone on which somebody is reached on a channel. Raises CannotSend if they have none."""
    async with storage.read() as uow:
        presence = (await uow.presences.all()).get(user_id)
    calls = capabilities.calls
    return _device(None, presence, browser=calls is not None and bool(calls.browser_phone))


async def allowed_number(storage: Storage, number: str, *, ours: str = "") -> str:
    """Return a number to transfer to, as E.164. Raises CannotSend if it may not be dialled."""
    async with storage.read() as uow:
        return dialling.number_to_dial(number, ours=ours, allowed=await dialling.rules(uow))
