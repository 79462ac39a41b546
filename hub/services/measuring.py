"""Measures waits: business time by the calendar of their start, the agent's own clock, and what their target wants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from hub.domain.conversation import Conversation, ConversationState
from hub.domain.ids import ConversationId, TeamId, WaitId
from hub.domain.replacing import replace
from hub.domain.targets import Aim, Due, Metric, Subject, aim_at, paused, resumed, started
from hub.domain.timetable import Timetable
from hub.domain.waiting import NO_WAIT, Episode, Wait
from hub.ports import UnitOfWork
from hub.ports.hours import Owed, Plan


@dataclass(slots=True, kw_only=True)
class Measured:
    """What measuring gave: to be saved after the waits and conversations themselves."""

    owed: list[Owed] = field(default_factory=list)
    over: list[UUID] = field(default_factory=list)
    """Ids of what is due no more."""

    async def save(self, uow: UnitOfWork) -> None:
        """Write what is due, and what is not any more."""
        if self.owed:
            await uow.dues.put(self.owed)
        if self.over:
            await uow.dues.drop(self.over)


def timed(wait: Wait, conversation: Conversation, timetable: Timetable) -> Wait:
    """Return an ended wait with its seconds, by the calendar that held for its channel or team when it started."""
    if wait.ended_at is None or wait.ended_by in NO_WAIT:
        return wait
    chosen = timetable.at(wait.started_at, channel_id=conversation.channel_id, team_id=wait.team_id)
    agent_from = wait.agent_from
    if agent_from is not None:
        shift = timetable.shift(wait.answered_by, wait.started_at) if wait.answered_by else None
        opening = (shift or chosen).hours.next_opening(agent_from)
        # Somebody who answers before their shift begins is measured from when they could have known.
        agent_from = opening if opening is not None and opening <= wait.ended_at else agent_from
    return replace(
        wait,
        calendar_id=chosen.calendar_id,
        calendar_version=chosen.version,
        seconds=(wait.ended_at - wait.started_at).total_seconds(),
        business_seconds=chosen.hours.business_seconds(wait.started_at, wait.ended_at),
        agent_from=agent_from,
    )


async def measured(
    uow: UnitOfWork, conversation: Conversation, waits: Sequence[Wait], out: Measured, plan: Plan | None = None
) -> tuple[Conversation, Sequence[Wait]]:
    """Return waits as they are to be stored, and their conversation with the open one among them in its clock.

    What becomes due, or is no longer, is added to `out`.
    """
    plan = plan or await uow.hours.plan()
    found = [timed(wait, conversation, plan.timetable) for wait in waits]
    if plan.targets or any(wait.target_id for wait in found):
        found = [await _aimed(uow, conversation, wait, plan, out) for wait in found]
    current = conversation.clock.open
    now_open = next((wait for wait in found if current is not None and wait.id == current.id), None)
    if now_open is not None and now_open != current:
        conversation = replace(conversation, clock=replace(conversation.clock, open=now_open))
    return conversation, found


async def _aimed(uow: UnitOfWork, conversation: Conversation, wait: Wait, plan: Plan, out: Measured) -> Wait:
    if wait.ended_by in NO_WAIT:
        out.over.append(wait.id)
        return replace(wait, target_id=None, due_at=None, level_at=None)
    if wait.first and wait.level_at is None and levelled(plan):
        subject = await subject_of(uow, conversation, wait.team_id, plan)
        wait = replace(wait, level_at=level_of(plan, subject, wait.started_at))
    if wait.ended_at is not None:
        out.over.append(wait.id)
        return await _settled(uow, conversation, wait, plan)
    if wait.target_id is not None:
        # A pause may have moved it since.
        running = await uow.dues.get([wait.id])
        return replace(wait, due_at=running[0].due.due_at) if running else wait
    metric = Metric.first_response if wait.first else Metric.next_response
    subject = await subject_of(uow, conversation, wait.team_id, plan)
    aim = aim_at(plan.targets, metric, subject, wait.started_at)
    if wait.started_at == conversation.clock.started_at:
        key = resolution_id(conversation.id, wait.episode)
        if not await uow.dues.get([key]):
            out.owed += _to_be_resolved(plan, conversation, subject, wait)
    if aim is None:
        return wait
    owed = begun(plan, conversation, aim, wait.id, metric, wait)
    out.owed.append(owed)
    return replace(wait, target_id=aim.target_id, due_at=owed.due.due_at)


def levelled(plan: Plan) -> bool:
    """Tell whether any target ever wanted a service level."""
    return any(Metric.service_level in version.rule.goals for one in plan.targets for version in one.versions)


def level_of(plan: Plan, subject: Subject, at: datetime) -> datetime | None:
    """Return until when an answer to what began at a moment is within the service level; None without one."""
    aim = aim_at(plan.targets, Metric.service_level, subject, at)
    if aim is None:
        return None
    hours = plan.timetable.at(at, channel_id=subject.channel_id, team_id=subject.team_id).hours
    return started(aim, aim.target_id, Metric.service_level, at, hours).due_at


def _to_be_resolved(plan: Plan, conversation: Conversation, subject: Subject, first: Wait) -> Sequence[Owed]:
    aim = aim_at(plan.targets, Metric.resolution, subject, first.started_at)
    key = resolution_id(conversation.id, first.episode)
    return [] if aim is None else [begun(plan, conversation, aim, key, Metric.resolution, first)]


async def resolution_moved(uow: UnitOfWork, before: Conversation, after: Conversation, now: datetime) -> None:
    """Let the time to resolve an episode count from its first wait, which is another one now. The waits are saved."""
    numbers = range(1, max(before.clock.episode, after.clock.episode) + 1)
    await uow.dues.drop([resolution_id(before.id, number) for number in numbers])
    clock = after.clock
    waits = await uow.timeline.waits(after.id)
    first = next((wait for wait in waits if wait.started_at == clock.started_at), None)
    if first is None or clock.ended_at is not None or clock.first_resolved_at is not None:
        return
    plan = await uow.hours.plan()
    subject = await subject_of(uow, after, first.team_id, plan)
    owed = _to_be_resolved(plan, after, subject, first)
    await uow.dues.put([replace(one, due=moved_on(plan, one, after.state, now)) for one in owed])


async def _settled(uow: UnitOfWork, conversation: Conversation, wait: Wait, plan: Plan) -> Wait:
    """Return an ended wait with until when its target wanted its end, pauses taken into account."""
    if wait.target_id is None:
        # It came and went before anybody looked: late news, or a rebuild.
        metric = Metric.first_response if wait.first else Metric.next_response
        subject = await subject_of(uow, conversation, wait.team_id, plan)
        aim = aim_at(plan.targets, metric, subject, wait.started_at)
        if aim is None:
            return wait
        owed = begun(plan, conversation, aim, wait.id, metric, wait)
        return replace(wait, target_id=aim.target_id, due_at=owed.due.due_at)
    running = await uow.dues.get([wait.id])
    if not running:
        return wait
    due = running[0].due
    return replace(wait, due_at=wait.ended_at if due.since is None else due.due_at)


async def resolved(
    uow: UnitOfWork, conversation: Conversation, episodes: Iterable[Episode], out: Measured
) -> Sequence[Episode]:
    """Return episodes as they are to be stored: with their target, where its time ends now."""
    found: list[Episode] = []
    for episode in episodes:
        if episode.target_id is None and (episode.first_resolved_at is not None or episode.ended_at is not None):
            key = resolution_id(conversation.id, episode.number)
            running = await uow.dues.get([key])
            if running:
                out.over.append(key)
                due = running[0].due
                if not episode.void:
                    until = episode.ended_at if due.since is None else due.due_at
                    episode = replace(episode, target_id=due.target_id, due_at=until)
        found.append(episode)
    return found


def begun(plan: Plan, conversation: Conversation, aim: Aim, key: UUID, metric: Metric, wait: Wait) -> Owed:
    """Return the time of a target that began with a wait."""
    chosen = plan.timetable.at(wait.started_at, channel_id=conversation.channel_id, team_id=wait.team_id)
    due = started(aim, key, metric, wait.started_at, chosen.hours)
    return Owed(
        due=due,
        conversation_id=conversation.id,
        channel_id=conversation.channel_id,
        team_id=wait.team_id,
        assignee_id=conversation.assignee_id,
    )


def moved_on(plan: Plan, owed: Owed, state: ConversationState, at: datetime) -> Due:
    """Return a target's time after its conversation came into a state: standing still, or running."""
    due = owed.due
    target = next((target for target in plan.targets if target.id == due.target_id), None)
    version = next((v for v in target.versions if v.number == due.target_version), None) if target else None
    if version is None:
        return due
    hours = plan.timetable.at(due.started_at, channel_id=owed.channel_id, team_id=owed.team_id).hours
    if version.rule.pauses(due.metric, state):
        return paused(due, version.rule, at, hours)
    return resumed(due, version.rule, version.rule.goals.get(due.metric, due.left), at, hours)


