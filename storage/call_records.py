"""Rows of calls to domain records and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from hub.domain.call import Call, Leg, Span
from hub.domain.call_marks import Mark
from hub.domain.debts import CallWait, Cause, Debt, What
from hub.domain.ids import ChannelId, ConversationId, InteractionId, UserId
from hub.domain.line import Line, LineVersion
from hub.domain.presence import Device, Presence
from hub.domain.recording import Lane, Recording
from storage import tables
from storage.records import Mapper
from storage.types import from_microseconds, to_microseconds


def _users(value: Any) -> tuple[UserId, ...]:
    return tuple(UserId(UUID(item)) for item in value)


def _hexes(value: Any) -> list[str]:
    return [item.hex for item in value]


def _micro(value: datetime | None) -> int | None:
    return None if value is None else to_microseconds(value)


_UNSURE = 0
"""Stands third in a stretch of which nobody knows whether it came about."""


def _spans(value: Any) -> tuple[Span, ...]:
    return tuple(
        Span(
            began_at=from_microseconds(began),
            ended_at=None if ended is None else from_microseconds(ended),
            sure=not unsure,
        )
        for began, ended, *unsure in value
    )


def _dump_spans(value: tuple[Span, ...]) -> list[list[int | None]]:
    return [
        [to_microseconds(span.began_at), _micro(span.ended_at), *(() if span.sure else (_UNSURE,))] for span in value
    ]


def _lanes(value: Any) -> tuple[Lane, ...]:
    return tuple(Lane(item) for item in value)


def load_causes(value: Any) -> tuple[Cause, ...]:
    """Return the causes of a debt."""
    return tuple(
        Cause(
            what=What(item["what"]),
            at=from_microseconds(item["at"]),
            item=InteractionId(UUID(item["item"])),
            channel_id=ChannelId(UUID(item["channel_id"])),
            conversation_id=ConversationId(UUID(item["conversation_id"])),
        )
        for item in value
    )


def _dump_causes(value: tuple[Cause, ...]) -> list[Mapping[str, object]]:
    return [
        {
            "what": cause.what.value,
            "at": to_microseconds(cause.at),
            "item": cause.item.hex,
            "channel_id": cause.channel_id.hex,
            "conversation_id": cause.conversation_id.hex,
        }
        for cause in value
    ]


def _devices(value: Any) -> tuple[Device, ...]:
    return tuple(Device(kind=item["kind"], address=item["address"]) for item in value)


def _dump_devices(value: tuple[Device, ...]) -> list[dict[str, str]]:
    return [{"kind": device.kind, "address": device.address} for device in value]


call = Mapper(
    Call,
    tables.calls,
    read={"agents": _users, "holds": _spans, "pauses": _spans},
    write={"agents": _hexes, "holds": _dump_spans, "pauses": _dump_spans},
    without=("legs",),
)
leg = Mapper(Leg, tables.legs)
mark = Mapper(Mark, tables.call_marks)
recording = Mapper(Recording, tables.recordings, read={"lanes": _lanes}, write={"lanes": list})
line = Mapper(Line, tables.lines)
line_version = Mapper(LineVersion, tables.line_versions, write={"plan": dict})
presence = Mapper(
    Presence,
    tables.presences,
    read={"devices": _devices, "skills": tuple},
    write={"devices": _dump_devices, "skills": list},
)
debt = Mapper(Debt, tables.debts, read={"causes": load_causes}, write={"causes": _dump_causes})
call_wait = Mapper(CallWait, tables.call_waits)


def call_row(record: Call) -> dict[str, Any]:
    """Return a call's columns, those of lists and figures among them."""
    waited = record.waited
    return {
        **call.row(record),
        "agent_id": record.agents[0] if record.agents else record.placed_by,
        "waited": None if waited is None else waited.total_seconds(),
        "talked": record.talked.total_seconds(),
        "held": record.held.total_seconds(),
    }
