"""Targets of callbacks: what is due to callers whom we missed."""

from collections.abc import Sequence

from hub.domain.debts import CallWait
from hub.domain.targets import Metric, Subject, aim_at, started
from hub.ports import UnitOfWork
from hub.ports.hours import Owed


async def changed(uow: UnitOfWork, waits: Sequence[CallWait]) -> None:
    """Let the time of callbacks run for callers who wait, and end for those who no longer do.

    `waits` are a contact's call waits as they are now. Without targets this costs one small query.
    """
    plan = await uow.hours.plan()
    if not plan.targets or not waits:
        return
    running = {owed.due.id for owed in await uow.dues.get([wait.id for wait in waits])}
    owed: list[Owed] = []
    for wait in waits:
        subject = Subject(channel_id=wait.channel_id, team_id=wait.team_id)
        aim = aim_at(plan.targets, Metric.callback, subject, wait.started_at)
        if wait.ended_at is not None or wait.id in running or aim is None:
            continue
        hours = plan.timetable.at(wait.started_at, channel_id=wait.channel_id, team_id=wait.team_id).hours
        owed.append(
            Owed(
                due=started(aim, wait.id, Metric.callback, wait.started_at, hours),
                conversation_id=None,
                channel_id=wait.channel_id,
                contact_id=wait.contact_id,
                team_id=wait.team_id,
            )
        )
    await uow.dues.put(owed)
    await uow.dues.drop([wait.id for wait in waits if wait.ended_at is not None and wait.id in running])
