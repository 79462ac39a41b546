"""Who and where, in VK's ids: people are positive, communities negative, chats of many begin at 2,000,000,001.

A message is named by its chat and its number there (`conversation_message_id`): the number that counts over all of a
community's chats is 0 in chats of many. https://dev.vk.com/en/reference/objects/message
"""

from connectors._lib.loose_json import Json
from hub.contract import Address
from hub.domain.ids import ExternalId

NAMESPACE = "vk"
FIRST_CHAT = 2_000_000_000


def integer(of: Json, name: str) -> int:
    """Return a field that holds a whole number of at most 53 bits, negative ones too; 0."""
    value = of.get(name)
    right = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
    return int(value) if right and value is not None else 0


def is_chat(peer: int) -> bool:
    """Tell whether more than one customer may be there."""
    return peer > FIRST_CHAT


def message_id(peer: int, number: int) -> ExternalId:
    """Return the id of a message."""
    return ExternalId(f"{peer}:{number}")


def number_of(message: ExternalId, peer: str) -> int:
    """Return a message's number in its chat; 0 for ids of another chat, and for what is no message."""
    place, _, number = message.partition(":")
    return int(number) if place == peer and number.isdecimal() and len(number) < 16 else 0


def address_of(ident: int, name: str = "") -> Address:
    """Return a person, a community or a chat. VK vouches for its own ids."""
    stand_in = "VK chat" if is_chat(ident) else "VK user" if ident > 0 else "VK community"
    page = f"vk.com/id{ident}" if 0 < ident < FIRST_CHAT else f"vk.com/club{-ident}" if ident < 0 else ""
    fields = {"vk": page} if page else {}
    return Address(namespace=NAMESPACE, value=str(ident), name=name, stand_in=stand_in, verified=True, fields=fields)
