"""Looks into one recording in a process of its own; started as a program by hub.runtime.recordings_media.

What a stranger's file does to the decoder ends this process and nothing else. `recordings_work.py JOB FILE TARGET
ARGUMENTS` where ARGUMENTS are JSON: `look` writes what it learned to standard output as JSON; `variant` writes a FLAC
to TARGET, for browsers that cannot play the file as it is; `silence` one with silence in places; `clip` a part of it;
`lane` writes one voice as 16 kHz WAV, for speech recognition.
"""

import json
import os
import resource
import sys
from array import array
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.filter

from hub.domain.review.talk import FRAME, peaks, talk
from hub.runtime.recordings_wav import SPEECH_RATE, missing_end, wav_header

CPU_SECONDS = 300
MEMORY = 3 << 30
"""Bytes of address space; the decoder's libraries take half a gigabyte of it without using it."""
FILE_BYTES = 4 << 30
NICE = 10
"""The hub's answers to people come first."""
LONGEST = 13 * 3600
"""Seconds that are looked into; the rest of a longer file is left as it is."""
RATE = 8_000
BLOCK = round(RATE * FRAME)
PEAKS_A_SECOND = 10
HIGHEST_RATE = 48_000
# Only real containers: playlists and image sequences name further files, which nobody shall open for a stranger.
FORMATS = "aac,aiff,amr,amrnb,amrwb,asf,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,wav,w64,gsm,au"
PLAYED = frozenset(
    {
        ("wav", "pcm_s16le"),
        ("wav", "pcm_u8"),
        ("mp3", "mp3"),
        ("mp3", "mp3float"),
        ("mov", "aac"),
        ("ogg", "opus"),
        ("ogg", "libopus"),
        ("ogg", "vorbis"),
        ("matroska", "opus"),
        ("flac", "flac"),
    }
)
"""Container and codec that every current browser plays."""
AGENT, CONTACT = "agent", "contact"


def main(arguments: list[str]) -> int:
    """Do one job."""
    for what, limit in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    os.nice(NICE)
    av.logging.set_level(av.logging.PANIC)
    job, source, target, given = arguments
    options = json.loads(given)
    try:
        found = _JOBS[job](Path(source), Path(target), options)
    except Exception as error:  # noqa: BLE001 - decoders of foreign bytes raise anything; the hub hears of it
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


