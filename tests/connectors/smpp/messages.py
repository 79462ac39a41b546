"""Short messages as an operator delivers them."""

from connectors.smpp.numbers import number_for
from connectors.smpp.pdu import Command, Pdu, ShortMessage, Tag, submit
from connectors.smpp.segments import HAS_HEADER
from hub.contract import RawEvent
from tests.connectors.conformance.kit import NOW

ANNA = "+48500000001"
US = "+48221234567"


def short(content: bytes, *, coding: int = 0, esm_class: int = 0, **options: bytes) -> ShortMessage:
    return ShortMessage(
        source=number_for(ANNA),
        destination=number_for(US),
        esm_class=esm_class,
        data_coding=coding,
        content=content,
        options={Tag[name]: value for name, value in options.items()},
    )


def part(number: int, total: int, content: bytes, *, reference: int = 7, coding: int = 0) -> ShortMessage:
    return short(bytes((5, 0, 3, reference, total, number)) + content, coding=coding, esm_class=HAS_HEADER)


def receipt(text: str, **options: bytes) -> ShortMessage:
    return short(text.encode("ascii"), esm_class=0x04, coding=0, **options)


def raw(*messages: ShortMessage, number: str = "19d3-1") -> RawEvent:
    units = b"".join(Pdu(command=Command.deliver_sm, body=submit(message)).encode() for message in messages)
    return RawEvent(kind="sms", body=units, headers={"id": number}, received_at=NOW)
