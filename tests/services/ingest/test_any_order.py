"""Whatever order and however often a provider tells its story, the hub ends with the same timeline."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.contract import InboundEvent, MessageDeleted, MessageEdited, Reaction, ReactionWithdrawn
from hub.domain.ids import ExternalId
from tests.databases import Sqlite
from tests.scripted import T0, SmallHub, says, small_hub

MINUTE = timedelta(minutes=1)

STORY: Sequence[InboundEvent] = (
    says("hello", external_id="1", at=T0),
    says("helo again", external_id="2", at=T0 + MINUTE),
    MessageEdited(external_id=ExternalId("2"), occurred_at=T0 + 2 * MINUTE, text="hello again"),
    MessageEdited(external_id=ExternalId("2"), occurred_at=T0 + 3 * MINUTE, text="hello once more"),
    says("wrong chat", external_id="3", at=T0 + 4 * MINUTE),
    MessageEdited(external_id=ExternalId("3"), occurred_at=T0 + 4.5 * MINUTE, text="wrong chat, sorry"),
    MessageDeleted(external_id=ExternalId("3"), occurred_at=T0 + 5 * MINUTE),
    MessageDeleted(external_id=ExternalId("3"), occurred_at=T0 + 5.5 * MINUTE),
    Reaction(external_id=ExternalId("1"), sender=says("").sender, emojis=("👍",), occurred_at=T0 + 6 * MINUTE),
    says("bob here", by="bob", external_id="4", at=T0 + 7 * MINUTE),
)


def reacts(emojis: str, minute: int, **more: Any) -> Reaction:
    return Reaction(
        external_id=ExternalId("1"),
        sender=says("", by=more.pop("by", "ann")).sender,
        emojis=tuple(emojis),
        occurred_at=T0 + minute * MINUTE,
        **more,
    )


REACTIONS: Sequence[InboundEvent] = (
    says("hello", external_id="1", at=T0),
    reacts("👍🎉", 1),
    reacts("🔥", 2, change="add"),
    reacts("🎉", 3, change="remove"),
    reacts("🔥👍", 4, by="bob"),
    reacts("👎", 3, by="bob"),
    reacts("👍", 5, by="bob", change="remove"),
    reacts("", 6, by="cat"),
    reacts("👀", 5, by="cat", change="add"),
    reacts("✅", 7, change="add", reaction_id=ExternalId("r1")),
    ReactionWithdrawn(external_id=ExternalId("r1"), occurred_at=T0 + 8 * MINUTE),
    reacts("✅", 9, change="add", reaction_id=ExternalId("r2")),
    reacts("❌", 10, change="add", reaction_id=ExternalId("r3")),
    MessageDeleted(external_id=ExternalId("r3"), occurred_at=T0 + 11 * MINUTE),
)


async def outcome(hub: SmallHub) -> object:
    rows = await hub.conversations()
    told = {}
    for row in rows:
        waits = await hub.storage.queries.waits(conversation_id=row.id, channel_id=None, cursor=None, limit=50)
        told[row.address] = (
            row.waiting_since,
            row.last_at,
            row.last_preview,
            [
                (e.text, e.occurred_at, e.edited_at, e.deleted_at, [r.emoji for r in e.reactions])
                for e in await hub.thread(row.id)
            ],
            sorted((w.started_at, w.ended_at, w.ended_by, w.first) for w in waits.items),
        )
    return told


async def told_in_order(hub: SmallHub, story: Sequence[InboundEvent]) -> object:
    for event in story:
        await hub.hears(event)
    return await outcome(hub)


async def told_anyhow(hub: SmallHub, story: Sequence[InboundEvent], order: Sequence[int], chance: Random) -> object:
    bodies = [hub.script.body(event) for event in story] * 2
    for place in order:
        await hub.journal(body=bodies[place])
        for _ in range(chance.choice(range(4)) == 1):
            await hub.read()
    await hub.read()
    return await outcome(hub)


@pytest.mark.parametrize("story", [STORY, REACTIONS], ids=["messages", "reactions"])
@given(seed=st.integers())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_and_repetition_gives_one_timeline(
    story: Sequence[InboundEvent], sqlite: Sqlite, tmp_path_factory: object, seed: int
) -> None:
    base = Path(tmp_path_factory.mktemp("order"))  # type: ignore[attr-defined]  # pytest's factory
    chance = Random(seed)  # noqa: S311 - orders the events and chooses where batches end, no secret
    async with small_hub(sqlite.fresh(base), base) as plain:
        expected = await told_in_order(plain, story)
    other = base / "other"
    other.mkdir()
    order = chance.sample(range(len(story) * 2), len(story) * 2)
    async with small_hub(sqlite.fresh(other), other) as shuffled:
        assert await told_anyhow(shuffled, story, order, chance) == expected


async def test_reactions_come_and_go_one_by_one_and_by_their_own_ids(hub: SmallHub) -> None:
    await told_in_order(hub, REACTIONS)
    (row,) = await hub.conversations()
    (entry,) = await hub.thread(row.id)
    assert {(r.emoji, r.names) for r in entry.reactions} == {
        ("👍", ("Ann",)),
        ("🔥", ("Ann", "Bob")),
        ("✅", ("Ann",)),
    }
