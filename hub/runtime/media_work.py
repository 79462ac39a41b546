"""Reads and converts one foreign media file in a process of its own; started as a program by hub.runtime.media.

Decoders of hostile bytes may crash, hang or swell: here that ends this process and nothing else. Stands alone, so
that a start costs no more than the decoder: `media_work.py examine KIND FILE PREVIEW` writes what it learned to
standard output as JSON, `media_work.py convert FORMAT FILE TARGET` writes the converted sound.
"""

import json
import resource
import sys
from array import array
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

CPU_SECONDS = 60
MEMORY = 3 << 30
"""Bytes of address space: the decoder's libraries and threads take half a gigabyte of it without using it."""
FILE_BYTES = 200 << 20
PREVIEW = (480, 480)
PIXELS_LIMIT = 40_000_000
PEAKS = 100
LONGEST_SOUND = 4 * 3600
"""Seconds of sound whose waveform is drawn; what is longer is drawn up to there."""
RATE = 8_000
BLOCK = 160
"""Samples from which one level is kept while reading: 20 ms."""

# Only real containers: playlists and image sequences name further files, which nobody shall open for a stranger.
FORMATS = (
    "aac,aiff,amr,amrnb,amrwb,asf,avi,caf,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,ogg,wav,w64"
)
ENCODERS: dict[str, tuple[str, str, int, int]] = {
    # format: container, codec, samples a second, bits a second
    "audio/ogg": ("ogg", "libopus", 48_000, 32_000),
    "audio/mp4": ("mp4", "aac", 44_100, 64_000),
    "audio/mpeg": ("mp3", "libmp3lame", 44_100, 64_000),
    "audio/amr": ("amr", "libopencore_amrnb", 8_000, 12_200),
}


def main(arguments: list[str]) -> int:
    """Do one job."""
    for what, limit in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    job, kind, source, target = arguments
    try:
        if job == "convert":
            convert(Path(source), Path(target), kind)
            return 0
        found = examine_pdf(Path(source), Path(target)) if kind == "pdf" else examine_media(Path(source), Path(target))
    except Exception as error:  # noqa: BLE001 - decoders of foreign bytes raise anything; the hub hears of it
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


def examine_pdf(source: Path, preview: Path) -> dict[str, Any]:
    """Draw the first page."""
    import pypdfium2  # type: ignore[import-untyped]  # not at the top: only this job needs it; ships no types

    document = pypdfium2.PdfDocument(source)
    page = document[0]
    width, height = page.get_size()
    scale = min(PREVIEW[0] * 2 / max(width, 1), PREVIEW[1] * 2 / max(height, 1), 4)
    _save(page.render(scale=scale).to_pil(), preview)
    return {"pages": len(document)}


def examine_media(source: Path, preview: Path) -> dict[str, Any]:
    """Measure sound and film: duration, waveform, size, and a picture of film."""
    found: dict[str, Any] = {}
    with source.open("rb") as file, _opened(file) as container:
        if container.duration:
            found["duration"] = container.duration / 1_000_000
        video = next((s for s in container.streams.video if s.codec_context.width), None)
        if video is not None:
            _film(container, video, preview, found)
    with source.open("rb") as file, _opened(file) as container:
        if container.streams.audio and video is None:
            levels, seconds = _levels(container)
            found["peaks"] = _peaks(levels)
            found["duration"] = seconds or found.get("duration")
    return found


def _film(container: Any, stream: Any, preview: Path, found: dict[str, Any]) -> None:
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > PIXELS_LIMIT:
        return
    found["width"], found["height"] = width, height
    frame = next(container.decode(stream))
    image = frame.to_image()
    turned = getattr(frame, "rotation", 0) % 360
    if turned:
        image = image.rotate(turned, expand=True)
        if turned in (90, 270):
            found["width"], found["height"] = height, width
    _save(image, preview)


def _save(image: Any, preview: Path) -> None:
    image.thumbnail(PREVIEW)
    image.convert("RGB").save(preview, "WEBP", quality=75, method=2)


def _levels(container: Any) -> tuple[list[int], float]:
    """Return the loudest sample of every 20 ms, and how many seconds there were."""
    levels: list[int] = []
    rest: array[int] = array("h")
    samples = 0
    for block in _samples(container):
        samples += len(block)
        rest += block
        cut = len(rest) - len(rest) % BLOCK
        levels += [max(max(part), -min(part)) for part in (rest[at : at + BLOCK] for at in range(0, cut, BLOCK))]
        rest = rest[cut:]
        if samples > LONGEST_SOUND * RATE:
            break
    if rest:
        levels.append(max(max(rest), -min(rest)))
    return levels, samples / RATE


def _samples(container: Any) -> Iterator["array[int]"]:
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    for frame in _decoded(container):
        for piece in resampler.resample(frame):
            yield array("h", bytes(piece.planes[0])[: piece.samples * 2])
    for piece in resampler.resample(None):
        yield array("h", bytes(piece.planes[0])[: piece.samples * 2])


def _decoded(container: Any) -> Iterator[Any]:
    """Yield what can be decoded; sound that breaks off in the middle is what came before."""
    import av

    heard = False
    try:
        for frame in container.decode(container.streams.audio[0]):
            heard = True
            yield frame
    except av.FFmpegError:
        if not heard:
            raise


def _peaks(levels: list[int]) -> list[int]:
    """Return about a hundred levels from 0 to 100, the loudest of all at 100."""
    if not levels or max(levels) == 0:
        return [0] * min(len(levels), PEAKS)
    count, loudest = min(len(levels), PEAKS), max(levels)
    edges = [len(levels) * n // count for n in range(count + 1)]
    parts = [levels[start:end] for start, end in pairwise(edges)]
    return [round(max(part) * 100 / loudest) for part in parts]


def convert(source: Path, target: Path, kind: str) -> None:
    """Write a file's sound in another format: one channel, speech quality."""
    import av

    form, codec, rate, bits = ENCODERS[kind]
    options = {"movflags": "faststart"} if form == "mp4" else {}
    with (
        source.open("rb") as file,
        _opened(file) as container,
        av.open(str(target), "w", format=form, options=options) as out,
    ):
        stream: Any = out.add_stream(codec, rate=rate, layout="mono")
        stream.bit_rate = bits
        size = stream.codec_context.frame_size or 960
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        fifo = av.AudioFifo()
        for frame in chain(_decoded(container), (None,)):
            for piece in resampler.resample(frame):
                piece.pts = None
                fifo.write(piece)
            while (part := fifo.read(size, partial=frame is None)) is not None:
                out.mux(stream.encode(part))
        out.mux(stream.encode(None))


def _opened(file: Any) -> Any:
    import av

    av.logging.set_level(av.logging.PANIC)
    # A file object, not a path: no demuxer can open a neighbour, and no protocol is allowed.
    return av.open(file, "r", container_options={"format_whitelist": FORMATS, "protocol_whitelist": ""})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
