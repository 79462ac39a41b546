"""Asks VK once who those are who wrote, and remembers of whom it was told. May be lost at any time."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable, Sequence

from connectors._lib.loose_json import Json
from connectors.vk.client import Client
from connectors.vk.directory import note_of
from connectors.vk.ids import is_chat
from hub.contract import ContactPointLearned, InboundEvent, InboundMessage

_KEPT = 2000
_AT_ONCE = 500
"""https://dev.vk.com/en/method/users.get takes a thousand."""


class People:
    """Of one community."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._nameless: OrderedDict[int, None] = OrderedDict()
        self._asked: OrderedDict[int, None] = OrderedDict()

    def note(self, events: Iterable[InboundEvent]) -> None:
        """Remember who wrote."""
        for event in events:
            if isinstance(event, ContactPointLearned):
                self._known(int(event.known.value))
            elif isinstance(event, InboundMessage):
                writer = int(event.sender.value)
                if writer > 0 and not is_chat(writer) and writer not in self._asked:
                    self._nameless[writer] = None
        while len(self._nameless) > _KEPT:
            self._nameless.popitem(last=False)

    def is_new(self, ident: int) -> bool:
        """Tell whether somebody is met for the first time, and remember them."""
        new = ident not in self._asked
        self._known(ident)
        return new

    async def notes(self) -> AsyncIterator[dict[str, object]]:
        """Yield a note for everybody who wrote and has no name yet. Raises ApiError."""
        while asked := list(self._nameless)[:_AT_ONCE]:
            for note in await self._ask(asked):
                yield note

    async def who_is(self, address: str) -> dict[str, object]:
        """Return a note about one person; empty for who is none, or tells no name. Raises ApiError."""
        person = int(address) if address.isascii() and address.isdecimal() else 0
        return next(iter(await self._ask([person])), {}) if person > 0 and not is_chat(person) else {}

    async def _ask(self, people: Sequence[int]) -> Sequence[dict[str, object]]:
        found = await self._client.call("users.get", user_ids=",".join(map(str, people)), fields="photo_200,has_photo")
        for one in people:
            self._known(one)
        profiles: list[Json] = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return [note for profile in profiles if (note := note_of(profile))]

    def _known(self, ident: int) -> None:
        self._asked[ident] = None
        self._nameless.pop(ident, None)
        while len(self._asked) > _KEPT:
            self._asked.popitem(last=False)
