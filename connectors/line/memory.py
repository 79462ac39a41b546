"""What a running account remembers of what it read and may lose: people without a name."""

from collections import OrderedDict
from collections.abc import Iterable

from hub.contract import ContactPointLearned, InboundEvent, InboundMessage

_KEPT = 2000


class Memory:
    """Of one account."""

    def __init__(self) -> None:
        self._nameless: OrderedDict[str, str] = OrderedDict()
        self._named: OrderedDict[str, None] = OrderedDict()

    def note(self, events: Iterable[InboundEvent]) -> None:
        """Remember what these events told."""
        for event in events:
            if isinstance(event, ContactPointLearned):
                self._named[event.known.value] = None
                self._nameless.pop(event.known.value, None)
            elif isinstance(event, InboundMessage):
                self._message(event)
        for kept in (self._nameless, self._named):
            while len(kept) > _KEPT:
                kept.popitem(last=False)

    def nameless(self) -> list[tuple[str, str]]:
        """Return who wrote and has no name yet, with the chat they wrote in; a group stands for itself."""
        return list(self._nameless.items())

    def place_of(self, ident: str) -> str:
        """Return the chat somebody without a name wrote in; who is not remembered stands for themselves."""
        return self._nameless.get(ident, ident)

    def gave_up_on(self, ident: str) -> None:
        """Do not ask for this name again."""
        self._named[ident] = None
        self._nameless.pop(ident, None)

    def _message(self, event: InboundMessage) -> None:
        there = (event.sender, *event.participants, *((event.counterpart,) if event.counterpart else ()))
        for address in there:
            if address.value not in self._named:
                self._nameless.setdefault(address.value, event.thread)
