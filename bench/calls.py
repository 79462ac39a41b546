"""Phone calls: how long a caller waits for the answer at 100 calls a second, and the list's pages as it grows.

webhook: a whole hub process answers signed Twilio requests, open loop; beside it a bare handler at the same pace.
list: p95 of pages over 10 thousand calls and over a million; the ratio is the figure.
"""

import asyncio
import base64
import hashlib
import hmac
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp
import sqlalchemy as sa

from bench.common import Place, engines, free_port, hub_environment, parser, percentile, place, process, report, tidy
from bench.payloads import PUBLIC_URL
from hub.app import Hub, open_hub
from hub.domain.call import CallState, Outcome
from hub.domain.call_views import CallFilter
from hub.domain.ids import CallId, ChannelId, ContactPointId, ConversationId, InteractionId, LineId, UserId
from hub.domain.interaction import Direction
from hub.domain.presence import Chosen, Presence
from hub.domain.user import Role, User
from hub.ports.calls import CallFlush
from hub.services import channels
from hub.services.calls import lines
from hub.services.ids import new_id
from tests.calls import call as a_call

RATE = 100
"""Calls that begin in a second."""
AGENTS = 40
SMALL, LARGE = 10_000, 1_000_000
SEED = 2_000
"""Calls written one by one; the others are copies of them at other times."""
TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of an account that does not exist
ACCOUNT = "AC" + "0" * 32
OURS = "+15005550006"


async def prepare(spot: Place) -> tuple[str, ChannelId]:
    """Make a line with people who can be rung; returns the path Twilio calls."""
    async with open_hub(spot.settings()) as hub:
        manifest = hub.registry.manifests["twilio_voice"]
        given = {
            "account_sid": ACCOUNT,
            "auth_token": TOKEN,
            "number": OURS,
            "set_webhook": False,
            "api_url": "http://127.0.0.1:9",
        }
        now = hub.clock.now()
        async with hub.storage.begin() as uow:
            made = await channels.create(
                uow,
                manifest,
                id=ChannelId(new_id()),
                name="Bench",
                settings=channels.validated(manifest, given),
                address=OURS,
                now=now,
            )
            await lines.create(
                uow,
                id=LineId(new_id()),
                name="Bench",
                channel_id=made.record.id,
                number=OURS,
                team_id=None,
                plan=None,
                language="en",
                by=None,
                now=now,
            )
            for number in range(AGENTS):
                user = UserId(new_id())
                await uow.users.add(
                    User(id=user, email=f"a{number}@x.example", name=f"A{number}", role=Role.agent, created_at=now),
                    "none",
                )
                await uow.presences.save(Presence(user_id=user, chosen=Chosen.available, since=now, idle_since=now))
        return f"/webhooks/{made.record.webhook_key}", made.record.id


