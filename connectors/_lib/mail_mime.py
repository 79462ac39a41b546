"""Take a mail apart: its header fields, the text and HTML bodies to show, and everything else as attachments.

Which part is a body and which an attachment follows RFC 8621 section 4.1.4 (JMAP), the one written rule for it:
https://www.rfc-editor.org/rfc/rfc8621#section-4.1.4. Structure is read with the standard library's `compat32`
policy, which never raised on our corpora and is five times as fast as `policy.default`; what is inside headers
and bodies is decoded here.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.generator import BytesGenerator
from email.message import Message
from email.parser import BytesParser
from io import BytesIO
from typing import Any

from connectors._lib.mail_charsets import decode_text
from connectors._lib.mail_headers import Headers, rescued
from connectors._lib.mail_parameters import parameters, safe_file_name
from connectors._lib.mail_runs import put_back, set_aside


class _Message(Message):
    """A mail whose boundary may be folded over two lines, which the standard library takes literally."""

    def get_boundary(self, failobj: Any = None) -> Any:
        """Return the boundary on one line."""
        boundary = super().get_boundary(failobj)
        return re.sub(r"\r?\n(?=[ \t])", "", boundary) if boundary and "\n" in boundary else boundary


_PARSER = BytesParser(_Message)
_MAX_PARTS = 500
"""Leaf parts that are read; beyond it a mail is an attack, and its raw event keeps the rest."""
_MAX_DEPTH = 30
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]+)\r?$", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)
_INLINE_FAMILIES = frozenset({"image", "audio", "video"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of a mail, decoded from its transfer encoding."""

    media_type: str
    """Lower case, as the sender claims."""
    content: bytes = field(repr=False)
    charset: str = ""
    name: str = ""
    """A safe file name, or "" if none was given."""
    content_id: str | None = None
    inline: bool = False
    """The sender did not call it an attachment."""

    @property
    def text(self) -> str:
        """The content as text with plain newlines."""
        return decode_text(self.content, self.charset).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(slots=True, kw_only=True)
class Mail:
    """A mail taken apart."""

    headers: Headers
    media_type: str
    text_body: list[Part] = field(default_factory=list)
    html_body: list[Part] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    reports: list[Part] = field(default_factory=list)
    """`message/delivery-status` and `text/rfc822-headers` parts, wherever they stand."""
    message: Message = field(repr=False)
    """The parsed structure, for readers of bounces."""

    @property
    def text(self) -> str:
        """The plain-text body; "" if the mail has HTML only."""
        parts = [part.text for part in self.text_body if part.media_type == "text/plain"]
        return parts[0] if len(parts) == 1 else "\n".join(parts)

    @property
    def html(self) -> str:
        """The HTML body as sent, unsafe; "" if the mail has none."""
        return "\n".join(part.text for part in self.html_body if part.media_type == "text/html")


def read_mail(data: bytes) -> Mail:
    """Take a mail apart. Never raises, whatever the bytes."""
    short, runs = set_aside(data)
    message = _PARSER.parsebytes(short)
    put_back(message, runs)
    mail = Mail(headers=Headers.of(message.raw_items()), media_type=message.get_content_type(), message=message)
    _Walk(mail).structure([message], "mixed", in_alternative=False, html=mail.html_body, text=mail.text_body, depth=0)
    return mail


