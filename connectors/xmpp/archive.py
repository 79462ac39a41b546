"""Reads our archive on the server (XEP-0313): what was said while we were away. Questions and answers are pure.

https://xmpp.org/extensions/xep-0313.html
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from connectors.xmpp import xml
from connectors.xmpp.errors import reason_of
from connectors.xmpp.outcomes import Refused
from connectors.xmpp.xml import Element, add, attribute, child, make, text_of

if TYPE_CHECKING:
    from connectors.xmpp.stream import Stream

_PAGE = 100
_OVERLAP = timedelta(days=1)
_DATA = "jabber:x:data"
_NO_ARCHIVE = frozenset({"feature-not-implemented", "service-unavailable"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the archive's id of its last message, and whether there are more."""

    messages: list[Element]
    last: str
    complete: bool


async def newest(stream: "Stream") -> str | None:
    """Return the id of the archive's last message, "" if it is empty; None if the server keeps none."""
    try:
        page = await _page(stream, before="", most=1)
    except Refused:
        return None
    return page.last


async def since(stream: "Stream", last: str, at: datetime | None) -> AsyncIterator[tuple[Element, str]]:
    """Yield what came after a message, each with its id; by time with a day more if the archive forgot that id.

    A server that has no archive any more gives nothing. Raises Refused for what may pass, Gone.
    """
    # the archive's beginning has no message to come after
    after: str | None = last or None
    start: datetime | None = None
    while True:
        try:
            page = await _page(stream, after=after, start=start)
        except Refused as error:
            code, _, _ = reason_of(error.stanza)
            if code in _NO_ARCHIVE:
                return
            if code != "item-not-found" or after is None or at is None:
                raise
            after, start = None, at - _OVERLAP
            continue
        for message in page.messages:
            yield message, attribute(child(message, xml.MAM, "result"), "id")
        if page.complete or not page.last:
            return
        after = page.last


async def _page(
    stream: "Stream",
    *,
    after: str | None = None,
    before: str | None = None,
    start: datetime | None = None,
    most: int = _PAGE,
) -> Page:
    named = uuid4().hex
    query = question(named, after=after, before=before, start=start, most=most)
    messages, answer = await stream.page(query, named)
    fin = child(answer, xml.MAM, "fin")
    if fin is None:
        return Page(messages, "", complete=True)
    last = text_of(child(child(fin, xml.RSM, "set"), xml.RSM, "last"))
    return Page(messages, last, complete=attribute(fin, "complete") == "true")


def question(named: str, *, after: str | None, before: str | None, start: datetime | None, most: int) -> Element:
    """Return the query for one page."""
    query = make(xml.MAM, "query", queryid=named)
    if start is not None:
        form = add(query, _DATA, "x", type="submit")
        stamp = start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for key, value, kind in (("FORM_TYPE", xml.MAM, "hidden"), ("start", stamp, "text-single")):
            add(add(form, _DATA, "field", var=key, type=kind), _DATA, "value", value)
    page = add(query, xml.RSM, "set")
    add(page, xml.RSM, "max", str(most))
    if after is not None:
        add(page, xml.RSM, "after", after)
    if before is not None:
        add(page, xml.RSM, "before", before)
    return query
