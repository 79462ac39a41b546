"""Rows to domain records and back, by one mapper per record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from hub.domain.contact import Contact, ContactPoint, IdentityChange
from hub.domain.conversation import Conversation, ConversationMerge, Participant
from hub.domain.delivery import Delivery, DeliveryEvent
from hub.domain.hooks import HookDelivery
from hub.domain.ids import UserId, WaitId
from hub.domain.interaction import Attachment, Interaction, ReactionId, ReactionMark, Revision
from hub.domain.waiting import Clock, Episode, Wait
from storage import tables
from storage.types import from_microseconds, to_microseconds

T = TypeVar("T")
Convert = Callable[[Any], Any]


class Mapper(Generic[T]):
    """Reads and writes one record whose field names are the table's column names."""

    def __init__(
        self,
        record: type[T],
        table: sa.Table,
        *,
        read: Mapping[str, Convert] | None = None,
        write: Mapping[str, Convert] | None = None,
        without: Sequence[str] = (),
    ) -> None:
        self.record = record
        self.table = table
        names = [f.name for f in fields(record) if f.name not in without]  # type: ignore[arg-type]  # a dataclass, always
        self.names = tuple(names)
        self.columns = [table.c[name] for name in names]
        self._read = [(names.index(name), convert) for name, convert in (read or {}).items()]
        self._write = dict(write or {})
        self._values = attrgetter(*names)
        self.width = len(names)

    def row(self, record: T) -> dict[str, Any]:
        """Return the record as column values."""
        row: dict[str, Any] = dict(zip(self.names, self._values(record), strict=True))
        for name, convert in self._write.items():
            row[name] = convert(row[name])
        return row

    def load(self, row: Sequence[Any], start: int = 0, **more: Any) -> T:
        """Return the record whose columns begin at `start` of the row."""
        values = list(row[start : start + self.width])
        for place, convert in self._read:
            values[place] = convert(values[place])
        return self.record(**dict(zip(self.names, values, strict=True)), **more)

    def select(self) -> sa.Select[Any]:
        """Return a select of the record's columns."""
        return sa.select(*self.columns)


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(text)) for name, text in value)


def _ids(value: Any) -> tuple[UUID, ...]:
    return tuple(UUID(item) for item in value)


def _hexes(value: Sequence[UUID]) -> list[str]:
    return [str(item) for item in value]


def _when(value: int | None) -> datetime | None:
    return None if value is None else from_microseconds(value)


def _micro(value: datetime | None) -> int | None:
    return None if value is None else to_microseconds(value)


_FLAGS = ("initiated_by_us", "outreach", "void")
_COUNTS = ("episode", "waits_in_episode", "reopen_count")
_TIMES = ("ended_at", "started_at", "first_resolved_at", "resolved_at")


def dump_clock(clock: Clock) -> dict[str, Any]:
    """Return a clock as JSON: times in microseconds, ids as hex; what is empty is left out."""
    out: dict[str, Any] = {name: value for name in (*_COUNTS, *_FLAGS) if (value := getattr(clock, name))}
    out |= {name: to_microseconds(value) for name in _TIMES if (value := getattr(clock, name)) is not None}
    if clock.last is not None:
        out["last"] = [to_microseconds(clock.last[0]), clock.last[1].hex]
        if clock.spoke_at != clock.last[0]:
            out["spoke_at"] = _micro(clock.spoke_at)
    if clock.assigned is not None:
        out["assigned"] = [clock.assigned[0].hex, to_microseconds(clock.assigned[1])]
    if clock.open is not None:
        out["open"] = _dump_wait(clock.open)
    return out


def load_clock(value: Mapping[str, Any]) -> Clock:
    """Return the clock of `dump_clock`."""
    if not value:
        return Clock()
    last = value.get("last")
    last_at = None if last is None else from_microseconds(last[0])
    wait, assigned = value.get("open"), value.get("assigned")
    known: dict[str, Any] = {name: value[name] for name in (*_COUNTS, *_FLAGS) if name in value}
    known |= {name: from_microseconds(value[name]) for name in _TIMES if name in value}
    return Clock(
        **known,
        last=None if last is None or last_at is None else (last_at, UUID(last[1])),
        spoke_at=_when(value["spoke_at"]) if "spoke_at" in value else last_at,
        assigned=None if assigned is None else (UserId(UUID(assigned[0])), from_microseconds(assigned[1])),
        open=None if wait is None else _load_wait(wait),
    )


