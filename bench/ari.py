"""500 calls at once on one ARI socket: how late the hub hears of what happens, and how soon it acts.

An event is late by the time from its own stamp to the hub's (`received_at` in the journal); one that is more than
200 ms late counts. Acting is the time from a caller's arrival to the first ringing, so it holds the journal's commit,
the plan's decision and a request. The ceiling is a bare aiohttp client that only reads and parses the same events.
"""

import asyncio
import json
import random
from collections.abc import Sequence
from datetime import datetime
from time import perf_counter

import aiohttp
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.common import Place, engines, free_port, hub_environment, parser, percentile, place, process, report
from hub.app import open_hub
from hub.domain.callflow.plan import ForwardNode, Plan
from hub.domain.ids import ChannelId, LineId
from hub.services import channels
from hub.services.calls import lines
from hub.services.calls.plans import json_of
from hub.services.ids import new_id
from tests.peers.fake_ari import Caller, FakeAri

CALLS = 500
TALK = 90.0
"""Mean seconds of a call: with 500 at once some five begin and end each second."""
KEYS = 5.0
"""Seconds between two keys pressed in a call."""
BEGIN = 20.0
"""Seconds until all calls are there; what is measured begins then."""
LATE = 0.2
OUTSIDE = "+48225550199"
NUMBER = "+48221112233"


class Load:
    """Keeps so many calls going."""

    def __init__(self, ari: FakeAri) -> None:
        self._ari = ari
        self._random = random.Random(20261122)
        self._outside = ari.phone(f"PJSIP/{OUTSIDE}@trunk", "auto")
        self.arrived: dict[str, float] = {}
        self.acted: list[float] = []
        self.began = self.lost = self.living = 0
        self.most = 0
        self.full = 0.0
        """When all calls were there, in seconds since 1970."""

    def note(self, method: str, path: str, name: str) -> None:
        """A request came: the first ringing of a call is what was waited for."""
        call = name.split("-", 4)[-1]
        if method == "POST" and path == "/channels" and call in self.arrived:
            waited = perf_counter() - self.arrived.pop(call)
            self.acted += [waited] if self._ari.pbx.clock.now().timestamp() >= self.full else []

    async def run(self, seconds: float) -> None:
        """Begin, keep up and end calls; `seconds` count from when all are there."""
        end = perf_counter() + BEGIN + seconds
        self.full = self._ari.pbx.clock.now().timestamp() + BEGIN
        await asyncio.gather(*(self._seat(n, end) for n in range(CALLS)))

    async def _seat(self, number: int, end: float) -> None:
        await asyncio.sleep(number / CALLS * BEGIN)
        while perf_counter() < end:
            caller = self._ari.call(f"+4860{number:07d}", NUMBER)
            self.arrived[caller.id] = perf_counter()
            self.began += 1
            self.living += 1
            self.most = max(self.most, self.living)
            await self._talk(caller, min(end, perf_counter() + self._random.expovariate(1 / TALK)))
            caller.hang_up()
            self.living -= 1
            await asyncio.sleep(0.2)

    async def _talk(self, caller: Caller, until: float) -> None:
        while perf_counter() < until:
            await asyncio.sleep(min(KEYS * self._random.uniform(0.5, 1.5), max(0.01, until - perf_counter())))
            if caller.channel.hung_up:
                self.lost += 1
                return
            caller.press("5")


async def _channel(spot: Place, ari: FakeAri) -> None:
    """Make the channel and a line that forwards every caller outside."""
    plan = Plan(start="out", nodes={"out": ForwardNode(number=OUTSIDE, seconds=30)})
    async with open_hub(spot.settings()) as hub, hub.storage.begin() as uow:
        manifest = hub.registry.manifests["asterisk"]
        settings = {"url": ari.url, "username": ari.user, "password": ari.password, "number": NUMBER}
        made = await channels.create(
            uow,
            manifest,
            id=ChannelId(new_id()),
            name="Bench",
            settings=channels.validated(manifest, settings),
            address=NUMBER,
            now=hub.clock.now(),
        )
        await lines.create(
            uow,
            id=LineId(new_id()),
            name="Bench",
            channel_id=made.record.id,
            number=NUMBER,
            team_id=None,
            plan=json_of(plan),
            language="en",
            by=None,
            now=hub.clock.now(),
        )


async def _lateness(spot: Place, since: float, until: float) -> list[float]:
    engine = create_async_engine(spot.url)
    async with engine.connect() as connection:
        rows = (
            await connection.execute(text("SELECT body, received_at FROM raw_events WHERE kind <> 'hub/call'"))
        ).all()
    await engine.dispose()
    found = []
    for body, received in rows:
        event = json.loads(bytes(body))
        if "asterisk_id" in event:
            # SQLite keeps microseconds since 1970, PostgreSQL a time
            at = received.timestamp() if isinstance(received, datetime) else received / 1e6
            sent = datetime.fromisoformat(event["timestamp"]).timestamp()
            found += [at - sent] if since <= sent <= until else []
    return found


async def _bare(seconds: float) -> list[float]:
    """Read the same kind of stream and do nothing."""
    late: list[float] = []
    async with FakeAri() as ari, aiohttp.ClientSession() as http:
        ari.pbx.spec = None
        auth = {"Authorization": aiohttp.encode_basic_auth(ari.user, ari.password)}
        socket = await http.ws_connect(f"{ari.url}/ari/events?app=hub", headers=auth)

        async def read() -> None:
            async for message in socket:
                sent = datetime.fromisoformat(json.loads(message.data)["timestamp"])
                if load.full <= sent.timestamp() <= load.full + seconds:
                    late.append((ari.pbx.clock.now() - sent).total_seconds())

        load = Load(ari)
        reader = asyncio.create_task(read())
        await load.run(seconds)
        reader.cancel()
        await socket.close()
    return late


async def measure(engine: str, seconds: float) -> None:
    """Measure one engine, then the ceiling, and print."""
    async with place(engine) as spot, FakeAri() as ari:
        ari.pbx.spec = None  # checking every event against the api-docs is the tests' work
        load = Load(ari)
        ari.asked = load.note
        await _channel(spot, ari)
        port = free_port()
        async with process("hub", "serve", ready="ready", env=hub_environment(spot, port)):
            await ari.until(lambda: ari.pbx.registered("hub"), seconds=30)
            await load.run(seconds)
            await asyncio.sleep(2)
        late = await _lateness(spot, load.full, load.full + seconds)
    bare = await _bare(min(seconds, 10.0))
    _say(engine, load, late, bare)


def _say(engine: str, load: Load, late: Sequence[float], bare: Sequence[float]) -> None:
    report(
        "ari",
        engine=engine,
        value=sum(1 for one in late if one > LATE),
        unit="events more than 200 ms late",
        events=len(late),
        p50_ms=percentile(late, 0.5) * 1000,
        p99_ms=percentile(late, 0.99) * 1000,
        worst_ms=max(late) * 1000,
        ceiling_p99_ms=percentile(bare, 0.99) * 1000,
        calls=load.began,
        at_once=load.most,
        acted_p50_ms=percentile(load.acted, 0.5) * 1000,
        acted_p99_ms=percentile(load.acted, 0.99) * 1000,
        not_acted=len(load.arrived),
        lost=load.lost,
    )


async def main(seconds: float, chosen: Sequence[str] | None) -> None:
    """Measure the chosen engines."""
    for engine in engines(chosen):
        await measure(engine, seconds)


if __name__ == "__main__":
    given = parser(__doc__ or "", 30).parse_args()
    asyncio.run(main(given.seconds, given.engine))
