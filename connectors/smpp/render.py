"""A message as the short messages to submit. Pure."""

from collections.abc import Sequence

from connectors.smpp.numbers import number_for, sender_of
from connectors.smpp.pdu import ShortMessage
from connectors.smpp.segments import cut
from connectors.smpp.settings import SmppSettings
from hub.contract import OutboundMessage

_EVERY_STATE, _FAILURE_ONLY = 1, 2
"""Which receipts to ask for (`registered_delivery`, section 5.2.17)."""


def render(message: OutboundMessage, settings: SmppSettings) -> Sequence[ShortMessage]:
    """Return the parts of a message in their order. Raises ValueError, in words, for a number that is none."""
    source = number_for(sender_of(message.thread, settings.sender))
    destination = number_for(message.recipient)
    pieces = cut(message.text, message.delivery_id.int & 0xFF, settings.default_alphabet)
    last = len(pieces.contents) - 1
    return [
        ShortMessage(
            source=source,
            destination=destination,
            esm_class=pieces.esm_class,
            registered_delivery=_EVERY_STATE if number == last else _FAILURE_ONLY,
            data_coding=pieces.data_coding,
            validity=settings.validity,
            content=content,
        )
        for number, content in enumerate(pieces.contents)
    ]
