"""The one entry of the timeline that stands for a call, and the line the conversation list shows of it. Pure."""

from dataclasses import replace
from datetime import datetime

from hub.domain.call import Call, CallState, Outcome
from hub.domain.interaction import AuthorKind, Direction, Interaction

_ANSWERED = frozenset({Outcome.answered})


def entry_of(entry: Interaction, call: Call) -> Interaction:
    """Return the entry as the call stands now.

    `data` holds what the screens draw, JSON-able: `call`, `state`, `outcome`, `began_at`, `queue_at`, `answered_at`,
    `ended_at` (RFC 3339), `waited`, `talked`, `held` (seconds), `agents`, `withheld`, `our_address`. What waits need
    stands there, too: `asks_at`, since when the caller waits to be called back; `reached_at`, when an outbound call
    reached the customer; `called_back_at`, when an inbound one was answered.
    """
    asks = call.asks_since
    data: dict[str, object] = {
        "call": str(call.id),
        "state": call.state.value,
        "outcome": call.outcome.value if call.outcome else None,
        "began_at": _text(call.began_at),
        "queue_at": _text(call.queue_at),
        "answered_at": _text(call.answered_at),
        "ended_at": _text(call.ended_at),
        "waited": call.waited.total_seconds() if call.waited is not None else None,
        "talked": call.talked.total_seconds(),
        "held": call.held.total_seconds(),
        "agents": [str(agent) for agent in call.agents],
        "withheld": call.withheld,
        "our_address": call.our_address,
        "reason": call.reason,
    }
    if asks is not None and call.due_minutes is not None:
        data["due_minutes"] = call.due_minutes
    if asks is not None:
        data["asks_at"] = _text(asks)
    if call.direction is Direction.outbound and call.connected:
        data["reached_at"] = _text(call.answered_at)
    if call.direction is Direction.inbound and call.answered_at is not None:
        data["called_back_at"] = _text(call.answered_at)
    by = call.agents[0] if call.agents else call.placed_by
    author = entry.author_id
    if call.direction is Direction.outbound or call.agents:
        author = by
    return replace(
        entry,
        data=data,
        author_id=author,
        author_kind=AuthorKind.contact if call.direction is Direction.inbound else AuthorKind.agent,
        occurred_at=call.began_at,
        opens_wait=asks is not None,
    )


def line_of_entry(call: Call) -> str:
    """Return one line that stands for the call in lists: signs and numbers, so that it needs no translation."""
    if call.state is not CallState.ended:
        return "📞 …"
    if call.voicemail_at is not None and call.answered_at is None:
        return "📼"
    if call.outcome in _ANSWERED:
        seconds = round(call.talked.total_seconds())
        return f"📞 {seconds // 60}:{seconds % 60:02d}"
    return "📞 ✗"


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def time_of(data: object) -> datetime | None:
    """Return a time that `entry_of` wrote."""
    return datetime.fromisoformat(data) if isinstance(data, str) else None
