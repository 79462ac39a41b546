"""How events come: by Slack's call, over a socket, and from the history."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from connectors.slack.connector import CalledApp, SocketApp, create
from connectors.slack.settings import Mode
from hub.contract import (
    ConnectorError,
    ContactPointLearned,
    CredentialsRefused,
    InboundEvent,
    InboundMessage,
    MessageEdited,
    RawEvent,
    WebhookRejected,
)
from tests.connectors.conformance.kit import tools_for
from tests.connectors.slack.apps import (
    OTHER_SECRET,
    SHORT,
    Pauses,
    called_app,
    envelope,
    message,
    settings_for,
    signed,
    socket_app,
)
from tests.peers.fake_slack import APP_TOKEN, BEGIN, BOT, FakeSlack
from tests.peers.faulty_server import Fault

CHALLENGE = (
    b'{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}'
)


async def test_the_question_whether_the_address_is_ours_is_answered_and_not_stored(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    app = called_app(slack, http)
    app.verify(signed(CHALLENGE))
    answer = app.answer(signed(CHALLENGE))
    assert (answer.body, answer.store) == (json.loads(CHALLENGE)["challenge"].encode(), False)


async def test_a_question_that_is_not_signed_gets_no_answer(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    with pytest.raises(WebhookRejected):
        called_app(slack, http).verify(signed(CHALLENGE, secret=OTHER_SECRET))


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(envelope(message('say "url_verification" please'))).encode(),
        b'{"text": "\\"url_verification\\""}',
        b'"url_verification"',
        b'{"type":"url_verification"',
        b'{"type":"url_verification","challenge":7}',
    ],
)
async def test_everything_else_is_stored_and_need_not_come_again(
    slack: FakeSlack, http: aiohttp.ClientSession, body: bytes
) -> None:
    answer = called_app(slack, http).answer(signed(body))
    assert (answer.status, answer.store, answer.headers) == (200, True, {"x-slack-no-retry": "1"})


async def test_while_the_secret_is_changed_both_are_good(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    app = called_app(slack, http, previous_signing_secret=OTHER_SECRET)
    app.verify(signed(b"{}", secret=OTHER_SECRET))
    app.verify(signed(b"{}"))


async def test_the_settings_choose_the_way(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    tools = tools_for(http, Path("unused"))
    assert isinstance(create(settings_for(slack.url), tools), CalledApp)
    settings = settings_for(slack.url, mode=Mode.socket, app_token=APP_TOKEN)
    assert isinstance(create(settings, tools), SocketApp)


# -- over a socket


async def test_an_event_over_a_socket_is_acknowledged_when_the_next_is_asked_for(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    app = socket_app(slack, http)
    events = app.listen(None)
    assert await anext(events) == (None, "connected")
    for number in (1, 2):
        await slack.envelopes.put({"type": "events_api", "envelope_id": f"e{number}", "payload": envelope(message())})
    first, cursor = await anext(events)
    assert first is not None
    assert cursor == "connected"
    assert isinstance(app.parse(first)[0], InboundMessage)
    assert slack.acknowledged == []
    await anext(events)
    await slack.settled(lambda: slack.acknowledged == ["e1"])
    await events.aclose()


async def test_buttons_and_commands_over_a_socket_read_as_those_by_call(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    app = socket_app(slack, http)
    command = {
        "command": "/support",
        "text": "a=1&b=ü",
        "user_id": "U0ANNA",
        "channel_id": "C0HELP",
        "trigger_id": "1.2",
    }
    pressed = {
        "type": "block_actions",
        "user": {"id": "U0ANNA"},
        "channel": {"id": "C0HELP"},
        "actions": [{"action_id": "yes", "action_ts": "1790000001.000100"}],
    }
    await slack.envelopes.put({"type": "slash_commands", "envelope_id": "e1", "payload": command})
    await slack.envelopes.put({"type": "interactive", "envelope_id": "e2", "payload": pressed})
    events = app.listen(None)
    found = [await anext(events) for _ in range(3)]
    texts = [event.text for raw, _ in found if raw for event in app.parse(raw) if isinstance(event, InboundMessage)]
    assert texts == ["/support a=1&b=ü", "yes"]
    await events.aclose()


async def test_when_slack_renews_the_socket_a_new_one_goes_on(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    events = socket_app(slack, http).listen(None)
    await anext(events)
    await slack.envelopes.put({"type": "disconnect", "reason": "refresh_requested"})
    assert await anext(events) == (None, "connected")
    assert slack.sockets == 2
    await events.aclose()


async def test_a_socket_that_is_cut_or_silent_ends_in_words(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    events = socket_app(slack, http).listen(None)
    await anext(events)
    await slack.envelopes.put({"cut": True})
    with pytest.raises(ConnectorError, match="closed the socket"):
        await anext(events)
    silent = socket_app(slack, http).listen(None)
    await anext(silent)
    with pytest.raises(ConnectorError, match="fell silent"):
        await anext(silent)


async def test_a_wrong_app_token_needs_a_person(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    with pytest.raises(CredentialsRefused, match="connections:write"):
        await anext(socket_app(slack, http, app_token="xapp-1-A0WRONG-wrongWRONG").listen(None))
    slack.refuse("apps.connections.open", "socket_mode_not_enabled")
    with pytest.raises(ConnectorError, match="Socket Mode"):
        await anext(socket_app(slack, http).listen(None))


# -- from the history


async def found_since(app: CalledApp, at: datetime) -> list[RawEvent]:
    return [event async for event in app.missed(at)]


def read(app: CalledApp, events: list[RawEvent]) -> list[InboundEvent]:
    return [said for event in events for said in app.parse(event)]


def the_time(message: dict[str, str]) -> datetime:
    return datetime.fromtimestamp(float(message["ts"]), UTC)


async def test_what_was_missed_is_found_in_channels_talks_and_threads(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    anna = slack.person("Anna Example")
    help_, talk = slack.channel("help", is_ext_shared=True), slack.channel(user=anna)
    old = slack.says(anna, help_, "old", team="T0OTHER")
    since = the_time(old) + timedelta(seconds=0.5)
    for number in range(20):
        slack.says(anna, help_, f"new {number}", team="T0OTHER")
    slack.says(anna, help_, "in an old thread", thread_ts=old["ts"], team="T0OTHER")
    slack.says(anna, talk, "directly")
    slack.says(BOT, talk, "our own", bot_id="B0FAKE")
    app = called_app(slack, http, now=the_time(old) + timedelta(hours=1), history_page=15)
    events = await found_since(app, since)
    texts = [event.text for event in read(app, events) if isinstance(event, InboundMessage)]
    assert sorted(texts) == sorted(["in an old thread", "directly", *(f"new {number}" for number in range(20))])
    assert {event.recovered for event in events if event.kind == "history"} == {True}


async def test_old_threads_are_looked_into_every_half_hour_and_nothing_in_them_is_passed_over(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    anna, channel = slack.person("Anna Example"), slack.channel("help")
    old = slack.says(anna, channel, "old")
    now = the_time(old) + timedelta(hours=1)
    clock = [now]
    tools = replace(tools_for(http, Path("unused")), now=lambda: clock[0])
    app = CalledApp(settings_for(slack.url), tools, patience=SHORT, pause=Pauses())

    async def looked(minutes: int) -> list[str]:
        clock[0] = now + timedelta(minutes=minutes)
        events = await found_since(app, clock[0] - timedelta(minutes=14))
        return [event.text for event in read(app, events) if isinstance(event, InboundMessage)]

    assert await looked(0) == []
    at = (now + timedelta(minutes=1)).timestamp()
    slack.says(anna, channel, "in an old thread", thread_ts=old["ts"], ts=f"{at:.6f}")
    assert [await looked(minutes) for minutes in (4, 20, 31, 35)] == [[], [], ["in an old thread"], []]


async def test_a_found_message_is_the_one_the_webhook_would_have_told(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    anna, channel = slack.person("Anna Example"), slack.channel("help")
    said = slack.says(anna, channel, "Hello")
    app = called_app(slack, http, now=the_time(said))
    told = signed(json.dumps(envelope({**said, "channel": channel, "channel_type": "channel"})).encode())
    by_call = app.parse(RawEvent(kind="webhook", body=told.body, received_at=the_time(said)))
    by_look = read(app, await found_since(app, the_time(said)))
    assert [event for event in by_look if isinstance(event, InboundMessage)] == list(by_call)


@pytest.mark.parametrize(
    ("scopes", "texts"),
    [
        ("chat:write,im:read,im:history,users:read", ["directly"]),
        ("chat:write,channels:read,channels:history", ["in a channel"]),
        ("chat:write,channels:read", []),
    ],
)
async def test_only_what_the_app_may_read_is_looked_at(
    slack: FakeSlack, http: aiohttp.ClientSession, scopes: str, texts: list[str]
) -> None:
    anna = slack.person("Anna Example")
    said = slack.says(anna, slack.channel("help"), "in a channel")
    slack.says(anna, slack.channel(user=anna), "directly")
    slack.scopes = scopes
    app = called_app(slack, http, now=the_time(said))
    found = read(app, await found_since(app, the_time(said)))
    assert [event.text for event in found if isinstance(event, InboundMessage)] == texts


async def test_people_and_channels_are_named_once_a_day(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    anna, channel = slack.person("Anna Example"), slack.channel("help")
    said = slack.says(anna, channel, "Hello")
    slack.says(anna, channel, "Hello?", edited={"user": anna, "ts": f"{BEGIN + 9}.000000"})
    app = called_app(slack, http, now=the_time(said))
    names = [getattr(event, "known", None) for event in read(app, await found_since(app, the_time(said)))]
    assert {known.name for known in names if known} == {"#help", "Anna Example"}
    again = await found_since(app, the_time(said))
    assert {event.kind for event in again} == {"history"}
    assert [type(event) for event in read(app, again)].count(MessageEdited) == 1
    assert [call.method for call in slack.calls].count("users.info") == 1


async def test_a_name_that_may_not_be_asked_for_stops_nothing(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    anna, channel = slack.person("Anna Example"), slack.channel("help")
    said = slack.says(anna, channel, "Hello")
    slack.refuse("users.info", "missing_scope", needed="users:read")
    events = await found_since(called_app(slack, http, now=the_time(said)), the_time(said))
    assert [event.kind for event in events] == ["history", "directory"]


async def test_a_request_to_slow_down_is_waited_out(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    anna, channel, pauses = slack.person("Anna Example"), slack.channel("help"), Pauses()
    said = slack.says(anna, channel, "Hello")
    slack.fail(Fault(method="conversations.history", status=429, headers={"Retry-After": "20"}))
    app = called_app(slack, http, now=the_time(said), pause=pauses)
    assert len(read(app, await found_since(app, the_time(said)))) == 3
    assert pauses.seconds == [20]


@pytest.mark.parametrize(
    ("error", "raised"), [("token_revoked", CredentialsRefused), ("something_new", ConnectorError)]
)
async def test_a_look_that_is_refused_says_so(
    slack: FakeSlack, http: aiohttp.ClientSession, error: str, raised: type[Exception]
) -> None:
    slack.refuse("auth.test", error)
    with pytest.raises(raised):
        await found_since(called_app(slack, http), datetime(2026, 1, 1, tzinfo=UTC))


async def test_a_channel_we_were_put_out_of_meanwhile_is_passed_by(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    anna, _, other = slack.person("Anna Example"), slack.channel("gone"), slack.channel("help")
    said = slack.says(anna, other, "Hello")
    slack.refuse("conversations.history", "not_in_channel")
    app = called_app(slack, http, now=the_time(said))
    assert any(isinstance(event, InboundMessage) for event in read(app, await found_since(app, the_time(said))))


async def test_a_person_is_named_when_asked_for(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    anna, channel = slack.person("Anna Example"), slack.channel("help")
    app = called_app(slack, http, now=the_time(slack.says(anna, channel, "Hello")))
    note = await app.who_is(anna)
    assert note is not None
    (told,) = app.parse(note)
    assert isinstance(told, ContactPointLearned)
    assert told.known.name == "Anna Example"
    assert await app.who_is(channel) is None
    slack.refuse("users.info", "missing_scope", needed="users:read")
    assert await app.who_is(anna) is None
