"""Numbers as SMPP writes them and as the timeline does. Pure."""

import re

from connectors.smpp.pdu import Number
from hub.contract import Address
from hub.domain.ids import ExternalId

UNKNOWN, INTERNATIONAL, NATIONAL, NETWORK, ALPHANUMERIC = 0, 1, 2, 3, 5
_PLAN_UNKNOWN, _E164 = 0, 1
_SHORT = 8
"""A number of fewer digits is a short code, whatever the operator says of its type."""


def written(number: Number) -> str:
    """Return a number as people write it: with + if it is international."""
    value = number.value.strip()
    if number.ton == INTERNATIONAL and value.isdecimal() and len(value) >= _SHORT:
        return f"+{value}"
    return value


def address_of(number: Number) -> Address:
    """Return who it is: a phone, or a name nobody can answer to."""
    value = written(number)
    if number.ton == ALPHANUMERIC or not re.fullmatch(r"\+?\d+", value):
        return Address(namespace="sms", value=value or "unknown", name=value)
    return Address(namespace="phone", value=value)


def number_for(value: str) -> Number:
    """Return a number or sender for the wire. Raises ValueError for what is neither."""
    compact = re.sub(r"[\s().-]", "", value)
    if re.fullmatch(r"\+\d{3,20}", compact):
        return Number(ton=INTERNATIONAL, npi=_E164, value=compact[1:])
    if re.fullmatch(r"\d{3,20}", compact):
        return Number(ton=NETWORK if len(compact) < _SHORT else UNKNOWN, npi=_PLAN_UNKNOWN, value=compact)
    if re.fullmatch(r"[A-Za-z0-9 .&_-]{1,11}", value):
        return Number(ton=ALPHANUMERIC, npi=_PLAN_UNKNOWN, value=value)
    raise ValueError(f"{value!r} is neither a number nor a sender name")


def thread_of(theirs: str, ours: str, sender: str) -> ExternalId:
    """Return the thread: the customer's number, and ours if they wrote to another one than we send from."""
    if re.sub(r"\D", "", ours) == re.sub(r"\D", "", sender):
        return ExternalId(theirs)
    return ExternalId(f"{theirs}>{ours}")


def sender_of(thread: ExternalId, sender: str) -> str:
    """Return the number to answer from."""
    return thread.partition(">")[2] or sender
