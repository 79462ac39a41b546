"""The stanzas of one message: one for the text and one for each file. Pure.

Each asks for a receipt (XEP-0184), may be marked as seen (XEP-0333), says the sender no longer types (XEP-0085), and is
to be kept in the archive (XEP-0334).
"""

from collections.abc import Sequence

from connectors.xmpp import xml
from connectors.xmpp.ids import author_of, message_id, stanza_id_of
from connectors.xmpp.xml import Element, add, make
from hub.contract import OutboundMessage
from hub.domain.ids import ExternalId


def render(message: OutboundMessage, to: str, *, group: bool, links: Sequence[str]) -> list[Element]:
    """Return the stanzas in the order a reader should see them; empty for an empty message. `links` are the files'."""
    bodies = [(message.text, "")] if message.text.strip() else []
    bodies += [(link, link) for link in links]
    return [
        _stanza(
            to,
            message_id(message.delivery_id, part),
            body,
            link,
            group=group,
            answers=message.reply_to if part == 1 else None,
        )
        for part, (body, link) in enumerate(bodies, 1)
    ]


def typing(to: str, *, group: bool) -> Element:
    """Return the sign that we type: https://xmpp.org/extensions/xep-0085.html."""
    message = _blank(to, group=group)
    add(message, xml.CHATSTATES, "composing")
    add(message, xml.HINTS, "no-store")
    return message


def received(to: str, named: str) -> Element:
    """Return the receipt a sender asked for: https://xmpp.org/extensions/xep-0184.html."""
    message = _blank(to, group=False)
    add(message, xml.RECEIPTS, "received", id=named)
    add(message, xml.HINTS, "store")
    return message


def displayed(to: str, named: str, *, group: bool) -> Element:
    """Return the marker that somebody saw a message: https://xmpp.org/extensions/xep-0333.html."""
    message = _blank(to, group=group)
    add(message, xml.MARKERS, "displayed", id=named)
    add(message, xml.HINTS, "store")
    return message


def _stanza(to: str, named: str, body: str, link: str, *, group: bool, answers: ExternalId | None) -> Element:
    message = _blank(to, group=group)
    message.set("id", named)
    # XML has no control characters but these three; a stanza with another would end the stream
    add(message, xml.CLIENT, "body", "".join(c for c in body if c >= " " or c in "\t\n\r"))
    if link:
        add(add(message, xml.OOB, "x"), xml.OOB, "url", link)
    if answers is not None:
        author = author_of(answers)
        add(message, xml.REPLY, "reply", id=stanza_id_of(answers), **({"to": author} if author else {}))
    add(message, xml.SID, "origin-id", id=named)
    add(message, xml.CHATSTATES, "active")
    add(message, xml.MARKERS, "markable")
    add(message, xml.HINTS, "store")
    if not group:
        add(message, xml.RECEIPTS, "request")
    return message


def _blank(to: str, *, group: bool) -> Element:
    return make(xml.CLIENT, "message", to=to, type="groupchat" if group else "chat")
