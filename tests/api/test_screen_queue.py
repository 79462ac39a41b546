"""A screen that cannot keep up costs nobody else anything: what waits is bounded, and it reloads."""

import asyncio
from dataclasses import dataclass, field

import orjson
from aiohttp import WSCloseCode, WSMsgType

from hub.api.caller import Caller
from hub.api.live.screen import MAX_BYTES, MAX_FRAMES, Screen


@dataclass
class SlowLine:
    """The sending side of a socket whose network stands still until it is let go."""

    sent: list[bytes] = field(default_factory=list)
    go: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False

    async def send_frame(self, frame: bytes, kind: WSMsgType, /) -> None:
        assert kind is WSMsgType.TEXT
        await self.go.wait()
        self.sent.append(frame)
        self.closed = frame == b"last"

    async def close(self, *, code: int, message: bytes) -> bool:
        self.sent.append(b"%d %s" % (code, message))
        self.closed = True
        return True


async def sent_after(screen: Screen, line: SlowLine) -> list[bytes]:
    line.go.set()
    screen.push(b"last")
    await screen.write()
    return line.sent[:-1]


async def test_what_is_pushed_is_sent_in_order() -> None:
    line = SlowLine()
    screen = Screen(line, Caller(), 0)
    assert all(screen.push(b"%d" % n, seq=n) for n in (1, 2, 3))
    assert await sent_after(screen, line) == [b"1", b"2", b"3"]


async def test_what_the_screen_was_told_already_is_not_said_again() -> None:
    line = SlowLine()
    screen = Screen(line, Caller(), 5)
    assert [screen.push(b"x", seq=5), screen.push(b"six", seq=6), screen.push(b"y", seq=3)] == [True] * 3
    assert await sent_after(screen, line) == [b"six"]


async def test_too_many_frames_become_one_resync_at_the_newest_place() -> None:
    line = SlowLine()
    screen = Screen(line, Caller(), 0)
    kept = [screen.push(b"x", seq=n) for n in range(1, MAX_FRAMES + 2)]
    assert kept == [True] * MAX_FRAMES + [False]
    screen.push(b"next", seq=MAX_FRAMES + 2)
    (resync, after) = await sent_after(screen, line)
    assert orjson.loads(resync) == {"type": "resync", "seq": MAX_FRAMES + 1}
    assert after == b"next"


async def test_too_many_bytes_become_a_resync() -> None:
    line = SlowLine()
    screen = Screen(line, Caller(), 0)
    large = b"x" * (MAX_BYTES // 2 + 1)
    assert [screen.push(large, seq=1), screen.push(large, seq=2)] == [True, False]
    (resync,) = await sent_after(screen, line)
    assert orjson.loads(resync) == {"type": "resync", "seq": 2}


async def test_an_end_is_said_even_if_frames_wait() -> None:
    line = SlowLine()
    screen = Screen(line, Caller(), 0)
    screen.push(b"waits")
    screen.end(WSCloseCode.GOING_AWAY, "the hub restarts")
    screen.end(WSCloseCode.POLICY_VIOLATION, "too late")
    await screen.write()
    assert line.sent == [b"1001 the hub restarts"]
