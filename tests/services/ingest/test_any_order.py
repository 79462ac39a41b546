"""Whatever order and however often a provider tells its story, the hub ends with the same timeline."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.contract import InboundEvent, MessageDeleted, MessageEdited, Reaction
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
    MessageDeleted(external_id=ExternalId("3"), occurred_at=T0 + 5 * MINUTE),
    Reaction(external_id=ExternalId("1"), sender=says("").sender, emojis=("👍",), occurred_at=T0 + 6 * MINUTE),
    says("bob here", by="bob", external_id="4", at=T0 + 7 * MINUTE),
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


@given(
    order=st.permutations(range(len(STORY) * 2)),
    cuts=st.lists(st.integers(1, 6), min_size=1, max_size=8),
    seed=st.integers(),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_and_repetition_gives_one_timeline(
    sqlite: Sqlite, tmp_path_factory: object, order: list[int], cuts: list[int], seed: int
) -> None:
    base = Path(tmp_path_factory.mktemp("order"))  # type: ignore[attr-defined]  # pytest's factory
    async with small_hub(sqlite.fresh(base), base) as plain:
        for event in STORY:
            await plain.hears(event)
        expected = await outcome(plain)
    other = base / "other"
    other.mkdir()
    chance = Random(seed)  # noqa: S311 - chooses where batches end, no secret
    async with small_hub(sqlite.fresh(other), other) as shuffled:
        bodies = [shuffled.script.body(event) for event in STORY] * 2
        for place in order:
            await shuffled.journal(body=bodies[place])
            for _ in range(chance.choice(cuts) == 1):
                await shuffled.read()
        await shuffled.read()
        assert await outcome(shuffled) == expected
