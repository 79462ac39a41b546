"""What the hub keeps of calls that were held, handed on and recorded in pieces at Twilio, in and out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.twilio_account import OURS, TwilioWorld, twilio_world
from tests.e2e.waiting import until, until_so
from tests.peers.twilio_call import CustomerCall
from tests.peers.twilio_handset import Handset

# the first run installs the emulator
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ANNA, MINE, BEAS = "+12125550142", "+12125550199", "+12125550177"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[TwilioWorld]:
    async with twilio_world(tmp_path) as running:
        yield running


async def at_phones(world: TwilioWorld) -> tuple[str, str]:
    """Give the admin and Bea a telephone each; return their ids."""
    email = await world.api.colleague("Bea", "agent")
    await world.api.put("/presence/devices", {"devices": [{"kind": "number", "address": MINE}]})
    bea = HubApi(world.hub)
    try:
        await bea.sign_in_as(email)
        await bea.put("/presence/devices", {"devices": [{"kind": "number", "address": BEAS}]})
        return (await world.api.get("/session"))["user"]["id"], (await bea.get("/session"))["user"]["id"]
    finally:
        await bea.close()


async def call_where(world: TwilioWorld, what: str, **wanted: object) -> Json:
    """Wait until the newest call is so; return it with its legs."""

    async def newest() -> list[Json]:
        return list((await world.api.get("/calls"))["items"][:1])

    def so(rows: list[Json]) -> bool:
        return any(all(row[name] == value for name, value in wanted.items()) for row in rows)

    (row,) = await until_so(newest, so, what=what)
    return dict(await world.api.get(f"/calls/{row['id']}"))


async def do(world: TwilioWorld, call: Json, **command: object) -> None:
    """Change a live call."""
    await world.api.post(f"/calls/{call['id']}/commands", command)


async def known(world: TwilioWorld, call: Json, who: str) -> None:
    """Wait until the hub knows that somebody talks."""

    async def legs() -> list[Json]:
        return list((await world.api.get(f"/calls/{call['id']}"))["legs"])

    def so(seen: list[Json]) -> bool:
        return any(leg["user_id"] == who and leg["joined_at"] and not leg["ended_at"] for leg in seen)

    await until_so(legs, so, what="the talk with a colleague")


async def until_they_talk(one: Handset, other: Handset) -> None:
    """Wait until two telephones hear each other."""

    async def both() -> bool:
        return one.line.hears(other.line) and other.line.hears(one.line)

    await until(both, what=f"{one.number} and {other.number} hear each other")


async def stored(world: TwilioWorld, call: Json) -> list[Json]:
    """Wait until every recording of a call is stored here."""

    async def recordings() -> list[Json]:
        return list(await world.api.get(f"/calls/{call['id']}/recordings"))

    return await until_so(
        recordings,
        lambda seen: seen and all(one["state"] == "ready" for one in seen),
        what="the recordings",
    )


@asynccontextmanager
async def talking(world: TwilioWorld) -> AsyncIterator[tuple[CustomerCall, Json]]:
    """Have Anna call in and talk with the admin; gives her end and the call."""
    mine = world.network.handset(MINE)
    channel = await world.channel("twilio_voice", "Hotline", number=OURS)
    await world.line(channel)
    await world.api.put("/presence", {"chosen": "available"})
    async with CustomerCall(world.network, world.twilio) as anna:
        await anna.call(channel["webhook_url"], sender=ANNA, to=OURS)
        await mine.ringing()
        mine.answer()
        yield anna, await call_where(world, "the talk", state="active")


async def test_a_call_that_was_handed_on_is_one_call_with_all_its_recordings(world: TwilioWorld) -> None:
    mine, beas = world.network.handset(MINE), world.network.handset(BEAS)
    me, bea = await at_phones(world)
    async with talking(world) as (anna, call):
        await do(world, call, do="consult", agent_id=bea)
        await call_where(world, "the hold", state="held")
        await beas.ringing()
        beas.answer()
        await until_they_talk(mine, beas)
        await known(world, call, bea)
        assert not anna.line.hears(beas.line)
        await do(world, call, do="end_consult", complete=True)
        await call_where(world, "the talk with Bea", state="active")
        assert beas.line.hears(anna.line)
        await do(world, call, do="transfer", agent_id=me)
        await mine.ringing()
        mine.answer()
        await until(lambda: _hears(mine, anna), what="the talk with me again")
        await anna.hang_up()
    over = await call_where(world, "the end", state="ended")
    # Twilio's times are whole seconds, and a test is faster than that
    assert (over["outcome"], set(over["agents"])) == ("answered", {me, bea})
    assert len(over["holds"]) == 1
    assert [leg["ended_at"] is not None for leg in over["legs"]] == [True] * 4
    kept = await stored(world, over)
    assert len(kept) == 2
    assert {tuple(one["lanes"]) for one in kept} == {("contact", "agent")}
    assert (await world.api.get("/debts"))["items"] == []


async def test_a_call_out_lives_on_when_its_agent_leaves(world: TwilioWorld) -> None:
    mine, beas, annas = (world.network.handset(number) for number in (MINE, BEAS, ANNA))
    me, bea = await at_phones(world)
    channel = await world.channel("twilio_voice", "Hotline", number=OURS)
    await world.line(channel)
    order = {"id": str(uuid7()), "channel_id": channel["id"], "number": ANNA}
    await world.api.post("/calls", order)
    await mine.ringing()
    mine.answer()
    await annas.ringing()
    annas.answer()
    await until_they_talk(mine, annas)
    call = await call_where(world, "the talk", state="active")
    await do(world, call, do="hold", on=True)
    await call_where(world, "the hold", state="held")
    await do(world, call, do="hold", on=False)
    await until_they_talk(mine, annas)
    await do(world, call, do="consult", agent_id=bea)
    await beas.ringing()
    beas.answer()
    await until_they_talk(mine, beas)
    await known(world, call, bea)
    await do(world, call, do="end_consult", complete=True)
    await until_they_talk(beas, annas)
    call = await call_where(world, "the talk with Bea", state="active")
    await do(world, call, do="transfer", agent_id=me)
    await mine.ringing()
    mine.answer()
    await until_they_talk(mine, annas)
    assert (await call_where(world, "the talk with me again", state="active"))["ended_at"] is None
    annas.hang_up()
    await world.network.settled()
    over = await call_where(world, "the end", state="ended")
    assert (over["outcome"], set(over["agents"])) == ("answered", {me, bea})
    assert [leg["ended_at"] is not None for leg in over["legs"]] == [True] * len(over["legs"])
    kept = await stored(world, over)
    # the one of the conference is made on the customer's leg, and goes on with it wherever they are led
    assert [tuple(one["lanes"]) for one in kept] == [("agent", "contact"), ("contact", "agent")]


async def test_an_agent_who_hangs_up_while_asking_leaves_the_customer_to_the_colleague(world: TwilioWorld) -> None:
    mine, beas = world.network.handset(MINE), world.network.handset(BEAS)
    _, bea = await at_phones(world)
    async with talking(world) as (anna, call):
        await do(world, call, do="consult", agent_id=bea)
        await call_where(world, "the hold", state="held")
        await beas.ringing()
        # Twilio's times are whole seconds: who hangs up in the second of the hold was never asking
        until_next = (await world.api.get(f"/calls/{call['id']}"))["holds"][0]["began_at"]
        await until(lambda: _later(world, until_next), what="the next second")
        mine.hang_up()
        beas.answer()
        await until(lambda: _hears(beas, anna), what="the talk with Bea")
        assert anna.line.hears(beas.line)
        await call_where(world, "the talk with Bea", state="active")
    assert (await call_where(world, "the end", state="ended"))["outcome"] == "answered"


async def _later(world: TwilioWorld, since: str) -> bool:
    return parsedate_to_datetime(world.network.now()) >= datetime.fromisoformat(since) + timedelta(seconds=1)


async def _hears(phone: Handset, caller: CustomerCall) -> bool:
    return phone.line.hears(caller.line)
