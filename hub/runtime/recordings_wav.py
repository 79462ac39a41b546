"""The headers of WAV files: written for speech recognition, and read to see whether a file is cut short."""

import os
import struct
from pathlib import Path

SPEECH_RATE = 16_000
"""Samples a second that speech recognition is given."""
HEADER = 44
"""Bytes before the samples of what `wav_header` begins."""


def wav_header(samples: int) -> bytes:
    """Return the header of 16 bit mono sound at SPEECH_RATE, HEADER bytes."""
    size = samples * 2
    form = struct.pack("<HHIIHH", 1, 1, SPEECH_RATE, SPEECH_RATE * 2, 2, 16)
    length, data = struct.pack("<I", HEADER - 8 + size), struct.pack("<I", size)
    return b"RIFF" + length + b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + data


def missing_end(source: Path) -> str:
    """Say whether a WAV ends before its header says it does, empty if not; decoders play such a file without a word."""
    size = source.stat().st_size
    with source.open("rb") as file:
        head = file.read(12)
        while (chunk := file.read(8)) and len(chunk) == 8:
            name, length = chunk[:4], struct.unpack("<I", chunk[4:])[0]
            if name == b"data":
                unknown = length in (0, 0xFFFFFFFF)  # written as a stream: the end was not known
                missing = file.tell() + length - size
                whole = unknown or missing <= 0 or head[:4] != b"RIFF"
                return "" if whole else f"{missing} bytes are missing at its end."
            file.seek(length + length % 2, os.SEEK_CUR)
    return ""
