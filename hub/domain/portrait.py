"""The portrait of a person: the picture their provider shows of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from hub.domain.ids import ChannelId, ContactPointId

PortraitId = NewType("PortraitId", UUID)
"""Of one picture: another picture of the same person has another id, so screens may keep what they have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPortrait:
    """Where a provider says somebody's portrait is."""

    contact_point_id: ContactPointId
    channel_id: ChannelId
    source: str
    """A public address, or what the channel's connector fetches by; empty: they have none."""
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePortrait:
    """A portrait to fetch, or to drop where `source` is empty."""

    contact_point_id: ContactPointId
    channel_id: ChannelId
    source: str
    tries: int
    """How often it was tried in vain."""
