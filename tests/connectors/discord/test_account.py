"""Proving the account, the steps of its setup, what was missed, its files, its settings, its demo."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError

from connectors.discord import MANIFEST
from connectors.discord.connector import DiscordBot
from connectors.discord.ids import attachment_source, moment
from connectors.discord.parse import parse_event
from connectors.discord.places import Rules
from connectors.discord.settings import DiscordSettings
from connectors.discord.simulate import simulate
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    FetchFailed,
    InboundMessage,
    MessageEdited,
    RawEvent,
    Reaction,
    SimulatedFile,
    SimulatedKind,
    SimulatedMessage,
)
from hub.domain.ids import ExternalId
from hub.domain.interaction import AuthorKind
from tests.connectors.conformance.kit import NOW, tools_for
from tests.connectors.discord.bots import SHORT, Pauses, bot_for, settings_for
from tests.peers.fake_discord import TOKEN, FakeDiscord
from tests.peers.faulty_server import Fault

# -- the account


async def test_check_names_the_bot(discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path) -> None:
    assert await bot_for(discord, http, tmp_path).check() == "@halden_shop"


async def test_a_refused_token_says_what_to_do(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    discord.refuse("GET @me", 401)
    with pytest.raises(CredentialsRefused, match="Reset Token"):
        await bot_for(discord, http, tmp_path).check()


@pytest.mark.parametrize("body", [b"{}", b"<html>", b"[]"])
async def test_a_server_that_is_not_discord_is_told_apart(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, body: bytes
) -> None:
    discord.fail(Fault(method="GET @me", status=200, body=body))
    with pytest.raises(ConnectorError, match="Check the API address"):
        await bot_for(discord, http, tmp_path).check()


async def test_the_steps_say_which_intent_server_and_channel_is_missing(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    discord.flags = 0
    intent, server, channel = await bot_for(discord, http, tmp_path, channels=("300000000000000001", "*")).setup()
    assert [step.done for step in (intent, server, channel)] == [False, False, False]
    assert "Message Content Intent" in intent.help
    assert "client_id=100000000000000001" in server.help


async def test_a_bot_that_is_ready_has_done_every_step(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    channel = discord.channel(discord.guild(), "help")
    steps = await bot_for(discord, http, tmp_path, channels=(channel,)).setup()
    assert [step.done for step in steps] == [True, True, True]
    assert steps[2].title == "The bot sees #help"


# -- what was missed


async def found_since(bot: DiscordBot, message: dict[str, Any]) -> list[InboundMessage]:
    at = moment(message["id"])
    events: list[RawEvent] = [event async for event in bot.missed(at)]
    assert all(event.recovered for event in events)
    return [said for event in events for said in bot.parse(event) if isinstance(said, InboundMessage)]


async def test_what_was_missed_is_found_in_channels_threads_and_talks_we_know(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, guild = discord.person("Anna Example"), discord.guild()
    category = discord.channel(guild, "Support", 4)
    help_, lobby = discord.channel(guild, "help", 0, category), discord.channel(guild, "lobby")
    thread = discord.channel(guild, "my parcel", 11, help_)
    bot = bot_for(discord, http, tmp_path, channels=(category,))
    events = bot.listen(None)
    await anext(events)
    await discord.says(anna, discord.talk(anna), "heard")
    await anext(events)
    await events.aclose()
    first = discord.writes_unheard(anna, help_, "first")
    for number in range(120):
        discord.writes_unheard(anna, help_, f"more {number}")
    discord.writes_unheard(anna, thread, "in the thread")
    discord.writes_unheard(anna, lobby, "chatter")
    discord.writes_unheard(anna, discord.talk(anna), "directly")
    again = bot_for(discord, http, tmp_path, channels=(category,))
    found = await found_since(again, first)
    expected = ["first", *(f"more {n}" for n in range(120)), "in the thread", "directly"]
    assert sorted(event.text for event in found) == sorted(expected)
    assert {event.thread for event in found} == {f"c{help_}", f"c{thread}", anna["id"]}


async def test_talks_are_looked_into_after_a_gap_only(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna = discord.person("Anna Example")
    bot = bot_for(discord, http, tmp_path)
    events = bot.listen(None)
    await anext(events)
    said = await discord.says(anna, discord.talk(anna), "heard")
    await anext(events)
    asked = ("GET", f"channels/{discord.talk(anna)}/messages")
    looks = []
    for _ in range(2):
        await found_since(bot, said)
        looks.append(discord.calls.count(asked))
    await discord.cut(forget=True)
    await anext(events)
    await found_since(bot, said)
    assert [*looks, discord.calls.count(asked)] == [1, 1, 2]
    await events.aclose()


async def test_our_own_people_are_told_apart_in_the_history_too(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    olga, guild = discord.person("Olga Ours"), discord.guild()
    channel = discord.channel(guild, "help")
    discord.members[(guild, olga["id"])] = {"roles": ["700000000000000001"], "nick": "Support Olga"}
    said = discord.writes_unheard(olga, channel, "I'll look into it")
    discord.writes_unheard(olga, channel, "Done")
    bot = bot_for(discord, http, tmp_path, channels=("*",), staff_roles=("700000000000000001",))
    found = await found_since(bot, said)
    assert [(event.author, event.data["written_by"]) for event in found] == [(AuthorKind.agent, "Support Olga")] * 2
    assert [path for _, path in discord.calls].count(f"guilds/{guild}/members/{olga['id']}") == 1


async def test_a_request_to_slow_down_is_waited_out_and_a_closed_channel_passed_by(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    anna, guild, pauses = discord.person("Anna Example"), discord.guild(), Pauses()
    closed, open_ = discord.channel(guild, "closed"), discord.channel(guild, "open")
    said = discord.writes_unheard(anna, closed, "lost")
    discord.writes_unheard(anna, open_, "found")
    discord.refuse("GET messages", 429, retry_after=2.5)
    discord.refuse("GET messages", 403, 50001)
    bot = bot_for(discord, http, tmp_path, pause=pauses, channels=("*",))
    assert [event.text for event in await found_since(bot, said)] == ["found"]
    assert pauses.seconds == [2.5]


@pytest.mark.parametrize(("status", "raised"), [(401, CredentialsRefused), (400, ConnectorError)])
async def test_a_look_that_is_refused_says_so(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path, status: int, raised: type[Exception]
) -> None:
    discord.refuse("GET @me", status)
    with pytest.raises(raised):
        _ = [event async for event in bot_for(discord, http, tmp_path).missed(NOW - timedelta(days=1))]


async def test_a_note_of_talks_that_cannot_be_read_is_begun_anew(
    discord: FakeDiscord, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    bot = bot_for(discord, http, tmp_path)
    (tmp_path / f"discord-{tools_for(http, tmp_path).channel_id}.json").write_text("{ broken")
    assert [event async for event in bot.missed(NOW - timedelta(days=1))] == []


# -- files


class Fetched:
    """The hub's guarded way to fetch: gives what it is told to, and notes what was asked for."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents
        self.asked: list[str] = []

    async def __call__(self, url: str, _: int) -> AsyncIterator[bytes]:
        self.asked.append(url)
        if url not in self.contents:
            raise FetchFailed("gone")
        yield self.contents[url]


