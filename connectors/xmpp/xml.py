"""Reads one stanza safely, and names the XML namespaces in use. Pure.

XMPP forbids comments, processing instructions, DTDs and entities, so whoever sends one wants to harm: such a stanza is
not read. https://www.rfc-editor.org/rfc/rfc6120#section-11.1
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers import expat

CLIENT = "jabber:client"
CARBONS = "urn:xmpp:carbons:2"
FORWARD = "urn:xmpp:forward:0"
DELAY = "urn:xmpp:delay"
MAM = "urn:xmpp:mam:2"
RSM = "http://jabber.org/protocol/rsm"
SID = "urn:xmpp:sid:0"
RECEIPTS = "urn:xmpp:receipts"
MARKERS = "urn:xmpp:chat-markers:0"
CORRECT = "urn:xmpp:message-correct:0"
RETRACT = "urn:xmpp:message-retract:1"
RETRACT_OLD = "urn:xmpp:message-retract:0"
FASTEN = "urn:xmpp:fasten:0"
MODERATE = "urn:xmpp:message-moderate:1"
REACTIONS = "urn:xmpp:reactions:0"
REPLY = "urn:xmpp:reply:0"
FALLBACK = "urn:xmpp:fallback:0"
OOB = "jabber:x:oob"
CHATSTATES = "http://jabber.org/protocol/chatstates"
HINTS = "urn:xmpp:hints"
MUC = "http://jabber.org/protocol/muc"
MUC_USER = "http://jabber.org/protocol/muc#user"
UPLOAD = "urn:xmpp:http:upload:0"
JINGLE = "urn:xmpp:jingle-message:0"
STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"

STANZA_LIMIT = 512 * 1024
"""Bytes of one stanza; servers allow clients 10 kB (RFC 6120) to 256 kB (Prosody)."""
DEPTH_LIMIT = 64

Element = ET.Element


class Forbidden(ValueError):
    """XML that XMPP does not allow, or too much of it."""


class Guard:
    """Watches a stream's bytes: refuses what XMPP forbids, stanzas too large and nesting too deep.

    It reads the same bytes as whoever makes stanzas of them, before they do.
    """

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._forbidden
        self._parser.EntityDeclHandler = self._forbidden
        self._parser.ProcessingInstructionHandler = self._forbidden
        self._parser.CommentHandler = self._forbidden
        self._depth = 0
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Look at the next bytes. Raises Forbidden."""
        self._size += len(data)
        # many small stanzas in one read are no large one: each end of a stanza starts the count anew
        if self._size > STANZA_LIMIT + len(data):
            raise Forbidden(f"A stanza has more than {STANZA_LIMIT} bytes.")
        try:
            self._parser.Parse(data, False)
        except expat.ExpatError as error:
            raise Forbidden(f"The stream is not well-formed ({error}).") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - expat's signature
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise Forbidden("A stanza is nested too deep.")

    def _end(self, name: str) -> None:  # noqa: ARG002 - expat's signature
        self._depth -= 1
        if self._depth <= 1:
            self._size = 0

    def _forbidden(self, *what: object) -> None:  # noqa: ARG002 - expat's signatures differ
        raise Forbidden("The stream has a DTD, a comment or an instruction, which XMPP forbids.")


def read_stanza(body: bytes) -> Element:
    """Return a stanza's element. Raises Forbidden."""
    if len(body) > STANZA_LIMIT:
        raise Forbidden(f"The stanza has more than {STANZA_LIMIT} bytes.")
    Guard().feed(body)
    try:
        return ET.fromstring(body)  # noqa: S314 - the guard refused DTDs and entities
    except (ET.ParseError, ValueError) as error:
        raise Forbidden(f"The stanza is not well-formed ({error}).") from None


def child(element: Element | None, namespace: str, name: str) -> Element | None:
    """Return the first child of this name."""
    return element.find(f"{{{namespace}}}{name}") if element is not None else None


def text_of(element: Element | None) -> str:
    """Return an element's own text; "" if there is no element."""
    return (element.text or "") if element is not None else ""


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute; "" if it is missing."""
    return (element.get(name) or "") if element is not None else ""


def names(element: Element) -> Iterator[tuple[str, str]]:
    """Yield namespace and name of each child."""
    for part in element:
        space, brace, name = part.tag.rpartition("}")
        yield space.removeprefix("{") if brace else "", name


def make(namespace: str, name: str, **attributes: str) -> Element:
    """Return a new element."""
    return ET.Element(f"{{{namespace}}}{name}", attributes)


def add(parent: Element, namespace: str, name: str, text: str = "", **attributes: str) -> Element:
    """Add a new element to another, and return it."""
    made = ET.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    made.text = text or None
    return made


def bare(jid: str) -> str:
    """Return a JID without its resource, in lower case as servers compare it."""
    return jid.partition("/")[0].lower()
