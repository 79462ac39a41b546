"""The identifiers of what a review consists of."""

from typing import NewType
from uuid import UUID

ScorecardId = NewType("ScorecardId", UUID)
ReviewId = NewType("ReviewId", UUID)
CommentId = NewType("CommentId", UUID)
PlaylistId = NewType("PlaylistId", UUID)
ClipId = NewType("ClipId", UUID)
QueueId = NewType("QueueId", UUID)
PlayId = NewType("PlayId", UUID)
