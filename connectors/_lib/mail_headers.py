"""Read a mail's header fields as found in the wild: encoded words, addresses, ids and dates. Never raises.

The standard library's own readers are not used for identity: `email.utils.parseaddr` returns the wrong address
for `alice@example.org]<bob@evil.example>` (CVE-2023-27043), and `policy.default` raises on real headers.
"""

import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

from connectors._lib.mail_charsets import decode_text
from hub.domain.ids import ExternalId, bounded

_WORD = re.compile(r"=\?([^?*\s]{1,60})(?:\*[^?]{0,30})?\?([bBqQ])\?([^?]{0,4000}|[^\r\n]{0,200}?)\?=")
"""An encoded word (RFC 2047); senders do leave question marks inside."""
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]+\?[bBqQ]\?)")
_FOLD = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,128}@[^\s@<>()\\,;:\"\x00-\x1f\x7f]{1,255}")
_QUOTED_LOCAL = re.compile(r"\"(?:[^\"\\\r\n]|\\.){1,128}\"@[^\s@<>()\\,;:\"\x00-\x1f\x7f]{1,255}")
_COMMENT = re.compile(r"\(([^()]*)\)")
_MAX_COMMENTS = 20
_ID = re.compile(r"<([^<>]+)>")
_SHORT = 200
"""Characters of an address field that is worth remembering."""
_LIMIT = 64 * 1024
"""Characters of one header field that are read; longer ones exist only in attacks."""


class MailAddress(NamedTuple):
    """One mailbox of an address header: the address as written, and its decoded display name."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields of one mail or part, raw, by lower-case name."""

    fields: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, items: Iterable[tuple[str, object]]) -> "Headers":
        """Build from (name, raw value) pairs in the order they appear."""
        fields: dict[str, list[str]] = {}
        for name, value in items:
            fields.setdefault(name.lower(), []).append(str(value)[:_LIMIT])
        return cls(fields)

    def raw(self, name: str) -> str:
        """Return the first field of this name as it stands, or ""."""
        values = self.fields.get(name)
        return values[0] if values else ""

    def all(self, name: str) -> Sequence[str]:
        """Return all fields of this name, topmost first."""
        return self.fields.get(name, ())

    def text(self, name: str) -> str:
        """Return the first field of this name decoded, on one line."""
        values = self.fields.get(name)
        return header_text(values[0]) if values else ""

    def token(self, name: str) -> str:
        """Return the first word of the field in lower case: `auto-replied; x=y` gives `auto-replied`."""
        return self.raw(name).partition(";")[0].strip().lower()

    def __contains__(self, name: str) -> bool:
        return name in self.fields


def header_text(raw: str) -> str:
    """Decode a header value: unfold it, decode its words (RFC 2047) and raw 8-bit text, drop controls."""
    if "=?" in raw:
        raw = _decode_words(raw)
    elif not raw.isascii():
        raw = rescued(raw)
    return _CONTROL.sub("", _SPACES.sub(" ", raw)).strip() if not raw.isprintable() or "  " in raw else raw.strip()


def rescued(raw: str) -> str:
    """Return raw header text with its 8-bit bytes (kept as surrogates by the parser) decoded."""
    if raw.isascii():
        return raw
    return decode_text(raw.encode("utf-8", "surrogateescape"))


def _decode_words(raw: str) -> str:
    raw = _BETWEEN_WORDS.sub(r"\1", _FOLD.sub("", raw))
    out: list[str] = []
    pending = b""
    pending_charset = ""
    end = 0
    for match in _WORD.finditer(raw):
        charset, encoding, payload = match.group(1), match.group(2), match.group(3)
        data = _word_bytes(payload, encoding)
        if match.start() > end or charset.lower() != pending_charset:
            out.append(decode_text(pending, pending_charset))
            out.append(rescued(raw[end : match.start()]))
            pending = b""
        # Senders cut words in the middle of a character: neighbours of one charset are decoded together.
        pending += data
        pending_charset = charset.lower()
        end = match.end()
    out.append(decode_text(pending, pending_charset))
    out.append(rescued(raw[end:]))
    return "".join(out)


def _word_bytes(payload: str, encoding: str) -> bytes:
    data = payload.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b"_", b" "))
    data = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    try:
        return binascii.a2b_base64(data[: len(data) - 1 if len(data) % 4 == 1 else len(data)] + b"===")
    except binascii.Error:
        return payload.encode("utf-8", "surrogateescape")


def safe_name(name: str) -> str:
    """Return a display name fit to show: one line, no controls, no text-direction tricks, at most 200 characters."""
    return _BIDI.sub("", header_text(name)).strip().strip("\"'").strip()[:200]


