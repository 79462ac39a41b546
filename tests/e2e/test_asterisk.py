"""Phone calls through the whole hub, against our fake Asterisk: rung, answered, recorded, missed, cut off, taken up."""

import wave
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from uuid_utils.compat import uuid7

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.waiting import until
from tests.peers.fake_ari import Caller, FakeAri, Phone

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

OURS, ZOFIA = "+48221112233", "+48600100200"
DESK = "PJSIP/1001"


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


async def at_work(hub: HubProcess, api: HubApi, ari: FakeAri, *, recording: str = "on") -> Json:
    """Connect Asterisk, give its number a line, and be available at a desk phone."""
    hub.secrets.append(ari.password)
    settings = {"url": ari.url, "username": ari.user, "password": ari.password, "number": OURS}
    channel = await api.channel("asterisk", "Office", settings)
    plan = await api.get("/call-plans/first")
    body = {"id": str(uuid7()), "name": "Office", "channel_id": channel["id"], "number": OURS}
    await api.post("/lines", {**body, "plan": {**plan["plan"], "recording": recording}})
    await api._ask("PUT", "/presence/devices", json={"devices": [{"kind": "endpoint", "address": DESK}]})
    await api._ask("PUT", "/presence", json={"chosen": "available"})
    await connected(api, channel)
    made: Json = channel
    return made


