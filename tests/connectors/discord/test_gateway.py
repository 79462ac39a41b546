"""The gateway: greeting, heartbeat, resuming, and what a person must mend."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from connectors.discord.gateway import INTENTS, Session
from hub.contract import ConnectorError, CredentialsRefused, InboundMessage, RawEvent
from tests.connectors.discord.bots import Pauses, bot_for
from tests.peers.fake_discord import MESSAGE_CONTENT, TOKEN, FakeDiscord

Events = AsyncGenerator[tuple[RawEvent | None, str | None], None]


async def next_event(events: Events) -> tuple[RawEvent, str]:
    """The next event worth storing, with its cursor."""
    while True:
        event, cursor = await anext(events)
        if event is not None:
            assert cursor is not None
            return event, cursor


def text_of(bot_events: RawEvent, bot: object) -> str:
    (found,) = bot.parse(bot_events)  # type: ignore[attr-defined]  # any of our bots
    assert isinstance(found, InboundMessage)
    return found.text


async def test_the_bot_greets_with_what_it_wants_to_hear_and_hears_it(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna = discord.person("Anna Example")
    bot = bot_for(discord, http, tmp_path)
    events = bot.listen(None)
    event, cursor = await anext(events)
    assert event is None
    assert Session.of(cursor).id == "session-1"
    await discord.says(anna, discord.talk(anna), "Hello")
    told, after = await next_event(events)
    assert text_of(told, bot) == "Hello"
    assert Session.of(after).seq == Session.of(cursor).seq + 1
    ((kind, greeting),) = discord.greetings
    assert (kind, greeting["token"], greeting["intents"] & MESSAGE_CONTENT) == ("identify", TOKEN, MESSAGE_CONTENT)
    await events.aclose()
    await discord.until(lambda: discord.closings == [4900])


async def test_a_pressed_button_is_heard_stored_without_its_token_and_its_spinner_stopped(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna = discord.person("Anna Example")
    bot = bot_for(discord, http, tmp_path)
    events = bot.listen(None)
    await anext(events)
    asked = await discord.says(anna, discord.talk(anna), "Hello")
    row = {"type": 1, "components": [{"type": 2, "label": "Sales", "custom_id": "hub:1"}]}
    await discord.presses(anna, {**asked, "components": [row]}, "hub:1")
    await next_event(events)
    pressed, _ = await next_event(events)
    assert text_of(pressed, bot) == "Sales"
    assert b"interaction-token" not in pressed.body
    waiting = asyncio.ensure_future(anext(events))
    await discord.until(lambda: any(path.endswith("/interaction-token/callback") for _, path in discord.calls))
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    await events.aclose()


async def test_after_a_crash_the_bot_resumes_behind_what_was_stored(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna = discord.person("Anna Example")
    first = bot_for(discord, http, tmp_path).listen(None)
    await anext(first)
    await discord.says(anna, discord.talk(anna), "one")
    await discord.says(anna, discord.talk(anna), "two")
    _, cursor = await next_event(first)
    await first.aclose()
    await discord.says(anna, discord.talk(anna), "three")
    bot = bot_for(discord, http, tmp_path)
    again = bot.listen(cursor)
    assert [text_of((await next_event(again))[0], bot) for _ in range(2)] == ["two", "three"]
    assert [kind for kind, _ in discord.greetings] == ["identify", "resume"]
    await again.aclose()


@pytest.mark.parametrize("code", [1001, 4000, 4008])
async def test_a_cut_connection_is_resumed_at_once(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, code: int
) -> None:
    anna = discord.person("Anna Example")
    bot = bot_for(discord, http, tmp_path)
    events = bot.listen(None)
    await anext(events)
    await discord.cut(code)
    await discord.says(anna, discord.talk(anna), "said during the cut")
    assert text_of((await next_event(events))[0], bot) == "said during the cut"
    assert [kind for kind, _ in discord.greetings] == ["identify", "resume"]
    await events.aclose()


async def test_asked_to_connect_again_the_bot_resumes(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna = discord.person("Anna Example")
    bot = bot_for(discord, http, tmp_path)
    events = bot.listen(None)
    await anext(events)
    await discord.send({"op": 7, "d": None})
    assert (await anext(events))[0] is None
    await discord.says(anna, discord.talk(anna), "Hello")
    assert text_of((await next_event(events))[0], bot) == "Hello"
    assert [kind for kind, _ in discord.greetings] == ["identify", "resume"]
    await events.aclose()


async def test_a_session_discord_forgot_begins_anew_after_the_pause_it_asks_for(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    pauses = Pauses()
    events = bot_for(discord, http, tmp_path, pause=pauses).listen(None)
    _, cursor = await anext(events)
    await discord.cut(forget=True)
    _, after = await anext(events)
    assert [kind for kind, _ in discord.greetings] == ["identify", "resume", "identify"]
    assert Session.of(after).id != Session.of(cursor).id
    assert len(pauses.seconds) == 1
    assert 1 <= pauses.seconds[0] <= 5
    await events.aclose()


@pytest.mark.parametrize("code", [4007, 4009])
async def test_a_lost_place_begins_a_new_session(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, code: int
) -> None:
    events = bot_for(discord, http, tmp_path).listen(None)
    await anext(events)
    await discord.cut(code)
    await anext(events)
    assert [kind for kind, _ in discord.greetings] == ["identify", "identify"]
    await events.aclose()


async def test_the_heart_beats_and_keeps_the_place(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    discord.interval = 0.05
    events = bot_for(discord, http, tmp_path).listen(None)
    assert [(await anext(events))[0] for _ in range(3)] == [None, None, None]
    assert discord.beats >= 2
    await events.aclose()


async def test_a_connection_that_answers_no_heartbeat_is_dead_and_replaced(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna = discord.person("Anna Example")
    discord.interval, discord.deaf = 0.05, True
    bot = bot_for(discord, http, tmp_path)
    events = bot.listen(None)
    await anext(events)
    assert (await anext(events))[0] is None
    assert discord.closings[0] == 4900
    discord.deaf = False
    await discord.says(anna, discord.talk(anna), "Hello")
    assert text_of((await next_event(events))[0], bot) == "Hello"
    assert {kind for kind, _ in discord.greetings[1:]} == {"resume"}
    await events.aclose()


async def test_asked_for_a_heartbeat_the_bot_beats_at_once(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    events = bot_for(discord, http, tmp_path).listen(None)
    await anext(events)
    await discord.send({"op": 1, "d": None})
    assert (await anext(events))[0] is None
    assert discord.beats == 1
    await events.aclose()


async def test_a_wrong_token_needs_a_person(discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path) -> None:
    wrong = "MTAwMDAwMDAwMDAwMDAwMDAx.Wrong0.wrongWRONGwrongWRONGwrongWRONGwro"
    with pytest.raises(CredentialsRefused, match="Reset Token"):
        await anext(bot_for(discord, http, tmp_path, token=wrong).listen(None))
    cursor = Session(id="s", seq=1, url=discord.origin.replace("http", "ws") + "/gateway").as_cursor()
    discord.allowed = 0
    with pytest.raises(CredentialsRefused, match="Reset Token"):
        await anext(bot_for(discord, http, tmp_path, token=wrong).listen(cursor))


async def test_without_the_intent_to_read_messages_the_words_say_where_to_switch_it_on(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    discord.allowed = INTENTS & ~MESSAGE_CONTENT
    with pytest.raises(CredentialsRefused, match="Message Content Intent"):
        await anext(bot_for(discord, http, tmp_path).listen(None))


async def test_without_a_session_left_the_hub_waits(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    discord.starts_left = 0
    with pytest.raises(ConnectorError, match="no new session for 2 minutes"):
        await anext(bot_for(discord, http, tmp_path).listen(None))


async def test_a_gateway_that_does_not_greet_ends_in_words(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    discord.interval = 0
    with pytest.raises(ConnectorError, match="did not greet as it should"):
        await anext(bot_for(discord, http, tmp_path).listen(None))


async def test_a_server_that_does_not_listen_is_no_fault_of_the_token(
    http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with FakeDiscord() as discord:
        bot = bot_for(discord, http, tmp_path)
    with pytest.raises(ConnectorError, match="could not be reached"):
        await anext(bot.listen(None))
    gone = Session(id="s", seq=1, url=discord.origin.replace("http", "ws") + "/gateway").as_cursor()
    with pytest.raises(ConnectorError, match="gateway could not be reached"):
        await anext(bot.listen(gone))


async def test_only_what_is_said_where_the_hub_listens_is_stored(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, guild = discord.person("Anna Example"), discord.guild()
    category = discord.channel(guild, "Support", 4)
    forum, lobby = discord.channel(guild, "help", 15, category), discord.channel(guild, "lobby")
    post = discord.channel(guild, "my parcel", 11, forum)
    bot = bot_for(discord, http, tmp_path, channels=(category,))
    events = bot.listen(None)
    await anext(events)
    await discord.says(anna, lobby, "chatter")
    await discord.tells("TYPING_START", {"channel_id": post, "guild_id": guild, "user_id": anna["id"]})
    await discord.says(anna, post, "Where is it?")
    told, _ = await next_event(events)
    (found,) = bot.parse(told)
    assert isinstance(found, InboundMessage)
    assert found.counterpart is not None
    assert (found.text, found.counterpart.name) == ("Where is it?", "#my parcel")
    await events.aclose()


async def test_places_unknown_after_a_restart_are_asked_for_once(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, guild = discord.person("Anna Example"), discord.guild()
    channel = discord.channel(guild, "help")
    first = bot_for(discord, http, tmp_path, channels=("*",)).listen(None)
    await anext(first)
    await discord.says(anna, channel, "zero")
    _, cursor = await next_event(first)
    await first.aclose()
    bot = bot_for(discord, http, tmp_path, channels=("*",))
    again = bot.listen(cursor)
    for text in ("one", "two"):
        await discord.says(anna, channel, text)
    found = [bot.parse((await next_event(again))[0])[0] for _ in range(2)]
    assert [event.counterpart.name for event in found if isinstance(event, InboundMessage) and event.counterpart] == [
        "#help",
        "#help",
    ]
    assert discord.calls.count(("GET", f"channels/{channel}")) == 1
    await again.aclose()


@pytest.mark.parametrize("cursor", [None, "", "0", "[]", "{", '{"session": 1}'])
def test_a_cursor_that_cannot_be_read_begins_anew(cursor: str | None) -> None:
    assert Session.of(cursor) == Session()


def test_a_cursor_is_read_back_as_it_was() -> None:
    session = Session(id="a", seq=7, url="wss://x", me="1")
    assert Session.of(session.as_cursor()) == session
