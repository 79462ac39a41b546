"""Who we are, where our events go, what a lost webhook missed, and files."""

import json
from datetime import timedelta

import aiohttp
import pytest

from connectors.messenger.settings import FIELDS
from hub.contract import (
    ConnectorError,
    ContactPointLearned,
    CredentialsRefused,
    FetchFailed,
    InboundMessage,
    RawEvent,
    UnparseableEvent,
)
from hub.domain.ids import ExternalId
from hub.domain.interaction import AuthorKind
from tests.connectors._lib.fake_graph import APP_ID, TOKEN, FakeGraph
from tests.connectors._lib.meta_inboxes import ANNA, subscribed
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL
from tests.connectors.messenger.pages import PAGE, messenger

PHOTO = "https://scontent.xx.fbcdn.net/v/1.jpg"


async def test_check_names_the_page(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    assert await messenger(graph, http).check() == f"Halden Shop ({PAGE})"
    graph.answer("GET", "me", {"id": "1", "name": "Another Page"})
    with pytest.raises(ConnectorError, match="Another Page"):
        await messenger(graph, http).check()
    with pytest.raises(CredentialsRefused):
        await messenger(graph, http, token=TOKEN[::-1]).check()


# -- the webhook


async def test_registering_subscribes_app_and_page(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": []})
    await messenger(graph, http).register()
    (app,) = graph.made("POST", f"{APP_ID}/subscriptions")
    (page,) = graph.made("POST", "me/subscribed_apps")
    assert (app.json["object"], app.json["callback_url"], app.token) == ("page", WEBHOOK_URL, graph.access.app_token)
    assert set(app.json["fields"].split(",")) == set(page.json["subscribed_fields"].split(",")) == set(FIELDS)


async def test_what_is_registered_is_left_alone(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    await messenger(graph, http).register()
    assert graph.made("POST", f"{APP_ID}/subscriptions") == []


async def test_another_programs_webhook_is_not_taken_over(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", f"{APP_ID}/subscriptions", subscribed("page", *FIELDS, url="https://other.example.com"))
    with pytest.raises(ConnectorError, match="an app of its own"):
        await messenger(graph, http).register()
    assert [call for call in graph.calls if call.method == "POST"] == []
    assert "another address" in await messenger(graph, http).subscription()
    await messenger(graph, http, register=False).register()


async def test_a_page_meta_unsubscribed_is_said(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    assert await messenger(graph, http).subscription() == ""
    graph.answer("GET", "me/subscribed_apps", {"data": [{"id": "1", "subscribed_fields": ["messages"]}]})
    assert "an hour of failed deliveries" in await messenger(graph, http).subscription()
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": []})
    assert "Restart this channel" in await messenger(graph, http).subscription()


async def test_trouble_while_looking_is_said_in_words(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    page = messenger(graph, http)
    graph.fail("subscribed_apps", code=190)
    with pytest.raises(CredentialsRefused, match="access token"):
        await page.subscription()
    graph.fail("subscribed_apps", code=200)
    with pytest.raises(CredentialsRefused, match="permission"):
        await page.register()
    await graph.stop()
    with pytest.raises(ConnectorError, match="could not be reached"):
        await page.setup()


async def test_the_steps_of_a_page_in_good_order(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    assert [step.title for step in await messenger(graph, http).setup() if step.done is not True] == []


@pytest.mark.parametrize(
    ("path", "answer", "title"),
    [
        ("debug_token", {"data": {"is_valid": True, "app_id": APP_ID, "scopes": ["pages_messaging"]}}, "permissions"),
        ("me", {"id": "1", "name": "Another Page"}, "of this Page"),
        (
            f"{APP_ID}/subscriptions",
            subscribed("page", "messages", url="https://x.example.com"),
            "goes to this channel",
        ),
        ("me/subscribed_apps", {"data": []}, "tells the app"),
    ],
)
async def test_the_step_that_is_missing_is_named(
    graph: FakeGraph, http: aiohttp.ClientSession, path: str, answer: dict[str, object], title: str
) -> None:
    graph.answer("GET", path, answer)
    missing = [step for step in await messenger(graph, http).setup() if step.done is False]
    assert [step.title for step in missing if title in step.title]
    assert all(len(step.help) > 20 for step in missing)


# -- what a lost webhook missed


def listed(mid: str, sender: str, minutes: int, **more: object) -> dict[str, object]:
    at = (NOW - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    people = {
        "from": {"id": sender, "name": "Anna Example"},
        "to": {"data": [{"id": PAGE if sender == ANNA else ANNA}]},
    }
    return {"id": mid, "created_time": at, "message": mid, **people, **more}


def conversation(minutes: int, *messages: dict[str, object]) -> dict[str, object]:
    at = (NOW - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    return {"id": "t_1", "updated_time": at, "messages": {"data": list(messages)}}


async def test_what_a_lost_webhook_missed_is_found_with_names_and_files(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    files = {"data": [{"mime_type": "image/jpeg", "name": "leg.jpg", "image_data": {"url": PHOTO}}]}
    newest_first = (listed("m_3", PAGE, 2), listed("m_2", ANNA, 5, attachments=files), listed("m_1", ANNA, 90))
    old = conversation(70, listed("m_0", ANNA, 70))
    graph.answer("GET", "me/conversations", {"data": [conversation(2, *newest_first), old]})
    page = messenger(graph, http)
    found = [raw async for raw in page.missed(NOW - timedelta(hours=1))]
    events = [event for raw in found for event in page.parse(raw)]
    assert all(raw.recovered for raw in found)
    messages = [event for event in events if isinstance(event, InboundMessage)]
    assert [message.external_id for message in messages] == ["m_2", "m_3"]
    assert [message.author for message in messages] == [AuthorKind.contact, AuthorKind.agent]
    assert messages[0].sender.name == "Anna Example"
    assert messages[0].occurred_at == NOW - timedelta(minutes=5)
    assert [(file.name, file.source) for file in messages[0].attachments] == [("leg.jpg", PHOTO)]


@pytest.mark.parametrize("junk", [{}, {"data": 1}, {"data": [{"messages": {"data": [1, {}]}}, {"updated_time": 5}]}])
async def test_a_list_that_cannot_be_read_says_nothing(
    graph: FakeGraph, http: aiohttp.ClientSession, junk: dict[str, object]
) -> None:
    graph.answer("GET", "me/conversations", junk)
    assert [raw async for raw in messenger(graph, http).missed(NOW)] == []


async def test_a_refused_list_is_said_in_words(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("conversations", code=10)
    with pytest.raises(CredentialsRefused, match="permission"):
        [raw async for raw in messenger(graph, http).missed(NOW)]


# -- files


async def test_a_file_is_fetched_by_its_address_or_by_its_message(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    page = messenger(graph, http, files={PHOTO: b"photo", f"{PHOTO}?2": b"second"})
    attachments = {"data": [{"image_data": {"url": PHOTO}}, {"mime_type": "image/png", "file_url": f"{PHOTO}?2"}]}
    graph.answer("GET", "m_1", {"id": "m_1", "attachments": attachments})
    for source, content in ((PHOTO, b"photo"), ("mid:m_1#1", b"second")):
        assert b"".join([part async for part in page.fetch(ExternalId(source))]) == content


@pytest.mark.parametrize(
    "source",
    ["https://example.com/x.jpg", "https://127.0.0.1/x", "mid:m_1#7", "mid:m_1#x", "mid:../me#0", "mid:", PHOTO],
)
async def test_nothing_else_is_fetched(graph: FakeGraph, http: aiohttp.ClientSession, source: str) -> None:
    graph.answer("GET", "m_1", {"id": "m_1"})
    with pytest.raises(FetchFailed):
        [part async for part in messenger(graph, http).fetch(ExternalId(source))]


async def test_a_body_is_json_that_parse_reads(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", "me/conversations", {"data": [conversation(1, listed("m_9", ANNA, 1, sticker=PHOTO))]})
    (raw,) = [raw async for raw in messenger(graph, http).missed(NOW - timedelta(hours=1))]
    assert json.loads(raw.body)["entry"][0]["id"] == PAGE


# -- who somebody is


async def test_who_wrote_is_named_by_their_profile(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", ANNA, {"first_name": "Anna", "last_name": "Żółć", "id": ANNA, "profile_pic": "https://x/a"})
    page = messenger(graph, http)
    note = await page.who_is(ANNA)
    assert note is not None
    (told,) = page.parse(note)
    assert isinstance(told, ContactPointLearned)
    assert (told.known.value, told.known.name, told.learned) == (ANNA, "Anna Żółć", None)
    assert told.known.portrait == "https://x/a"
    assert graph.made("GET", ANNA)[0].query["fields"] == "first_name,last_name,profile_pic"


async def test_who_does_not_let_himself_be_seen_stays_nameless(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail(ANNA, status=400, code=100)
    assert await messenger(graph, http).who_is(ANNA) is None
    graph.answer("GET", ANNA, {"id": ANNA})
    assert await messenger(graph, http).who_is(ANNA) is None
    assert await messenger(graph, http).who_is("me/accounts?fields=access_token") is None


async def test_a_name_that_cannot_be_asked_for_now_is_asked_for_again(
    graph: FakeGraph, http: aiohttp.ClientSession
) -> None:
    graph.fail(ANNA, status=400, code=4)
    with pytest.raises(ConnectorError):
        await messenger(graph, http).who_is(ANNA)


def test_a_note_that_names_nobody_is_marked(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    with pytest.raises(UnparseableEvent, match="who they are"):
        messenger(graph, http).parse(RawEvent(kind="profile", body=b"{}", received_at=NOW))
