"""What follows from what happened: debts and call waits kept true, agents put into wrap-up after a call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from hub.domain.call import Call
from hub.domain.changes import Change, ChangeKind
from hub.domain.debts import DUE, Happened, call_waits_of, debts_of
from hub.domain.ids import CallId, ContactId, InteractionId, LineId, UserId
from hub.domain.presence import Presence
from hub.domain.timetable import EMPTY, Timetable
from hub.ports import Storage, UnitOfWork
from hub.ports.hours import Plan
from hub.services import callbacks
from hub.services.calls import told

LOST_AFTER = timedelta(hours=12)
"""No call is silent for so long: its end was never told."""
CHAT_WAITS = timedelta(minutes=30)
"""A conversation that waits longer than this is owed for on the board."""
NO_PLAN = Plan(timetable=EMPTY, targets=())
PEOPLE_AT_ONCE = 10
"""Whose conversations one transaction settles."""


async def settle(uow: UnitOfWork, items: Collection[InteractionId]) -> int:
    """Keep debts and call waits true after these entries changed; returns how many people's changed."""
    people = await uow.debts.people(items) if items else {}
    return await _keep(uow, people)


async def note_overdue_chats(storage: Storage, now: datetime, *, limit: int = 200) -> int:
    """Put conversations that wait for too long onto the board, a few people at a time; returns how many people's."""
    before, noted = now - CHAT_WAITS, 0
    async with storage.read() as uow:
        overdue = await uow.debts.overdue_chats(before=before, limit=limit)
    waiting = sorted(overdue.items())
    for first in range(0, len(waiting), PEOPLE_AT_ONCE):
        # What comes in meanwhile waits for one of these transactions, not for all.
        async with storage.begin() as uow:
            noted += await _keep(uow, dict(waiting[first : first + PEOPLE_AT_ONCE]), before=before)
    return noted


async def _keep(uow: UnitOfWork, people: Mapping[ContactId, datetime], *, before: datetime | None = None) -> int:
    changed = 0
    plan = await uow.hours.plan() if people else NO_PLAN
    for contact_id, since in sorted(people.items()):
        things = list(await uow.debts.things(contact_id, since=since))
        if before is not None:
            known = {thing.item for thing in things}
            chats = await uow.debts.waiting_chats(contact_id, before=before)
            things += [chat for chat in chats if chat.item not in known and chat.at >= since]
        debts = debts_of(contact_id, things, due=partial(_due, plan.timetable))
        waits = callbacks.aimed(plan, call_waits_of(contact_id, things))
        if await uow.debts.keep(contact_id, debts, waits, since=since):
            await callbacks.changed(uow, waits)
            uow.note(Change(kind=ChangeKind.debt_changed, subject_id=contact_id))
            changed += 1
    return changed


def _due(timetable: Timetable, cause: Happened) -> datetime:
    """Return when somebody has to have come back: in the business time of the channel or team it reached."""
    span = cause.due or DUE
    hours = timetable.at(cause.at, channel_id=cause.channel_id, team_id=cause.team_id).hours
    return hours.add_business_time(cause.at, span.total_seconds()) or cause.at + span


async def end_lost_calls(storage: Storage, now: datetime, *, limit: int = 200) -> int:
    """End calls of which nothing was heard for half a day, so that no agent stays busy for ever; returns how many."""
    async with storage.read() as uow:
        lost = await uow.calls.known((), await uow.calls.lost(now - LOST_AFTER, limit), ())
    ended = 0
    for known in lost.calls.values():
        last = max((mark.at for mark in known.marks.values()), default=known.call.began_at)
        if now - last > LOST_AFTER:
            raw = told.ended_unheard(known.call, last, now)
            await storage.journal.append(known.call.channel_id, [raw])
            ended += 1
    return ended


async def after_calls(
    uow: UnitOfWork, call_ids: Collection[CallId], wrap_up: Mapping[LineId, timedelta], now: datetime
) -> Sequence[Presence]:
    """Return how the agents of calls stand now: in wrap-up after a call that ended, idle since then. Only reads."""
    presences = dict(await uow.presences.all()) if call_ids else {}
    changed: dict[UserId, Presence] = {}
    for call in await uow.calls.some(call_ids):
        for after in _after(call, presences, wrap_up, now):
            presences[after.user_id] = changed[after.user_id] = after
    return list(changed.values())


async def keep_presences(uow: UnitOfWork, presences: Collection[Presence]) -> None:
    """Save what calls made of agents' presence, and tell the screens; what they chose meanwhile stays."""
    now = await uow.presences.all() if presences else {}
    for presence in presences:
        kept = now.get(presence.user_id, presence)
        await uow.presences.save(
            replace(
                kept,
                idle_since=presence.idle_since,
                wrap_up_until=presence.wrap_up_until,
                rung_at=presence.rung_at,
            )
        )
        uow.note(Change(kind=ChangeKind.presence_changed, subject_id=presence.user_id))


def _after(
    call: Call, presences: Mapping[UserId, Presence], wrap_up: Mapping[LineId, timedelta], now: datetime
) -> list[Presence]:
    """Return the presences that a call changes: rung agents' turns, and what comes after a talk."""
    found: dict[UserId, Presence] = {}
    for leg in call.legs:
        if leg.user_id is None or leg.user_id not in presences:
            continue
        before = found.get(leg.user_id, presences[leg.user_id])
        after = before
        if before.rung_at is None or leg.began_at > before.rung_at:
            after = replace(after, rung_at=leg.began_at)
        ended = leg.ended_at or leg.left_at
        if leg.joined_at is not None and ended is not None and ended > before.idle_since:
            pause = wrap_up.get(call.line_id, timedelta()) if call.line_id is not None else timedelta()
            until = ended + pause if pause and ended + pause > now else None
            after = replace(after, idle_since=ended, wrap_up_until=until)
        if after != before:
            found[leg.user_id] = after
    return list(found.values())
