"""Delivery receipts: what an operator says became of a message (SMPP 3.4 appendix B and section 5.2.28). Pure."""

import re
from enum import StrEnum
from typing import Literal

from connectors.smpp.pdu import ShortMessage, Tag
from hub.contract import DeliveryReceipt, UnparseableEvent
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ExternalId

IS_RECEIPT = 0x04
_KIND = 0x3C
_FIELD = re.compile(r"\b(id|stat|err):\s*([^\s:]+)", re.IGNORECASE)

_Outcome = Literal[DeliveryState.sent, DeliveryState.delivered, DeliveryState.failed]
_STATES: dict[str, _Outcome | None] = {
    "ENROUTE": DeliveryState.sent,
    "ACCEPTD": DeliveryState.sent,
    "DELIVRD": DeliveryState.delivered,
    "EXPIRED": DeliveryState.failed,
    "DELETED": DeliveryState.failed,
    "UNDELIV": DeliveryState.failed,
    "REJECTD": DeliveryState.failed,
    "SKIPPED": DeliveryState.failed,
    "SCHEDULED": None,
    "UNKNOWN": None,
}
_BY_NUMBER = (
    "SCHEDULED",
    "ENROUTE",
    "DELIVRD",
    "EXPIRED",
    "DELETED",
    "UNDELIV",
    "ACCEPTD",
    "UNKNOWN",
    "REJECTD",
    "SKIPPED",
)
_REASONS = {
    "EXPIRED": "The phone could not be reached before the message expired.",
    "DELETED": "The operator deleted the message before it was delivered.",
    "UNDELIV": "The operator could not deliver the message.",
    "REJECTD": "The operator rejected the message.",
    "SKIPPED": "The operator skipped the message.",
}


class ReceiptIds(StrEnum):
    """How an operator writes a message's id in its answer to the submission and in its receipt."""

    same = "same"
    hex_then_decimal = "hex_then_decimal"
    """Hexadecimal in the answer, decimal in the receipt."""
    decimal_then_hex = "decimal_then_hex"


def is_receipt(message: ShortMessage) -> bool:
    """Tell whether a deliver_sm is a receipt; intermediate notifications (0x20) are, too."""
    return bool(message.esm_class & _KIND & (IS_RECEIPT | 0x20))


def submitted_id(told: str, ids: ReceiptIds) -> ExternalId:
    """Return the id under which we know a message, from the answer to its submission."""
    return ExternalId(_canonical(told, 16 if ids is ReceiptIds.hex_then_decimal else 10, ids))


def receipted_id(told: str, ids: ReceiptIds) -> ExternalId:
    """Return the same id from a receipt."""
    return ExternalId(_canonical(told, 16 if ids is ReceiptIds.decimal_then_hex else 10, ids))


def _canonical(told: str, base: int, ids: ReceiptIds) -> str:
    if ids is ReceiptIds.same:
        # Operators pad with zeros on one side only.
        return told.lstrip("0") or told
    try:
        return str(int(told, base))
    except ValueError:
        return told


def receipt(message: ShortMessage, text: str, ids: ReceiptIds) -> DeliveryReceipt | None:
    """Read a receipt; None for a state that says nothing new. Raises UnparseableEvent."""
    fields = {name.lower(): value for name, value in _FIELD.findall(text)}
    option = message.options.get(Tag.receipted_message_id, b"").rstrip(b"\0").decode("latin-1")
    told = option or fields.get("id", "")
    if not told:
        raise UnparseableEvent("The operator's receipt names no message.")
    state = _state(message, fields.get("stat", ""))
    if state not in _STATES:
        raise UnparseableEvent(f"The operator's receipt has the state {state!r}, which SMPP does not know.")
    code = fields.get("err", "")
    code = "" if set(code) <= {"0"} else code[:20]
    outcome = _STATES[state]
    if outcome is None:
        return None
    failed = outcome is DeliveryState.failed
    return DeliveryReceipt(
        external_id=receipted_id(told, ids),
        state=outcome,
        occurred_at=None,
        recipient=message.source.value,
        code=(code or state) if failed else "",
        reason=_REASONS[state] + (f" Its code is {code}." if code else "") if failed else "",
    )


def _state(message: ShortMessage, stat: str) -> str:
    option = message.options.get(Tag.message_state, b"")
    if len(option) == 1 and option[0] < len(_BY_NUMBER):
        return _BY_NUMBER[option[0]]
    # "stat:" is cut to seven letters by the specification, and written in full by some.
    written = stat.upper()
    return next(
        (name for name in _STATES if written and (name.startswith(written) or written.startswith(name))), written
    )
