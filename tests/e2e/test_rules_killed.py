"""`kill -9` while rules work: each rule acts once on each message, and an automatic answer goes out once."""

import asyncio
import random
from collections import Counter
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.storm import Visitor
from tests.e2e.waiting import until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

VISITORS = 6
EACH = 15
"""Messages of one visitor: fewer than one rule may answer within an hour."""
KILLS = 6
NOTED: Json = {"triggers": ["message_in"], "actions": [{"do": "note", "text": "Seen by the rule"}]}
CLOSED: Json = {
    "triggers": ["message_in"],
    "auto_reply": True,
    "actions": [{"do": "reply", "texts": {"en": "We are closed."}}],
}


async def rule(api: HubApi, name: str, body: Json) -> str:
    """Make a rule and put it to work."""
    key = str(uuid4())
    await api.post("/rules", {"id": key, "name": name, "body": body})
    await api.post(f"/rules/{key}/switch", {"active": True})
    return key


async def test_a_hub_killed_while_rules_work_does_nothing_twice_and_forgets_nothing(tmp_path: Path) -> None:
    async with (
        HubProcess(tmp_path / "hub") as hub,
        HubApi(hub) as api,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http,
    ):
        chat = await api.channel("webchat", "Web chat", {})
        noted, closed = await rule(api, "Note", NOTED), await rule(api, "Closed", CLOSED)
        address = f"{hub.url}/webchat/{chat['webhook_url'].rpartition('/')[2]}"
        async with asyncio.TaskGroup() as people:
            for number in range(VISITORS):
                people.create_task(chats(Visitor(http, address, by_socket=False), number))
            await kill(hub)
        await hub.ready()
        await until(lambda: looked_at(api, noted, VISITORS * EACH), what="rules looked at every message", within=60)
        rows = await api.conversations()
        assert len(rows) == VISITORS
        for row in rows:
            entries = await api.every(f"/conversations/{row['id']}/interactions")
            assert of_rules(entries) == Counter({"Seen by the rule": EACH, "We are closed.": 1})
        runs = [run["outcome"] for key in (noted, closed) for run in await api.every(f"/rules/{key}/log")]
        assert runs == ["done"] * (VISITORS * EACH + VISITORS)


async def chats(visitor: Visitor, who: int) -> None:
    """Say so many things, each until it was taken."""
    await visitor.greet()
    for number in range(EACH):
        await visitor.say(f"message {number} of visitor {who}")


async def kill(hub: HubProcess) -> None:
    """End the process in the middle, again and again."""
    for _ in range(KILLS):
        await hub.ready()
        await asyncio.sleep(random.SystemRandom().uniform(0.05, 0.8))
        hub.kill()
        hub.launch()


async def looked_at(api: HubApi, key: str, messages: int) -> bool:
    """Tell whether a rule has as many lines in its log as there are messages."""
    return len(await api.every(f"/rules/{key}/log")) >= messages


def of_rules(entries: list[Json]) -> Counter[str]:
    """Count what rules wrote into a conversation, by its words."""
    return Counter(entry["text"] for entry in entries if entry["author_kind"] in ("auto", "system") and entry["text"])
