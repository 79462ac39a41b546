"""Who spoke when, from the loudness of two lanes: talk ratio, silence, interruptions, longest monologue. Pure.

A lane is the loudest sample of each 20 ms, 0 to 32,767, agent and customer apart. Nothing here knows words; it is
what a stereo recording alone can tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FRAME = 0.02
"""Seconds of one level."""
QUIETEST = 180
"""A level below this is never speech: about -45 dB of full scale."""
ABOVE_NOISE = 3.0
"""Speech is this much louder than the lane's own background."""
BRIDGE = 30
"""Frames (0.6 s): a shorter pause does not end a turn; people breathe."""
SHORTEST = 5
"""Frames (0.1 s): what is shorter is a click."""
SILENCE = 2.0
"""Seconds in which nobody speaks that make a silence worth showing and skipping."""
OVERLAP = 0.5
"""Seconds two people speak at once that make an interruption; shorter ones are "mhm"."""
MONOLOGUE_BREAK = 1.5
"""Seconds the other side has to speak to end a monologue."""

Turn = tuple[float, float]
"""Seconds from, up to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What two lanes tell of a call. Seconds, one decimal."""

    duration: float
    agent: float
    """The agent speaks, alone or not."""
    contact: float
    both: float
    """Both at once."""
    silent: float
    """Nobody, in silences of 2 s and more."""
    agent_share: float | None
    """Percent of all speaking that is the agent's; None if nobody speaks."""
    agent_interrupts: int
    """The agent begins while the customer speaks, goes on for half a second or more, and takes the turn."""
    contact_interrupts: int
    agent_monologue: float
    """The longest time the agent spoke without the customer saying more than a word or two."""
    contact_monologue: float
    longest_silence: float
    agent_turns: tuple[Turn, ...] = ()
    contact_turns: tuple[Turn, ...] = ()
    silences: tuple[Turn, ...] = ()


def talk(agent: Sequence[int], contact: Sequence[int]) -> Talk:
    """Return what the two lanes tell. They may differ in length by a frame or two."""
    duration = max(len(agent), len(contact)) * FRAME
    ours, theirs = turns(agent), turns(contact)
    both = _overlap(ours, theirs)
    silences = _silences(ours, theirs, duration)
    spoken_by_us, spoken_by_them = _total(ours), _total(theirs)
    spoken = spoken_by_us + spoken_by_them
    return Talk(
        duration=round(duration, 1),
        agent=round(spoken_by_us, 1),
        contact=round(spoken_by_them, 1),
        both=round(_total(both), 1),
        silent=round(_total(silences), 1),
        agent_share=round(100 * spoken_by_us / spoken, 1) if spoken else None,
        agent_interrupts=interruptions(ours, theirs),
        contact_interrupts=interruptions(theirs, ours),
        agent_monologue=round(monologue(ours, theirs), 1),
        contact_monologue=round(monologue(theirs, ours), 1),
        longest_silence=round(max((end - start for start, end in silences), default=0.0), 1),
        agent_turns=_rounded(ours),
        contact_turns=_rounded(theirs),
        silences=_rounded(silences),
    )


def turns(levels: Sequence[int]) -> list[Turn]:
    """Return when a lane speaks: louder than its own background, short pauses bridged, clicks left out."""
    threshold = _threshold(levels)
    runs: list[list[int]] = []
    for frame, level in enumerate(levels):
        if level < threshold:
            continue
        if runs and frame - runs[-1][1] <= BRIDGE:
            runs[-1][1] = frame + 1
        else:
            runs.append([frame, frame + 1])
    return [(start * FRAME, end * FRAME) for start, end in runs if end - start >= SHORTEST]


def _threshold(levels: Sequence[int]) -> float:
    """Return the level from which on it is speech: the lane's quiet fifth is its background noise.

    The background counts at most to an eighth of the loud: a lane that speaks all the time has no quiet fifth.
    """
    if not levels:
        return QUIETEST
    ordered = sorted(levels[:: max(1, len(levels) // 20_000)])
    background, loud = ordered[len(ordered) // 5], ordered[len(ordered) * 19 // 20]
    return max(QUIETEST, min(background * ABOVE_NOISE, loud / 8))


def interruptions(who: Sequence[Turn], whom: Sequence[Turn]) -> int:
    """Count the turns of `who` that begin inside a turn of `whom`, overlap it by 0.5 s or more, and outlast it."""
    count, place = 0, 0
    for start, end in who:
        while place < len(whom) and whom[place][1] <= start:
            place += 1
        if place == len(whom):
            break
        began, ended = whom[place]
        count += began < start and end > ended and ended - start >= OVERLAP
    return count


def monologue(who: Sequence[Turn], other: Sequence[Turn]) -> float:
    """Return the longest stretch of `who` from its first to its last turn between two real turns of `other`."""
    breaks = [turn for turn in other if turn[1] - turn[0] >= MONOLOGUE_BREAK]
    longest, began, last, place = 0.0, None, 0.0, 0
    for start, end in who:
        broken = False
        while place < len(breaks) and breaks[place][0] < start:
            broken = broken or breaks[place][1] > last
            place += 1
        if began is None or broken:
            began = start
        last = end
        longest = max(longest, last - began)
    return longest


def _overlap(first: Sequence[Turn], second: Sequence[Turn]) -> list[Turn]:
    found: list[Turn] = []
    a = b = 0
    while a < len(first) and b < len(second):
        start, end = max(first[a][0], second[b][0]), min(first[a][1], second[b][1])
        if start < end:
            found.append((start, end))
        if first[a][1] < second[b][1]:
            a += 1
        else:
            b += 1
    return found


def _silences(first: Sequence[Turn], second: Sequence[Turn], duration: float) -> list[Turn]:
    found: list[Turn] = []
    last = 0.0
    for start, end in [*sorted([*first, *second]), (duration, duration)]:
        if start - last >= SILENCE:
            found.append((last, start))
        last = max(last, end)
    return found


def _total(spans: Sequence[Turn]) -> float:
    return sum(end - start for start, end in spans)


def _rounded(spans: Sequence[Turn]) -> tuple[Turn, ...]:
    return tuple((round(start, 2), round(end, 2)) for start, end in spans)


def peaks(levels: Sequence[int], count: int) -> tuple[int, ...]:
    """Return at most `count` levels from 0 to 100 for drawing, the loudest sample of each part; 100 is full scale."""
    parts = min(len(levels), count)
    return tuple(
        round(max(levels[len(levels) * n // parts : len(levels) * (n + 1) // parts]) * 100 / 32_768)
        for n in range(parts)
    )