async def connected(api: HubApi, channel: Json) -> None:
    """Wait for the connection to Asterisk."""

    async def look() -> bool:
        told = await api.get(f"/channels/{channel['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(look, what="the connection to Asterisk")


async def the_call(api: HubApi, **is_: object) -> Json:
    """Wait until the newest call is so; return it whole."""

    async def look() -> Json | None:
        found = (await api.get("/calls"))["items"]
        fits = found and all(found[0][name] == value for name, value in is_.items())
        return found[0] if fits else None

    row = await until(look, what=f"a call that is {is_}")
    whole: Json = await api.get(f"/calls/{row['id']}")
    return whole


async def answered(ari: FakeAri, phone: Phone) -> Caller:
    """A customer who talks with the agent."""
    caller = ari.call(ZOFIA, OURS, name="Zofia")
    await phone.ringing()
    phone.answer()
    await ari.heard("ChannelEnteredBridge", 2)
    return caller


async def recorded(api: HubApi, call: Json) -> Json:
    """Wait until the hub has a call's recording."""

    async def look() -> Json | None:
        found = (await api.get(f"/calls/{call['id']}"))["recordings"]
        return next((one for one in found if one["state"] == "ready"), None)

    return await until(look, what="the recording in the hub")


async def test_a_call_is_answered_recorded_and_in_the_timeline(hub: HubProcess, api: HubApi, ari: FakeAri) -> None:
    phone = ari.phone(DESK)
    await at_work(hub, api, ari)
    caller = await answered(ari, phone)
    await ari.heard("RecordingStarted", 2)
    call = await the_call(api, state="active")
    assert (call["direction"], call["address"], call["our_address"]) == ("inbound", ZOFIA, OURS)
    await api.post(f"/calls/{call['id']}/commands", {"do": "hold", "on": True})
    await the_call(api, state="held")
    await api.post(f"/calls/{call['id']}/commands", {"do": "hold", "on": False})
    ari.pbx.clock.pass_time(5)
    caller.hang_up()
    ended = await the_call(api, state="ended")
    assert (ended["outcome"], ended["ended_by"], len(ended["agents"])) == ("answered", "contact", 1)
    recording = await recorded(api, ended)
    play = await api.post(
        f"/recordings/{recording['id']}/plays", {"kind": "download", "reason": "looking whether all is there"}
    )
    heard = await api.download(f"/recordings/{recording['id']}/download?play={play['id']}")
    with wave.open(BytesIO(heard)) as sound:
        assert sound.getnchannels() == 2
        assert sound.getnframes() / sound.getframerate() > 4
    await until(lambda: _nothing_left(ari), what="an Asterisk without channels and bridges")
    entries = await api.every(f"/conversations/{ended['conversation_id']}/interactions")
    assert [entry["kind"] for entry in entries] == ["call"]


async def _nothing_left(ari: FakeAri) -> bool:
    return not ari.pbx.channels and not ari.pbx.bridges


async def test_a_missed_call_leaves_a_message_and_is_owed(hub: HubProcess, api: HubApi, ari: FakeAri) -> None:
    phone = ari.phone(DESK)
    await at_work(hub, api, ari)
    await api._ask("PUT", "/presence", json={"chosen": "away", "reason": "lunch"})
    caller = ari.call(ZOFIA, OURS)
    await ari.heard("RecordingStarted")
    ari.pbx.clock.pass_time(6)
    caller.press("#")
    call = await the_call(api, state="ended")
    assert (call["outcome"], call["voicemail"], call["missed"]) == ("voicemail", True, True)
    recording = await recorded(api, call)
    assert recording["kind"] == "voicemail"
    assert phone.rung == []

    async def debts() -> list[Json]:
        return list((await api.get("/debts"))["items"])

    (debt,) = await until(debts, what="the debt")
    assert (debt["address"], [cause["what"] for cause in debt["causes"]]) == (ZOFIA, ["voicemail"])


async def test_a_hub_killed_in_the_middle_of_a_call_takes_it_up(hub: HubProcess, api: HubApi, ari: FakeAri) -> None:
    phone = ari.phone(DESK)
    channel = await at_work(hub, api, ari)
    caller = await answered(ari, phone)
    await the_call(api, state="active")
    hub.kill()
    await ari.until(lambda: not ari.pbx.registered("hub"))
    assert ari.call("+48600999888", OURS).heard_fallback, "new callers hear the dialplan"
    assert caller.channel.bridge is phone.channel.bridge, "the talk goes on"
    await hub.start()
    await connected(api, channel)
    call = await the_call(api, state="active")
    await api.post(f"/calls/{call['id']}/commands", {"do": "digits", "digits": "7"})
    assert caller.channel.digits_sent == "7"
    phone.hang_up()
    ended = await the_call(api, state="ended")
    assert (ended["outcome"], ended["ended_by"]) == ("answered", "agent")
    await recorded(api, ended)


async def test_a_call_that_ended_while_the_hub_was_dead_is_ended(hub: HubProcess, api: HubApi, ari: FakeAri) -> None:
    phone = ari.phone(DESK)
    await at_work(hub, api, ari)
    caller = await answered(ari, phone)
    await ari.heard("RecordingStarted", 2)
    await the_call(api, state="active")
    hub.kill()
    await ari.until(lambda: not ari.pbx.registered("hub"))
    ari.pbx.clock.pass_time(4)
    caller.hang_up()
    await hub.start()
    ended = await the_call(api, state="ended")
    assert ended["outcome"] == "answered"
    await recorded(api, ended)


async def test_a_call_is_placed_from_the_screen(hub: HubProcess, api: HubApi, ari: FakeAri) -> None:
    own, customer = ari.phone(DESK), ari.phone(f"PJSIP/{ZOFIA}@trunk")
    channel = await at_work(hub, api, ari, recording="off")
    order = {"id": str(uuid7()), "channel_id": channel["id"], "number": ZOFIA}
    placed = await api.post("/calls", order)
    assert await api.post("/calls", order) == placed
    await own.ringing()
    own.answer()
    await customer.ringing()
    customer.answer()
    await the_call(api, id=placed["id"], state="active")
    ari.pbx.clock.pass_time(20)
    customer.hang_up()
    ended = await the_call(api, id=placed["id"], state="ended")
    assert (ended["direction"], ended["outcome"], ended["ended_by"]) == ("outbound", "answered", "contact")
    assert len(own.rung) == 1
