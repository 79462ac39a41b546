"""What the hub itself decided about a call, as a raw event of the journal: written when it decides, read like others.

So the facts a plan creates (entered the queue, came after hours) are as durable and as repeatable as what a provider
says.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from hub.contract.address import Address
from hub.contract.call_events import CallUpdate
from hub.contract.calls import CallHappening
from hub.contract.errors import UnparseableEvent
from hub.contract.events import RawEvent
from hub.domain.call import Call, call_key
from hub.domain.call_marks import Ender, Fact
from hub.domain.callflow.steps import AgentDials, Arrived, Decision, Dial
from hub.domain.ids import CallId, ExternalId, UserId, bounded
from hub.domain.interaction import Direction

KIND = "hub/call"


def told_by_hub(happening: CallHappening, decision: Decision, now: datetime) -> RawEvent | None:
    """Return the raw event of what was decided; None if it says nothing new about the call."""
    facts = [{"fact": one.fact.value, "by": one.by, "detail": one.detail} for one in decision.facts]
    dial = decision.last if isinstance(decision.last, Dial) else None
    if isinstance(happening.what, Arrived) or dial is not None:
        facts.insert(0, {"fact": Fact.began.value, "by": None, "detail": ""})
    if not facts:
        return None
    body = {
        "call": happening.external_id,
        "call_id": str(dial.call_id) if dial is not None else None,
        "direction": (Direction.outbound if dial is not None else Direction.inbound).value,
        "number": dial.number if dial is not None else happening.address,
        "withheld": happening.withheld and dial is None,
        "our_address": dial.caller_id if dial is not None else happening.our_address,
        "placed_by": str(happening.what.user_id) if isinstance(happening.what, AgentDials) else None,
        "at": now.isoformat(),
        "facts": facts,
    }
    return RawEvent(kind=KIND, body=json.dumps(body, separators=(",", ":")).encode(), received_at=now)


def ordered(call_id: CallId, number: str, ours: str, by: UserId, at: datetime) -> RawEvent:
    """Return the raw event of a call that an agent orders: it makes the call, under our own key."""
    return _told(call_key(call_id), call_id, number, ours, at, [(Fact.began, "")], by)


def named(call_id: CallId, number: str, ours: str, external_id: ExternalId, by: UserId, at: datetime) -> RawEvent:
    """Return the raw event that says how the provider names a call ordered at that time."""
    return _told(external_id, call_id, number, ours, at, [(Fact.began, "")], by)


def refused(call_id: CallId, number: str, ours: str, reason: str, at: datetime) -> RawEvent:
    """Return the raw event of a call that never came about, and why."""
    return _told(call_key(call_id), call_id, number, ours, at, [(Fact.failed, reason)], None)


def ended_unheard(call: Call, at: datetime, now: datetime) -> RawEvent:
    """Return the raw event that ends a call whose end nobody told: at the last thing that was heard of it."""
    words = "The provider never told how this call ended; it is taken to have ended at the last news of it."
    raw = _told(
        call.external_id or call_key(call.id), call.id, call.address, call.our_address, at, [(Fact.ended, words)], None
    )
    return replace(raw, received_at=now)


def of_recording(call: Call, fact: Fact, change: str, at: datetime) -> RawEvent:
    """Return the raw event of a recording that somebody asks to pause or go on with, or of what came of it.

    `change` is the key both share. Not every provider tells of pauses.
    """
    key = call.external_id or call_key(call.id)
    return _told(key, call.id, call.address, call.our_address, at, [(fact, "")], None, change)


def _told(
    external_id: str,
    call_id: CallId,
    number: str,
    ours: str,
    at: datetime,
    facts: Sequence[tuple[Fact, str]],
    by: UserId | None,
    news_id: str = "",
) -> RawEvent:
    body = {
        "call": external_id,
        "call_id": str(call_id),
        "direction": Direction.outbound.value,
        "number": number,
        "withheld": False,
        "our_address": ours,
        "at": at.isoformat(),
        "placed_by": str(by) if by is not None else None,
        "facts": [{"fact": fact.value, "by": None, "detail": detail, "id": news_id} for fact, detail in facts],
    }
    return RawEvent(kind=KIND, body=json.dumps(body, separators=(",", ":")).encode(), received_at=at)


def read_told(raw: RawEvent) -> Sequence[CallUpdate]:
    """Return the facts of such a raw event. Raises UnparseableEvent."""
    try:
        read = json.loads(raw.body)
        at = datetime.fromisoformat(read["at"])
        number = str(read["number"])
        withheld = bool(read["withheld"]) or not number
        placed_by = read.get("placed_by")
        return [
            CallUpdate(
                external_id=bounded(ExternalId(str(read["call"]))),
                call_id=CallId(UUID(read["call_id"])) if read["call_id"] else None,
                fact=Fact(one["fact"]),
                occurred_at=at,
                direction=Direction(read["direction"]),
                counterpart=None if withheld else Address(namespace="phone", value=number, verified=True),
                withheld=withheld,
                our_address=str(read["our_address"]),
                placed_by=UserId(UUID(placed_by)) if placed_by else None,
                by=Ender(one["by"]) if one["by"] else None,
                detail=str(one["detail"]),
                news_id=str(one.get("id", "")),
            )
            for one in read["facts"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise UnparseableEvent(f"The hub's own note about a call cannot be read ({error}).") from error
