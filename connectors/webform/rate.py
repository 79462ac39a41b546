"""Counts submissions of each network address over the last hour, in memory and bounded."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

HOUR = timedelta(hours=1)
MOST_ADDRESSES = 10_000


class Rate:
    """How often each address was let in. Forgets on a restart, and the longest silent where there are too many.

    Each process of the hub counts for itself: with three behind a balancer an address gets up to three times as much.
    """

    def __init__(self, per_hour: int) -> None:
        self._per_hour = per_hour
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()

    def take(self, client: str, now: datetime) -> bool:
        """Count one submission; False, and not counted, if the address had its share. Who has no address is let in."""
        if not client:
            return True
        key = network(client)
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while times and now - times[0] >= HOUR:
            times.popleft()
        if len(self._seen) > MOST_ADDRESSES:
            self._seen.popitem(last=False)
        if len(times) >= self._per_hour:
            return False
        times.append(now)
        return True


def network(client: str) -> str:
    """Return what counts as one address: of IPv6 the first 64 bits, since one household has all of the rest."""
    try:
        address = ip_address(client)
    except ValueError:
        return client[:64]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return client