async def state_changed(uow: UnitOfWork, conversation: Conversation, at: datetime) -> None:
    """Let the time of a conversation's targets stand still or run on, as its new state wants."""
    running = await uow.dues.of([conversation.id])
    if not running:
        return
    plan = await uow.hours.plan()
    moved = [replace(owed, due=moved_on(plan, owed, conversation.state, at)) for owed in running]
    changed = [after for before, after in zip(running, moved, strict=True) if after != before]
    await uow.dues.put(changed)
    for owed in changed:
        await uow.timeline.set_due(WaitId(owed.due.id), owed.due.due_at)


async def chosen_again(uow: UnitOfWork, conversation: Conversation, now: datetime) -> Conversation:
    """Choose the targets of an open wait anew, since the priority or the tags are others.

    Their time counts from its start. The conversation is saved already; it comes back with the wait in its clock.
    """
    wait = conversation.clock.open
    plan = await uow.hours.plan()
    if wait is None or not plan.targets:
        return conversation
    subject = await subject_of(uow, conversation, wait.team_id, plan)
    running = {owed.due.id: owed for owed in await uow.dues.of([conversation.id])}
    wanted = {wait.id: Metric.first_response if wait.first else Metric.next_response}
    resolution = resolution_id(conversation.id, wait.episode)
    if resolution in running:
        wanted[WaitId(resolution)] = Metric.resolution
    out = Measured()
    for key, metric in wanted.items():
        since = running[key].due.started_at if key in running else wait.started_at
        aim = aim_at(plan.targets, metric, subject, since)
        held = running.get(key)
        if aim is None:
            out.over += [key] if held is not None else []
        elif held is None or held.due.target_id != aim.target_id:
            owed = begun(plan, conversation, aim, key, metric, replace(wait, started_at=since))
            out.owed.append(replace(owed, due=moved_on(plan, owed, conversation.state, now)))
    await out.save(uow)
    before = wait
    if wait.first and levelled(plan):
        wait = replace(wait, level_at=level_of(plan, subject, wait.started_at))
    fresh = next((owed.due for owed in out.owed if owed.due.id == wait.id), None)
    if fresh is not None or wait.id in out.over:
        wait = replace(wait, target_id=fresh.target_id if fresh else None, due_at=fresh.due_at if fresh else None)
    if wait == before:
        return conversation
    await uow.timeline.save_waits(conversation.id, [wait], replace=False)
    after = replace(conversation, clock=replace(conversation.clock, open=wait))
    await uow.conversations.update(after)
    return after


async def subject_of(uow: UnitOfWork, conversation: Conversation, team_id: TeamId | None, plan: Plan) -> Subject:
    """Return what targets are chosen by; the contact is looked at only if a target asks for it."""
    segments: tuple[tuple[str, str], ...] = ()
    if any(version.rule.segments for target in plan.targets for version in target.versions):
        point = await uow.contacts.point(conversation.contact_point_id)
        contact = await uow.contacts.get(point.contact_id) if point is not None else None
        if contact is not None and contact.canonical_id != contact.id:
            contact = await uow.contacts.get(contact.canonical_id)
        segments = contact.fields if contact is not None else ()
    return Subject(
        channel_id=conversation.channel_id,
        team_id=team_id,
        priority=conversation.priority,
        tags=conversation.tags,
        segments=segments,
    )


def resolution_id(conversation_id: ConversationId, episode: int) -> UUID:
    """Return the id of an episode's resolution target: always the same."""
    return uuid5(conversation_id, f"resolution {episode}")
