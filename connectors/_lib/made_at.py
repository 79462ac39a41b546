"""When a delivery was made: its id is a UUID of version 7, which begins with the time (RFC 9562 section 5.7).

Providers forget an idempotency key after a while. Only while ours is younger than that may an unclear send be repeated.
"""

from datetime import UTC, datetime, timedelta

from hub.domain.ids import DeliveryId

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_younger(delivery_id: DeliveryId, than: timedelta, now: datetime) -> bool:
    """Tell whether a delivery was certainly made less than so long ago; False for ids that carry no time."""
    if delivery_id.version != 7:
        return False
    made = _EPOCH + timedelta(milliseconds=delivery_id.int >> 80)
    return now - made < than