def look(source: Path, _target: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Measure the sound, draw the waveform, tell who spoke, and whether browsers play it as it is."""
    lanes: list[str] = options["lanes"]
    with source.open("rb") as file, _opened(file) as container:
        stream = container.streams.audio[0]
        codec = stream.codec_context
        form = container.format.name.partition(",")[0]
        apart = _apart(lanes, codec.channels)
        found: dict[str, Any] = {
            "codec": codec.name,
            "rate": codec.sample_rate,
            "channels": codec.channels,
            "broken": missing_end(source) if form == "wav" else "",
        }
        levels, seconds, broke = _levels(container, 2 if apart else 1)
    if apart and lanes[0] == CONTACT:
        levels.reverse()
    found["broken"] = found["broken"] or broke
    found["seconds"] = seconds
    count = max(1, round(seconds * PEAKS_A_SECOND))
    found["peaks"] = [b64encode(bytes(peaks(lane, count))).decode() for lane in levels]
    found["talk"] = asdict(talk(levels[0], levels[1])) if apart else {}
    found["plays"] = (form, codec.name) in PLAYED and not (apart and lanes[0] == CONTACT)
    return found


def variant(source: Path, target: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Write the recording as every browser plays it, agent left."""
    lanes: list[str] = options["lanes"]
    with source.open("rb") as file, _opened(file) as container:
        apart = _apart(lanes, container.streams.audio[0].codec_context.channels)
    return {"seconds": _write_flac(source, target, swap=apart and lanes[0] == CONTACT, silence=())}


def silence(source: Path, target: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Write the recording with silence in places, agent left."""
    lanes: list[str] = options["lanes"]
    spans = [(float(start), float(end)) for start, end in options["spans"]]
    seconds = _write_flac(source, target, swap=lanes[0] == CONTACT and len(lanes) == 2, silence=spans)
    return {"seconds": seconds}


def clip(source: Path, target: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Write what lies between two seconds, agent left."""
    lanes: list[str] = options["lanes"]
    span = (float(options["start"]), float(options["end"]))
    seconds = _write_flac(source, target, swap=lanes[0] == CONTACT and len(lanes) == 2, silence=(), span=span)
    return {"seconds": seconds}


def lane(source: Path, target: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Write one voice, or all mixed, as 16 kHz mono WAV."""
    number, written = options["lane"], 0
    with source.open("rb") as file, _opened(file) as container, target.open("wb") as out:
        out.write(wav_header(0))
        apart = number is not None and container.streams.audio[0].codec_context.channels == 2
        resampler = av.AudioResampler(format="s16p", layout="stereo" if apart else "mono", rate=SPEECH_RATE)
        for piece in _resampled(container, resampler):
            out.write(bytes(piece.planes[number if apart else 0])[: piece.samples * 2])
            written += piece.samples
        out.seek(0)
        out.write(wav_header(written))
    return {"seconds": written / SPEECH_RATE}


def _apart(lanes: list[str], channels: int) -> bool:
    return channels == 2 and sorted(lanes) == [AGENT, CONTACT]


def _levels(container: Any, lanes: int) -> tuple[list[list[int]], float, str]:
    """Return the loudest sample of every 20 ms of each lane, the seconds there were, and why they ended too early."""
    resampler = av.AudioResampler(format="s16p", layout="stereo" if lanes == 2 else "mono", rate=RATE)
    levels: list[list[int]] = [[] for _ in range(lanes)]
    rests: list[array[int]] = [array("h") for _ in range(lanes)]
    samples, broke = 0, ""
    try:
        for piece in _resampled(container, resampler):
            samples += piece.samples
            for number, plane in enumerate(piece.planes[:lanes]):
                rest = rests[number]
                rest.frombytes(memoryview(plane)[: piece.samples * 2])
                if len(rest) >= RATE:
                    rests[number] = _measure(rest, levels[number])
            if samples > LONGEST * RATE:
                break
    except av.FFmpegError as error:
        if not samples:
            raise
        broke = f"The sound is damaged after {samples / RATE:.0f} seconds ({type(error).__name__})."
    for number, rest in enumerate(rests):
        left = _measure(rest, levels[number])
        if left:
            levels[number].append(min(32_767, max(max(left), -min(left))))
    return levels, samples / RATE, broke


def _measure(rest: "array[int]", levels: list[int]) -> "array[int]":
    cut = len(rest) - len(rest) % BLOCK
    # Every second sample: how loud speech is shows in half of them, and this is half of all the work.
    parts = (rest[at : at + BLOCK : 2] for at in range(0, cut, BLOCK))
    levels += [min(32_767, max(max(part), -min(part))) for part in parts]
    return rest[cut:]


def _resampled(container: Any, resampler: Any) -> Iterator[Any]:
    for frame in container.decode(container.streams.audio[0]):
        frame.pts = None
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _write_flac(
    source: Path,
    target: Path,
    *,
    swap: bool,
    silence: "list[tuple[float, float]] | tuple[()]",
    span: tuple[float, float] | None = None,
) -> float:
    """Write the sound as FLAC, lossless for what phones record, with one or two channels. Returns its seconds."""
    with (
        source.open("rb") as file,
        _opened(file) as container,
        av.open(str(target), "w", format="flac") as out,
    ):
        codec = container.streams.audio[0].codec_context
        rate, layout = min(codec.sample_rate, HIGHEST_RATE), "stereo" if codec.channels >= 2 else "mono"
        written: Any = out.add_stream("flac", rate=rate, layout=layout)
        resampler = av.AudioResampler(format="s16", layout=layout, rate=rate)
        graph = _graph(rate, layout, swap, silence, span)
        samples = 0
        try:
            for piece in _resampled(container, resampler):
                piece.pts, piece.time_base = samples, Fraction(1, rate)
                samples += piece.samples
                graph.push(piece)
                _drain(graph, written, out)
                if span is not None and samples > (span[1] + 1) * rate:
                    break
        except av.FFmpegError:
            if not samples:
                raise
        graph.push(None)
        _drain(graph, written, out)
        out.mux(written.encode(None))
    return samples / float(rate)


def _drain(graph: Any, written: Any, out: Any) -> None:
    while True:
        try:
            piece = graph.pull()
        except (BlockingIOError, EOFError):  # it wants more, or has no more
            return
        out.mux(written.encode(piece))


def _graph(rate: int, layout: str, swap: bool, silence: Any, span: tuple[float, float] | None) -> Any:
    graph = av.filter.Graph()
    nodes = [graph.add_abuffer(sample_rate=rate, format="s16", layout=layout, time_base=Fraction(1, rate))]
    if swap:
        nodes.append(graph.add("pan", "stereo|c0=c1|c1=c0"))
    if silence:
        # The filter goes on and off between frames only: in steps of 20 ms, the first of them rather too early.
        nodes.append(graph.add("asetnsamples", f"n={round(rate * FRAME)}:p=0"))
        places = "+".join(f"between(t,{start - FRAME:.3f},{end:.3f})" for start, end in silence)
        nodes.append(graph.add("volume", f"volume=0:enable='{places}'"))
    if span is not None:
        nodes.append(graph.add("atrim", f"start={span[0]:.3f}:end={span[1]:.3f}"))
        nodes.append(graph.add("asetpts", "PTS-STARTPTS"))
    nodes += [graph.add("aformat", f"sample_fmts=s16:channel_layouts={layout}"), graph.add("abuffersink")]
    graph.link_nodes(*nodes).configure()
    return graph


def _opened(file: Any) -> Any:
    # A file object, not a path: no demuxer can open a neighbour, and no protocol is allowed.
    container = av.open(file, "r", container_options={"format_whitelist": FORMATS, "protocol_whitelist": ""})
    if not container.streams.audio:
        container.close()
        raise ValueError("there is no sound in it")
    return container


_JOBS = {"look": look, "variant": variant, "silence": silence, "clip": clip, "lane": lane}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
