"""IMAP's modified UTF-7, in which mailbox names travel (RFC 3501 section 5.1.3), and the quoting of arguments."""

import re
from base64 import b64decode, b64encode
from binascii import Error

_RUN = re.compile(r"[^\x20-\x7e]+|&")
_SHIFTED = re.compile(r"&([^-]*)-")


def encode_name(name: str) -> str:
    """Return a mailbox name as it goes over the wire, unquoted."""

    def shifted(match: re.Match[str]) -> str:
        if match.group() == "&":
            return "&-"
        coded = b64encode(match.group().encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
        return f"&{coded.decode('ascii')}-"

    return _RUN.sub(shifted, name)


def decode_name(wire: str) -> str:
    """Return a mailbox name as people read it. A name that is no modified UTF-7 (UTF-8 servers) stays as it is."""

    def plain(match: re.Match[str]) -> str:
        coded = match.group(1)
        if not coded:
            return "&"
        try:
            return b64decode(coded.replace(",", "/") + "=" * (-len(coded) % 4), validate=True).decode("utf-16-be")
        except (Error, UnicodeDecodeError):
            return match.group()

    return _SHIFTED.sub(plain, wire)


def quoted(argument: str) -> str:
    """Return an argument as an IMAP quoted string. Raises ValueError for what no quoted string can hold."""
    if re.search(r"[\x00\r\n]", argument):
        raise ValueError("NUL and line breaks cannot be part of an IMAP argument")
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'
