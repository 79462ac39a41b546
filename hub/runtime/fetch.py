"""The guarded way out: GET and POST to addresses that customers, providers or admins gave, never into our network.

A name is resolved once, its addresses are checked, and the connection goes to a checked address: what DNS says a
moment later changes nothing. The socket itself is the last gate. Every redirect is checked like the first address.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from hub.contract.errors import FetchFailed
from hub.domain.phrase import Phrase
from hub.services.hooks import Answer

REDIRECTS = 5
TIME_LIMIT = 120.0
"""Seconds for one file, redirects included."""
POST_TIME = 15.0
CHUNK = 64 * 1024

_REDIRECT = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_PORTS = frozenset({80, 443})
_GLOBAL_V6 = ip_network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_SPECIAL = [
    ip_network(text)
    for text in (
        "168.63.129.16/32",  # Azure's host: a public address that answers only inside
        "192.0.0.0/24",  # IETF assignments, Oracle's metadata service among them
        "192.88.99.0/24",  # 6to4 relays
        "2001::/23",  # IETF assignments, Teredo among them, which embeds any IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4 embeds any IPv4 address
        "3fff::/20",
    )
]
"""What is global by number and special by use (RFC 6890 and the IANA special-purpose registries)."""


class AddressRefused(FetchFailed):
    """An address the hub never goes to; the message says why."""


class TooLarge(FetchFailed):
    """More than was allowed."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address belongs to the public internet, whatever way it is written in IPv6."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL_V6:
            return False
    special = any(address in network for network in _SPECIAL if network.version == address.version)
    return address.is_global and not (special or address.is_multicast or address.is_reserved)


