"""Small files of sound, film and paper for tests, made by the same libraries that read them."""

import math
from array import array
from fractions import Fraction
from io import BytesIO
from typing import Any

import av
import pypdfium2  # type: ignore[import-untyped]  # ships no types


def sound(form: str, codec: str, rate: int, *, seconds: float = 2.0) -> bytes:
    """Return a tone that grows louder."""
    total = int(rate * seconds)
    levels = array("h", (int(12_000 * math.sin(n * 440 * 2 * math.pi / rate) * n / total) for n in range(total)))
    out = BytesIO()
    with av.open(out, "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=rate, layout="mono")
        tone = av.AudioFrame(format="s16", layout="mono", samples=total)
        tone.rate = rate
        tone.planes[0].update(levels.tobytes())
        fifo = av.AudioFifo()
        for piece in av.AudioResampler(format=stream.format, layout="mono", rate=rate).resample(tone):
            piece.pts = None
            fifo.write(piece)
        while (part := fifo.read(stream.codec_context.frame_size or 1024, partial=True)) is not None:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return out.getvalue()


def webm() -> bytes:
    """Return what Chrome records."""
    return sound("webm", "libopus", 48_000)


def ogg() -> bytes:
    """Return what WhatsApp sends."""
    return sound("ogg", "libopus", 48_000)


def amr() -> bytes:
    """Return what old phones send."""
    return sound("amr", "libopencore_amrnb", 8_000)


def film() -> bytes:
    """Return two seconds of film without sound, 320 by 240."""
    out = BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream: Any = container.add_stream("mpeg4", rate=Fraction(10))
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for number in range(20):
            frame = av.VideoFrame(320, 240, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([number * 10]) * plane.buffer_size)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def paper() -> bytes:
    """Return a PDF of one empty page."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 400)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def read_back(content: bytes) -> tuple[str, int, float]:
    """Return the codec, the channels and the seconds of a file of sound."""
    container: Any = av.open(BytesIO(content))
    with container:
        stream = container.streams.audio[0]
        seconds = sum(frame.samples / frame.sample_rate for frame in container.decode(stream))
        return stream.codec_context.name, stream.codec_context.channels, seconds
