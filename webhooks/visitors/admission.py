"""Says who is at the visitors' door: which channel, which visitor, and whom to count the request on."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

from aiohttp import web

from hub.contract import OriginRefused, Visitor, VisitorHello, WebhookRejected
from hub.runtime.clock import SystemClock
from hub.runtime.metrics import Metrics
from webhooks.visitors.answers import Problem, too_fast
from webhooks.visitors.intake import Guest, Hosted
from webhooks.visitors.limits import Buckets, client_key

_NO_CHAT = "There is no web chat at this address, or it is switched off. Copy the script tag from the hub again."


class Admission:
    """Lets visitors in. `find` gives the running channel of a key."""

    def __init__(
        self,
        find: Callable[[str], Hosted | None],
        clock: SystemClock,
        metrics: Metrics,
        trusted: Sequence[IPv4Network | IPv6Network],
    ) -> None:
        self._find = find
        self._clock = clock
        self._trusted = trusted
        self._metrics = metrics
        self._calls = Buckets(rate=10, burst=200, monotonic=clock.monotonic)

    def hosted(self, request: web.Request) -> Hosted:
        """Return the channel of the address. Raises Problem if there is none."""
        hosted = self._find(request.match_info["key"])
        if hosted is None:
            raise Problem(404, "no_chat", _NO_CHAT)
        return hosted

    def address(self, request: web.Request) -> str:
        """Return whom to count the request on."""
        return client_key(request.remote, ",".join(request.headers.getall("X-Forwarded-For", [])), self._trusted)

    def admit(
        self, request: web.Request, hosted: Hosted, *, token: str, identity: str = "", fresh_id: str = ""
    ) -> Visitor:
        """Return the visitor a token proves. Raises Problem: 403 for the origin, 401 for a token."""
        hello = VisitorHello(
            origin=_origin(request), token=token, identity=identity, fresh_id=fresh_id, now=self._clock.now()
        )
        try:
            return hosted.connector.admit(hello)
        except OriginRefused as refused:
            self._metrics.received.labels(hosted.key, "rejected").inc()
            raise Problem(403, "origin", str(refused)) from None
        except WebhookRejected as refused:
            self._metrics.received.labels(hosted.key, "rejected").inc()
            raise Problem(401, "identity" if identity else "token", str(refused)) from None

    def guest(self, request: web.Request) -> Guest:
        """Return who sends this request, by its bearer token. Raises Problem."""
        hosted, address = self.hosted(request), self.address(request)
        if wait := self._calls.take(address):
            too_fast(wait)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        token = token if scheme.lower() == "bearer" else ""
        return Guest(hosted=hosted, visitor=self.admit(request, hosted, token=token), address=address)


def _origin(request: web.Request) -> str:
    """Return the page's origin, or "" for the hub's own pages.

    Those send none with GET, and otherwise one whose host is the one they asked: a browser cannot be made to lie
    about either, and a program that lies has gained only what it has anyway.
    """
    origin = request.headers.get("Origin", "")
    try:
        own = urlsplit(origin).netloc == request.host
    except ValueError:
        return "null"  # what no browser sends
    return "" if own or not origin else origin
