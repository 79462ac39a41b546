"""The guarded way out reaches public addresses only, whatever names, redirects and notations say."""

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_address

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import BaseTestServer, TestServer
from yarl import URL

from hub.contract.errors import FetchFailed
from hub.runtime.fetch import AddressRefused, Guard, GuardedHttp, TooLarge, is_public

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Names(AbstractResolver):
    """A resolver that knows what a test says; each question takes the name's next answer, the last one stays."""

    def __init__(self, known: Mapping[str, list[str]]) -> None:
        self.known = {name: list(answers) for name, answers in known.items()}
        self.asked: list[str] = []

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - aiohttp's signature
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answers = self.known[host]
        answer = answers[0]
        self.known[host] = answers[1:] or answers
        return [
            ResolveResult(hostname=host, host=one, port=port, family=socket.AF_INET, proto=0, flags=0)
            for one in answer.split()
        ]

    async def close(self) -> None:
        """Nothing to release."""


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[BaseTestServer]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def open_http() -> AsyncIterator[Callable[..., GuardedHttp]]:
    async with AsyncExitStack() as stack:

        def make(*allowed: str, names: Mapping[str, list[str]] | None = None, time_limit: float = 10) -> GuardedHttp:
            http = GuardedHttp(allowed=allowed, resolver=Names(names or {}), time_limit=time_limit)
            stack.push_async_callback(http.close)
            return http

        yield make


Open = Callable[..., GuardedHttp]


async def read(http: GuardedHttp, url: str | URL, max_bytes: int = 1000) -> bytes:
    return b"".join([part async for part in http.fetch(str(url), max_bytes)])


async def hello(_request: web.Request) -> web.Response:
    return web.Response(text="hello")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",  # noqa: S104 - to be refused
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1",
        "192.88.99.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2002:7f00:1::", "2001:db8::1", "3fff::1", "fe80::1", "fc00::1",
        "fd00:ec2::254", "fec0::1", "ff02::1", "100::1",
    ],
)  # fmt: skip
def test_private_special_and_disguised_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data",
        "http://8.8.8.8:22/", "https://8.8.8.8:8443/", "ftp://8.8.8.8/", "file:///etc/passwd", "gopher://8.8.8.8:80/",
        "", "not an address", "http://", "//8.8.8.8/",
    ],
)  # fmt: skip
async def test_what_is_never_asked(url: str, open_http: Open) -> None:
    with pytest.raises(AddressRefused):
        await read(open_http(), url)


@pytest.mark.parametrize("url", ["http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://0177.0.0.1/"])
async def test_numbers_written_oddly_do_not_reach_the_machine(url: str, open_http: Open) -> None:
    known = {
        "2130706433": ["127.0.0.1"],
        "0x7f000001": ["127.0.0.1"],
        "127.1": ["127.0.0.1"],
        "0177.0.0.1": ["127.0.0.1"],
    }
    with pytest.raises(FetchFailed):
        await read(open_http(names=known), url)


async def test_a_name_that_leads_inside_is_refused_and_said(open_http: Open) -> None:
    with pytest.raises(AddressRefused, match=r"evil\.example leads into a private network"):
        await read(open_http(names={"evil.example": ["10.0.0.7"]}), "http://evil.example/")


async def test_a_name_with_one_private_address_among_public_ones_is_refused(open_http: Open) -> None:
    with pytest.raises(AddressRefused):
        await read(open_http(names={"evil.example": ["8.8.8.8 127.0.0.1"]}), "http://evil.example/")


def test_the_socket_is_the_last_gate_whoever_chose_the_address() -> None:
    guard = Guard(Names({}), ())
    with pytest.raises(AddressRefused):
        guard.open((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))


async def test_a_name_is_asked_once_per_connection_so_a_second_answer_changes_nothing(open_http: Open) -> None:
    async with serving(hello) as server:
        http = open_http(f"inner.example:{server.port}", names={"inner.example": ["127.0.0.1", "10.0.0.1"]})
        assert await read(http, f"http://inner.example:{server.port}/") == b"hello"


async def test_an_endpoint_the_operator_allows_is_reached_and_only_that_port(open_http: Open) -> None:
    async with serving(hello) as server:
        http = open_http(f"127.0.0.1:{server.port}")
        assert await read(http, server.make_url("/")) == b"hello"
        with pytest.raises(AddressRefused):
            await read(http, f"http://127.0.0.1:{(server.port or 0) + 1}/")


async def test_allowing_a_name_does_not_allow_another_name_of_the_same_address(open_http: Open) -> None:
    async with serving(hello) as server:
        names = {"good.example": ["127.0.0.1"], "evil.example": ["127.0.0.1"]}
        http = open_http(f"good.example:{server.port}", names=names)
        assert await read(http, f"http://good.example:{server.port}/") == b"hello"
        with pytest.raises(AddressRefused):
            await read(http, f"http://evil.example:{server.port}/")


