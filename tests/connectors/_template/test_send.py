"""What goes over the wire, and what comes back over it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from connectors._template.connector import TemplateConnector
from hub.contract import CredentialsRefused, FetchFailed, RetryLater
from hub.domain.ids import ExternalId
from tests.connectors._template.conformance import SHORT, settings_for
from tests.connectors._template.provider import ADDRESS, FakeProvider
from tests.connectors.conformance.kit import NOW, attachment, outbound, tools_for


@pytest.fixture
async def provider() -> AsyncIterator[FakeProvider]:
    async with FakeProvider() as fake:
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def connector(provider: FakeProvider, http: aiohttp.ClientSession, tmp_path: Path) -> TemplateConnector:
    return TemplateConnector(settings_for(provider.url), tools_for(http, tmp_path), patience=SHORT)


async def test_a_message_goes_out_with_its_files_and_what_it_answers(
    provider: FakeProvider, connector: TemplateConnector
) -> None:
    message = outbound(
        "u-7", "Here it is", reply_to="m-1", attachments=(attachment("a.pdf", b"%PDF", "application/pdf"),)
    )
    receipt = await connector.send(message)
    assert receipt.external_id == "out-1"
    assert provider.uploads == {"up-1": b"%PDF"}
    assert provider.sent == [
        {
            "client_id": str(message.delivery_id),
            "to": "u-7",
            "text": "Here it is",
            "files": ["up-1"],
            "reply_to": "m-1",
        }
    ]


async def test_the_wait_the_provider_asks_for_is_told_to_the_hub(
    provider: FakeProvider, connector: TemplateConnector
) -> None:
    provider.next_status = 429
    with pytest.raises(RetryLater) as asked:
        await connector.send(outbound("u-7"))
    assert asked.value.after == timedelta(seconds=7)


async def test_check_names_our_address(connector: TemplateConnector) -> None:
    assert await connector.check() == ADDRESS


async def test_a_wrong_token_is_for_a_person_to_mend(
    provider: FakeProvider, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    wrong = TemplateConnector(settings_for(provider.url, token="not the token"), tools_for(http, tmp_path))
    with pytest.raises(CredentialsRefused, match="Copy the current one"):
        await wrong.check()


async def test_a_customers_file_is_fetched(connector: TemplateConnector) -> None:
    assert b"".join([part async for part in connector.fetch(ExternalId("f-1"))]) == b"%PDF-1.7"


async def test_a_file_that_is_gone_is_said_so(connector: TemplateConnector) -> None:
    with pytest.raises(FetchFailed, match="404"):
        await anext(connector.fetch(ExternalId("f-9")))


async def test_what_a_lost_webhook_missed_is_found(provider: FakeProvider, connector: TemplateConnector) -> None:
    provider.events = [{"type": "ping"}]
    (found,) = [raw async for raw in connector.missed(NOW)]
    assert found.recovered
    assert connector.parse(found) == ()
