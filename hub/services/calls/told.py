"""What the hub itself decided about a call, as a raw event of the journal: written when it decides, read like others.

So the facts a plan creates (entered the queue, came after hours) are as durable and as repeatable as what a provider
says.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hub.contract.address import Address
from hub.contract.call_events import CallUpdate
from hub.contract.calls import CallHappening
from hub.contract.errors import UnparseableEvent
from hub.contract.events import RawEvent
from hub.domain.call import Ender, Fact
from hub.domain.callflow.steps import Arrived, Decision, Dial
from hub.domain.ids import CallId, ExternalId, bounded
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
        "at": now.isoformat(),
        "facts": facts,
    }
    return RawEvent(kind=KIND, body=json.dumps(body, separators=(",", ":")).encode(), received_at=now)


def read_told(raw: RawEvent) -> Sequence[CallUpdate]:
    """Return the facts of such a raw event. Raises UnparseableEvent."""
    try:
        read = json.loads(raw.body)
        at = datetime.fromisoformat(read["at"])
        number = str(read["number"])
        withheld = bool(read["withheld"]) or not number
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
                by=Ender(one["by"]) if one["by"] else None,
                detail=str(one["detail"]),
            )
            for one in read["facts"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise UnparseableEvent(f"The hub's own note about a call cannot be read ({error}).") from error
