"""Targets: within which time a customer should be answered, and when that time is up. Pure.

What a target counts is its running time: business or calendar seconds since the start, less the time it was paused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hub.domain.conversation import ConversationState, Priority
from hub.domain.hours import Hours
from hub.domain.ids import ChannelId, TargetId, TeamId


class Metric(StrEnum):
    """What a target is about."""

    first_response = "first_response"
    next_response = "next_response"
    resolution = "resolution"
    callback = "callback"
    """Of a missed call: until somebody came back to the caller."""
    service_level = "service_level"
    """Of calls in a queue: the share answered within so many seconds. It is a figure of many calls: none is due."""


LONGEST = 366 * 86_400
"""Seconds a goal may have; more is a mistake."""
PAUSABLE = frozenset({ConversationState.pending, ConversationState.snoozed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a target: for whom it is, and what it wants."""

    channels: tuple[ChannelId, ...] = ()
    """Empty, here and below: any."""
    teams: tuple[TeamId, ...] = ()
    priorities: tuple[Priority, ...] = ()
    tags: tuple[str, ...] = ()
    """Any of these tags of the conversation."""
    segments: tuple[tuple[str, str], ...] = ()
    """Any of these fields of the contact: (name, value), such as ("Segment", "VIP"). Case does not count."""
    goals: Mapping[Metric, float] = field(default_factory=dict)
    """Seconds, by what they are for."""
    share: float = 0.8
    """Of the service level: which part of the calls is to be answered within its goal."""
    business: bool = True
    """The time runs in opening hours only."""
    pause_when: frozenset[ConversationState] = frozenset({ConversationState.pending})
    """States of the conversation in which the time of a resolution stands still."""
    pause_replies: bool = False
    """It stands still for responses as well: rarely right, since a customer who waits goes on waiting."""
    warn_after: float = 0.75
    """After which part of the time somebody is warned; 1 for no warning."""
    active: bool = True

    def pauses(self, metric: Metric, state: ConversationState) -> bool:
        """Tell whether the time stands still in a state of the conversation."""
        return state in self.pause_when and (metric is Metric.resolution or self.pause_replies)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """A target's rule from one moment on."""

    number: int
    since: datetime
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target with a name. Every edit is a new version: what began before is measured by what held then."""

    id: TargetId
    name: str
    versions: tuple[RuleVersion, ...]
    """At least one, oldest first. Before the first there was no such target."""

    def version_at(self, at: datetime) -> RuleVersion | None:
        """Return the version that held at a moment."""
        found = None
        for version in self.versions:
            if version.since <= at:
                found = version
        return found

    @property
    def rule(self) -> Rule:
        """The newest version's rule."""
        return self.versions[-1].rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a target is chosen by."""

    channel_id: ChannelId
    team_id: TeamId | None = None
    priority: Priority = Priority.normal
    tags: tuple[str, ...] = ()
    segments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The target that holds for one thing."""

    target_id: TargetId
    name: str
    version: RuleVersion
    seconds: float


def aim_at(targets: Sequence[Target], metric: Metric, subject: Subject, at: datetime) -> Aim | None:
    """Return the first target, in their order, that held at a moment for a subject and has a goal for the metric."""
    for target in targets:
        version = target.version_at(at)
        if version is None or not version.rule.active:
            continue
        seconds = version.rule.goals.get(metric)
        if seconds is not None and _fits(version.rule, subject):
            return Aim(target_id=target.id, name=target.name, version=version, seconds=seconds)
    return None


def _fits(rule: Rule, subject: Subject) -> bool:
    return (
        (not rule.channels or subject.channel_id in rule.channels)
        and (not rule.teams or subject.team_id in rule.teams)
        and (not rule.priorities or subject.priority in rule.priorities)
        and (not rule.tags or not _folded(rule.tags).isdisjoint(_folded(subject.tags)))
        and (not rule.segments or not _pairs(rule.segments).isdisjoint(_pairs(subject.segments)))
    )


def _folded(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words}


def _pairs(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(name.casefold(), value.casefold()) for name, value in pairs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The time of one target, running or standing still."""

    id: UUID
    """Of a response: the wait's."""
    metric: Metric
    target_id: TargetId
    target_version: int
    target_name: str
    started_at: datetime
    since: datetime | None
    """From when on `left` runs; None while it stands still."""
    left: float
    """Seconds left at `since`, business ones where the rule says so."""
    due_at: datetime | None
    """When the time is up; None while it stands still, or where the calendar does not open again."""
    warn_at: datetime | None
    warned_at: datetime | None = None
    breached_at: datetime | None = None

    @property
    def next_at(self) -> datetime | None:
        """When something is to be said of it next."""
        if self.breached_at is not None:
            return None
        return self.due_at if self.warned_at is not None or self.warn_at is None else self.warn_at


def started(
    aim: Aim,
    key: UUID,
    metric: Metric,
    at: datetime,
    hours: Hours,
) -> Due:
    """Return the running time of a target that began at a moment."""
    blank = Due(
        id=key,
        metric=metric,
        target_id=aim.target_id,
        target_version=aim.version.number,
        target_name=aim.name,
        started_at=at,
        since=None,
        left=aim.seconds,
        due_at=None,
        warn_at=None,
    )
    return resumed(blank, aim.version.rule, aim.seconds, at, hours)


def paused(due: Due, rule: Rule, at: datetime, hours: Hours) -> Due:
    """Return the time standing still from a moment on. What was breached stays so: it no longer runs."""
    if due.since is None or due.breached_at is not None or (due.due_at is not None and due.due_at <= at):
        return due
    left = due.left - passed(rule, due.since, at, hours)
    return replace(due, since=None, left=max(left, 0.0), due_at=None, warn_at=None)


def resumed(due: Due, rule: Rule, goal: float, at: datetime, hours: Hours) -> Due:
    """Return the time running again from a moment on."""
    if due.since is not None:
        return due
    warn_at = None
    spare = goal * (1 - rule.warn_after)
    if spare > 0:
        warn_at = _after(rule, at, max(due.left - spare, 0.0), hours)
    return replace(due, since=at, due_at=_after(rule, at, due.left, hours), warn_at=warn_at)


def said(due: Due, now: datetime) -> Due:
    """Return the due time after what was to be said by now was said: a warning, or that the time is up."""
    if due.due_at is not None and due.due_at <= now:
        return replace(due, breached_at=due.due_at, warned_at=due.warned_at or due.due_at)
    if due.warn_at is not None and due.warn_at <= now:
        return replace(due, warned_at=due.warn_at)
    return due


def passed(rule: Rule, start: datetime, end: datetime, hours: Hours) -> float:
    """Return how many seconds of a target pass between two moments."""
    if rule.business:
        return hours.business_seconds(start, end)
    return max((end - start).total_seconds(), 0.0)


def _after(rule: Rule, at: datetime, seconds: float, hours: Hours) -> datetime | None:
    return hours.add_business_time(at, seconds) if rule.business else at + timedelta(seconds=seconds)
