"""What an operator's status means for a message: sent again or not, and in which words (SMPP 3.4 section 5.1.3)."""

from datetime import timedelta

from hub.contract import Rejected, RetryLater, SendError

REFUSED = frozenset({0x0E, 0x0F})
"""Wrong password, wrong system id."""
BIND_FAILED = 0x0D
ALREADY_BOUND = 0x05
THROTTLED, QUEUE_FULL = 0x58, 0x14

_LATER = {
    0x01: "the operator found the message's length wrong",
    0x04: "the connection is not bound as it should be",
    0x08: "the operator has a fault of its own",
    QUEUE_FULL: "the operator's queue is full",
    THROTTLED: "we send faster than the operator allows",
    0x64: "the operator has a passing fault",
    0xFE: "the operator could not deliver for now",
}
_NEVER = {
    0x0A: "the operator does not accept our sender address. Check it in the channel's settings",
    0x0B: "the operator does not accept the customer's number",
    0x33: "the operator does not accept the number of recipients",
    0x45: "the operator refused to take the message",
    0x48: "the operator does not accept the type of our sender address",
    0x50: "the operator does not accept the type of the customer's number",
    0x61: "the operator does not accept the schedule",
    0x62: "the operator does not accept how long the message may wait. Check it in the channel's settings",
    0x65: "the operator rejects the message",
    0x66: "the operator rejects the message for good",
    0xC1: "the operator does not allow an optional parameter",
}


def code(status: int) -> str:
    """Write a status as operators' pages do."""
    return f"0x{status:02X}"


def failure(status: int) -> SendError:
    """Return the error for a submission the operator answered with this status: it took nothing."""
    number = code(status)
    if status in _LATER:
        after = timedelta(seconds=5) if status in (THROTTLED, QUEUE_FULL) else None
        return RetryLater(f"Not sent yet: {_LATER[status]} ({number}). The hub tries again.", code=number, after=after)
    words = _NEVER.get(status, "the operator refused the message with a code of its own")
    return Rejected(f"Not sent: {words} ({number}).", code=number, unreachable=status == 0x0B)