class Guard(AbstractResolver):
    """Resolves names to checked addresses and vouches for them at the socket."""

    def __init__(self, resolver: AbstractResolver, allowed: Collection[str]) -> None:
        """Take the resolver that asks DNS, and the `host:port` endpoints that may be private."""
        self._resolver = resolver
        self._allowed = frozenset(entry.lower() for entry in allowed)
        self._vouched: set[tuple[str, int]] = set()

    def check_url(self, url: URL) -> None:
        """Raise AddressRefused unless the address may be asked at all; numbers are judged here, names at DNS."""
        host, port = url.raw_host, url.port
        if url.scheme not in {"http", "https"} or not host or port is None:
            raise AddressRefused(Phrase("Only http and https addresses are fetched."))
        if self._is_allowed(host, port):
            return
        if port not in _PORTS:
            raise AddressRefused(
                Phrase(
                    "Port {port} is not asked; only 80 and 443 are, or what HUB_ALLOW_PRIVATE_FETCH names.",
                    port=str(port),
                )
            )
        literal = _literal(host)
        if literal is not None and not is_public(literal):
            raise AddressRefused(
                Phrase("{host} is not a public address; the hub does not fetch from inside its network.", host=host)
            )

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a name. One that is not public refuses them all: no honest name mixes them."""
        found = await self._resolver.resolve(host, port, family)
        if self._is_allowed(host, port):
            self._vouched.update((result["host"], port) for result in found)
            return found
        if any(not is_public(ip_address(result["host"].partition("%")[0])) for result in found):
            raise AddressRefused(
                Phrase("{host} leads into a private network; the hub does not fetch from there.", host=host)
            )
        return found

    def open(self, info: tuple[object, ...]) -> socket.socket:
        """Make the socket for one address, or raise AddressRefused: the last gate, whoever chose the address."""
        family, kind, protocol, _, target = info
        host, port = str(target[0]), int(target[1])  # type: ignore[index]  # a socket address: (host, port, …)
        literal = ip_address(host.partition("%")[0])
        if not is_public(literal) and (host, port) not in self._vouched and not self._is_allowed(host, port):
            raise AddressRefused(
                Phrase("{host} is not a public address; the hub does not fetch from inside its network.", host=host)
            )
        made = socket.socket(family, kind, protocol)  # type: ignore[arg-type]  # as getaddrinfo gave them
        made.setblocking(False)
        return made

    async def close(self) -> None:
        """Release the resolver."""
        await self._resolver.close()

    def _is_allowed(self, host: str, port: int) -> bool:
        return f"{host}:{port}".lower() in self._allowed or f"[{host}]:{port}".lower() in self._allowed


class GuardedHttp:
    """What the hub asks and tells outside addresses with. Make it inside the running loop, close it at the end."""

    def __init__(
        self,
        *,
        allowed: Collection[str] = (),
        resolver: AbstractResolver | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Take the `host:port` endpoints that may be private (HUB_ALLOW_PRIVATE_FETCH)."""
        self._guard = Guard(resolver or aiohttp.ThreadedResolver(), allowed)
        self._time_limit = time_limit
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._guard, use_dns_cache=False, limit=40, limit_per_host=8, socket_factory=self._guard.open
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,  # a proxy would resolve names itself, past the guard
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=30),
            headers={"User-Agent": "interaction-hub"},
        )

    async def fetch(self, url: str, max_bytes: int) -> AsyncIterator[bytes]:
        """Stream what an address gives. Raises AddressRefused, TooLarge and FetchFailed, in words."""
        # The limit holds for each wait of ours, not around `yield`: there it would cancel whoever reads from us.
        deadline = asyncio.get_running_loop().time() + self._time_limit
        size = 0
        async with await self._follow(url, deadline) as answer:
            if (answer.content_length or 0) > max_bytes:
                raise _too_large(max_bytes)
            while part := await self._read(answer, deadline):
                size += len(part)
                if size > max_bytes:
                    raise _too_large(max_bytes)
                yield part

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Tell an address something; redirects are not followed, since a receiver's move is for a person to see."""
        try:
            target = _url(url)
            self._guard.check_url(target)
            async with (
                asyncio.timeout(POST_TIME),
                self._http.post(target, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                return Answer(answer.status)
        except AddressRefused as error:
            return Answer(None, str(error))
        except TimeoutError:
            return Answer(None, f"The address did not answer within {POST_TIME:.0f} seconds.")
        except aiohttp.ClientError as error:
            return Answer(None, str(_in_words(error)))

    @asynccontextmanager
    async def ask(
        self,
        method: str,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own, which tells its parts apart
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send one request for a connector (see `hub.contract.asking`). Raises AddressRefused, and aiohttp's errors."""
        target = _url(url)
        self._guard.check_url(target)
        async with self._http.request(
            method, target, data=body or None, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            yield answer

    async def close(self) -> None:
        """Close all connections."""
        await self._http.close()

    async def _follow(self, url: str, deadline: float) -> aiohttp.ClientResponse:
        target = _url(url)
        for _ in range(REDIRECTS + 1):
            self._guard.check_url(target)
            async with _said(deadline):
                answer = await self._http.get(target, headers={"Accept-Encoding": "identity"}, allow_redirects=False)
            if answer.status == 200:
                return answer
            location = answer.headers.get("Location")
            answer.close()
            if answer.status not in _REDIRECT or location is None:
                raise FetchFailed(
                    Phrase("The file's server answered with status {status}.", status=str(answer.status)),
                    passing=answer.status in _PASSING,
                )
            target = _next(target, location)
        raise FetchFailed(Phrase("The address leads on more than {most} times.", most=str(REDIRECTS)))

    @staticmethod
    async def _read(answer: aiohttp.ClientResponse, deadline: float) -> bytes:
        async with _said(deadline):
            return await answer.content.read(CHUNK)


@asynccontextmanager
async def _said(deadline: float) -> AsyncIterator[None]:
    """Bound a wait and say its errors in the contract's words."""
    try:
        async with asyncio.timeout_at(deadline):
            yield
    except TimeoutError as error:
        raise FetchFailed(Phrase("The file's server was too slow."), passing=True) from error
    except aiohttp.ClientError as error:
        raise _in_words(error) from error


def _url(text: str) -> URL:
    try:
        # User name and password are left out: whoever gave the address shall not borrow them from us, nor we them.
        return URL(text.strip()).with_user(None)
    except ValueError as error:
        raise AddressRefused(Phrase("This is not a web address.")) from error


def _next(target: URL, location: str) -> URL:
    try:
        return target.join(URL(location)).with_user(None)
    except ValueError as error:
        raise AddressRefused(Phrase("The address leads to something that is not a web address.")) from error


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _too_large(max_bytes: int) -> TooLarge:
    most = f"{max_bytes / 1_000_000:.0f}"
    return TooLarge(Phrase("The file is larger than the {most} MB allowed.", most=most))


def _in_words(error: aiohttp.ClientError) -> FetchFailed:
    match error:
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return AddressRefused(Phrase("This is not a web address the hub can ask."))
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return FetchFailed(Phrase("The server's certificate is not valid for {host}.", host=error.host))
        case aiohttp.ClientConnectorDNSError():
            return FetchFailed(Phrase("The name {host} is not known.", host=error.host), passing=True)
        case aiohttp.ClientConnectorError():
            return FetchFailed(Phrase("{host} cannot be reached.", host=error.host), passing=True)
        case _:
            return FetchFailed(Phrase("The connection broke off ({kind}).", kind=type(error).__name__), passing=True)
