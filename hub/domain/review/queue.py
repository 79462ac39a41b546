"""Saved queues of calls to review: their rule, and sampling that always picks the same calls. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.errors import Invalid
from hub.domain.ids import CallId, ChannelId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.review.ids import QueueId

LOTS = 10_000
"""Each call draws a lot below this; a sample of 5 % is every call whose lot is below 500."""
NEW_AGENT_DAYS = 30


class Order(StrEnum):
    """How a queue is sorted."""

    newest = "newest"
    oldest = "oldest"
    longest = "longest"
    lowest_score = "lowest_score"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRule:
    """Which calls belong to a queue; everything given has to hold."""

    reviewed: bool | None = None
    """Whether somebody submitted a review that counts."""
    min_seconds: int | None = None
    max_seconds: int | None = None
    agent_ids: tuple[UserId, ...] = ()
    team_ids: tuple[TeamId, ...] = ()
    channel_ids: tuple[ChannelId, ...] = ()
    direction: Direction | None = None
    new_agents: int | None = None
    """Calls of agents who are here for at most this many days."""
    score_below: float | None = None
    score_from: float | None = None
    failed: bool | None = None
    """Failed by an answer that fails the whole card, or below the pass mark."""
    appealed: bool | None = None
    """An appeal waits to be settled."""
    commented: bool | None = None
    """Comments are not resolved."""
    recorded: bool | None = None
    """There is a recording that can be played."""
    within_days: int | None = None
    sample: float | None = None
    """Percent of the calls, drawn at random; the same calls each time one looks."""
    salt: int = 0
    """Another salt draws other calls."""
    order: Order = Order.newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A rule somebody saved under a name."""

    id: QueueId
    name: str
    rule: QueueRule
    shared: bool = False
    """Everybody who reviews sees it; else only its owner."""
    owner_id: UserId | None = None
    """None for those the hub itself offers."""
    created_at: datetime


def check_rule(rule: QueueRule) -> None:
    """Raise Invalid, in words, for a rule no call could meet or that is out of bounds."""
    if rule.min_seconds is not None and rule.max_seconds is not None and rule.min_seconds > rule.max_seconds:
        raise Invalid("The shortest length is above the longest: no call would be in this queue.")
    if rule.score_below is not None and rule.score_from is not None and rule.score_from >= rule.score_below:
        raise Invalid("The lowest score is not below the highest: no call would be in this queue.")
    if rule.sample is not None and not 0 < rule.sample <= 100:
        raise Invalid("A sample is more than 0 and at most 100 percent of the calls.")
    if rule.reviewed is False and (rule.score_below is not None or rule.score_from is not None):
        raise Invalid("A call that nobody reviewed has no score: choose one of the two.")


def lot(call_id: CallId) -> int:
    """Return the lot a call draws, 0 to 9,999: from the random part of its id, so that it never changes."""
    return (call_id.int & (1 << 62) - 1) % LOTS


def lots(rule: QueueRule) -> tuple[tuple[int, int], ...]:
    """Return the ranges of lots (from, up to but without) that the rule's sample takes; empty means all.

    Another salt turns the wheel by another step, so that its sample begins elsewhere.
    """
    if rule.sample is None or rule.sample >= 100:
        return ()
    size = max(1, round(rule.sample * LOTS / 100))
    start = rule.salt * 6_180 % LOTS
    end = start + size
    return ((start, end),) if end <= LOTS else ((start, LOTS), (0, end - LOTS))


STANDARD: tuple[tuple[str, QueueRule], ...] = (
    ("unreviewed", QueueRule(reviewed=False, recorded=True, within_days=30)),
    ("long", QueueRule(reviewed=False, recorded=True, min_seconds=180, within_days=30, order=Order.longest)),
    ("new_agents", QueueRule(reviewed=False, recorded=True, new_agents=NEW_AGENT_DAYS, within_days=30)),
    ("low_score", QueueRule(score_below=70, order=Order.lowest_score, within_days=90)),
    ("sample", QueueRule(reviewed=False, recorded=True, sample=5, within_days=30)),
    ("appeals", QueueRule(appealed=True, order=Order.oldest)),
)
"""The queues every hub has; the names are keys, which the screens translate."""
