"""SMPP 3.4 on the wire: protocol data units to bytes and back (https://smpp.org/SMPP_v3_4_Issue1_2.pdf). Pure."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

HEADER = struct.Struct(">IIII")
MAX_LENGTH = 70_000
"""A unit holds at most 64 KB of payload (message_payload) and some fields; more is no SMPP."""
RESPONSE = 0x80000000
"""Set in the command id of every response."""


class Command(IntEnum):
    """What a unit asks for (section 5.1.2.1)."""

    generic_nack = 0x80000000
    submit_sm = 0x00000004
    deliver_sm = 0x00000005
    unbind = 0x00000006
    bind_transceiver = 0x00000009
    enquire_link = 0x00000015
    data_sm = 0x00000103


class Tag(IntEnum):
    """The optional parameters we read or write (section 5.3.2)."""

    receipted_message_id = 0x001E
    user_message_reference = 0x0204
    sar_msg_ref_num = 0x020C
    sar_total_segments = 0x020E
    sar_segment_seqnum = 0x020F
    message_payload = 0x0424
    message_state = 0x0427


class BadPdu(Exception):
    """These bytes are no unit of SMPP; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdu:
    """One unit."""

    command: int
    status: int = 0
    sequence: int = 0
    body: bytes = b""

    def encode(self) -> bytes:
        """Return the unit as bytes."""
        return HEADER.pack(HEADER.size + len(self.body), self.command, self.status, self.sequence) + self.body

    def answer(self, status: int = 0, body: bytes = b"") -> "Pdu":
        """Return the response to this request."""
        return Pdu(command=self.command | RESPONSE, status=status, sequence=self.sequence, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """An address with its type of number and numbering plan (sections 5.2.5 and 5.2.6)."""

    ton: int
    npi: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortMessage:
    """The content of a submit_sm, deliver_sm or data_sm."""

    source: Number
    destination: Number
    esm_class: int = 0
    registered_delivery: int = 0
    data_coding: int = 0
    validity: str = ""
    content: bytes = b""
    """The user data, its header (UDH) included if `esm_class` says there is one."""
    options: Mapping[int, bytes] = field(default_factory=dict)


def split(data: bytes) -> list[Pdu]:
    """Cut bytes into the units they hold, one after the other. Raises BadPdu."""
    units: list[Pdu] = []
    while data:
        length = length_of(data)
        if len(data) < length:
            raise BadPdu(f"The unit has {length} bytes, and only {len(data)} are there.")
        _, command, status, sequence = HEADER.unpack_from(data)
        units.append(Pdu(command=command, status=status, sequence=sequence, body=data[HEADER.size : length]))
        data = data[length:]
    return units


def length_of(data: bytes) -> int:
    """Return the length of the unit that begins here. Raises BadPdu."""
    if len(data) < HEADER.size:
        raise BadPdu("The header of the unit is cut.")
    length = int(HEADER.unpack_from(data)[0])
    if not HEADER.size <= length <= MAX_LENGTH:
        raise BadPdu(f"A unit cannot have {length} bytes.")
    return length


def text_field(value: str) -> bytes:
    """Return a C-octet string: ASCII ended by a zero. Raises ValueError for other letters."""
    if "\0" in value:
        raise ValueError("a field cannot hold a zero")
    return value.encode("ascii") + b"\0"


def options_of(options: Mapping[int, bytes]) -> bytes:
    """Return optional parameters as bytes."""
    return b"".join(struct.pack(">HH", tag, len(value)) + value for tag, value in options.items())


def submit(message: ShortMessage) -> bytes:
    """Return the body of a submit_sm (section 4.4.1); of a deliver_sm, too, which has the same fields."""
    content, options = message.content, dict(message.options)
    if len(content) > 254:
        options[Tag.message_payload], content = content, b""
    return b"".join(
        (
            text_field(""),
            _number(message.source),
            _number(message.destination),
            bytes((message.esm_class, 0, 0)),
            text_field(""),
            text_field(message.validity),
            bytes((message.registered_delivery, 0, message.data_coding, 0, len(content))),
            content,
            options_of(options),
        )
    )


def _number(number: Number) -> bytes:
    return bytes((number.ton, number.npi)) + text_field(number.value)


def short_message(pdu: Pdu) -> ShortMessage:
    """Read the body of a submit_sm, deliver_sm or data_sm. Raises BadPdu."""
    reader = Reader(pdu.body)
    reader.text()
    source = reader.number()
    destination = reader.number()
    esm_class = reader.byte()
    if pdu.command == Command.data_sm:
        registered, coding, validity, content = reader.byte(), reader.byte(), "", b""
    else:
        reader.take(2)
        reader.text()
        validity = reader.text()
        registered = reader.byte()
        reader.byte()
        coding = reader.byte()
        reader.byte()
        content = reader.take(reader.byte())
    options = reader.options()
    return ShortMessage(
        source=source,
        destination=destination,
        esm_class=esm_class,
        registered_delivery=registered,
        data_coding=coding,
        validity=validity,
        content=options.get(Tag.message_payload, content),
        options=options,
    )


class Reader:
    """Reads fields one after the other. Every method raises BadPdu where the bytes end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """Return so many bytes."""
        if self._at + count > len(self._data):
            raise BadPdu("The unit ends within a field.")
        taken = self._data[self._at : self._at + count]
        self._at += count
        return taken

    def byte(self) -> int:
        """Return one byte as a number."""
        return self.take(1)[0]

    def text(self) -> str:
        """Return a C-octet string; what is not ASCII is kept readable."""
        end = self._data.find(b"\0", self._at)
        if end < 0:
            raise BadPdu("A text field of the unit has no end.")
        found = self._data[self._at : end]
        self._at = end + 1
        return found.decode("latin-1")

    def number(self) -> Number:
        """Return an address."""
        return Number(ton=self.byte(), npi=self.byte(), value=self.text())

    def options(self) -> dict[int, bytes]:
        """Return the optional parameters that follow; of a repeated one the last."""
        found: dict[int, bytes] = {}
        while self._at < len(self._data):
            tag, length = struct.unpack(">HH", self.take(4))
            found[tag] = self.take(length)
        return found
