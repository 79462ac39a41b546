"""What one message consists of: text, a file behind an address, a place, and kinds we cannot show. Pure."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from connectors.xmpp.xml import CLIENT, FALLBACK, JINGLE, OOB, REPLY, Element, attribute, child, names, text_of
from hub.contract import InboundAttachment
from hub.domain.ids import EXTERNAL_ID_LIMIT, ExternalId
from hub.domain.interaction import ContentKind

ENCRYPTED = "The hub cannot read encrypted messages. Ask the customer to switch encryption off for this chat."
"""What is shown in place of an encrypted message."""

_ENCRYPTIONS = {
    "eu.siacs.conversations.axolotl": "OMEMO encrypted message",
    "urn:xmpp:omemo:2": "OMEMO encrypted message",
    "urn:xmpp:omemo:1": "OMEMO encrypted message",
    "jabber:x:encrypted": "OpenPGP encrypted message",
    "urn:xmpp:openpgp:0": "OpenPGP encrypted message",
}
_GEO = re.compile(r"geo:(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)(?:[,;].*)?")
_TEXT_LIMIT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(message: Element) -> Content | None:
    """Say what a message consists of; None if it says nothing to a person."""
    for namespace, what in _ENCRYPTIONS.items():
        if any(space == namespace for space, _ in names(message)):
            return Content(kind=ContentKind.unsupported, text=ENCRYPTED, data={"what": what})
    if child(message, JINGLE, "propose") is not None:
        return Content(kind=ContentKind.unsupported, data={"what": "call"})
    invited = attribute(child(message, "jabber:x:conference", "x"), "jid")
    if invited:
        return Content(kind=ContentKind.unsupported, text=invited[:500], data={"what": "invitation to a room"})
    body = _body(message)
    address = text_of(child(child(message, OOB, "x"), OOB, "url")).strip()
    if address:
        return _file(address, body)
    if not body.strip():
        return None
    place = _GEO.fullmatch(body.strip())
    if place is not None and abs(float(place[1])) <= 90 and abs(float(place[2])) <= 180:
        data = {"latitude": float(place[1]), "longitude": float(place[2])}
        return Content(kind=ContentKind.location, data=data)
    return Content(text=body)


def reply_of(message: Element) -> tuple[str, str]:
    """Return the id of what a message answers and whose that is: https://xmpp.org/extensions/xep-0461.html."""
    reply = child(message, REPLY, "reply")
    return attribute(reply, "id"), attribute(reply, "to")


def _body(message: Element) -> str:
    """Return the text without the quotation that stands in for a reply (XEP-0428: counted in code points)."""
    body = text_of(child(message, CLIENT, "body"))[:_TEXT_LIMIT]
    for fallback in message.findall(f"{{{FALLBACK}}}fallback"):
        span = child(fallback, FALLBACK, "body")
        start, end = attribute(span, "start") or "0", attribute(span, "end") or str(len(body))
        if attribute(fallback, "for") == REPLY and span is not None and start.isdecimal() and end.isdecimal():
            return (body[: int(start[:9])] + body[int(end[:9]) :]).lstrip("\n")
    return body


def _file(address: str, body: str) -> Content:
    """A file behind an address: https://xmpp.org/extensions/xep-0066.html#x-oob."""
    words = "" if body.strip() == address else body
    try:
        url = urlsplit(address)
    except ValueError:
        return Content(text=body or address[:2000])
    if url.scheme == "aesgcm":
        return Content(kind=ContentKind.unsupported, text=ENCRYPTED, data={"what": "encrypted file"})
    if url.scheme not in ("http", "https") or not url.netloc or len(address) > EXTERNAL_ID_LIMIT:
        return Content(text=body or address[:2000])
    name = _safe_name(unquote(url.path)) or "file"
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = InboundAttachment(name=name, media_type=media_type, source=ExternalId(address))
    return Content(text=words, attachments=(file,))


def _safe_name(path: str) -> str:
    """Return a file name without path, control characters and direction marks, at most 150 characters."""
    base = re.split(r"[\\/]", path)[-1]
    return "".join(c for c in base if c.isprintable()).strip(". ")[-150:]
