"""Targets of callbacks: what is due to callers whom we missed."""

from collections.abc import Sequence
from dataclasses import replace

from hub.domain.debts import CallWait
from hub.domain.targets import Due, Metric, Subject, aim_at, started
from hub.ports import UnitOfWork
from hub.ports.hours import Owed, Plan


def aimed(plan: Plan, waits: Sequence[CallWait]) -> Sequence[CallWait]:
    """Return call waits with until when their target wants somebody to have come back; always the same for a plan."""
    return [
        replace(wait, target_id=due.target_id, due_at=due.due_at) if due else wait for wait, due in _dues(plan, waits)
    ]


async def changed(uow: UnitOfWork, waits: Sequence[CallWait]) -> None:
    """Let the time of callbacks run for callers who wait, and end for those who no longer do.

    `waits` are a contact's call waits as they are now. Without targets this costs one small query.
    """
    plan = await uow.hours.plan()
    if not plan.targets or not waits:
        return
    running = {owed.due.id for owed in await uow.dues.get([wait.id for wait in waits])}
    owed: list[Owed] = []
    for wait, due in _dues(plan, waits):
        if wait.ended_at is not None or wait.id in running or due is None:
            continue
        owed.append(
            Owed(
                due=due,
                conversation_id=None,
                channel_id=wait.channel_id,
                contact_id=wait.contact_id,
                team_id=wait.team_id,
            )
        )
    await uow.dues.put(owed)
    await uow.dues.drop([wait.id for wait in waits if wait.ended_at is not None and wait.id in running])


def _dues(plan: Plan, waits: Sequence[CallWait]) -> Sequence[tuple[CallWait, Due | None]]:
    found: list[tuple[CallWait, Due | None]] = []
    for wait in waits:
        subject = Subject(channel_id=wait.channel_id, team_id=wait.team_id)
        aim = aim_at(plan.targets, Metric.callback, subject, wait.started_at)
        hours = plan.timetable.at(wait.started_at, channel_id=wait.channel_id, team_id=wait.team_id).hours
        due = None if aim is None else started(aim, wait.id, Metric.callback, wait.started_at, hours)
        found.append((wait, due))
    return found
