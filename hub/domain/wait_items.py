"""What an entry of the timeline means for waits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from hub.domain.call_entry import time_of
from hub.domain.delivery import DeliveryState
from hub.domain.ids import InteractionId, UserId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.domain.waiting import Item, Role


class Said(NamedTuple):
    """What waits need to know of an entry: the part of an `Interaction` they are built from, without what was said."""

    id: InteractionId
    direction: Direction
    author_kind: AuthorKind
    author_id: UserId | None
    kind: InteractionKind
    occurred_at: datetime
    deleted_at: datetime | None
    opens_wait: bool
    data: Mapping[str, Any]


def item_of(
    entry: Interaction | Said, *, delivery: DeliveryState | None = None, accepted_at: datetime | None = None
) -> Item | None:
    """Return what an entry means for waits, or None if it means nothing.

    `delivery` and `accepted_at` are those of an outbound entry's delivery: a message that finally failed or
    that no provider accepted yet answers nobody.
    """
    if entry.kind is InteractionKind.call:
        return _call_item(entry)
    if entry.kind is InteractionKind.event:
        role = _EVENTS.get(str(entry.data.get("event")))
        to = entry.data.get("to") if role in (Role.assigned, Role.team) else None
        return Item(id=entry.id, at=entry.occurred_at, role=role, to=UUID(str(to)) if to else None) if role else None
    if entry.direction is Direction.inbound:
        if not entry.opens_wait:
            return None
        return Item(id=entry.id, at=entry.occurred_at, role=Role.asks, taken_back_at=entry.deleted_at)
    role = _AUTHORS.get(entry.author_kind)
    if role is None or entry.direction is Direction.internal:
        return None
    if delivery is None:
        # An echo: written in the provider's own app, so the provider has it.
        return Item(id=entry.id, at=entry.occurred_at, role=role, by=entry.author_id)
    if accepted_at is None or delivery in (DeliveryState.failed, DeliveryState.queued, DeliveryState.sending):
        return None
    return Item(id=entry.id, at=accepted_at, role=role, by=entry.author_id)


_EVENTS = {
    "resolved": Role.resolves,
    "spam": Role.discards,
    "handed_over": Role.hands_over,
    "assigned": Role.assigned,
    "team_assigned": Role.team,
}
_AUTHORS = {
    AuthorKind.agent: Role.replies,
    AuthorKind.bot: Role.bot,
    AuthorKind.campaign: Role.reaches_out,
}


def _call_item(entry: Interaction | Said) -> Item | None:
    """Return what a call means for waits: see `hub.domain.call_entry` for what its entry holds."""
    for name, role in (
        ("asks_at", Role.asks),
        ("reached_at", Role.replies),
        ("called_back_at", Role.called_back),
    ):
        at = time_of(entry.data.get(name))
        if at is not None:
            return Item(id=entry.id, at=at, role=role, by=entry.author_id)
    return None