def asked(path: str, number: int) -> tuple[bytes, dict[str, str]]:
    """Return a signed request: a new call of somebody."""
    fields = {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "CallSid": f"CA{uuid4().hex}",
        "CallStatus": "ringing",
        "Direction": "inbound",
        "From": f"+1415{5550000 + number % 9000:07d}",
        "To": OURS,
    }
    signed = PUBLIC_URL + path + "".join(name + fields[name] for name in sorted(fields))
    signature = base64.b64encode(hmac.new(TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return urlencode(fields).encode(), headers


async def press(port: int, path: str, seconds: float, *, answers: bytes) -> list[float]:
    """Begin calls at the pace, whether or not the earlier ones are answered; returns the seconds each waited."""
    latencies: list[float] = []

    async def ask(http: aiohttp.ClientSession, number: int) -> None:
        body, headers = asked(path, number)
        began = perf_counter()
        async with http.post(f"http://127.0.0.1:{port}{path}", data=body, headers=headers) as response:
            said = await response.read()
        latencies.append(perf_counter() - began)
        if response.status != 200 or answers not in said:
            raise SystemExit(f"a call was answered with {response.status}: {said[:200]!r}")

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http, asyncio.TaskGroup() as calls:
        start = perf_counter()
        for number in range(int(seconds * RATE)):
            await asyncio.sleep(max(0.0, start + number / RATE - perf_counter()))
            calls.create_task(ask(http, number))
    return latencies


async def measure_webhook(engine: str, seconds: float) -> None:
    """Measure one engine."""
    async with place(engine) as spot:
        path, _ = await prepare(spot)
        bare, ours = free_port(), free_port()
        environment = hub_environment(spot, ours, HUB_PUBLIC_URL=PUBLIC_URL)
        async with (
            process("bench.bare", str(bare), ready="ready"),
            process("hub", "serve", ready="ready", env=environment) as hub,
        ):
            await press(ours, path, 2.0, answers=b"<Response>")
            ceiling = await press(bare, path, seconds, answers=b"")
            before = _cpu(hub.pid)
            found = await press(ours, path, seconds, answers=b"<Response>")
            spent = _cpu(hub.pid) - before
    report(
        "calls webhook",
        engine=engine,
        rate=RATE,
        calls=len(found),
        p50_ms=percentile(found, 0.5) * 1000,
        p99_ms=percentile(found, 0.99) * 1000,
        most_ms=max(found) * 1000,
        ceiling_p99_ms=percentile(ceiling, 0.99) * 1000,
        cpu_ms_per_call=spent / len(found) * 1000,
    )


def _cpu(pid: int) -> float:
    """Return the seconds of processor time a process took: what other programs on the machine do not change."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# --- the list


@asynccontextmanager
async def filled(engine: str, size: int) -> AsyncIterator[tuple[Hub, Mapping[str, object]]]:
    """Open a hub with so many ended calls."""
    async with place(engine) as spot:
        _, channel_id = await prepare(spot)
        async with open_hub(spot.settings()) as hub:
            known = await _seed(hub, channel_id)
            await _copy(hub, size)
        await tidy(spot)
        async with open_hub(spot.settings()) as hub:
            yield hub, known


async def _seed(hub: Hub, channel_id: ChannelId) -> Mapping[str, object]:
    from hub.domain.contact import Contact, ContactPoint, ContactState
    from hub.domain.conversation import Conversation
    from hub.domain.ids import ContactId, ExternalId

    chance, now = random.Random(1), hub.clock.now()
    async with hub.storage.begin() as uow:
        users = [user.id for user in await uow.users.all()]
        line = (await uow.lines.all())[0]
        people = []
        for number in range(200):
            contact_id = ContactId(new_id())
            await uow.contacts.add(
                Contact(
                    id=contact_id,
                    canonical_id=contact_id,
                    name=f"Customer {number}",
                    state=ContactState.kept,
                    created_at=now,
                )
            )
            point = ContactPoint(
                id=ContactPointId(new_id()),
                contact_id=contact_id,
                namespace="phone",
                address=f"+1415{5550000 + number:07d}",
                received=f"+1415{5550000 + number:07d}",
                created_at=now,
            )
            await uow.contacts.add_point(point)
            conversation = Conversation(
                id=ConversationId(new_id()),
                channel_id=channel_id,
                contact_point_id=point.id,
                thread=ExternalId(point.address),
                created_at=now,
                last_at=now,
            )
            await uow.conversations.add(conversation, ())
            people.append((contact_id, point, conversation))
        outcomes = [Outcome.answered] * 8 + [Outcome.abandoned, Outcome.voicemail]
        for start in range(0, SEED, 500):
            flush = CallFlush()
            for number in range(start, start + 500):
                _, point, conversation = people[number % len(people)]
                began = now - timedelta(minutes=chance.random() * 60 * 24 * 30)
                outcome = chance.choice(outcomes)
                answered = began + timedelta(seconds=12) if outcome is Outcome.answered else None
                made = a_call(
                    began,
                    id=CallId(new_id()),
                    channel_id=channel_id,
                    conversation_id=conversation.id,
                    interaction_id=InteractionId(new_id()),
                    contact_point_id=point.id,
                    line_id=line.id,
                    address=point.address,
                    our_address=OURS,
                    queue_at=began,
                    answered_at=answered,
                    ended_at=began + timedelta(seconds=12 + chance.random() * 600),
                    state=CallState.ended,
                    outcome=outcome,
                    agents=(users[number % len(users)],) if answered else (),
                    direction=Direction.inbound,
                )
                flush.new[made.id] = replace(made)
            await uow.calls.save(flush)
    return {"agent": users[3], "line": line.id, "contact": people[7][0]}


async def _copy(hub: Hub, size: int) -> None:
    """Copy the calls to earlier times until there are so many: what the pages walk over, not how it came there."""
    from storage.tables import calls as t

    database = hub.storage._database  # type: ignore[attr-defined]  # a bench fills behind the ports
    names = [column.name for column in t.columns]
    shifted = {"began_at", "queue_at", "answered_at", "ended_at"}
    ids = {"id", "interaction_id"}
    have = SEED
    while have < size:
        more = min(have, size - have)
        back = 30 * 86_400 * (have // SEED)
        async with database.write(durable=False) as session:
            new = "gen_random_uuid()" if session.postgres else "randomblob(16)"
            move = f"{{}} - interval '{back} seconds'" if session.postgres else f"{{}} - {back}000000"
            picked = ", ".join(
                new if n in ids else "NULL" if n == "external_id" else move.format(n) if n in shifted else f'"{n}"'
                for n in names
            )
            columns = ", ".join(f'"{n}"' for n in names)
            await session.run(
                sa.text(f"INSERT INTO calls ({columns}) SELECT {picked} FROM calls ORDER BY began_at LIMIT {more}")  # noqa: S608 - our own words
            )
        have += more


async def pages(hub: Hub, known: Mapping[str, object], seconds: float) -> Mapping[str, float]:
    """Return the p95 of each look at the list, seconds."""

    def look(cursor: str | None = None, **f: object) -> Callable[[], Awaitable[object]]:
        async def run() -> object:
            async with hub.storage.read() as uow:
                return await uow.calls.list(CallFilter(**f), cursor=cursor, limit=50)  # type: ignore[arg-type]  # as below

        return run

    async with hub.storage.read() as uow:
        first = await uow.calls.list(CallFilter(), cursor=None, limit=200)
    looks = {
        "newest": look(),
        "next page": look(first.next),
        "one agent": look(agent_ids=(known["agent"],)),
        "abandoned on one line": look(outcomes=(Outcome.abandoned,), line_ids=(known["line"],)),
        "one contact": look(contact_id=known["contact"]),
        "long ones": look(min_talked=300.0, direction=Direction.inbound),
    }
    found: dict[str, float] = {}
    for name, run in looks.items():
        taken: list[float] = []
        until = perf_counter() + seconds / len(looks)
        while perf_counter() < until or len(taken) < 40:
            began = perf_counter()
            await run()
            taken.append(perf_counter() - began)
        found[name] = percentile(taken, 0.95)
    return found


async def measure_list(engine: str, seconds: float, large: int) -> None:
    """Measure one engine at both sizes."""
    async with filled(engine, SMALL) as (hub, known):
        small = await pages(hub, known, seconds)
    async with filled(engine, large) as (hub, known):
        grown = await pages(hub, known, seconds)
    for name, p95 in grown.items():
        report(
            "calls list",
            engine=engine,
            look=name,
            calls=large,
            p95_ms=p95 * 1000,
            ceiling_ms=small[name] * 1000,
            ratio=p95 / small[name],
        )


def main() -> None:
    """Measure what is asked for."""
    reads = parser(__doc__ or "", 10.0)
    reads.add_argument("--part", choices=["webhook", "list"], action="append", help="only this part")
    reads.add_argument("--large", type=int, default=LARGE, help="calls of the large list")
    given = reads.parse_args()
    for engine in engines(given.engine):
        if "webhook" in (given.part or ["webhook"]):
            asyncio.run(measure_webhook(engine, given.seconds))
        if "list" in (given.part or ["list"]):
            asyncio.run(measure_list(engine, given.seconds / 2, given.large))


if __name__ == "__main__":
    main()
