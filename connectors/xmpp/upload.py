"""Puts our files where customers can fetch them (XEP-0363): the server names a place, we fill it.

https://xmpp.org/extensions/xep-0363.html
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from connectors._lib.http import in_words
from connectors.xmpp import xml
from connectors.xmpp.errors import reason_of
from connectors.xmpp.outcomes import Gone, NotUp, Refused, send_error
from connectors.xmpp.xml import attribute, child, make, text_of
from hub.contract import OutboundAttachment, Rejected, RetryLater

if TYPE_CHECKING:
    from connectors.xmpp.stream import Stream

_ITEMS = "http://jabber.org/protocol/disco#items"
_INFO = "http://jabber.org/protocol/disco#info"
_MOST_ITEMS = 30
_ALLOWED = frozenset({"authorization", "cookie", "expires"})
"""https://xmpp.org/extensions/xep-0363.html#request: other headers a server names are not sent."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where to put a file, and where others fetch it."""

    put: str
    get: str
    headers: dict[str, str]


async def find_service(stream: "Stream", domain: str) -> str:
    """Return the address of the server's upload service; "" if it has none. Raises Gone."""
    try:
        items = await stream.ask(make(_ITEMS, "query"), to=domain)
    except Refused:
        return ""
    query = child(items, _ITEMS, "query")
    found = [domain, *(attribute(item, "jid") for item in (query if query is not None else ()))]
    for jid in found[:_MOST_ITEMS]:
        try:
            info = await stream.ask(make(_INFO, "query"), to=jid)
        except Refused:
            continue
        features = info.findall(f"{{{_INFO}}}query/{{{_INFO}}}feature")
        if any(attribute(feature, "var") == xml.UPLOAD for feature in features):
            return jid
    return ""


async def put_file(
    stream: "Stream", http: aiohttp.ClientSession, service: str, file: OutboundAttachment, *, in_the_open: bool
) -> str:
    """Upload a file and return its address. Raises Rejected, RetryLater: nobody sees a file no message names."""
    try:
        slot = await _slot(stream, service, file, in_the_open=in_the_open)
    except Gone:
        raise send_error(NotUp()) from None
    except Refused as error:
        code, words, _ = reason_of(error.stanza)
        if code == "not-acceptable":
            words = f"“{file.name}” is larger than the server allows."
        raise Rejected(f"{words} Nothing was sent.", code=code) from None
    headers = {**slot.headers, "Content-Type": file.media_type, "Content-Length": str(file.size)}
    try:
        async with http.put(slot.put, data=file.open(), headers=headers, allow_redirects=False) as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise RetryLater(f"“{file.name}” could not be uploaded: {in_words(error)}.") from None
    if status not in (200, 201, 204):
        if status >= 500:
            raise RetryLater(f"“{file.name}” could not be uploaded: the server is in trouble (HTTP {status}).")
        raise Rejected(f"The server does not take “{file.name}” (HTTP {status}). Nothing was sent.", code=str(status))
    return slot.get


async def _slot(stream: "Stream", service: str, file: OutboundAttachment, *, in_the_open: bool) -> Slot:
    asked = {"filename": file.name, "size": str(file.size), "content-type": file.media_type}
    answer = await stream.ask(make(xml.UPLOAD, "request", **asked), to=service)
    slot = child(answer, xml.UPLOAD, "slot")
    put, get = child(slot, xml.UPLOAD, "put"), child(slot, xml.UPLOAD, "get")
    place, link = attribute(put, "url"), attribute(get, "url")
    schemes = {"https", "http"} if in_the_open else {"https"}
    if urlsplit(place).scheme not in schemes or urlsplit(link).scheme not in schemes:
        raise Rejected("The server names no safe place for files (https). Nothing was sent.")
    named = put.findall(f"{{{xml.UPLOAD}}}header") if put is not None else []
    headers = {attribute(one, "name"): re.sub(r"[\r\n]", "", text_of(one)) for one in named}
    return Slot(place, link, {name: value for name, value in headers.items() if name.lower() in _ALLOWED})
