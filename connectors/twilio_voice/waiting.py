"""Remembers where callers who hear music would ask next, so that they can be made to ask at once. Best effort."""

from collections import OrderedDict

MOST = 10_000


class Waiting:
    """Addresses by call; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[str, str] = OrderedDict()

    def put(self, call: str, address: str) -> None:
        """Remember a waiting call."""
        self._addresses[call] = address
        self._addresses.move_to_end(call)
        if len(self._addresses) > MOST:
            self._addresses.popitem(last=False)

    def drop(self, call: str) -> None:
        """Forget a call."""
        self._addresses.pop(call, None)

    def take(self, call: str) -> str | None:
        """Return where a call would ask next, once; None if it does not wait, or not here."""
        return self._addresses.pop(call, None)