def fetching(discord: FakeDiscord, http: aiohttp.ClientSession, fetched: Fetched) -> DiscordBot:
    tools = replace(tools_for(http, Path("unused")), fetch=fetched)
    return DiscordBot(settings_for(discord.url), tools, patience=SHORT)


async def content_of(bot: DiscordBot, source: str) -> bytes:
    return b"".join([part async for part in bot.fetch(ExternalId(source))])


async def test_a_file_is_fetched_at_its_address_by_the_guarded_way(
    discord: FakeDiscord, http: aiohttp.ClientSession
) -> None:
    fetched = Fetched({"https://cdn.example.com/a": b"content"})
    source = attachment_source("1", "2", "3", "https://cdn.example.com/a")
    assert await content_of(fetching(discord, http, fetched), source) == b"content"
    assert discord.calls == []


@pytest.mark.parametrize("old", ["https://cdn.example.com/old", f"https://cdn.example.com/{'x' * 600}"])
async def test_an_address_that_has_ended_or_is_too_long_is_asked_for_anew(
    discord: FakeDiscord, http: aiohttp.ClientSession, old: str
) -> None:
    anna = discord.person("Anna Example")
    file = {"id": "800000000000000001", "filename": "a.png", "url": "https://cdn.example.com/new"}
    said = discord.writes_unheard(anna, discord.talk(anna), "", attachments=[file])
    fetched = Fetched({"https://cdn.example.com/new": b"content"})
    source = attachment_source(said["channel_id"], said["id"], file["id"], old)
    assert await content_of(fetching(discord, http, fetched), source) == b"content"


