"""Who somebody is and how they look, by the card their server keeps (vcard-temp).

https://xmpp.org/extensions/xep-0054.html. The card is asked for again when the picture is fetched: its hash stands in
the picture's name, so that another picture has another name.
"""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from connectors.xmpp.errors import reason_of
from connectors.xmpp.outcomes import Refused
from connectors.xmpp.settings import NAMESPACE
from connectors.xmpp.xml import Element, child, make, text_of
from hub.contract import Address, ContactPointLearned, InboundEvent, UnparseableEvent
from hub.domain.ids import bounded

if TYPE_CHECKING:
    from connectors.xmpp.stream import Stream

_CARD = "vcard-temp"
_SOURCE = "card|"
_PASSING = frozenset({"resource-constraint", "remote-server-timeout", "internal-server-error"})


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says."""

    name: str = ""
    picture: bytes = b""


async def card_of(stream: "Stream", jid: str) -> Card:
    """Ask for somebody's card; a blank one if they have none or show it to nobody. Raises Refused, Gone."""
    try:
        answer = await stream.ask(make(_CARD, "vCard"), to=jid)
    except Refused as error:
        if reason_of(error.stanza)[0] in _PASSING:
            raise
        return Card()
    return read_card(answer)


def read_card(answer: Element) -> Card:
    """Read the answer's `<iq/>`. Pure."""
    card = child(answer, _CARD, "vCard")
    name = text_of(child(card, _CARD, "FN")).strip() or text_of(child(card, _CARD, "NICKNAME")).strip()
    drawn = text_of(child(child(card, _CARD, "PHOTO"), _CARD, "BINVAL"))
    try:
        picture = b64decode("".join(drawn.split()), validate=True)
    except (NotBase64, ValueError):
        picture = b""
    return Card(name[:100], picture)


def note_of(jid: str, card: Card) -> bytes:
    """Return what to note of a card, as JSON: `read_note` reads it."""
    source = f"{_SOURCE}{jid}|{sha256(card.picture).hexdigest()[:16]}" if card.picture else ""
    return json.dumps({"jid": jid, "name": card.name, "portrait": source}, ensure_ascii=False).encode()


def read_note(body: bytes) -> Sequence[InboundEvent]:
    """Read a note. Pure. Raises UnparseableEvent."""
    try:
        note = json.loads(body)
    except (ValueError, RecursionError):
        note = None
    values = [note.get(key) for key in ("jid", "name", "portrait")] if isinstance(note, dict) else []
    jid, name, portrait = (value if isinstance(value, str) else "" for value in values or ("", "", ""))
    if not jid:
        raise UnparseableEvent("A note about somebody on XMPP does not say who they are.")
    occupant = "/" in jid
    known = Address(
        namespace=NAMESPACE,
        value=bounded(jid),
        name=name,
        stand_in="" if occupant else jid.partition("@")[0],
        portrait=portrait,
        verified=not occupant,
    )
    return (ContactPointLearned(known=known),)


def owner_of(source: str) -> str:
    """Return whose card a picture stands on; "" for any other source."""
    return source.removeprefix(_SOURCE).rpartition("|")[0] if source.startswith(_SOURCE) else ""
