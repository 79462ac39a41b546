"""Discord through the whole hub, against a fake gateway that numbers, replays, cuts and forgets as the real one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hub.runtime.clock import SystemClock
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying, uploaded, with_file
from tests.peers.fake_discord import TOKEN, FakeDiscord

pytestmark = pytest.mark.e2e


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    # the hub looks for what it missed in the last day
    async with FakeDiscord(SystemClock().now() - timedelta(hours=1)) as server:
        yield server


@pytest.fixture
async def hub(tmp_path: Path, discord: FakeDiscord) -> AsyncIterator[HubProcess]:
    """A hub that may fetch files from the fake, which is on this machine."""
    allowed = {"HUB_ALLOW_PRIVATE_FETCH": discord.origin.removeprefix("http://")}
    async with HubProcess(tmp_path / "hub", allowed, secrets=[TOKEN]) as running:
        yield running


async def connect(api: HubApi, discord: FakeDiscord) -> None:
    await api.channel("discord", "Discord", {"token": TOKEN, "api_url": discord.url, "channels": ["*"]})
    await discord.until(lambda: discord.sessions)


async def test_a_person_writes_directly_edits_sends_a_file_reacts_and_reads_the_answers(
    api: HubApi, discord: FakeDiscord
) -> None:
    await connect(api, discord)
    anna = discord.person("Anna Example")
    talk = discord.talk(anna)
    asked = await discord.says(anna, talk, "Is it open on Sunday?")
    first = await entry_where(api, saying("Is it open on Sunday?"), "the question")
    edit = {**asked, "content": "Is it open on Saturday?", "edited_timestamp": asked["timestamp"]}
    await discord.tells("MESSAGE_UPDATE", edit)
    await entry_where(api, lambda entry: entry["text"] == "Is it open on Saturday?" and entry["edited_at"], "the edit")

    discord.contents["door"] = b"the door"
    file = {"id": "800000000000000001", "filename": "door.txt", "size": 8, "url": f"{discord.origin}/cdn/door"}
    await discord.says(anna, talk, "This door", attachments=[file])
    shared = await entry_where(api, with_file("door.txt"), "the file, fetched")
    assert await api.download(f"/attachments/{shared['attachments'][0]['id']}") == b"the door"

    plan = await uploaded(api, "plan.txt", "text/plain", b"the plan")
    await api.reply(first["conversation_id"], "Yes, here is *the* plan.", attachment_ids=[plan])
    sent = await entry_where(api, in_state("sent", "Yes, here is *the* plan."), "the answer, sent")
    assert discord.texts(talk)[-1] == "Yes, here is \\*the\\* plan."
    assert discord.sent[0].files == {"files[0]": ("plan.txt", b"the plan")}

    ours = discord.messages[talk][-1]["id"]
    reaction = {"user_id": anna["id"], "channel_id": talk, "message_id": ours, "emoji": {"id": None, "name": "👍"}}
    await discord.tells("MESSAGE_REACTION_ADD", reaction)
    await entry_where(api, lambda entry: entry["id"] == sent["id"] and entry["reactions"], "the reaction")
    await discord.tells("MESSAGE_REACTION_REMOVE", reaction)
    await entry_where(api, lambda entry: entry["id"] == sent["id"] and not entry["reactions"], "no reaction any more")
    await discord.tells("MESSAGE_DELETE", {"id": asked["id"], "channel_id": talk})
    await entry_where(api, lambda entry: entry["id"] == first["id"] and entry["deleted_at"], "the message, taken back")
    (row,) = await api.conversations()
    assert row["contact_name"] == "Anna Example"


async def test_nothing_is_missing_or_doubled_when_the_gateway_cuts_and_forgets_and_the_hub_is_killed(
    api: HubApi, hub: HubProcess, discord: FakeDiscord
) -> None:
    anna, guild = discord.person("Anna Example"), discord.guild()
    channel = discord.channel(guild, "help")
    await connect(api, discord)
    await discord.says(anna, channel, "one")
    await entry_where(api, saying("one"), "the first")
    await discord.cut()
    await discord.says(anna, channel, "said during a cut")
    await entry_where(api, saying("said during a cut"), "what was said during the cut")
    hub.kill()
    await discord.says(anna, channel, "said while the hub was dead")
    await hub.start()
    await entry_where(api, saying("said while the hub was dead"), "what was said while the hub was dead")
    hub.kill()
    await discord.cut(forget=True)
    discord.writes_unheard(anna, channel, "said to nobody")
    await hub.start()
    await entry_where(api, saying("said to nobody"), "what nobody was told")
    texts = [entry["text"] for entry in await api.messages()]
    assert sorted(texts) == ["one", "said during a cut", "said to nobody", "said while the hub was dead"]
