"""What the hub asks of a web chat besides reading: sending, files, passing signs, its form."""

from collections.abc import AsyncIterator, Mapping

import pytest

from connectors.webchat import MANIFEST
from connectors.webchat.connector import WebchatConnector
from connectors.webchat.settings import WebchatSettings
from hub.contract import FetchFailed
from hub.domain.errors import NotFound
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import outbound, seen
from tests.connectors.webchat.browser import chat, hello, settings, tools


async def test_what_is_stored_is_sent_and_known_by_its_delivery() -> None:
    message = outbound("v-anonymous")
    assert (await chat().send(message)).external_id == str(message.delivery_id)


@pytest.mark.parametrize(
    ("origins", "address"),
    [
        ((), "https://hub.example.com/demo/widget"),
        (("https://a.example", "https://b.example"), "https://a.example, https://b.example"),
    ],
)
async def test_the_address_is_where_visitors_find_it(origins: tuple[str, ...], address: str) -> None:
    assert await chat(allowed_origins=origins).check() == address


async def test_a_visitors_file_is_read_from_the_hubs_own_store() -> None:
    async def stored(source: str) -> AsyncIterator[bytes]:
        yield f"content of {source}".encode()

    connector = WebchatConnector(settings(), tools(read_upload=stored))
    assert [part async for part in connector.fetch(ExternalId("upload/x/y"))] == [b"content of upload/x/y"]


async def test_a_file_that_is_gone_is_said_in_words() -> None:
    async def gone(source: str) -> AsyncIterator[bytes]:
        raise NotFound(source)
        yield b""  # type: ignore[unreachable]  # makes it a generator

    connector = WebchatConnector(settings(), tools(read_upload=gone))
    with pytest.raises(FetchFailed, match="send it again"):
        await anext(connector.fetch(ExternalId("upload/x/y")))


async def test_a_hub_without_visitors_door_says_so() -> None:
    with pytest.raises(FetchFailed, match="door is closed"):
        await anext(chat().fetch(ExternalId("upload/x/y")))


async def test_typing_and_seen_reach_the_open_widget() -> None:
    told: list[tuple[str, Mapping[str, object]]] = []
    connector = WebchatConnector(settings(), tools(tell_visitor=lambda thread, sign: told.append((thread, sign))))
    await connector.show_typing(ExternalId("v-1"))
    await connector.mark_read(seen("v-1", "v-1:aaaaaaaa"))
    assert told == [("v-1", {"type": "typing"}), ("v-1", {"type": "seen", "upto": "aaaaaaaa"})]


def test_a_newcomer_can_save_the_form_as_it_is() -> None:
    first, second = WebchatSettings(), WebchatSettings()
    assert first.token_secret != second.token_secret
    assert len(first.identity_secret.get_secret_value()) >= 32


def test_every_field_of_the_form_has_a_title() -> None:
    schema = WebchatSettings.model_json_schema()
    assert all("title" in field for field in schema["properties"].values())


@pytest.mark.parametrize(
    "fields",
    [[{"key": "order"}], [{"key": "Name"}], [{"key": "name"}, {"key": "name"}], [{"key": "a b", "label": "x"}]],
)
def test_questions_that_cannot_work_are_refused(fields: list[dict[str, str]]) -> None:
    with pytest.raises(ValueError, match=r"needs a label|pattern|same key"):
        settings(fields=fields)


def test_the_widget_learns_the_owners_texts_in_each_language() -> None:
    connector = chat(title="Shop", translations=[{"language": "pl", "title": "Sklep"}])
    config = connector.admit(hello()).config
    assert config["texts"] == {
        "": {"title": "Shop", "welcome": "", "offline": "", "consent": ""},
        "pl": {"title": "Sklep"},
    }


def test_the_manifest_names_what_the_chat_can_do() -> None:
    assert (MANIFEST.key, MANIFEST.capabilities.typing_out, MANIFEST.icon[:4]) == ("webchat", True, "<svg")
