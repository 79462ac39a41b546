"""Two lanes become one recording, whatever their lengths, and however their parts come."""

import struct
import wave
from array import array
from collections.abc import AsyncIterator, Sequence
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.asterisk.stereo import Lane, joined
from hub.contract import FetchFailed

SOUND = st.lists(st.integers(-32768, 32767), max_size=200)


def wav(samples: Sequence[int], *, extra: bytes = b"", kind: int = 1, bits: int = 16) -> bytes:
    """A one-channel WAV file, with another chunk before the sound if wanted."""
    data = array("h", samples).tobytes()
    form = struct.pack("<HHIIHH", kind, 1, 8000, 16000, 2, bits)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form
    chunks += b"LIST" + struct.pack("<I", len(extra)) + extra + b"\0" * (len(extra) % 2) if extra else b""
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


def lane(content: bytes, size: int = 7) -> Lane:
    async def parts() -> AsyncIterator[bytes]:
        for at in range(0, len(content), size):
            yield content[at : at + size]

    return Lane(parts())


async def heard(left: Lane, right: Lane) -> bytes:
    return b"".join([part async for part in joined(left, right)])


@given(left=SOUND, right=SOUND, size=st.integers(1, 90), extra=st.binary(max_size=9))
async def test_left_and_right_keep_every_sample(left: list[int], right: list[int], size: int, extra: bytes) -> None:
    sound = await heard(lane(wav(left, extra=extra), size), lane(wav(right), size))
    with wave.open(BytesIO(sound)) as file:
        both = array("h", file.readframes(file.getnframes()))
        assert (file.getnchannels(), file.getframerate()) == (2, 8000)
    longest = max(len(left), len(right))
    assert list(both[0::2]) == left + [0] * (longest - len(left))
    assert list(both[1::2]) == right + [0] * (longest - len(right))


async def test_a_missing_lane_is_silence() -> None:
    with wave.open(BytesIO(await heard(Lane(None), lane(wav([5, 6]))))) as file:
        assert array("h", file.readframes(2)).tolist() == [0, 5, 0, 6]


async def test_a_lane_that_broke_off_is_filled_with_silence() -> None:
    with wave.open(BytesIO(await heard(lane(wav([1, 2, 3])[:-2]), lane(wav([4, 5, 6]))))) as file:
        assert array("h", file.readframes(3)).tolist() == [1, 4, 2, 5, 0, 6]


@pytest.mark.parametrize(
    "content", [b"", b"no sound at all, only words", wav([1], kind=7), wav([1], bits=8), wav([1])[:30], b"RIFF" * 2000]
)
async def test_what_is_no_recording_is_said_so(content: bytes) -> None:
    with pytest.raises(FetchFailed):
        await heard(lane(content), Lane(None))


async def test_no_lane_at_all_is_no_recording() -> None:
    with pytest.raises(FetchFailed, match="no recording"):
        await heard(Lane(None), Lane(None))
