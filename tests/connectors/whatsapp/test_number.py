"""Registering our webhook, looking whether it still works, and the steps of the connect wizard."""

import aiohttp
import pytest

from hub.contract import ConnectorError, CredentialsRefused
from tests.connectors._lib.fake_graph import APP_ID, FakeGraph
from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.connectors.whatsapp.numbers import ACCOUNT_ID, NUMBER_ID, node, subscription, whatsapp


async def test_registering_sends_this_numbers_events_to_us(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", NUMBER_ID, node(webhook=""))
    await whatsapp(graph, http).register()
    assert len(graph.made("POST", f"{ACCOUNT_ID}/subscribed_apps")) == 1
    (told,) = graph.made("POST", NUMBER_ID)
    assert told.json["webhook_configuration"]["override_callback_uri"] == WEBHOOK_URL
    assert graph.made("POST", f"{APP_ID}/subscriptions") == []


async def test_what_is_registered_is_left_alone(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    await whatsapp(graph, http).register()
    assert graph.made("POST", NUMBER_ID) == []


async def test_an_app_without_a_webhook_gets_ours(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": []})
    await whatsapp(graph, http).register()
    (told,) = graph.made("POST", f"{APP_ID}/subscriptions")
    assert told.token == graph.access.app_token
    assert told.json["callback_url"] == WEBHOOK_URL
    assert "messages" in told.json["fields"].split(",")


async def test_who_registers_by_hand_is_not_interfered_with(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", NUMBER_ID, node(webhook=""))
    await whatsapp(graph, http, register=False).register()
    assert [call.path for call in graph.calls if call.method == "POST"] == [f"{ACCOUNT_ID}/subscribed_apps"]


async def test_a_refused_registration_is_said_in_words(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("subscribed_apps", code=200)
    with pytest.raises(CredentialsRefused, match="permission"):
        await whatsapp(graph, http).register()
    graph.answer("GET", NUMBER_ID, node(webhook=""))
    graph.faults.clear()
    graph.fail(NUMBER_ID, code=190)
    with pytest.raises(CredentialsRefused, match="access token"):
        await whatsapp(graph, http).register()


async def test_a_healthy_number_has_no_problem(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    assert await whatsapp(graph, http).subscription() == ""


@pytest.mark.parametrize(
    ("status", "words"), [("BANNED", "banned"), ("DISCONNECTED", "not registered"), ("RESTRICTED", "quality")]
)
async def test_a_number_that_may_not_work_is_said(
    graph: FakeGraph, http: aiohttp.ClientSession, status: str, words: str
) -> None:
    graph.answer("GET", NUMBER_ID, node(status))
    assert words in await whatsapp(graph, http).subscription()


async def test_a_webhook_that_goes_elsewhere_is_said(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", NUMBER_ID, node(webhook="https://somebody.example.com"))
    assert "another address" in await whatsapp(graph, http).subscription()
    assert "another address" in await whatsapp(graph, http, register=False).subscription()
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": [subscription(WEBHOOK_URL)]})
    assert await whatsapp(graph, http, register=False).subscription() == ""


async def test_an_app_that_was_unsubscribed_is_said(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", f"{ACCOUNT_ID}/subscribed_apps", {"data": [{"whatsapp_business_api_data": {"id": "1"}}]})
    assert "not subscribed" in await whatsapp(graph, http).subscription()


async def test_the_steps_of_a_number_in_good_order(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    steps = await whatsapp(graph, http).setup()
    assert [step.title for step in steps if step.done is not True] == []


@pytest.mark.parametrize(
    ("path", "answer", "title"),
    [
        ("debug_token", {"data": {"is_valid": False, "app_id": APP_ID, "scopes": []}}, "token is valid"),
        ("debug_token", {"data": {"is_valid": True, "app_id": "1", "scopes": []}}, "made for this app"),
        ("debug_token", {"data": {"is_valid": True, "app_id": APP_ID, "scopes": []}}, "permissions"),
        (NUMBER_ID, node("PENDING"), "registered with the Cloud API"),
        (NUMBER_ID, node(webhook="https://x.example.com"), "webhook address is registered"),
        (f"{ACCOUNT_ID}/subscribed_apps", {"data": []}, "subscribed to the WhatsApp Business Account"),
        (f"{APP_ID}/subscriptions", {"data": [subscription(WEBHOOK_URL, "calls")]}, "messages"),
    ],
)
async def test_the_step_that_is_missing_is_named(
    graph: FakeGraph, http: aiohttp.ClientSession, path: str, answer: dict[str, object], title: str
) -> None:
    graph.answer("GET", path, answer)
    missing = [step for step in await whatsapp(graph, http).setup() if step.done is False]
    assert any(title in step.title for step in missing)
    assert all(len(step.help) > 20 for step in missing)


async def test_what_meta_refuses_to_tell_is_a_step_and_no_failure(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    for path in ("debug_token", "subscriptions", NUMBER_ID, "subscribed_apps"):
        graph.fail(path, code=190)
    steps = await whatsapp(graph, http).setup()
    assert [step.done for step in steps] == [False, None, None, False, None, None, None, None]


async def test_without_meta_nothing_can_be_told(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    channel = whatsapp(graph, http)
    await graph.stop()
    with pytest.raises(ConnectorError, match="could not be reached"):
        await channel.setup()
