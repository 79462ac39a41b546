"""Who and where, in LINE's ids: users begin with U, groups with C, rooms (groups without a name) with R.

https://developers.line.biz/en/docs/messaging-api/getting-user-ids/. A user's id is the same in all chats with us.
"""

import re
from dataclasses import dataclass

from connectors._lib.loose_json import Json, inner, text
from hub.contract import Address
from hub.domain.ids import ExternalId, bounded

NAMESPACE = "line"

_PLACES = {"user": "userId", "group": "groupId", "room": "roomId"}
_STAND_INS = {"user": "LINE user", "group": "LINE group", "room": "LINE group chat"}
_USER = re.compile(r"U[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an event happened, and who caused it if LINE says so."""

    kind: str
    place: str
    user: str = ""
    """Empty for members who have not agreed that bots see them, and for events nobody caused."""

    @property
    def thread(self) -> ExternalId:
        """The chat, as the hub stores it: what is answered to."""
        return bounded(self.place)

    @property
    def is_group(self) -> bool:
        """Whether more than one customer may be there."""
        return self.kind != "user"

    @property
    def address(self) -> Address:
        """The chat as an address."""
        return address_of(self.place, self.kind)

    @property
    def sender(self) -> Address:
        """Who speaks; the group itself where LINE does not say."""
        return address_of(self.user) if self.user else self.address


def read_source(event: Json) -> Source | None:
    """Return where an event happened; None if it does not say or this version does not know such a place."""
    source = inner(event, "source")
    kind = text(source, "type")
    place = text(source, _PLACES[kind]) if kind in _PLACES else ""
    return Source(kind=kind, place=place, user=text(source, "userId")) if place else None


def address_of(value: str, kind: str = "user", name: str = "") -> Address:
    """Return a user, group or room. LINE vouches for its own ids."""
    return Address(namespace=NAMESPACE, value=value, name=name, stand_in=_STAND_INS[kind], verified=True)


def is_user(value: str) -> bool:
    """Tell whether an id is a person's: only they see the loading animation."""
    return _USER.fullmatch(value) is not None


def kind_of(value: str) -> str:
    """Return what an id names."""
    return {"C": "group", "R": "room"}.get(value[:1], "user")
