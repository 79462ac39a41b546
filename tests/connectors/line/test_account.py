"""Proving the account, its webhook and setup, files, names, passing signs, settings, the demo."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError

from connectors.line import MANIFEST
from connectors.line.connector import LineAccount
from connectors.line.simulate import SIMULATION
from hub.contract import (
    ConnectorError,
    ContactPointLearned,
    CredentialsRefused,
    FetchFailed,
    InboundMessage,
    RawEvent,
    ReceivesWebhooks,
    Rejected,
    SeenMessage,
    SimulatedFile,
    SimulatedKind,
    SimulatedMessage,
    WebhookRequest,
)
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, seen, tools_for
from tests.connectors.line.accounts import ANNA, GROUP, line
from tests.connectors.line.conformance import CASE, request
from tests.connectors.line.fake_line import BOT, SECRET, FakeLine, error
from tests.peers.faulty_server import Fault

FIXTURES = dict(CASE.fixtures())
OTHER = "U" + "0" * 32

# -- the account


async def test_check_names_the_account(server: FakeLine, http: aiohttp.ClientSession) -> None:
    assert await line(server, http, bot_user_id=BOT).check() == "@216ruzlz"


async def test_a_token_of_another_account_than_the_settings_name_is_found_out(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    with pytest.raises(ConnectorError, match=BOT):
        await line(server, http, bot_user_id=OTHER).check()


async def test_a_refused_token_says_what_to_do(server: FakeLine, http: aiohttp.ClientSession) -> None:
    with pytest.raises(CredentialsRefused, match="long-lived"):
        await line(server, http, token="another-token-that-is-refused").check()


@pytest.mark.parametrize("body", [b"{}", b"<html>", b"[]"])
async def test_a_server_that_is_not_line_is_told_apart(
    server: FakeLine, http: aiohttp.ClientSession, body: bytes
) -> None:
    server.fail(Fault(method="info", status=200, body=body))
    with pytest.raises(ConnectorError, match=r"does not answer as LINE|could not be read"):
        await line(server, http).check()


# -- the webhook


async def test_our_address_is_registered_where_another_stands(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.endpoint = {"endpoint": "https://other.example.com", "active": True}
    account = line(server, http)
    assert "another address" in await account.subscription()
    await account.register()
    assert server.endpoint["endpoint"] == WEBHOOK_URL
    assert await account.subscription() == ""


async def test_our_address_is_registered_where_none_stands(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.endpoint = None
    await line(server, http).register()
    assert server.endpoint == {"active": True, "endpoint": WEBHOOK_URL}


async def test_what_an_admin_entered_is_left_alone(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.endpoint = {"endpoint": "https://proxy.example.com", "active": True}
    account = line(server, http, register_webhook=False)
    await account.register()
    assert server.endpoint["endpoint"] == "https://proxy.example.com"
    assert "Enter this channel's" in await account.subscription()


async def test_a_webhook_switched_off_says_where_the_switch_is(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.endpoint = {"endpoint": WEBHOOK_URL, "active": False}
    assert "“Use webhook” is off" in await line(server, http).subscription()


async def test_a_hub_line_cannot_reach_is_said_with_lines_reason(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.test = {"success": False, "reason": "COULD_NOT_CONNECT", "detail": "TLS handshake failure"}
    assert "TLS handshake failure" in await line(server, http).subscription()


async def test_too_many_tests_are_no_problem_of_the_channel(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="test", status=429, body=error("Too many")))
    assert await line(server, http).subscription() == ""


async def test_the_wizard_names_every_step(server: FakeLine, http: aiohttp.ClientSession) -> None:
    steps = await line(server, http, bot_user_id=BOT).setup()
    assert [step.done for step in steps] == [True, True, True, True, None, None, True]


async def test_the_wizard_says_which_step_is_missing(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.endpoint = None
    server.used = 500
    steps = await line(server, http, bot_user_id=OTHER).setup()
    assert [step.done for step in steps] == [False, False, False, None, None, None, False]
    assert all(step.help for step in steps if step.done is not True)
    assert BOT in steps[0].help


async def test_an_unlimited_plan_has_messages_left(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.quota = {"type": "none"}
    assert (await line(server, http).setup())[-1].done is True


async def test_a_call_without_events_is_answered_and_not_kept(server: FakeLine, http: aiohttp.ClientSession) -> None:
    account = line(server, http)
    assert account.answer(request(b'{"destination":"U","events":[]}', "")).store is False
    assert account.answer(request(FIXTURES["text"].body, "")).store is True
    assert account.answer(request(b"{", "")).store is True


async def test_the_still_of_films_is_for_anybody(server: FakeLine, http: aiohttp.ClientSession) -> None:
    account = line(server, http)
    asked = WebhookRequest(method="GET", url=WEBHOOK_URL, headers={}, query={"still": "1"}, body=b"")
    account.verify(asked)
    answer = account.answer(asked)
    assert (answer.content_type, answer.store) == ("image/png", False)
    assert answer.body.startswith(b"\x89PNG")
    assert len(answer.body) < 10_000


# -- files


async def fetched(account: LineAccount, source: str) -> bytes:
    return b"".join([chunk async for chunk in account.fetch(ExternalId(source))])


async def test_a_file_is_fetched_whole(server: FakeLine, http: aiohttp.ClientSession) -> None:
    content = bytes(range(256)) * 2000
    server.files["325710"] = (200, content)
    assert await fetched(line(server, http), "content:325710") == content


@pytest.mark.parametrize(
    ("status", "passing", "words"), [(202, True, "preparing"), (404, False, "any more"), (503, True, "at the moment")]
)
async def test_a_file_that_does_not_come_says_whether_to_ask_again(
    server: FakeLine, http: aiohttp.ClientSession, status: int, passing: bool, words: str
) -> None:
    server.files["1"] = (status, b"")
    with pytest.raises(FetchFailed, match=words) as failed:
        await fetched(line(server, http), "content:1")
    assert failed.value.passing is passing


async def test_a_refused_token_stops_the_fetching(server: FakeLine, http: aiohttp.ClientSession) -> None:
    with pytest.raises(CredentialsRefused):
        await fetched(line(server, http, token="another-token-that-is-refused"), "content:1")


async def test_a_server_that_is_gone_may_come_back(server: FakeLine, http: aiohttp.ClientSession) -> None:
    await server.stop()
    with pytest.raises(FetchFailed) as failed:
        await fetched(line(server, http), "content:1")
    assert failed.value.passing


async def test_addresses_a_customer_gave_and_stickers_go_through_the_guard(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    asked: list[str] = []

    async def guarded(url: str, _limit: int) -> AsyncIterator[bytes]:
        asked.append(url)
        yield b"picture"

    account = line(server, http, fetch=guarded, sticker_url="https://cdn.example.com/{id}.png")
    assert await fetched(account, "url:https://example.com/original.jpg") == b"picture"
    assert await fetched(account, "sticker:52002738") == b"picture"
    assert asked == ["https://example.com/original.jpg", "https://cdn.example.com/52002738.png"]


@pytest.mark.parametrize("source", ["sticker:../x", "sticker:", "nonsense"])
async def test_other_sources_lead_nowhere(server: FakeLine, http: aiohttp.ClientSession, source: str) -> None:
    with pytest.raises(FetchFailed, match="no picture"):
        await fetched(line(server, http), source)


# -- names


async def names(account: LineAccount) -> list[tuple[str, str]]:
    """Who is named by a look, as (id, name)."""
    events = [account.parse(note)[0] async for note in account.missed(NOW - timedelta(hours=1))]
    return [(one.known.value, one.known.name) for one in events if isinstance(one, ContactPointLearned)]


async def test_who_wrote_gets_a_name_once(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.names[f"profile/{ANNA}"] = {"userId": ANNA, "displayName": "Anna Żółć", "language": "pl"}
    account = line(server, http)
    account.parse(FIXTURES["text"])
    assert await names(account) == [(ANNA, "Anna Żółć")]
    account.parse(FIXTURES["reply_quote"])
    assert await names(account) == []


async def test_members_and_groups_are_asked_for_in_the_group(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.names[f"group/{GROUP}/member/{ANNA}"] = {"displayName": "Anna"}
    server.names[f"group/{GROUP}/summary"] = {"groupName": "Neighbours"}
    account = line(server, http)
    account.parse(FIXTURES["group_mention"])
    assert set(await names(account)) == {(ANNA, "Anna"), (GROUP, "Neighbours")}


async def test_who_does_not_want_to_be_seen_is_not_asked_for_again(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    account = line(server, http)
    account.parse(FIXTURES["text"])
    assert await names(account) == []
    server.names[f"profile/{ANNA}"] = {"displayName": "Anna"}
    assert await names(account) == []


async def test_when_line_asks_to_wait_the_names_are_asked_for_later(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    account = line(server, http)
    account.parse(FIXTURES["text"])
    server.fail(Fault(method="name", status=429))
    with pytest.raises(ConnectorError):
        await names(account)
    server.names[f"profile/{ANNA}"] = {"displayName": "Anna"}
    assert await names(account) == [(ANNA, "Anna")]


# -- passing signs


async def test_a_message_is_marked_read_by_its_token(server: FakeLine, http: aiohttp.ClientSession) -> None:
    (message, *_) = line(server, http).parse(FIXTURES["text"])
    assert isinstance(message, InboundMessage)
    started_anew = line(server, http)
    await started_anew.mark_read(SeenMessage(thread=message.thread, id=message.external_id, data=message.data))
    await started_anew.mark_read(seen(ANNA, "of an account without read marks"))
    assert server.told == [("markAsRead", {"markAsReadToken": "30yhdy232ReadTokenOfTheFixture"})]


async def test_typing_shows_to_people_and_not_to_groups(server: FakeLine, http: aiohttp.ClientSession) -> None:
    account = line(server, http)
    await account.show_typing(ExternalId(ANNA))
    await account.show_typing(ExternalId(GROUP))
    assert server.told == [("loading/start", {"chatId": ANNA, "loadingSeconds": 5})]


async def test_a_refused_sign_is_an_error_the_hub_knows(server: FakeLine, http: aiohttp.ClientSession) -> None:
    server.fail(Fault(method="chat", status=400, body=error("no")))
    with pytest.raises(Rejected):
        await line(server, http).show_typing(ExternalId(ANNA))


# -- settings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel_secret", "short"),
        ("channel_secret", "0a1b2c3d4e5f60718293 a4b5c6d7e8f9"),
        ("token", "with blanks in it, which no token has"),
        ("bot_user_id", "@216ruzlz"),
        ("api_url", "ftp://api.line.me"),
        ("api_url", "http://api.line.me"),
        ("data_url", "https://user@api-data.line.me"),
        ("sticker_url", "http://cdn.example.com/{id}"),
        ("sticker_url", "https://cdn.example.com/"),
        ("link_days", 31),
    ],
)
def test_a_wrong_setting_is_refused_without_repeating_it(field: str, value: Any) -> None:
    given = {"channel_secret": SECRET, "token": "a-token-of-more-than-twenty", field: value}
    with pytest.raises(ValidationError) as refused:
        MANIFEST.settings.model_validate(given)
    assert len(refused.value.errors()) == 1
    assert str(value) not in str(refused.value) or field == "link_days"


# -- the demo

SAID = SimulatedMessage(
    person=7,
    name="Anna Example",
    email="anna@example.com",
    us=SIMULATION.address,
    number=12,
    at=NOW - timedelta(minutes=2),
    received_at=NOW,
    text="Dzień dobry",
)
PHOTO = SimulatedFile(key="0" * 32, name="leg.jpg", media_type="image/jpeg", content=b"content")


def heard(said: SimulatedMessage, http: aiohttp.ClientSession) -> InboundMessage:
    """What the hub reads after the door let the request in."""
    settings = MANIFEST.settings.model_validate(SIMULATION.settings)
    account = MANIFEST.create(settings, tools_for(http, Path("unused")))
    raw = SIMULATION.write(said)
    assert raw is not None
    assert SIMULATION.request is not None
    signed = SIMULATION.request(settings, raw, WEBHOOK_URL)
    assert isinstance(account, ReceivesWebhooks)
    account.verify(signed)
    (event,) = account.parse(RawEvent(kind="webhook", body=signed.body, received_at=said.received_at))
    assert isinstance(event, InboundMessage)
    return event


async def test_a_made_up_customer_writes(http: aiohttp.ClientSession) -> None:
    message = heard(SAID, http)
    assert (message.text, message.occurred_at, message.group) == ("Dzień dobry", SAID.at, False)
    assert heard(replace(SAID, number=13), http).thread == message.thread
    assert heard(replace(SAID, person=8), http).thread != message.thread


async def test_other_things_a_made_up_customer_says(http: aiohttp.ClientSession) -> None:
    assert heard(replace(SAID, group="Neighbours"), http).group
    assert heard(replace(SAID, about=ExternalId("9")), http).reply_to == "9"
    assert heard(replace(SAID, place=(52.2, 21.0)), http).data["latitude"] == 52.2
    photo = heard(replace(SAID, files=(PHOTO,), album="a"), http)
    assert str(photo.attachments[0].source).endswith(PHOTO.key)
    assert photo.album == "demo-a"
    assert heard(replace(SAID, files=(replace(PHOTO, media_type="application/pdf"),)), http).attachments[0].size == 7
    assert SIMULATION.write(replace(SAID, kind=SimulatedKind.edit)) is None


async def test_somebody_is_named_when_asked_for_a_member_in_their_group(
    server: FakeLine, http: aiohttp.ClientSession
) -> None:
    shown = "https://profile.line-scdn.example/a"
    server.names[f"profile/{ANNA}"] = {"userId": ANNA, "displayName": "Anna Żółć", "pictureUrl": shown}
    account = line(server, http)
    (known,) = account.parse(present(await account.who_is(ANNA)))
    assert isinstance(known, ContactPointLearned)
    assert (known.known.name, known.known.portrait, known.learned) == ("Anna Żółć", shown, None)
    server.names = {f"group/{GROUP}/member/{ANNA}": {"displayName": "Anna"}}
    member = line(server, http)
    member.parse(FIXTURES["group_mention"])
    assert b"Anna" in present(await member.who_is(ANNA)).body
    assert await line(server, http).who_is(ANNA) is None


def present(note: RawEvent | None) -> RawEvent:
    assert note is not None
    return note
