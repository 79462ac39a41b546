"""Files are fetched with our token, from Meta's hosts only, and not so often in vain that Meta blocks the number."""

from datetime import timedelta

import aiohttp
import pytest

from connectors._lib.meta_hosts import at_meta_or
from connectors._lib.meta_settings import GRAPH_URL, MEDIA_HOSTS
from connectors.whatsapp.connector import WhatsAppConnector
from hub.contract import CredentialsRefused, FetchFailed
from hub.domain.ids import ExternalId
from tests.connectors._lib.fake_graph import FakeGraph
from tests.connectors.conformance.kit import NOW
from tests.connectors.whatsapp.numbers import NUMBER_ID, whatsapp


async def fetched(channel: WhatsAppConnector, source: str = "1403930000000001") -> bytes:
    return b"".join([chunk async for chunk in channel.fetch(ExternalId(source))])


def holding(graph: FakeGraph, content: bytes | None, *, host: str = "") -> FakeGraph:
    graph.answer("GET", "1403930000000001", {"url": f"{host or graph.url}/files/leg.jpg", "mime_type": "image/jpeg"})
    graph.files = {"leg.jpg": content} if content is not None else {}
    return graph


async def test_a_file_is_fetched_whole(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    content = bytes(range(256)) * 2000
    assert await fetched(whatsapp(holding(graph, content), http)) == content
    assert graph.made("GET", "1403930000000001")[0].query == {"phone_number_id": NUMBER_ID}


async def test_a_redirect_is_followed_within_meta_only(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    holding(graph, None).files = {"moved.jpg": b"moved"}
    graph.redirects = {"leg.jpg": "/files/moved.jpg"}
    assert await fetched(whatsapp(graph, http)) == b"moved"
    async with FakeGraph() as elsewhere:
        graph.redirects = {"leg.jpg": f"{elsewhere.url}/files/leg.jpg"}
        with pytest.raises(FetchFailed):
            await fetched(whatsapp(graph, http))
    graph.redirects = {"leg.jpg": "/files/leg.jpg"}
    with pytest.raises(FetchFailed, match="without end"):
        await fetched(whatsapp(graph, http))


async def test_an_id_cannot_lead_to_another_place_of_the_api(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    with pytest.raises(FetchFailed):
        await fetched(whatsapp(graph, http), "../me?fields=x")
    assert [call for call in graph.calls if call.path == "me"] == []


async def test_our_token_is_shown_to_metas_hosts_only(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    with pytest.raises(FetchFailed, match="none of Meta's known hosts"):
        await fetched(whatsapp(holding(graph, b"x", host="https://lookaside.fbsbx.com.evil.example"), http))


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", True),
        ("https://scontent.xx.fbcdn.net/v/1.jpg", True),
        ("http://lookaside.fbsbx.com/x", False),
        ("https://lookaside.fbsbx.com:8443/x", False),
        ("https://user@lookaside.fbsbx.com/x", False),
        ("https://evilfbsbx.com/x", False),
        ("https://127.0.0.1/x", False),
        ("file:///etc/passwd", False),
        ("", False),
        ("https://[bad/x", False),
    ],
)
def test_which_addresses_are_metas(url: str, right: bool) -> None:
    assert at_meta_or(url, MEDIA_HOSTS, GRAPH_URL) is right


async def test_a_file_that_is_gone_is_said_and_not_tried_again(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    with pytest.raises(FetchFailed, match="any more") as failed:
        await fetched(whatsapp(holding(graph, None), http))
    assert not failed.value.passing


async def test_trouble_at_meta_passes(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("1403930000000001", status=502, body=b"")
    with pytest.raises(FetchFailed) as failed:
        await fetched(whatsapp(holding(graph, b"x"), http))
    assert failed.value.passing


async def test_a_refused_token_stops_the_account(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("1403930000000001", code=190, status=401)
    with pytest.raises(CredentialsRefused):
        await fetched(whatsapp(graph, http))


async def test_after_four_failures_in_an_hour_nothing_is_asked_until_it_has_passed(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    time = [NOW]
    channel = whatsapp(holding(graph, None), http, now=lambda: time[0])
    for _ in range(4):
        with pytest.raises(FetchFailed, match="any more"):
            await fetched(channel)
    asked = len(graph.calls)
    with pytest.raises(FetchFailed, match="The hub pauses") as paused:
        await fetched(channel)
    assert paused.value.passing
    assert len(graph.calls) == asked
    time[0] = NOW + timedelta(minutes=61)
    graph.files = {"leg.jpg": b"again"}
    assert await fetched(channel) == b"again"
