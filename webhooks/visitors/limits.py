"""Keeps one visitor, or one address, from taking more than a person could: token buckets of bounded number."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network


class Buckets:
    """Token buckets by key. A bucket holds `burst` and refills by `rate` each second.

    At most `capacity` keys are remembered; the one unused for longest is forgotten first, which gives it a
    full bucket again. In process: each node of several grants its own.
    """

    def __init__(self, *, rate: float, burst: float, monotonic: Callable[[], float], capacity: int = 20_000) -> None:
        self._rate = rate
        self._burst = burst
        self._monotonic = monotonic
        self._capacity = capacity
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, key: Hashable, cost: float = 1) -> float:
        """Take `cost` and return 0, or take nothing and return the seconds after which it would be granted."""
        now = self._monotonic()
        level, at = self._levels.get(key, (self._burst, now))
        level = min(self._burst, level + (now - at) * self._rate)
        granted = level >= min(cost, self._burst)
        self._levels[key] = (level - cost if granted else level, now)
        self._levels.move_to_end(key)
        if len(self._levels) > self._capacity:
            self._levels.popitem(last=False)
        return 0 if granted else (min(cost, self._burst) - level) / self._rate


class Places:
    """Counts what is open at the same time, by key."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: dict[Hashable, int] = {}

    def enter(self, key: Hashable) -> bool:
        """Take a place; False if all are taken."""
        count = self._open.get(key, 0)
        if count >= self._limit:
            return False
        self._open[key] = count + 1
        return True

    def leave(self, key: Hashable) -> None:
        """Give a place back."""
        count = self._open.get(key, 0) - 1
        if count > 0:
            self._open[key] = count
        else:
            self._open.pop(key, None)


class Seats:
    """Takes a place at each of several counters, or at none; gives them back at the end of the block."""

    def __init__(self, wanted: Sequence[tuple[Places, Hashable]]) -> None:
        self._wanted = wanted
        self._taken: list[tuple[Places, Hashable]] = []

    def __enter__(self) -> bool:
        """Return whether there was a place at every counter."""
        for places, key in self._wanted:
            if not places.enter(key):
                self._leave()
                return False
            self._taken.append((places, key))
        return True

    def __exit__(self, *_: object) -> None:
        """Give back what was taken."""
        self._leave()

    def _leave(self) -> None:
        for places, key in self._taken:
            places.leave(key)
        self._taken.clear()


def client_key(peer: str | None, forwarded_for: str, trusted: Sequence[IPv4Network | IPv6Network]) -> str:
    """Return whom to count a request on: the peer's address, or the nearest untrusted one behind our proxies.

    X-Forwarded-For is believed only as far as trusted proxies wrote it. IPv6 counts by /64: that is one
    customer's line, and addresses within it cost nothing.
    """
    address = peer or ""
    for hop in reversed([part.strip() for part in forwarded_for.split(",")] if forwarded_for else []):
        if not _within(address, trusted):
            break
        address = hop
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 6 and ip.ipv4_mapped is None:
        return str(ip_network((ip, 64), strict=False))
    return str(ip)


def _within(address: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in networks)
