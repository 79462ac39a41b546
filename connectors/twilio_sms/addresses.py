"""Twilio's names of senders and receivers: which channel they are on, and who that is for the hub.

A number is `+15551234567` for SMS and MMS, and carries the channel's name elsewhere: `whatsapp:+15551234567`
(https://www.twilio.com/docs/messaging/channels). WhatsApp may name a person without a number by an id of the business
account, `whatsapp:US.13491208655302741918`
(https://www.twilio.com/en-us/changelog/whatsapp-bsuid-format-in-conversations-and-webhook-fields).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from hub.contract import Address

PHONE = "phone"
"""Numbers share this namespace with calls and other messengers, so that one person is one contact."""

_NUMBER = re.compile(r"\+\d{5,15}")
_SENDERS = {
    "messaging_service": re.compile(r"MG[0-9a-fA-F]{32}"),
    "whatsapp": re.compile(r"whatsapp:\+\d{5,15}"),
    "rcs": re.compile(r"rcs:[A-Za-z0-9_.+-]{1,100}"),
    "number": _NUMBER,
    "short_code": re.compile(r"\d{3,8}"),
    "name": re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}"),
}


class SenderKind(StrEnum):
    """What we send as."""

    number = "number"
    short_code = "short_code"
    messaging_service = "messaging_service"
    """A pool of numbers: Twilio chooses one, and keeps to it for each person."""
    whatsapp = "whatsapp"
    rcs = "rcs"
    name = "name"
    """Letters instead of a number: nobody can answer."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Our own sender."""

    kind: SenderKind
    value: str
    """As Twilio writes it."""


def sender_of(value: str) -> Sender:
    """Read what an admin wrote. Raises ValueError, in words."""
    text = value.strip()
    if text.startswith(("+", "whatsapp:")):
        text = re.sub(r"(?<=[\d+:])[ ().-]+(?=[\d+])", "", text)
    for kind, pattern in _SENDERS.items():
        if pattern.fullmatch(text):
            return Sender(SenderKind(kind), text)
    raise ValueError(
        "Write a number with + and country code (+15551234567), whatsapp:+15551234567, a messaging service (MG and 32 "
        "digits), a short code, or a sender name of at most 11 letters and digits."
    )


def channel_of(address: str) -> str:
    """Return the channel an address is on: `whatsapp`, `rcs`, … and `sms` for a plain number."""
    prefix, colon, _ = address.partition(":")
    return prefix.lower() if colon else "sms"


def person(address: str, name: str = "") -> Address:
    """Return who an address of Twilio's is: a number without the channel's name, or an id in a space of its own."""
    prefix, colon, rest = address.partition(":")
    bare = rest if colon else prefix
    if _NUMBER.fullmatch(bare):
        return Address(namespace=PHONE, value=bare, name=name, verified=True)
    # Short codes and sender names of SMS are nobody's own: carriers reuse them, so they prove nothing.
    return Address(namespace=prefix.lower() if colon else PHONE, value=bare, name=name, verified=bool(colon))


def other_threads(sender: Sender, thread: str, person_id: str = "") -> tuple[str, ...]:
    """Return the other names of a customer's thread: what we began under the bare number, and WhatsApp's own id.

    In a pool of several channels a bare number is SMS, and another thread.
    """
    prefix, colon, bare = thread.partition(":")
    ours = colon and prefix.lower() == sender.kind.value
    names = (bare if ours else "", person_id if channel_of(person_id) == prefix.lower() else "")
    return tuple(name for name in names if name and name != thread)


def receiver(sender: Sender, thread: str, recipient: str) -> str:
    """Return the address to send to: as the customer wrote to us, or on our own channel if we write first."""
    if ":" in thread or sender.kind not in (SenderKind.whatsapp, SenderKind.rcs):
        return thread or recipient
    return f"{sender.kind.value}:{thread or recipient}"