_OPEN_TIMES = ("bot_at", "handed_over_at", "heard_at", "due_at", "level_at")
_OPEN_IDS = ("team_id", "owner_id", "heard_item", "target_id")


def _dump_wait(wait: Wait) -> dict[str, Any]:
    return {
        "id": wait.id.hex,
        "episode": wait.episode,
        "started_at": to_microseconds(wait.started_at),
        "first": wait.first,
        "reopened": wait.reopened,
        "initiated_by_us": wait.initiated_by_us,
        **{name: to_microseconds(at) for name in _OPEN_TIMES if (at := getattr(wait, name)) is not None},
        **{name: found.hex for name in _OPEN_IDS if (found := getattr(wait, name)) is not None},
    }


def _load_wait(value: Mapping[str, Any]) -> Wait:
    known: dict[str, Any] = {
        name: from_microseconds(value[name]) for name in _OPEN_TIMES if value.get(name) is not None
    }
    known |= {name: UUID(value[name]) for name in _OPEN_IDS if name in value}
    return Wait(
        id=WaitId(UUID(value["id"])),
        episode=value["episode"],
        started_at=from_microseconds(value["started_at"]),
        first=value["first"],
        reopened=value["reopened"],
        initiated_by_us=value["initiated_by_us"],
        **known,
    )


contact = Mapper(Contact, tables.contacts, read={"fields": _pairs})
point = Mapper(ContactPoint, tables.contact_points)
identity_change = Mapper(IdentityChange, tables.identity_changes, read={"point_ids": _ids}, write={"point_ids": _hexes})
conversation = Mapper(
    Conversation, tables.conversations, read={"tags": tuple, "clock": load_clock}, write={"clock": dump_clock}
)
merge = Mapper(ConversationMerge, tables.conversation_merges, read={"joined": _ids}, write={"joined": _hexes})
participant = Mapper(Participant, tables.participants)
interaction = Mapper(Interaction, tables.interactions, write={"data": dict})
attachment = Mapper(Attachment, tables.attachments, read={"peaks": tuple}, write={"peaks": list})
attachment_keys = tuple(tables.attachments.c[name] for name in ("blob", "thumbnail", "playable", "converted"))
"""The columns that hold a file's keys in the blob store."""
revision = Mapper(Revision, tables.revisions)
reaction = Mapper(ReactionMark, tables.reactions)
reaction_id = Mapper(ReactionId, tables.reaction_ids)
delivery = Mapper(Delivery, tables.deliveries)
delivery_event = Mapper(DeliveryEvent, tables.delivery_events)
wait = Mapper(Wait, tables.waits)
episode = Mapper(Episode, tables.episodes)
hook_delivery = Mapper(HookDelivery, tables.hook_deliveries)


def conversation_row(record: Conversation) -> dict[str, Any]:
    """Return a conversation's columns, the list's own among them."""
    row = conversation.row(record)
    row["tags"] = list(record.tags)
    row["waiting_since"] = record.clock.open.started_at if record.clock.open else None
    return row


_CLOCKED = ("clock", "waiting_since")


def conversation_changes(before: Conversation | None, after: Conversation) -> dict[str, Any]:
    """Return the id and the columns that differ: an index is written only if a column of it is set."""
    if before is None:
        return conversation_row(after)
    changed = {
        name: value
        for name in conversation.names
        if name not in _CLOCKED and (value := getattr(after, name)) != getattr(before, name)
    }
    if "tags" in changed:
        changed["tags"] = list(after.tags)
    if before.clock is not after.clock and before.clock != after.clock:
        changed["clock"] = dump_clock(after.clock)
        since = after.clock.open.started_at if after.clock.open else None
        if since != (before.clock.open.started_at if before.clock.open else None):
            changed["waiting_since"] = since
    return {"id": after.id, **changed}


def contact_row(record: Contact) -> dict[str, Any]:
    """Return a contact's columns with the name as the list sorts it."""
    from storage.search import fold

    row = contact.row(record)
    row["fields"] = [list(pair) for pair in record.fields]
    row["sort_name"] = fold(record.name)
    return row
