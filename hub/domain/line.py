"""A line: one number of ours that people call, the plan it follows, and the plan's versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.domain.ids import ChannelId, LineId, TeamId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One number of ours, or all numbers of a channel that have no line of their own."""

    id: LineId
    name: str
    channel_id: ChannelId
    number: str = ""
    """E.164, or the called extension; empty: every call of the channel that no other line takes."""
    team_id: TeamId | None = None
    """Whom its conversations go to; None: the channel's team."""
    enabled: bool = True
    version: int = 1
    """The version new calls follow."""
    short_seconds: int = 5
    """Of the plan's newest version: callers who leave the queue sooner are short abandons."""
    created_at: datetime
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVersion:
    """One version of a line's plan. Never changes once it is made."""

    line_id: LineId
    version: int
    plan: Mapping[str, object]
    """The plan as JSON; `hub.services.calls.plans` reads it."""
    note: str = ""
    """What was changed, in the words of who changed it."""
    made_by: UserId | None = None
    made_at: datetime
