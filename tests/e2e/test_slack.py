"""Slack through the whole hub, against the emulator's stateful, signed workspace: direct talks, threads, files."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying, uploaded, with_file
from tests.e2e.waiting import until
from tests.peers.emulated_slack import (
    BOT_TOKEN,
    BOT_USER,
    SIGNING_SECRET,
    EmulatedSlack,
    EmulatedSlackServer,
    channel_settings,
)

# the first run installs the emulator
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmulatedSlackServer]:
    with EmulatedSlackServer(tmp_path / "slack", "anna", "ben") as running:
        yield running


@pytest.fixture
async def slack(server: EmulatedSlackServer) -> AsyncIterator[EmulatedSlack]:
    async with EmulatedSlack(server) as people:
        yield people


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", secrets=[BOT_TOKEN, SIGNING_SECRET]) as running:
        yield running


async def connect(api: HubApi, slack: EmulatedSlack, server: EmulatedSlackServer) -> Json:
    """Connect our app and let Slack send its events to the hub."""
    made = await api.channel("slack", "Slack", channel_settings(server))
    await slack.send_events_to(f"{api.hub.url}/webhooks/{made['webhook_url'].rpartition('/')[2]}")
    return made


async def test_a_person_writes_to_the_app_edits_shares_a_file_and_reads_the_answers(
    api: HubApi, slack: EmulatedSlack, server: EmulatedSlackServer
) -> None:
    await connect(api, slack, server)
    talk = await slack.talk("anna")
    asked = await slack.says("anna", talk, "Is it open on <https://example.com|Sunday>?")
    first = await entry_where(api, saying("Is it open on Sunday (https://example.com)?"), "the question")
    await slack.call("xoxp-anna", "chat.update", channel=talk, ts=asked, text="Is it open on Saturday?")
    await entry_where(api, lambda entry: entry["text"] == "Is it open on Saturday?" and entry["edited_at"], "the edit")

    await slack.shares("anna", talk, "door.txt", b"the door", "This door")
    file = await entry_where(api, with_file("door.txt"), "the file, fetched")
    assert (file["text"], await api.download(f"/attachments/{file['attachments'][0]['id']}")) == (
        "This door",
        b"the door",
    )

    await api.reply(first["conversation_id"], "Yes, until noon & later.")
    sent = await entry_where(api, in_state("sent", "Yes, until noon & later."), "the answer, sent")
    plan = await uploaded(api, "plan.txt", "text/plain", b"the plan")
    await api.reply(first["conversation_id"], "The plan", attachment_ids=[plan])

    async def both() -> list[Json] | None:
        ours = [one for one in await slack.messages("anna", talk) if one["user"] == BOT_USER]
        return ours if len(ours) == 2 else None

    text, shared = await until(both, what="both answers in Slack")
    assert text["text"] == "Yes, until noon &amp; later."
    assert shared["text"] == "The plan"
    assert await slack.download("anna", shared["files"][0]["url_private"]) == b"the plan"

    await slack.call("xoxp-anna", "reactions.add", channel=talk, timestamp=text["ts"], name="tada")
    await entry_where(api, lambda entry: entry["id"] == sent["id"] and emojis(entry) == ["🎉"], "the reaction")
    await slack.call("xoxp-anna", "reactions.remove", channel=talk, timestamp=text["ts"], name="tada")
    await entry_where(api, lambda entry: entry["id"] == sent["id"] and not entry["reactions"], "no reaction any more")
    await slack.call("xoxp-anna", "chat.delete", channel=talk, ts=asked)
    await entry_where(api, lambda entry: entry["id"] == first["id"] and entry["deleted_at"], "the message, taken back")
    (row,) = await api.conversations()
    assert row["id"] == first["conversation_id"]
    assert len(await api.messages()) == 4


async def test_a_thread_of_a_channel_is_a_conversation_answered_where_it_was_asked(
    api: HubApi, slack: EmulatedSlack, server: EmulatedSlackServer
) -> None:
    help_ = await slack.channel("help", "anna", "ben")
    await connect(api, slack, server)
    asked = await slack.says("anna", help_, "The printer is on fire")
    await slack.says("ben", help_, "My chair squeaks")
    fire = await entry_where(api, saying("The printer is on fire"), "Anna's message")
    await entry_where(api, saying("My chair squeaks"), "Ben's message")
    await api.reply(fire["conversation_id"], "Take the stairs.")
    await entry_where(api, in_state("sent", "Take the stairs."), "the answer, sent")
    await slack.says("anna", help_, "Done, thanks", thread_ts=asked)
    thanks = await entry_where(api, saying("Done, thanks"), "the thanks")
    assert thanks["conversation_id"] == fire["conversation_id"]
    assert [one["text"] for one in await slack.messages("anna", help_, asked)][1:] == [
        "Take the stairs.",
        "Done, thanks",
    ]
    assert len(await api.conversations()) == 2


async def test_what_was_said_before_slack_could_call_is_found_with_the_persons_name(
    api: HubApi, slack: EmulatedSlack, server: EmulatedSlackServer
) -> None:
    talk = await slack.talk("anna")
    await slack.says("anna", talk, "Hello, is anybody there?")
    await connect(api, slack, server)
    found = await entry_where(api, saying("Hello, is anybody there?"), "the message, found")
    await slack.says("anna", talk, "Hello again")
    again = await entry_where(api, saying("Hello again"), "the next, told")
    assert again["conversation_id"] == found["conversation_id"]

    async def named() -> Json | None:
        return next((row for row in await api.conversations() if row["contact_name"] == "Anna Example"), None)

    await until(named, what="the person's name")


def emojis(entry: Json) -> list[str]:
    """The reactions on a message."""
    return [reaction["emoji"] for reaction in entry["reactions"]]
