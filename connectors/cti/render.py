"""What the hub asks a telephone system: to ring an agent's phone and then a customer; or whether it is there. Pure."""

import json

from hub.contract import CallOrder
from hub.domain.call import call_key


def order_body(order: CallOrder) -> bytes:
    """Return the body of a click-to-call. The same `call` again is the same call, never a second one."""
    asked = {
        "event": "call",
        "call": call_key(order.call_id),
        "agent": order.agent.address,
        "number": order.number,
        "caller_id": order.caller_id,
        "seconds": order.seconds,
        "record": order.record,
    }
    return json.dumps(asked, ensure_ascii=False).encode()


def ping_body() -> bytes:
    """Return the body of a question that only asks whether the system knows our secret."""
    return b'{"event":"ping"}'
