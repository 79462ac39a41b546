"""What the system is answered when it tells something; what it may be asked for; what an admin may enter."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError

from connectors.api_channel import MANIFEST
from connectors.api_channel.connector import ApiChannel
from connectors.api_channel.simulate import SIMULATION
from hub.contract import ConnectorError, CredentialsRefused, SimulatedKind, SimulatedMessage, WebhookResponse
from hub.domain.ids import ExternalId
from tests.connectors.api_channel.system import OwnSystem, connected, message, raw, settings_for, signed
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.peers.faulty_server import Fault


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[ApiChannel]:
    async with aiohttp.ClientSession() as http:
        yield ApiChannel(settings_for(), tools_for(http, tmp_path))


def said(answer: WebhookResponse) -> Any:
    assert answer.content_type == "application/json"
    return json.loads(answer.body)


def test_the_answer_names_what_was_taken(channel: ApiChannel) -> None:
    receipt = {"type": "receipt", "delivery": "01930000-0000-7000-8000-000000000d00", "state": "read"}
    answer = channel.answer(signed({"events": [message(), {"type": "delete", "message": "m-0"}, receipt]}))
    assert (answer.status, answer.store) == (200, True)
    assert said(answer) == {
        "taken": [
            {"type": "message", "id": "m-1"},
            {"type": "delete", "id": "m-0"},
            {"type": "receipt", "id": "01930000-0000-7000-8000-000000000d00"},
        ]
    }


def test_a_ping_is_answered_and_not_kept(channel: ApiChannel) -> None:
    answer = channel.answer(signed({"type": "ping"}))
    assert (answer.status, answer.store, said(answer)) == (200, False, {"taken": [{"type": "ping"}]})


def test_what_cannot_be_taken_is_refused_whole_and_in_words(channel: ApiChannel) -> None:
    answer = channel.answer(signed({"events": [message(), message(sender={})]}))
    assert (answer.status, answer.store) == (422, False)
    assert said(answer) == {"error": "Nothing was taken.", "problems": ["events.1.sender.id: Field required"]}


def test_a_field_misspelt_is_named(channel: ApiChannel) -> None:
    told = message(
        attachment=[], sender={"id": 17, "nmae": "Anna"}, attachments=[{"url": "https://x.example", "nam": 1}]
    )
    assert said(channel.answer(signed(told)))["ignored"] == ["attachment", "attachments.nam", "sender.nmae"]


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_only_posts_are_taken(channel: ApiChannel, method: str) -> None:
    answer = channel.answer(replace(signed(b""), method=method))
    assert (answer.status, answer.store) == (405, False)


async def test_files_are_fetched_through_the_guard(channel: ApiChannel) -> None:
    with pytest.raises(ConnectorError, match="fetches nothing from https://files"):
        await anext(channel.fetch(ExternalId("https://files.shop.example/a")))


# -- what was missed


async def test_missed_events_come_page_by_page(system: OwnSystem, tmp_path: Path) -> None:
    system.pages = {
        "": {"events": [message(id="m-1"), message(id="m-2")], "next": "page 2"},
        "page 2": {"events": [message(id="m-3")], "next": None},
    }
    async with connected(system, tmp_path, list_url=f"{system.origin}/missed") as channel:
        found = [event async for event in channel.missed(NOW)]
        assert [channel.parse(event)[0].external_id for event in found] == ["m-1", "m-2", "m-3"]  # type: ignore[union-attr]  # messages
    assert all(event.recovered for event in found)
    since = "2026-11-22T09:30:00+00:00"
    assert system.asked == [{"since": since}, {"since": since, "cursor": "page 2"}]


async def test_without_a_list_nothing_is_missed(system: OwnSystem, tmp_path: Path) -> None:
    async with connected(system, tmp_path) as channel:
        assert [event async for event in channel.missed(NOW)] == []
    assert system.asked == []


@pytest.mark.parametrize(
    ("problem", "kind", "words"),
    [
        (Fault(status=403), CredentialsRefused, "refuses our signature"),
        (Fault(status=500, body=b'{"error": "no disk"}'), ConnectorError, "HTTP 500: no disk."),
        (Fault(status=200, body=b"[]"), ConnectorError, "has to be a JSON object"),
        (Fault(status=200, body=b'{"events": [], "next": "x"}'), ConnectorError, "the same page"),
        (Fault(hang=True), ConnectorError, "took too long"),
    ],
)
async def test_a_list_that_cannot_be_read_is_told_in_words(
    system: OwnSystem, tmp_path: Path, problem: Fault, kind: type[ConnectorError], words: str
) -> None:
    system.pages["x"] = {"events": [], "next": "x"}
    system.fail(problem)
    async with connected(system, tmp_path, list_url=f"{system.origin}/missed") as channel:
        with pytest.raises(kind, match=words):
            assert [event async for event in channel.missed(NOW)]


# -- settings


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"system": "My Shop"}, "pattern"),
        ({"secret": "short"}, "at least 32"),
        ({"secret": "a secret with spaces in it, thirty-two long"}, "space or a letter beyond ASCII"),
        ({"previous_secret": "short"}, "at least 32"),
        ({"callback_url": "app.example.com/hub"}, "Write the address as"),
        ({"callback_url": "https://[::1"}, "Write the address as"),
        ({"callback_url": "http://app.example.com/hub"}, "Use https"),
        ({"callback_url": "http://8.8.8.8/hub"}, "Use https"),
        ({"callback_url": "https://me:pw@app.example.com/hub"}, "must not carry a name"),
        ({"list_url": "https://app.example.com/missed?all=1"}, "question mark"),
        ({"file_days": 31}, "less than or equal to 30"),
    ],
)
def test_a_wrong_entry_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        settings_for(**changes)


@pytest.mark.parametrize(
    "address",
    ["", "https://app.example.com/hub?key=1", "http://app:8000/hub", "http://10.0.0.8/hub", "http://crm.lan/hub"],
)
def test_a_right_entry_is_taken(address: str) -> None:
    assert settings_for(callback_url=address).callback_url == address


def test_an_empty_previous_secret_is_none() -> None:
    assert settings_for(previous_secret="").previous_secret is None


# -- the demo


async def test_a_made_up_customers_words_come_through_the_door(tmp_path: Path) -> None:
    said = SimulatedMessage(
        person=7,
        name="Jan Nowak",
        email="jan@customer.example",
        us="app",
        number=12,
        at=NOW,
        received_at=NOW,
        text="Hi",
    )
    settings = MANIFEST.settings.model_validate(SIMULATION.settings)
    assert SIMULATION.request is not None
    async with aiohttp.ClientSession() as http:
        channel = MANIFEST.create(settings, tools_for(http, tmp_path))
        assert isinstance(channel, ApiChannel)
        for kind in SimulatedKind:
            event = SIMULATION.write(replace(said, kind=kind, about=ExternalId("demo-1")))
            assert (event is None) == (kind is SimulatedKind.auto_reply)
            request = SIMULATION.request(settings, event or raw(b'{"type":"ping"}'), WEBHOOK_URL)
            channel.verify(request)
            assert channel.answer(request).status == 200
