"""Takes a message out of its envelopes, and tells whose word it is. Pure.

Archive and carbon copies count only from our own account, else anybody could put words into anybody's mouth
(https://xmpp.org/extensions/xep-0280.html#security); an archive's id and a time only from whose archive it is
(https://xmpp.org/extensions/xep-0359.html#rules).
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.xmpp import xml
from connectors.xmpp.xml import Element, attribute, bare, child
from hub.contract import UnparseableEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message out of its envelopes."""

    message: Element
    us: str
    nick: str
    archive_id: str = ""
    at: datetime | None = None

    @property
    def sender(self) -> str:
        """Who speaks: a full JID."""
        return attribute(self.message, "from")

    @property
    def kind(self) -> str:
        """chat, groupchat, normal, headline or error."""
        return attribute(self.message, "type") or "normal"

    @property
    def id(self) -> str:
        """The id the sender gave it."""
        return attribute(self.message, "id") or attribute(child(self.message, xml.SID, "origin-id"), "id")

    @property
    def room(self) -> str:
        """The room of a group message; "" if it is none."""
        return bare(self.sender) if self.kind == "groupchat" else ""

    @property
    def occupant(self) -> str:
        """The speaker's name in the room; "" for the room itself."""
        return self.sender.partition("/")[2]

    @property
    def echo(self) -> bool:
        """Whether we said it: this program, or a person with another client of the account."""
        return self.occupant == self.nick if self.room else bare(self.sender) == self.us


def unwrapped(stanza: Element, us: str, nick: str) -> Told:
    """Take a message out of an archive's or a carbon's envelope, if our own account (or the room) made it."""
    sender = attribute(stanza, "from")
    if (result := child(stanza, xml.MAM, "result")) is not None:
        if sender and bare(sender) != us:
            raise UnparseableEvent("Somebody else pretends to be our archive.")
        inner, at = _forwarded(result)
        return Told(message=inner, us=us, nick=nick, archive_id=attribute(result, "id"), at=at)
    for direction in ("sent", "received"):
        if (copy := child(stanza, xml.CARBONS, direction)) is not None:
            if sender != us:
                raise UnparseableEvent("Somebody else pretends to copy our messages to us.")
            inner, at = _forwarded(copy)
            return Told(message=inner, us=us, nick=nick, archive_id=_archive_id(inner, us), at=at or _delay(inner, us))
    room = bare(sender) if attribute(stanza, "type") == "groupchat" else ""
    return Told(
        message=stanza, us=us, nick=nick, archive_id=_archive_id(stanza, room or us), at=_delay(stanza, room or us)
    )


def is_passing_sign(stanza: Element) -> bool:
    """Tell whether a message says no more than that somebody types or went away: nothing to keep (XEP-0085)."""
    spaces = [space for space, _ in xml.names(stanza)]
    return xml.CHATSTATES in spaces and set(spaces) <= {xml.CHATSTATES, xml.HINTS, xml.SID}


def archive_id_of(stanza: Element, us: str) -> str:
    """Return our archive's id of a message just heard, or of the one a carbon copies; "" if it has none."""
    if attribute(stanza, "from") == us:
        for direction in ("sent", "received"):
            inner = child(child(child(stanza, xml.CARBONS, direction), xml.FORWARD, "forwarded"), xml.CLIENT, "message")
            if inner is not None:
                return _archive_id(inner, us)
    return _archive_id(stanza, us)


def _forwarded(envelope: Element) -> tuple[Element, datetime | None]:
    forwarded = child(envelope, xml.FORWARD, "forwarded")
    inner = child(forwarded, xml.CLIENT, "message")
    if inner is None:
        raise UnparseableEvent("A forwarded message holds no message.")
    return inner, _stamp(child(forwarded, xml.DELAY, "delay"))


def _archive_id(message: Element, by: str) -> str:
    """Return the archive's id, if it is given by whose archive it is: https://xmpp.org/extensions/xep-0359.html#rules."""
    found = message.findall(f"{{{xml.SID}}}stanza-id")
    return next((attribute(one, "id") for one in found if bare(attribute(one, "by")) == by), "")


def _delay(message: Element, by: str) -> datetime | None:
    """Return when our server, or the room, first had the message; a time others claim is none."""
    servers = {by, by.partition("@")[2]}
    found = message.findall(f"{{{xml.DELAY}}}delay")
    return next((_stamp(one) for one in found if bare(attribute(one, "from")) in servers), None)


def _stamp(delay: Element | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(attribute(delay, "stamp"))
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