class _Walk:
    """RFC 8621 section 4.1.4's `parseStructure`."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.left = _MAX_PARTS

    def structure(
        self,
        parts: list[Message],
        multipart: str,
        *,
        in_alternative: bool,
        html: list[Part] | None,
        text: list[Part] | None,
        depth: int,
    ) -> None:
        had_text = len(text) if text is not None else -1
        had_html = len(html) if html is not None else -1
        for index, message in enumerate(parts):
            kind = message.get_content_type()
            if kind.startswith("multipart/") and message.is_multipart() and depth < _MAX_DEPTH:
                sub = kind.partition("/")[2]
                self.structure(
                    _children(message),
                    sub,
                    in_alternative=in_alternative or sub == "alternative",
                    html=html,
                    text=text,
                    depth=depth + 1,
                )
            elif self.left:
                self.left -= 1
                self._leaf(message, index, multipart, in_alternative=in_alternative, html=html, text=text)
        if multipart == "alternative" and text is not None and html is not None:
            if had_text == len(text) and had_html != len(html):
                text.extend(html[had_html:])
            if had_html == len(html) and had_text != len(text):
                html.extend(text[had_text:])

    def _leaf(
        self,
        message: Message,
        index: int,
        multipart: str,
        *,
        in_alternative: bool,
        html: list[Part] | None,
        text: list[Part] | None,
    ) -> None:
        part = read_part(message)
        family = part.media_type.partition("/")[0]
        if part.media_type in ("message/delivery-status", "text/rfc822-headers"):
            self.mail.reports.append(part)
        is_media = family in _INLINE_FAMILIES
        shown = part.inline and (part.media_type in ("text/plain", "text/html") or is_media)
        if not (shown and (index == 0 or (multipart != "related" and (is_media or not part.name)))):
            self.mail.attachments.append(part)
            return
        if part.media_type == "text/plain":
            part, files = _without_uuencoded(part)
            self.mail.attachments.extend(files)
        if multipart == "alternative" and not is_media:
            target = text if part.media_type == "text/plain" else html
            if target is not None:
                target.append(part)
            return
        if text is not None and not (in_alternative and part.media_type == "text/html"):
            text.append(part)
        if html is not None and not (in_alternative and part.media_type == "text/plain"):
            html.append(part)
        if is_media:
            self.mail.attachments.append(part)


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def read_part(message: Message) -> Part:
    """Decode one leaf part: content, type, charset, names. A forwarded mail is a leaf, as its own bytes."""
    headers = Headers.of(message.raw_items())
    kind = message.get_content_type()
    type_parameters = parameters(headers.raw("content-type"))
    disposition = headers.raw("content-disposition")
    name = parameters(disposition).get("filename") or type_parameters.get("name") or ""
    content = _content(message)
    if kind == "text/plain" and content.startswith(b"\xff\xfe"):
        type_parameters["charset"] = "utf-16"
    content_id = rescued(headers.raw("content-id")).strip().strip("<>").strip()
    return Part(
        media_type=kind,
        content=content,
        charset=type_parameters.get("charset", ""),
        name=safe_file_name(name) if name else "",
        content_id=content_id[:250] or None,
        inline=disposition.partition(";")[0].strip().lower() != "attachment",
    )


def _content(message: Message) -> bytes:
    encoding = str(message.get("content-transfer-encoding", "")).partition(";")[0].strip().lower()
    payload = message.get_payload() if encoding in ("base64", "quoted-printable") else message.get_payload(decode=True)
    if payload is None or isinstance(payload, list):  # message/* parts are parsed into children
        data = b"\r\n".join(_source(child) for child in _children(message))
        return _base64(data) if encoding == "base64" else data
    data = payload if isinstance(payload, bytes) else str(payload).encode("utf-8", "surrogateescape")
    if encoding == "base64":
        return _base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    return data


def _source(message: Message) -> bytes:
    """Return the bytes of a nested mail as they stood, as far as the parser kept them."""
    out = BytesIO()
    try:
        BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(message)
    except (UnicodeError, LookupError):
        # The generator cannot write what the parser decoded leniently; its text is better than nothing.
        return str(message.get_payload()).encode("utf-8", "replace")
    return out.getvalue()


def _base64(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return binascii.a2b_base64(clean[: len(clean) - 1 if len(clean) % 4 == 1 else len(clean)] + b"===")


def _without_uuencoded(part: Part) -> tuple[Part, list[Part]]:
    """Split uuencoded files off a plain text (Outlook of the nineties, some scanners still)."""
    if b"\nbegin " not in part.content and not part.content.startswith(b"begin "):
        return part, []
    files = _uudecoded(part.content)
    if not files:
        return part, []
    rest = part.content
    for _, _, source in files:
        rest = rest.replace(source, b"", 1)
    text = Part(
        media_type=part.media_type,
        content=rest,
        charset=part.charset,
        name=part.name,
        content_id=part.content_id,
        inline=part.inline,
    )
    split = [
        Part(media_type="application/octet-stream", content=content, name=name, inline=False)
        for name, content, _ in files
    ]
    return text, split


def _uudecoded(data: bytes) -> list[tuple[str, bytes, bytes]]:
    """Return (name, content, source) of each complete uuencoded file in a text."""
    files: list[tuple[str, bytes, bytes]] = []
    start = 0
    for _ in range(_MAX_PARTS):
        begin = _UU_BEGIN.search(data, start)
        end = _UU_END.search(data, begin.end()) if begin else None
        if begin is None or end is None:
            break
        start = end.end()
        lines = data[begin.end() : end.start()].splitlines()
        try:
            content = b"".join(binascii.a2b_uu(line) for line in lines if line.strip())
        except binascii.Error:
            continue  # no uuencoding after all: it stays in the text
        files.append((safe_file_name(decode_text(begin.group(1))), content, data[begin.start() : end.end()]))
    return files


def nested_mails(message: Message) -> Iterator[Message]:
    """Yield the mails enclosed in a mail as `message/rfc822`, outermost first."""
    for part in message.walk():
        if part is not message and part.get_content_maintype() == "message":
            payload = part.get_payload()
            if part.get_content_type() in ("message/rfc822", "message/global") and isinstance(payload, list):
                yield from (child for child in payload if isinstance(child, Message))
