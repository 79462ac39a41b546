"""Says what a file is by its bytes; the sender's claim counts only where bytes cannot tell and no harm is in it.

A file called an image that is a web page would run as one in an agent's browser: so what looks active is called
active, and what is called active but does not look it becomes plain.
"""

import re

import filetype  # type: ignore[import-untyped]  # ships no types

from hub.services.file_names import extension

HEAD = 8192
"""Bytes from the beginning of a file that decide."""
UNKNOWN = "application/octet-stream"

_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OLD_OFFICE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_ZIP_NAMES = {
    "apk": "application/vnd.android.package-archive",
    "jar": "application/java-archive",
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
    "key": "application/vnd.apple.keynote",
}
_TEXTS = {
    "csv": "text/csv",
    "md": "text/markdown",
    "json": "application/json",
    "xml": "application/xml",
    "log": "text/plain",
    "txt": "text/plain",
}
_TWINS = {
    ("video/webm", "audio/webm"),
    ("video/mp4", "audio/mp4"),
    ("audio/ogg", "video/ogg"),
    ("audio/ogg", "audio/opus"),
    ("video/3gpp", "audio/3gpp"),
}
"""Containers whose first bytes do not tell sound from film: (what the bytes say, what a claim may say)."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_MAIL_HEADER = re.compile(rb"(?im)^(received|return-path|message-id|mime-version|from|delivered-to|dkim-signature):")
_ACTIVE_START = re.compile(
    rb"(?is)\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,500}\?>\s*|<!doctype\s+svg[^>]{0,2000}>\s*)*"
    rb"<(!doctype\s+html|html|head|body|script|iframe|svg|style|title|meta|table|div|a\s|img\s|h1|p>|br)"
)


def media_type(head: bytes, *, claimed: str = "", name: str = "") -> str:
    """Return the media type of a file, lower case and without parameters. `head` is its first 8 KiB."""
    claim = claimed.partition(";")[0].strip().lower()
    head = head[:HEAD]
    text = _as_text(head)
    if text is not None:
        return _text_type(text, claim, extension(name))
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(head, extension(name))
    if head.startswith(_OLE):
        return _OLD_OFFICE.get(extension(name), "application/x-ole-storage")
    seen = filetype.guess_mime(head)
    if seen is not None:
        return claim if (seen, claim) in _TWINS else str(seen)
    return claim if _harmless(claim) else UNKNOWN


def _as_text(head: bytes) -> bytes | None:
    """Return a text's beginning as UTF-8, or None for what is no text."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            return head[: len(head) // 2 * 2].decode(encoding, "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not head or any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head):
        return None
    if filetype.guess_mime(head) is not None:
        return None  # PDF, PostScript, RTF: readable, yet a format of their own
    return head


def _text_type(text: bytes, claim: str, end: str) -> str:
    active = _ACTIVE_START.match(text)
    if active is not None:
        return "image/svg+xml" if active[1].lower() == b"svg" else "text/html"
    start = text.lstrip()[:40].upper()
    if start.startswith(b"BEGIN:VCALENDAR"):
        return "text/calendar"
    if start.startswith(b"BEGIN:VCARD"):
        return "text/vcard"
    if _is_mail(text):
        return "message/rfc822"
    if claim in {"text/html", "application/xhtml+xml"} or end in {"html", "htm", "xhtml"}:
        return "text/html"  # a fragment: nothing here marks it, but browsers would run it
    if claim == "image/svg+xml" or end == "svg":
        return "image/svg+xml"
    if end in _TEXTS:
        return _TEXTS[end]
    return claim if claim in set(_TEXTS.values()) else "text/plain"


def _is_mail(text: bytes) -> bool:
    first = _HEADER.match(text)
    second = _HEADER.match(text, first.end()) if first else None
    return second is not None and len(_MAIL_HEADER.findall(text)) >= 2


def _zip_type(head: bytes, end: str) -> str:
    if head[30:38] == b"mimetype":
        # OpenDocument and EPUB name themselves in a stored first entry (ODF 1.3 part 2, section 3.3).
        named = re.match(rb"[a-z0-9.+/-]{5,100}", head[38:140].split(b"PK")[0])
        if named is not None:
            return named[0].decode()
    if b"[Content_Types].xml" in head or b"_rels/" in head:
        return next((kind for mark, kind in _OFFICE.items() if mark in head), _office_by_name(end))
    return _ZIP_NAMES.get(end, "application/zip")


def _office_by_name(end: str) -> str:
    marks = {"docx": b"word/", "xlsx": b"xl/", "pptx": b"ppt/"}
    return _OFFICE[marks[end]] if end in marks else "application/zip"


def _harmless(claim: str) -> bool:
    """Tell whether a claim about unknown bytes may stand: a format of its own that no browser shows or runs."""
    family, slash, kind = claim.partition("/")
    active = {"xhtml+xml", "javascript", "x-javascript", "ecmascript", "xml", "pdf", "x-shockwave-flash", "wasm"}
    known = family in {"application", "audio", "video", "font", "model"}
    return bool(slash) and known and re.fullmatch(r"[a-z0-9.+_-]{1,100}", kind) is not None and kind not in active
