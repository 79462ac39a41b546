"""Read the parameters of a structured header, among them the file names of attachments, and make such names safe."""

import re

from connectors._lib.mail_charsets import decode_text
from connectors._lib.mail_headers import header_text

_PARAM = re.compile(r";\s*([A-Za-z0-9_-]+)(\*\d+)?(\*)?\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;\s]*)", re.DOTALL)
_UNSAFE_NAME = re.compile('[\x00-\x1f\x7f/\\\\:*?"<>|\u202a-\u202e\u2066-\u2069]')


def parameters(raw: str) -> dict[str, str]:
    """Return a structured header's parameters, decoded: RFC 2231 pieces joined, RFC 2047 words read, too."""
    if ";" not in raw:
        return {}
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAM.finditer(raw):
        name, number, encoded, value = match.group(1).lower(), match.group(2), match.group(3), match.group(4)
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1]) if len(value) > 1 else ""
        if number or encoded:
            pieces.setdefault(name, {})[int(number[1:6]) if number else 0] = (value, bool(encoded))
        else:
            plain.setdefault(name, header_text(value))
    return plain | {name: _joined(found) for name, found in pieces.items()}


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    charset = ""
    data = b""
    for position, number in enumerate(sorted(pieces)):
        value, encoded = pieces[number]
        if encoded and position == 0 and value.count("'") >= 2:
            charset, _, rest = value.partition("'")
            value = rest.partition("'")[2]
        raw = value.encode("utf-8", "surrogateescape")
        data += re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), raw) if encoded else raw
    return header_text(decode_text(data, charset))


def safe_file_name(name: str) -> str:
    """Return a file name without path, control or direction characters, at most 150 characters, its ending kept."""
    name = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = _UNSAFE_NAME.sub("_", name).strip(" .")
    if len(name) > 150:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: 149 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else name[:150]
    return name or "file"