@pytest.mark.parametrize(
    ("message", "words"), [("1509000000000000001", "was deleted"), ("0", "gone")], ids=["deleted", "sticker"]
)
async def test_a_file_that_is_gone_says_so(
    discord: FakeDiscord, http: aiohttp.ClientSession, message: str, words: str
) -> None:
    channel = discord.talk(discord.person("Anna Example"))
    discord.refuse(f"GET {message}", 404, 10008)
    source = attachment_source(channel, message, "3", "https://cdn.example.com/old")
    with pytest.raises(FetchFailed, match=words) as failed:
        await content_of(fetching(discord, http, Fetched({})), source)
    assert not failed.value.passing


async def test_a_file_taken_out_of_its_message_says_so(discord: FakeDiscord, http: aiohttp.ClientSession) -> None:
    anna = discord.person("Anna Example")
    said = discord.writes_unheard(anna, discord.talk(anna), "no file any more")
    source = attachment_source(said["channel_id"], said["id"], "3", "")
    with pytest.raises(FetchFailed, match="no longer in the message"):
        await content_of(fetching(discord, http, Fetched({})), source)


# -- the settings


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"token": "not.a.token"}, "three parts"),
        ({"channels": ["help"]}, "Developer Mode"),
        ({"staff_ids": ["anna"]}, "not an id"),
        ({"api_url": "http://discord.com/api/v10"}, "https only"),
        ({"api_url": "discord.com"}, "https://host"),
        ({"api_url": "https://a:b@discord.com"}, "password"),
    ],
)
def test_settings_that_cannot_work_say_why(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DiscordSettings.model_validate({"token": TOKEN, **given})


def test_a_token_pasted_as_the_header_it_stands_in_is_understood() -> None:
    settings = DiscordSettings.model_validate({"token": f" Bot {TOKEN}\n", "channels": [" * ", "*", ""]})
    assert (settings.token.get_secret_value(), settings.channels) == (TOKEN, ("*",))


# -- the demo

DEMO = Rules(channels=frozenset("*"))


def said(**more: Any) -> SimulatedMessage:
    return SimulatedMessage(
        **{
            "person": 7,
            "name": "Anna Example",
            "email": "anna@example.com",
            "us": "@halden_shop",
            "number": 12,
            "at": NOW - timedelta(minutes=5),
            "received_at": NOW,
            "text": "Is this open?",
            **more,
        }
    )


@pytest.mark.parametrize("group", ["", "Shop floor"])
def test_a_made_up_customer_reads_like_a_real_one(group: str) -> None:
    file = SimulatedFile(key="0" * 31 + "a", name="door.jpg", media_type="image/jpeg", content=b"x", width=4, height=3)
    raw = simulate(said(files=(file,), group=group))
    assert raw is not None
    (found,) = parse_event(raw, DEMO)
    assert isinstance(found, InboundMessage)
    assert (found.text, found.sender.name, found.group) == ("Is this open?", "Anna Example", bool(group))
    assert found.occurred_at == NOW - timedelta(minutes=5)
    assert [str(one.source)[-32:] for one in found.attachments] == [file.key]


@pytest.mark.parametrize(("kind", "event"), [(SimulatedKind.edit, MessageEdited), (SimulatedKind.reaction, Reaction)])
def test_a_made_up_customer_edits_and_reacts(kind: SimulatedKind, event: type[MessageEdited | Reaction]) -> None:
    raw = simulate(said(kind=kind, about=ExternalId("1509000000000000001"), text="👍"))
    assert raw is not None
    (found,) = parse_event(raw, DEMO)
    assert isinstance(found, event)
    assert found.external_id == "1509000000000000001"


def test_two_messages_of_one_moment_are_two() -> None:
    raws = [simulate(said(number=number)) for number in (1_795_338_000_123, 1_795_338_000_124)]
    ids = {
        event.external_id
        for raw in raws
        if raw
        for event in parse_event(raw, DEMO)
        if isinstance(event, InboundMessage)
    }
    assert len(ids) == 2


def test_of_what_discord_never_tells_the_demo_tells_nothing() -> None:
    assert simulate(said(kind=SimulatedKind.read, about=ExternalId("1"))) is None


def test_the_demos_settings_are_valid() -> None:
    assert MANIFEST.simulation is not None
    assert DiscordSettings.model_validate(MANIFEST.simulation.settings).api_url.endswith(".invalid/api/v10")
