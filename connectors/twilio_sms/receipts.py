"""What became of a message of ours, as Twilio says it, in webhooks and in lists. Pure.

https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from connectors.twilio_sms.addresses import person
from connectors.twilio_sms.codes import OPTED_OUT, meaning_of
from hub.contract import DeliveryReceipt, InboundEvent, OptedOut, UnparseableEvent
from hub.domain.delivery import DeliveryState
from hub.domain.ids import DeliveryId, ExternalId

State = Literal[DeliveryState.sent, DeliveryState.delivered, DeliveryState.read, DeliveryState.failed]

ON_THE_WAY = frozenset({"accepted", "scheduled", "queued", "sending"})
"""Twilio has it and has not handed it on: what the hub knows already from its answer to the send."""
FAILED = frozenset({"failed", "undelivered", "canceled"})

_STATES: Mapping[str, State] = {
    "sent": DeliveryState.sent,
    "partially_delivered": DeliveryState.sent,
    "delivered": DeliveryState.delivered,
    "read": DeliveryState.read,
    "failed": DeliveryState.failed,
    "undelivered": DeliveryState.failed,
    "canceled": DeliveryState.failed,
}


def receipt(
    sid: ExternalId,
    status: str,
    *,
    code: str,
    said: str,
    to: str,
    occurred_at: datetime | None,
    delivery_id: DeliveryId | None = None,
) -> Sequence[InboundEvent]:
    """Return what a status means; `()` while it is on its way. Raises UnparseableEvent for one we do not know.

    `delivery_id` is what Twilio returned of ours: it settles a message whose answer was lost.
    """
    if status in ON_THE_WAY:
        return ()
    if (state := _STATES.get(status)) is None:
        raise UnparseableEvent(f"Twilio told a status of a message that this version does not know ({status[:40]}).")
    if state is not DeliveryState.failed:
        return (DeliveryReceipt(external_id=sid, state=state, occurred_at=occurred_at, delivery_id=delivery_id),)
    number = code.strip() if code.strip().isdecimal() and code.strip() != "0" else ""
    meaning = meaning_of(number)
    told = DeliveryReceipt(
        external_id=sid,
        state=state,
        occurred_at=occurred_at,
        delivery_id=delivery_id,
        code=number,
        reason=_reason(status, number, said),
        # An opt-out is told as such, beside it: only the person can lift that.
        unreachable=meaning is not None and meaning.unreachable and number != OPTED_OUT,
    )
    if number != OPTED_OUT or not to.strip():
        return (told,)
    return (told, OptedOut(sender=person(to.strip()), opted_out=True, keyword="STOP", occurred_at=occurred_at))


def _reason(status: str, code: str, said: str) -> str:
    if (meaning := meaning_of(code)) is not None:
        return meaning.words
    if status == "canceled":
        return "The message was cancelled at Twilio before it went out."
    words = " ".join(said.split())[:300]
    if words and code:
        return f"Twilio could not deliver the message: “{words}” (error {code})."
    if words:
        return f"Twilio could not deliver the message: “{words}”."
    known = f" (error {code}: https://www.twilio.com/docs/api/errors/{code})" if code else ""
    return f"Twilio could not deliver the message and gave no reason{known}."
