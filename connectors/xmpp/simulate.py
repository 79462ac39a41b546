"""Write what a server would deliver of a made-up customer: a real stanza, for the demo. Pure."""

from hashlib import sha256
from html import escape

from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, Simulation

_DOMAIN = "chat.invalid"
_US = f"shop@{_DOMAIN}"
_ROOMS = f"rooms.{_DOMAIN}"


def _quoted(value: str) -> str:
    """Return an attribute's value with its quotes."""
    return f'"{escape(value)}"'


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the stanza, or None for what XMPP has no way to say."""
    about = (str(said.about).partition("|")[2] or str(said.about)) if said.about else ""
    match said.kind:
        case SimulatedKind.message:
            inner = _said(said, about)
        case SimulatedKind.edit:
            inner = f"<body>{escape(said.text)}</body><replace xmlns='urn:xmpp:message-correct:0' id={_quoted(about)}/>"
        case SimulatedKind.reaction:
            mark = f"<reaction>{escape(said.text)}</reaction>"
            inner = f"<reactions xmlns='urn:xmpp:reactions:0' id={_quoted(about)}>{mark}</reactions>"
        case SimulatedKind.read:
            inner = f"<displayed xmlns='urn:xmpp:chat-markers:0' id={_quoted(about)}/>"
        case _:
            return None
    person = said.address or f"{said.email.partition('@')[0].lower()}.{said.person}@{_DOMAIN}"
    room = f"{sha256(said.group.encode()).hexdigest()[:12]}@{_ROOMS}" if said.group else ""
    by = room or said.us
    stanza = (
        f"<message xmlns='jabber:client' from={_quoted(f'{room}/{said.name}' if room else f'{person}/phone')}"
        f" to={_quoted(said.us)} type='{'groupchat' if room else 'chat'}' id='demo-{said.number}'>{inner}"
        f"<stanza-id xmlns='urn:xmpp:sid:0' by={_quoted(by)} id='demo-{said.number}'/>"
        f"<delay xmlns='urn:xmpp:delay' from={_quoted(by)} stamp='{said.at:%Y-%m-%dT%H:%M:%SZ}'/>"
        f"<nick xmlns='http://jabber.org/protocol/nick'>{escape(said.name)}</nick></message>"
    )
    headers = {"us": said.us, "nick": "shop"}
    return RawEvent(kind="message", body=stanza.encode(), headers=headers, received_at=said.received_at)


def _said(said: SimulatedMessage, about: str) -> str:
    if said.place:
        latitude, longitude = said.place
        return f"<body>geo:{latitude},{longitude}</body>"
    if said.files:
        file = said.files[0]
        # the simulator finds a file by the last letters of its source
        link = escape(f"https://{_DOMAIN}/{file.name}?file={file.key}")
        return f"<body>{escape(said.text) or link}</body><x xmlns='jabber:x:oob'><url>{link}</url></x>"
    reply = f"<reply xmlns='urn:xmpp:reply:0' id={_quoted(about)} to={_quoted(said.us)}/>" if about else ""
    return f"<body>{escape(said.text)}</body>{reply}"


SIMULATION = Simulation(
    write=simulate,
    address=_US,
    settings={"jid": _US, "password": "demo password of no account"},
)
