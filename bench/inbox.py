"""Does the inbox stay as fast as its history grows: list page, thread page and search at 10 thousand and 2 million.

The ceiling of an operation is its own p95 at the small size; the figure is how many times longer it takes at the large.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter

from bench.ack import make_channel
from bench.common import arguments, engines, percentile, place, report
from hub.app import Hub, open_hub
from hub.domain.contact import Contact, ContactPoint, ContactState
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.ids import ChannelId, ContactId, ContactPointId, ConversationId, ExternalId, InteractionId, WaitId
from hub.domain.interaction import AuthorKind, Direction, Interaction
from hub.domain.views import ConversationFilter
from hub.domain.waiting import Clock, Wait
from hub.ports import Flush, IngestKeys
from hub.services.ids import new_id

SMALL, LARGE = 10_000, 2_000_000
PER_CONVERSATION = 10
OPEN = 400
"""Work that is not done: as much in a large history as in a small one."""
CONVERSATIONS_A_FLUSH = 400
WORDS = (
    *("paczka", "faktura", "zamówienie", "dostawa", "zwrot", "płatność", "adres", "kurier", "termin", "reklamacja"),
    *("배송", "주문", "환불", "결제", "주소", "문의", "상품", "교환", "오늘", "내일"),
    *("order", "parcel", "invoice", "delivery", "return", "payment", "size", "colour", "shop", "address"),
)
START = datetime(2024, 1, 1, tzinfo=UTC)


def _flush(channel_id: ChannelId, first: int, count: int, total: int, chance: random.Random) -> Flush:
    flush = Flush()
    for number in range(first, first + count):
        at = START + timedelta(minutes=number * 2)
        contact_id, point_id = ContactId(new_id()), ContactPointId(new_id())
        name = f"Klient {number}"
        flush.new_contacts.append(
            Contact(id=contact_id, canonical_id=contact_id, name=name, state=ContactState.kept, created_at=at)
        )
        flush.new_points.append(
            ContactPoint(
                id=point_id,
                contact_id=contact_id,
                namespace="telegram",
                address=str(number),
                received=str(number),
                created_at=at,
            )
        )
        open_work = number >= total - OPEN
        entries = _entries(channel_id, point_id, number, at, chance)
        opened = entries[0]
        wait = Wait(id=WaitId(opened.id), episode=1, started_at=at, first=True)
        flush.new_conversations.append(
            Conversation(
                id=opened.conversation_id,
                channel_id=channel_id,
                contact_point_id=point_id,
                thread=ExternalId(str(number)),
                state=ConversationState.open if open_work else ConversationState.resolved,
                resolved_at=None if open_work else at + timedelta(hours=1),
                created_at=at,
                last_at=entries[-1].occurred_at,
                last_inbound_at=at,
                last_author="contact",
                last_preview=entries[-1].text[:100],
                clock=Clock(episode=1, waits_in_episode=1, open=wait if open_work and number % 2 else None),
            )
        )
        flush.new_interactions.extend(entries)
    return flush


def _entries(
    channel_id: ChannelId, point_id: ContactPointId, number: int, at: datetime, chance: random.Random
) -> Sequence[Interaction]:
    conversation_id = ConversationId(new_id())
    return [
        Interaction(
            id=InteractionId(new_id()),
            conversation_id=conversation_id,
            channel_id=channel_id,
            contact_point_id=point_id,
            external_id=ExternalId(f"{number}:{turn}"),
            direction=Direction.outbound if turn % 2 else Direction.inbound,
            author_kind=AuthorKind.agent if turn % 2 else AuthorKind.contact,
            occurred_at=at + timedelta(minutes=turn),
            received_at=at + timedelta(minutes=turn),
            text=" ".join(chance.choices(WORDS, k=9)) + f" nr {number * PER_CONVERSATION + turn}",
        )
        for turn in range(PER_CONVERSATION)
    ]


async def fill(hub: Hub, channel_id: ChannelId, interactions: int) -> Sequence[ConversationId]:
    """Write so many interactions; returns some conversations spread over all of them."""
    chance, total, some = random.Random(7), interactions // PER_CONVERSATION, []
    for first in range(0, total, CONVERSATIONS_A_FLUSH):
        count = min(CONVERSATIONS_A_FLUSH, total - first)
        flush = _flush(channel_id, first, count, total, chance)
        some.append(flush.new_conversations[0].id)
        async with hub.storage.begin() as uow:
            await uow.ingest.load(IngestKeys())
            await uow.ingest.save(flush)
    return some


async def operations(
    hub: Hub, some: Sequence[ConversationId], chance: random.Random
) -> Mapping[str, Callable[[], Awaitable[object]]]:
    """Return what an agent's screen asks for, by name."""
    queries = hub.storage.queries
    everything = ConversationFilter()
    second = (await queries.conversations(everything, viewer=None, cursor=None, limit=50)).next
    return {
        "list": lambda: queries.conversations(everything, viewer=None, cursor=None, limit=50),
        "list_next": lambda: queries.conversations(everything, viewer=None, cursor=second, limit=50),
        "counts": lambda: queries.counts(viewer=None),
        "thread": lambda: queries.thread(chance.choice(some), before=None, limit=50),
        "search_common": lambda: queries.search("faktura", cursor=None, limit=25),
        "search_korean": lambda: queries.search("배송 환불", cursor=None, limit=25),
        "search_two_words": lambda: queries.search(
            f"{chance.choice(WORDS)} {chance.choice(WORDS)}", cursor=None, limit=25
        ),
    }


async def measure(engine: str, size: int, seconds: float) -> Mapping[str, Sequence[float]]:
    """Return the times of each operation, in seconds, with a history of this size."""
    async with place(engine) as spot:
        channel_id, _ = await make_channel(spot)
        async with open_hub(spot.settings()) as hub:
            some = await fill(hub, channel_id, size)
            times: dict[str, list[float]] = {}
            for name, run in (await operations(hub, some, random.Random(1))).items():
                await run()
                until = perf_counter() + seconds
                while perf_counter() < until or len(times.get(name, ())) < 20:
                    start = perf_counter()
                    await run()
                    times.setdefault(name, []).append(perf_counter() - start)
            return times


async def main_async(chosen: Sequence[str], seconds: float, large: int) -> None:
    """Measure both sizes on each engine and print each operation."""
    for engine in chosen:
        small = await measure(engine, SMALL, seconds)
        big = await measure(engine, large, seconds)
        for name, times in big.items():
            base, value = percentile(small[name], 0.95) * 1000, percentile(times, 0.95) * 1000
            report(
                "inbox",
                engine=engine,
                op=name,
                size=large,
                value=value,
                unit="ms p95",
                ceiling=base,
                ratio=value / base,
                p50_ms=percentile(times, 0.5) * 1000,
                p99_ms=percentile(times, 0.99) * 1000,
            )


def main() -> None:
    """Measure the engines asked for."""
    asked = arguments(__doc__ or "", 2.0)
    asyncio.run(main_async(engines(asked.engine), asked.seconds, LARGE))


if __name__ == "__main__":
    main()
