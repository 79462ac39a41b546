"""Sending, the subscription, the token that stays young, and the steps of the connect wizard."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from connectors.instagram.settings import FIELDS
from connectors.instagram.verify import signature
from hub.contract import ConnectorError, ContactPointLearned, CredentialsRefused, OutboundAttachment, Rejected
from hub.domain.sending import text_length
from tests.connectors._lib.fake_graph import TOKEN, Call, FakeGraph
from tests.connectors._lib.meta_cases import ESCAPED, event
from tests.connectors._lib.meta_inboxes import ANNA, messages
from tests.connectors.conformance.kit import NOW, attachment, outbound
from tests.connectors.instagram.accounts import META_SECRET, instagram


def linked(name: str, media_type: str, *, size: int | None = None) -> OutboundAttachment:
    """A file with a public address."""
    file = attachment(name, b"x", media_type, size=size)
    return replace(file, link=lambda span: f"https://hub.example.com/f/{name}?for={span.total_seconds():.0f}")


async def test_a_text_is_counted_in_bytes_and_goes_out_in_parts(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    receipt = await instagram(graph, http).send(outbound(ANNA, "안녕하세요 " * 100))
    texts = [body["message"] for body in messages(graph)]
    lengths = [text_length(str(text["text"]), "bytes") for text in texts if isinstance(text, dict)]
    assert max(lengths) <= 1000
    assert len(lengths) == 1 + len(receipt.further_ids) == 2
    assert all("metadata" not in text for text in texts if isinstance(text, dict))


async def test_a_persons_late_answer_carries_the_tag(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    await instagram(graph, http).send(replace(outbound(ANNA), last_heard_at=NOW - timedelta(days=3)))
    assert messages(graph)[0]["tag"] == "HUMAN_AGENT"


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [("a.png", "image/png", "image"), ("a.m4a", "audio/mp4", "audio"), ("a.pdf", "application/pdf", "file")],
)
async def test_a_file_goes_out_by_a_link_that_ends(
    graph: FakeGraph, http: aiohttp.ClientSession, name: str, media_type: str, kind: str
) -> None:
    await instagram(graph, http).send(outbound(ANNA, "", attachments=(linked(name, media_type),)))
    (body,) = messages(graph)
    link = {"url": f"https://hub.example.com/f/{name}?for=3600"}
    assert body["message"] == {"attachment": {"type": kind, "payload": link}}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (attachment("a.png", b"x", "image/png"), "HUB_PUBLIC_URL"),
        (linked("a.png", "image/png", size=8 * 1024 * 1024 + 1), "too large"),
        (linked("a.mp4", "video/mp4", size=25 * 1024 * 1024 + 1), "too large"),
    ],
)
async def test_a_file_that_cannot_go_is_refused_in_words(
    graph: FakeGraph, http: aiohttp.ClientSession, file: OutboundAttachment, words: str
) -> None:
    with pytest.raises(Rejected, match=words):
        await instagram(graph, http).send(outbound(ANNA, "", attachments=(file,)))
    assert messages(graph) == []


async def test_check_names_the_account(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    assert await instagram(graph, http).check() == "@halden.shop"
    graph.answer("GET", "me", {"id": "1", "user_id": "2", "username": "another"})
    with pytest.raises(ConnectorError, match="@another, whose account ID is 2"):
        await instagram(graph, http).check()
    with pytest.raises(CredentialsRefused):
        await instagram(graph, http, token=TOKEN[::-1]).check()


def test_the_meta_apps_secret_signs_as_well(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    instagram(graph, http).verify(event(signature(ESCAPED, META_SECRET)))


async def test_registering_subscribes_the_app_to_the_account(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    await instagram(graph, http).register()
    (told,) = graph.made("POST", "me/subscribed_apps")
    assert told.query["subscribed_fields"].split(",") == list(FIELDS)
    graph.fail("subscribed_apps", code=10)
    with pytest.raises(CredentialsRefused, match="permission"):
        await instagram(graph, http).register()


async def test_an_account_meta_unsubscribed_is_said(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    assert await instagram(graph, http).subscription() == ""
    graph.answer("GET", "me/subscribed_apps", {"data": []})
    assert "an hour of failed deliveries" in await instagram(graph, http).subscription()
    graph.fail("subscribed_apps", code=190)
    with pytest.raises(CredentialsRefused):
        await instagram(graph, http).subscription()


# -- the token


class Kept:
    """Where the hub keeps a channel's secrets."""

    def __init__(self) -> None:
        self.secrets: list[tuple[str, str]] = []

    async def __call__(self, name: str, value: str) -> None:
        self.secrets.append((name, value))


async def test_the_token_is_renewed_once_a_day_and_used_at_once(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    kept, time, fresh = Kept(), [NOW], TOKEN + "-renewed"

    def renew(call: Call) -> Mapping[str, object]:
        assert call.query == {"grant_type": "ig_refresh_token", "access_token": TOKEN}
        graph.access = replace(graph.access, token=fresh)
        return {"access_token": fresh, "token_type": "bearer", "expires_in": 5183944}

    graph.answer("GET", "refresh_access_token", renew)
    account = instagram(graph, http, keep_secret=kept, now=lambda: time[0])
    assert await account.subscription() == ""
    time[0] += timedelta(hours=23)
    assert await account.subscription() == ""
    assert kept.secrets == [("token", fresh)]
    assert len(graph.made("GET", "refresh_access_token")) == 1
    await account.send(outbound(ANNA))
    assert graph.made("POST", "me/messages")[0].token == fresh


async def test_a_token_that_cannot_be_renewed_yet_is_used_on(
    graph: FakeGraph, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept()
    graph.fail("refresh_access_token", code=100)
    with caplog.at_level("INFO"):
        assert await instagram(graph, http, keep_secret=kept).subscription() == ""
    assert kept.secrets == []
    assert "not renewed" in caplog.text
    assert TOKEN not in caplog.text


# -- the steps


async def test_the_steps_of_an_account_in_good_order(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    steps = await instagram(graph, http).setup()
    assert [step.done for step in steps] == [True, None, True, None]
    assert all(step.help for step in steps if step.done is None)


async def test_the_step_that_is_missing_is_named(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", "me/subscribed_apps", {"data": []})
    assert [step.done for step in await instagram(graph, http).setup()] == [True, None, False, None]
    graph.answer("GET", "me", {"id": "1", "user_id": "2", "username": "another"})
    assert [step.done for step in await instagram(graph, http).setup()] == [False, None, None, None]
    graph.fail("me", code=190)
    assert (await instagram(graph, http).setup())[0].done is False
    account = instagram(graph, http)
    await graph.stop()
    with pytest.raises(ConnectorError, match="could not be reached"):
        await account.setup()


async def test_who_wrote_is_named_by_their_profile(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.answer("GET", ANNA, {"name": "", "username": "anna.z", "id": ANNA})
    account = instagram(graph, http)
    note = await account.who_is(ANNA)
    assert note is not None
    (told,) = account.parse(note)
    assert isinstance(told, ContactPointLearned)
    assert (told.known.name, told.known.fields) == ("@anna.z", {"username": "@anna.z"})
