"""Who can be rung: agents choose available or away, their phones, and managers their skills."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hub.domain.call_marks import Party
from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import CallId, UserId
from hub.domain.presence import Chosen, Device, Presence, PresenceState, merged, state_of
from hub.ports import UnitOfWork
from hub.services.addresses import normalise

MOST_DEVICES = 5


async def choose(uow: UnitOfWork, user_id: UserId, chosen: Chosen, reason: str, *, now: datetime) -> Presence:
    """Set what an agent chose. Coming back ends a wrap-up and puts them last in line."""
    before = merged(await uow.presences.all(), user_id, now)
    after = replace(before, chosen=chosen, reason=reason if chosen is Chosen.away else "", since=now)
    if chosen is Chosen.available:
        idle = now if before.chosen is Chosen.away else before.idle_since
        after = replace(after, wrap_up_until=None, idle_since=idle)
    return await _save(uow, after)


async def set_devices(uow: UnitOfWork, user_id: UserId, devices: Sequence[Device], *, now: datetime) -> Presence:
    """Set an agent's phones, the preferred first. Raises Invalid."""
    if len(devices) > MOST_DEVICES:
        raise Invalid(f"At most {MOST_DEVICES} phones.")
    kept = []
    for device in devices:
        address = device.address.strip()
        if device.kind == "number":
            address = normalise("phone", address).address
            if not address.startswith("+"):
                raise Invalid(
                    f"“{device.address}” is no phone number. Write it with its country, such as +48221002003."
                )
        if device.kind == "endpoint" and (not address or any(sign.isspace() for sign in address)):
            raise Invalid("Write the endpoint as the PBX names it, such as PJSIP/1001.")
        kept.append(replace(device, address="" if device.kind == "browser" else address))
    before = merged(await uow.presences.all(), user_id, now)
    return await _save(uow, replace(before, devices=tuple(dict.fromkeys(kept))))


async def set_skills(uow: UnitOfWork, user_id: UserId, skills: Sequence[str], *, now: datetime) -> Presence:
    """Set what an agent is good at, in lower case. Raises NotFound."""
    if await uow.users.get(user_id) is None:
        raise NotFound("There is no such person.")
    words = tuple(dict.fromkeys(word.strip().lower() for word in skills if word.strip()))
    before = merged(await uow.presences.all(), user_id, now)
    return await _save(uow, replace(before, skills=words))


async def states(uow: UnitOfWork, now: datetime) -> Sequence[tuple[Presence, PresenceState, CallId | None]]:
    """Return how everybody who works here stands, and which call they are on."""
    presences = await uow.presences.all()
    on_call: dict[UserId, CallId] = {}
    ringing: set[UserId] = set()
    for call in await uow.calls.live():
        for leg in call.legs:
            if leg.party is not Party.agent or leg.user_id is None or leg.ended_at is not None:
                continue
            if leg.joined_at is not None and leg.left_at is None:
                on_call[leg.user_id] = call.id
            elif leg.joined_at is None:
                ringing.add(leg.user_id)
    found = []
    for user in await uow.users.all():
        if not user.active:
            continue
        presence = merged(presences, user.id, now)
        state = state_of(presence, now, on_call=user.id in on_call, ringing=user.id in ringing)
        found.append((presence, state, on_call.get(user.id)))
    return found


async def _save(uow: UnitOfWork, presence: Presence) -> Presence:
    await uow.presences.save(presence)
    uow.note(Change(kind=ChangeKind.presence_changed, subject_id=presence.user_id))
    return presence
