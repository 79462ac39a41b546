"""One event of a room with what the room was when we heard of it (`Room.envelope`). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from connectors.matrix.settings import NAMESPACE
from connectors.matrix.wire import number, text, under
from hub.contract import Address
from hub.domain.ids import bounded

_YEAR_9999 = 253_402_300_799_000
"""Milliseconds; later times cannot be told."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a room."""

    us: str
    room: Mapping[str, Any]
    event: Mapping[str, Any]
    id: str
    kind: str
    sender: str
    content: Mapping[str, Any]
    echo: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "echo", self.sender == self.us)

    @property
    def room_id(self) -> str:
        """The room, which is the thread."""
        return text(self.room, "id")

    @property
    def at(self) -> datetime | None:
        """The sending homeserver's time."""
        return time_of(number(self.event, "origin_server_ts", -1))

    def person(self, user: str) -> Address:
        """Return a user with the name they show here. The homeservers vouch for user ids."""
        name = text(under(self.room, "people"), user)[:200]
        return Address(
            namespace=NAMESPACE, value=bounded(user), name=name, verified=True, portrait=self._portrait(user)
        )

    def place(self) -> Address:
        """Return the room as the counterpart of a group's conversation."""
        name, portrait = text(self.room, "name")[:200], self._portrait(self.room_id)
        return Address(namespace=NAMESPACE, value=bounded(self.room_id), name=name, verified=True, portrait=portrait)

    def _portrait(self, ident: str) -> str | None:
        """Return where a picture is, for `fetch`; "" for who has none, None where we have not heard of it."""
        known = under(self.room, "portraits")
        return text(known, ident) if ident in known else None

    @property
    def other(self) -> Address | None:
        """Whom a direct chat is with; None in a group."""
        user = text(self.room, "with")
        return self.person(user) if user else None

    @property
    def redacted_at(self) -> datetime | None:
        """When it was taken back, if that happened before we heard of it."""
        because = under(under(self.event, "unsigned"), "redacted_because")
        return (time_of(number(because, "origin_server_ts", -1)) or self.at) if because else None


def time_of(milliseconds: int) -> datetime | None:
    """Return a time of Matrix; None for what can be none."""
    if not 0 <= milliseconds <= _YEAR_9999:
        return None
    return datetime.fromtimestamp(milliseconds // 1000, UTC).replace(microsecond=milliseconds % 1000 * 1000)
