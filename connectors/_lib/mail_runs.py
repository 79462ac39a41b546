"""Set the long base64 of files aside while the structure of a mail is read, and put it back.

The standard library reads line by line, 0.1 s for a file of 5 MB; no line of base64 can be a boundary or a header,
so one line in place of thousands leaves the structure as it is.
"""

import re
from email.message import Message

_RUN = re.compile(rb"^[A-Za-z0-9+/]{60,76}(\r?\n)(?:[A-Za-z0-9+/]{60,76}\1){63,}", re.MULTILINE)
"""At least 64 lines, as senders write them."""
_SHORTEST = 64 * 61
_MARK = "hubRun"


def set_aside(data: bytes) -> tuple[bytes, dict[str, str]]:
    """Return the mail with each long run of base64 as one line, and what stood in the place of each line."""
    if len(data) < _SHORTEST or _MARK.encode() in data:  # whoever writes our mark is read the slow way
        return data, {}
    runs: dict[str, str] = {}

    def line(match: re.Match[bytes]) -> bytes:
        mark = f"{_MARK}{len(runs):07d}"
        runs[mark] = match.group().removesuffix(match.group(1)).decode("ascii")
        return mark.encode() + match.group(1)

    return _RUN.sub(line, data), runs


def put_back(message: Message, runs: dict[str, str]) -> None:
    """Put the runs back into the parts of the parsed mail."""
    if not runs:
        return
    for part in message.walk():
        # Not get_payload: it decodes an 8-bit text, which then can be decoded no more.
        payload = part._payload  # type: ignore[attr-defined]  # what set_payload sets
        if isinstance(payload, str):
            part.set_payload(_whole(payload, runs))
        part.preamble = _whole(part.preamble, runs) if part.preamble else part.preamble
        part.epilogue = _whole(part.epilogue, runs) if part.epilogue else part.epilogue


def _whole(text: str, runs: dict[str, str]) -> str:
    return re.sub(rf"{_MARK}\d{{7}}", lambda match: runs[match.group()], text) if _MARK in text else text
