"""Makes the demo's recordings: two voices of tone bursts, each on a track of its own, in turns as people talk."""

import io
import math
import wave
from array import array
from functools import cache
from random import Random

RATE = 8_000
CALL, VOICEMAIL = "call", "voicemail"
_PITCHES = ((118, 126, 134), (196, 208, 222))
"""Of the agent's and the customer's voice, in Hz."""
_LOUD = 9_000
_GAP = 0.05
_PAUSE = (0.3, 0.5, 0.9)
_SILENCE = 4.0
"""Now and then somebody looks something up."""
_MOST = 600


def named(kind: str, seconds: int) -> str:
    """Return the name of a recording of this length."""
    return f"{kind}-{seconds}.wav"


def sound(name: str) -> bytes | None:
    """Return a recording as WAV by its name, always the same; None if the demo has none of this name."""
    kind, _, length = name.removesuffix(".wav").partition("-")
    if kind not in (CALL, VOICEMAIL) or not length.isdecimal() or not 0 < int(length) <= _MOST:
        return None
    seconds = int(length)
    tracks = _talk(seconds, (0, 1) if kind == CALL else (1,))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(len(tracks))
        file.setsampwidth(2)
        file.setframerate(RATE)
        frames = array("h", bytes(2 * len(tracks) * seconds * RATE))
        for track, samples in enumerate(tracks):
            frames[track :: len(tracks)] = samples
        file.writeframes(frames.tobytes())
    return out.getvalue()


def _talk(seconds: int, voices: tuple[int, ...]) -> "list[array[int]]":
    """Let the voices speak in turns; returns a track for each."""
    chance, end = Random(seconds), seconds * RATE  # noqa: S311 - it plays
    tracks = {voice: array("h", bytes(2 * end)) for voice in voices}
    at, turn = RATE // 2, 0
    while at < end:
        voice = voices[turn % len(voices)]
        for _ in range(chance.randrange(6, 18)):
            burst = _syllable(voice, chance.randrange(3))
            if at + len(burst) > end:
                break
            tracks[voice][at : at + len(burst)] = burst
            at += len(burst) + round(_GAP * RATE)
        turn += 1
        pause = _SILENCE if turn % 7 == 0 else chance.choice(_PAUSE)
        at += round(pause * RATE)
    return list(tracks.values())


@cache
def _syllable(voice: int, tone: int) -> "array[int]":
    pitch, length = _PITCHES[voice][tone], round((0.14 + 0.04 * tone) * RATE)

    def at(sample: int) -> int:
        swell: float = math.sin(math.pi * sample / length) ** 0.7
        wave_ = sum(math.sin(2 * math.pi * pitch * n * sample / RATE) / n for n in (1, 2, 3, 5))
        return round(_LOUD * swell * wave_ / 2)

    return array("h", (at(sample) for sample in range(length)))
