"""The still that a film shows in LINE before it plays: a triangle on dark ground, which the webhook address serves.

LINE wants a picture with each film (https://developers.line.biz/en/reference/messaging-api/#video-message), and the
hub has none of it at hand.
"""

import struct
import zlib
from functools import cache

QUERY = "still"
"""Name in the query by which our own address serves it."""
_SIZE = 240


@cache
def still() -> bytes:
    """Return the picture as PNG."""
    rows = b"".join(b"\0" + bytes(_shade(x, y) for x in range(_SIZE)) for y in range(_SIZE))
    header = struct.pack(">IIBBBBB", _SIZE, _SIZE, 8, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _shade(x: int, y: int) -> int:
    inside = 90 <= x <= 170 and abs(y - _SIZE // 2) <= (170 - x) * 50 // 80
    return 235 if inside else 40


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