@pytest.mark.parametrize(
    "goal", ["http://127.0.0.1/", "http://evil.example/", "file:///etc/passwd", "http://[::1]/", "http://8.8.8.8:25/"]
)
async def test_a_redirect_leads_nowhere_the_address_itself_could_not(goal: str, open_http: Open) -> None:
    async def away(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": goal})

    async with serving(away) as server:
        http = open_http(f"127.0.0.1:{server.port}", names={"evil.example": ["192.168.0.1"]})
        with pytest.raises(AddressRefused):
            await read(http, server.make_url("/"))


async def test_redirects_are_followed_five_times_without_what_the_address_carried(open_http: Open) -> None:
    seen: list[Mapping[str, str]] = []

    async def onward(request: web.Request) -> web.Response:
        seen.append(dict(request.headers))
        left = int(request.path[1:])
        return (
            web.Response(text="there") if left == 0 else web.Response(status=307, headers={"Location": f"/{left - 1}"})
        )

    async with serving(onward) as server:
        http = open_http(f"127.0.0.1:{server.port}")
        assert await read(http, server.make_url("/5").with_user("anna").with_password("secret")) == b"there"
        with pytest.raises(FetchFailed, match="leads on more than 5 times"):
            await read(http, server.make_url("/6"))
    assert all("Authorization" not in headers and "Cookie" not in headers for headers in seen)


@pytest.mark.parametrize("declared", [True, False])
async def test_more_than_allowed_ends_the_fetch_declared_or_not(declared: bool, open_http: Open) -> None:
    async def large(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "5000"} if declared else {})
        await answer.prepare(request)
        await answer.write(b"x" * 5000)
        return answer

    async with serving(large) as server:
        with pytest.raises(TooLarge):
            await read(open_http(f"127.0.0.1:{server.port}"), server.make_url("/"), 4999)


async def test_a_packed_bomb_is_counted_unpacked(open_http: Open) -> None:
    async def packed(_request: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(b"\0" * 5_000_000), headers={"Content-Encoding": "gzip"})

    async with serving(packed) as server:
        with pytest.raises(TooLarge):
            await read(open_http(f"127.0.0.1:{server.port}"), server.make_url("/"), 1_000_000)


@pytest.mark.parametrize(("status", "passing"), [(404, False), (410, False), (429, True), (503, True)])
async def test_a_refusal_says_whether_another_try_may_help(status: int, passing: bool, open_http: Open) -> None:
    async def no(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    async with serving(no) as server:
        with pytest.raises(FetchFailed, match=str(status)) as caught:
            await read(open_http(f"127.0.0.1:{server.port}"), server.make_url("/"))
    assert caught.value.passing is passing


async def test_a_server_that_trickles_is_given_up(open_http: Open) -> None:
    done = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        await answer.write(b"a")
        await done.wait()
        return answer

    async with serving(slow) as server:
        http = open_http(f"127.0.0.1:{server.port}", time_limit=0.2)
        with pytest.raises(FetchFailed, match="too slow") as caught:
            await read(http, server.make_url("/"))
        done.set()
    assert caught.value.passing


async def test_a_server_that_is_not_there_is_a_passing_failure(open_http: Open) -> None:
    async with serving(hello) as server:
        url = server.make_url("/")
    with pytest.raises(FetchFailed, match="cannot be reached") as caught:
        await read(open_http(f"127.0.0.1:{url.port}"), url)
    assert caught.value.passing


async def test_posting_tells_the_status_and_follows_no_redirect(open_http: Open) -> None:
    bodies: list[bytes] = []

    async def moved(request: web.Request) -> web.Response:
        bodies.append(await request.read())
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    async with serving(moved) as server:
        answer = await open_http(f"127.0.0.1:{server.port}").post(str(server.make_url("/")), b"{}", {"X-A": "b"})
    assert (answer.status, bodies) == (302, [b"{}"])


async def test_posting_inside_is_refused_in_words(open_http: Open) -> None:
    answer = await open_http().post("http://127.0.0.1/", b"{}", {})
    assert answer.status is None
    assert "not a public address" in answer.error


# -- asking for a connector


async def ask(http: GuardedHttp, url: str | URL, body: bytes = b"") -> tuple[int, bytes]:
    timeout = aiohttp.ClientTimeout(total=5)
    async with http.ask("POST", str(url), body=body, headers={"X-Hub-Event": "ping"}, timeout=timeout) as answer:
        return answer.status, await answer.read()


async def test_a_connector_asks_what_the_admin_allowed(open_http: Open) -> None:
    async def told(request: web.Request) -> web.Response:
        return web.Response(status=422, text=f"{request.headers['X-Hub-Event']} {await request.text()}")

    async with serving(told) as server:
        http = open_http(f"127.0.0.1:{server.port}")
        assert await ask(http, server.make_url("/hub"), b"hello") == (422, b"ping hello")


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://8.8.8.8:25/", "ftp://example.com/", "http://inside/"])
async def test_a_connector_asks_no_address_inside(open_http: Open, address: str) -> None:
    with pytest.raises(AddressRefused):
        await ask(open_http(names={"inside": ["10.0.0.8"]}), address)


async def test_a_redirect_is_an_answer_like_any_other(open_http: Open) -> None:
    async def moved(_request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("/elsewhere")

    async with serving(moved) as server:
        status, _ = await ask(open_http(f"127.0.0.1:{server.port}"), server.make_url("/"))
    assert status == 307
