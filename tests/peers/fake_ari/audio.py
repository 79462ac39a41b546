"""Sound files as Asterisk records them: 8 kHz, 16 bit, one channel, a tone that tells recordings apart."""

import io
import math
import struct
import wave

RATE = 8000


def wav(seconds: float, tone: int = 440, *, silent: bool = False) -> bytes:
    """A WAV file of so many seconds."""
    period = RATE // 10
    cycle = b"".join(
        struct.pack("<h", 0 if silent else int(9000 * math.sin(2 * math.pi * tone * n / RATE))) for n in range(period)
    )
    frames = (cycle * (int(seconds * 10) + 1))[: int(seconds * RATE) * 2]
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(frames)
    return file.getvalue()