def addresses(values: Iterable[str]) -> tuple[MailAddress, ...]:
    """Return the mailboxes of address header fields in order; group names are dropped, their members kept.

    What stands in angle brackets is the address, whatever else looks like one. Entries without a usable
    address are left out.
    """
    return tuple(
        entry for value in values for entry in (_remembered(value) if len(value) <= _SHORT else _mailboxes(value))
    )


def _mailboxes(value: str) -> tuple[MailAddress, ...]:
    if value.isascii() and "," not in value and '"' not in value and "(" not in value and ":" not in value:
        found = [_mailbox(value)]
    else:
        found = [_mailbox(part) for part in _split_list(value)]
    return tuple(entry for entry in found if entry.address)


# A mail's address fields are asked for some fifteen times, and most mails of a mailbox name it.
_remembered = lru_cache(maxsize=1024)(_mailboxes)


def first_address(values: Iterable[str]) -> MailAddress | None:
    """Return the first usable mailbox of address header fields."""
    return next(iter(addresses(values)), None)


def _split_list(value: str) -> list[str]:
    """Cut an address list at its commas and group marks, outside of quotes, comments and angle brackets."""
    parts: list[str] = []
    current: list[str] = []
    quoted = escaped = angle = False
    depth = 0
    for char in value:
        if escaped:
            escaped = False
        elif char == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = char != '"'
        elif char == '"' and not depth:
            quoted = True
        elif char == "(" and not angle:
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif not depth and char == "<":
            angle = True
        elif not depth and char == ">":
            angle = False
        elif not depth and not angle and char in ",;":
            parts.append("".join(current))
            current = []
            continue
        elif not depth and not angle and char == ":":
            current = []  # what stood before was the group's name
            continue
        current.append(char)
    parts.append("".join(current))
    return parts


def _mailbox(text: str) -> MailAddress:
    if "<" in text:
        before, _, rest = text.rpartition("<")
        inside = rest.partition(">")[0]
        address = clean_address(inside)
        return MailAddress(address, safe_name(_unquoted(before)))
    bare, comment = _without_comments(text)
    match = _QUOTED_LOCAL.search(bare) or _ADDRESS.search(bare)
    if match is None:
        return MailAddress("", safe_name(_unquoted(bare)))
    rest = (bare[: match.start()] + bare[match.end() :]).strip()
    return MailAddress(clean_address(match.group()), safe_name(_unquoted(rest or comment)))


def clean_address(text: str) -> str:
    """Return an address without source route and stray spaces, or "" if it is none."""
    text = rescued(_SPACES.sub("", text))
    if text.startswith("@") and ":" in text:
        text = text.partition(":")[2]  # an obsolete source route: <@relay,@relay:user@host>
    text = text.removeprefix("mailto:").strip(".")
    if len(text) > 320 or not (_ADDRESS.fullmatch(text) or _QUOTED_LOCAL.fullmatch(text)):
        return ""
    return text


def _unquoted(text: str) -> str:
    text = text.strip()
    if '"' not in text and "\\" not in text:
        return text
    return re.sub(r"\\(.)", r"\1", text.replace('\\"', "\x01").replace('"', "")).replace("\x01", '"')


def _without_comments(text: str) -> tuple[str, str]:
    if "(" not in text:
        return text, ""
    comments: list[str] = []
    for _ in range(_MAX_COMMENTS):
        match = _COMMENT.search(text)
        if match is None:
            break
        comments.append(match.group(1))
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text, comments[0] if comments else ""


def message_id(raw: str) -> ExternalId | None:
    """Return a Message-ID without its angle brackets, or None if there is none worth the name.

    Spaces that a broken relay folded into it are dropped. Overlong ids are shortened (`bounded`).
    """
    match = _ID.search(raw)
    value = rescued(_SPACES.sub("", match.group(1) if match else raw.strip("<> \t\r\n")))
    value = _CONTROL.sub("", value)
    if not value or value in ("@", '""') or "<" in value or ">" in value:
        return None
    return bounded(value)


def message_ids(raw: str) -> tuple[ExternalId, ...]:
    """Return every id in a References or In-Reply-To field, in order, each once; other words are ignored."""
    found = [message_id(f"<{value}>") for value in _ID.findall(raw)]
    if not found and "@" in raw and "<" not in raw:
        found = [message_id(word) for word in raw.split() if "@" in word]
    return tuple(dict.fromkeys(value for value in found if value))


def mail_date(raw: str) -> datetime | None:
    """Return the moment a date header names, UTC, or None if it names none. No zone given counts as UTC."""
    if not raw:
        return None
    try:
        moment = parsedate_to_datetime(raw[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
