"""A message in several short messages: which part of what, and how a long text is cut (3GPP TS 23.040). Pure."""

import struct
from dataclasses import dataclass

from connectors.smpp.alphabet import UCS2, DefaultAlphabet, units
from connectors.smpp.pdu import ShortMessage, Tag

HAS_HEADER = 0x40
"""Of `esm_class`: the content begins with a user data header."""
_REF_8, _REF_16 = 0x00, 0x08


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of a longer message this is."""

    reference: int
    total: int
    number: int
    """From 1."""


def part_of(message: ShortMessage) -> Part | None:
    """Return the part a message is, by its user data header or its sar_ parameters; None if it stands alone."""
    part = _by_header(message) or _by_options(message)
    if part is None or not 2 <= part.total <= 255 or not 1 <= part.number <= part.total:
        return None
    return part


def content_of(message: ShortMessage) -> bytes:
    """Return the content without its user data header."""
    if not message.esm_class & HAS_HEADER or not message.content:
        return message.content
    return message.content[1 + message.content[0] :]


def _by_header(message: ShortMessage) -> Part | None:
    content = message.content
    if not message.esm_class & HAS_HEADER or not content:
        return None
    header = content[1 : 1 + content[0]]
    while len(header) >= 2:
        element, length = header[0], header[1]
        data = header[2 : 2 + length]
        if element == _REF_8 and len(data) == 3:
            return Part(reference=data[0], total=data[1], number=data[2])
        if element == _REF_16 and len(data) == 4:
            reference, total, number = struct.unpack(">HBB", data)
            return Part(reference=reference, total=total, number=number)
        header = header[2 + length :]
    return None


def _by_options(message: ShortMessage) -> Part | None:
    reference, total, number = (
        message.options.get(tag, b"") for tag in (Tag.sar_msg_ref_num, Tag.sar_total_segments, Tag.sar_segment_seqnum)
    )
    if not reference or len(total) != 1 or len(number) != 1:
        return None
    return Part(reference=int.from_bytes(reference[:2], "big"), total=total[0], number=number[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A text ready to submit: one data coding, and the content of each short message."""

    data_coding: int
    esm_class: int
    contents: tuple[bytes, ...]


def cut(text: str, reference: int, default: DefaultAlphabet) -> Cut:
    """Cut a text: whole if it fits one short message, else in parts with a header naming `reference` (0 to 255).

    160 letters of the GSM alphabet or 140 bytes fit alone, 153 or 134 a part; no letter is torn.
    """
    coding, letters = units(text, default)
    septets = coding == 0 and default is DefaultAlphabet.gsm7
    alone, joined = (160, 153) if septets else (140, 134)
    if sum(map(len, letters)) <= alone:
        return Cut(data_coding=coding, esm_class=0, contents=(b"".join(letters),))
    parts: list[bytes] = [b""]
    for letter in letters:
        if len(parts[-1]) + len(letter) > joined:
            parts.append(b"")
        parts[-1] += letter
    total = len(parts)
    headers = (bytes((5, _REF_8, 3, reference % 256, total % 256, number)) for number in range(1, min(total, 255) + 1))
    contents = tuple(header + part for header, part in zip(headers, parts, strict=False))
    return Cut(data_coding=coding, esm_class=HAS_HEADER, contents=contents)


__all__ = ["HAS_HEADER", "UCS2", "Cut", "Part", "content_of", "cut", "part_of"]
