"""A customer's file comes from Twilio with our credentials, and from anywhere else without them."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from connectors._lib.twilio_failures import Patience
from connectors.twilio_sms.connector import TwilioSms
from connectors.twilio_sms.media import store_of
from hub.contract import CredentialsRefused, FetchFailed
from hub.domain.ids import ExternalId
from tests.connectors.twilio_sms.accounts import connector_at, tools_with
from tests.connectors.twilio_sms.provider import FakeTwilio


class Store:
    """The store Twilio redirects to: it records who asks."""

    def __init__(self) -> None:
        self.headers: list[dict[str, str]] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        return web.Response(body=b"JPEG from the store")


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    found = Store()
    app = web.Application()
    app.router.add_get("/{path:.*}", found.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


@pytest.fixture
def connector(twilio: FakeTwilio, http: aiohttp.ClientSession) -> TwilioSms:
    return connector_at(twilio, http, tools=tools_with(http, outside=http))


async def content(connector: TwilioSms, address: str) -> bytes:
    return b"".join([part async for part in connector.fetch(ExternalId(address))])


async def test_a_file_at_twilio_is_fetched_with_our_credentials(twilio: FakeTwilio, connector: TwilioSms) -> None:
    twilio.files["ME1"] = b"JPEG"
    assert await content(connector, twilio.media_url("MM1", "ME1")) == b"JPEG"


async def test_the_credentials_are_dropped_where_twilio_redirects_to(
    twilio: FakeTwilio, connector: TwilioSms, store: Store
) -> None:
    twilio.files["ME1"] = f"{store.url}/bucket/ME1?signature=x"
    assert await content(connector, twilio.media_url("MM1", "ME1")) == b"JPEG from the store"
    assert [headers for headers in store.headers if "authorization" in headers] == []
    assert len(store.headers) == 1


async def test_another_host_never_sees_the_credentials(connector: TwilioSms, store: Store) -> None:
    assert await content(connector, f"{store.url}/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1")
    assert "authorization" not in store.headers[0]


@pytest.mark.parametrize(
    ("address", "twilios"),
    [
        ("https://api.twilio.com/2010-04-01/x", True),
        ("https://api.dublin.ie1.twilio.com/2010-04-01/x", True),
        ("http://api.twilio.com/2010-04-01/x", False),
        ("https://api.twilio.com:8443/x", False),
        ("https://media.twiliocdn.com/x", False),
        ("https://api.twilio.com.evil.example/x", False),
        ("https://api.eviltwilio.com/x", False),
        ("https://api.twilio.com@evil.example/x", False),
        ("https://user:pw@api.twilio.com/x", False),
        ("https://[::1/x", False),
        ("", False),
    ],
)
async def test_only_twilios_own_host_is_twilio(http: aiohttp.ClientSession, address: str, twilios: bool) -> None:
    assert store_of(tools_with(http), "https://api.twilio.com", Patience()).is_twilio(address) is twilios


async def test_a_file_that_is_gone_is_said_so(twilio: FakeTwilio, connector: TwilioSms) -> None:
    with pytest.raises(FetchFailed, match="no longer at Twilio") as failed:
        await content(connector, twilio.media_url("MM1", "ME9"))
    assert not failed.value.passing


async def test_a_store_in_trouble_may_be_asked_again(twilio: FakeTwilio, connector: TwilioSms) -> None:
    for fault in ({"status": 503}, {"hang": True}, {"status": 429}):
        twilio.fail(**fault)
        with pytest.raises(FetchFailed) as failed:
            await content(connector, twilio.media_url("MM1", "ME1"))
        assert failed.value.passing


async def test_refused_credentials_are_for_a_person_to_mend(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    wrong = connector_at(twilio, http, auth_token="an-old-auth-token")
    with pytest.raises(CredentialsRefused, match="Twilio console"):
        await content(wrong, twilio.media_url("MM1", "ME1"))
