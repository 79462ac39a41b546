"""Phone calls through the whole hub, against the emulator's stateful, signed API and a network that runs TwiML."""

import io
import wave
from collections.abc import AsyncIterator
from email.utils import formatdate
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from tests.e2e.hub_api import ApiProblem, HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.twilio_account import (
    ACCOUNT,
    API_KEY,
    API_SECRET,
    OURS,
    TOKEN,
    emulated_twilio,
    named_hub,
    twilio_network,
)
from tests.e2e.waiting import until
from tests.peers.emulate import EmulatedTwilio
from tests.peers.twilio_network import TwilioNetwork

# the first run installs the emulator
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ANNA = "+447700900001"
MOBILE = "+12125550199"
KID, RECORDING = "CA" + "b" * 32, "RE" + "c" * 32


@pytest.fixture
async def twilio(tmp_path: Path) -> AsyncIterator[EmulatedTwilio]:
    async with emulated_twilio(tmp_path) as running:
        yield running


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with named_hub(tmp_path) as running:
        yield running


@pytest.fixture
async def network(hub: HubProcess, twilio: EmulatedTwilio) -> AsyncIterator[TwilioNetwork]:
    async with twilio_network(hub, twilio) as running:
        yield running


class Phone:
    """One customer's call, as Twilio tells the hub of it."""

    def __init__(self, network: TwilioNetwork, address: str, sid: str, caller: str) -> None:
        self._network = network
        self.address = address
        self.sid = sid
        self.form = {"AccountSid": ACCOUNT, "CallSid": sid, "From": caller, "To": OURS, "Direction": "inbound"}

    async def arrives(self) -> list[str]:
        """Ask what to do with the call, again; return the verbs of the answer."""
        return await self.goes_on(self.address, CallStatus="ringing")

    async def goes_on(self, address: str, **more: str) -> list[str]:
        """Ask what is next; return the verbs of the answer, and keep it."""
        self.twiml = await self._network.ask(address, {**self.form, "CallStatus": "in-progress", **more})
        return [verb.tag for verb in self.twiml]

    async def tells(self, address: str | None, **more: str) -> None:
        """Tell the hub what became of something."""
        assert address is not None
        when = formatdate()
        await self._network.ask(address, {**self.form, "Timestamp": when, **more})

    def named(self, verb: str, name: str) -> str:
        """Return the address that a verb of the last answer names."""
        found = next(part.get(name) for part in self.twiml.iter(verb))
        assert found, f"{verb} has no {name}"
        return found


async def channel(api: HubApi, network: TwilioNetwork, **more: object) -> Json:
    """A connected number, whose addresses the hub has set."""
    settings = {
        "account_sid": ACCOUNT,
        "auth_token": TOKEN,
        "number": OURS,
        "api_url": network.url,
        # the emulator signs what is behind #, which Twilio does not
        "connection_overrides": "",
        **more,
    }
    made = await api.channel("twilio_voice", "Hotline", settings)

    async def connected() -> bool:
        told = await api.get(f"/channels/{made['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(connected, what="the connection")
    return dict(await api.get(f"/channels/{made['id']}"))


async def entries(api: HubApi) -> list[Json]:
    """Every call of the timelines."""
    rows = await api.conversations()
    found = [entry for row in rows for entry in await api.every(f"/conversations/{row['id']}/interactions")]
    return [entry for entry in found if entry["kind"] == "call"]


async def call_where(api: HubApi, what: str, **data: object) -> Json:
    """Wait for a call whose entry says this."""
    seen: list[Json] = []

    async def look() -> Json | None:
        seen[:] = await entries(api)
        return next((e for e in seen if all(e["data"].get(key) == value for key, value in data.items())), None)

    try:
        return await until(look, what=what)
    except AssertionError as error:
        error.add_note("\n".join(str(entry["data"]) for entry in seen))
        raise


async def recording_of(api: HubApi, call_id: str) -> Json:
    """Wait for a call's recording to be stored here."""

    async def look() -> Json | None:
        found = await api.get(f"/calls/{call_id}/recordings")
        return next((one for one in found if one["state"] == "ready" and not one["fetching"]), None)

    return await until(look, what="the recording")


def stereo(seconds: float) -> bytes:
    """A WAV file as Twilio makes it: two channels, 8 kHz."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(256)) * int(seconds * 8000 * 4 / 256))
    return made.getvalue()


async def phone_of(api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio, **settings: object) -> Phone:
    """A customer who has just called."""
    made = await channel(api, network, **settings)
    sid = await twilio.customer_calls(sender=ANNA, to=OURS)
    return Phone(network, made["webhook_url"], sid, ANNA)


async def test_the_number_asks_the_hub(api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio) -> None:
    made = await channel(api, network)
    number = await twilio.number(OURS)
    assert number["voice_url"] == made["webhook_url"]
    steps = {step["title"]: step["done"] for step in (await api.get(f"/channels/{made['id']}/setup"))["steps"]}
    assert steps["Twilio asks the hub about every call"] is True


async def test_a_missed_call_leaves_a_voicemail_that_is_stored_and_owed_for(
    api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio
) -> None:
    phone = await phone_of(api, network, twilio)
    await call_where(api, "the call, while it lives", state="queued", outcome=None)
    # nobody is at work: the plan of a channel without a line takes a message
    assert await phone.arrives() == ["Say", "Record", "Redirect"]
    network.recordings[RECORDING] = sound = stereo(3)
    network.not_yet.add(RECORDING)
    recorded = phone.named("Record", "recordingStatusCallback")
    left = {"RecordingSid": RECORDING, "RecordingDuration": "3", "CallStatus": "completed", "Digits": "hangup"}
    assert await phone.goes_on(phone.named("Record", "action"), **left) == ["Hangup"]
    start = formatdate()
    news = {**left, "RecordingStatus": "completed", "RecordingChannels": "1", "RecordingStartTime": start}
    await phone.tells(recorded, **news)
    await twilio.call_status(phone.sid, "completed")
    await phone.tells(recorded, **news)

    entry = await call_where(api, "the voicemail", outcome="voicemail")
    assert entry["data"]["asks_at"]
    assert len(await entries(api)) == 1
    recording = await recording_of(api, entry["data"]["call"])
    assert (recording["kind"], recording["lanes"]) == ("voicemail", ["contact"])
    play = await api.post(f"/recordings/{recording['id']}/plays", {"kind": "download"})
    assert await api.download(f"/recordings/{recording['id']}/download?play={play['id']}") == sound
    (row,) = await api.conversations()
    assert row["address"] == ANNA


async def test_a_missed_caller_is_owed_an_answer_until_an_sms_gives_it(
    api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio
) -> None:
    phone = await phone_of(api, network, twilio)
    account = {"account_sid": ACCOUNT, "auth_token": TOKEN, "api_url": network.url, "connection_overrides": ""}
    await api.channel("twilio_sms", "SMS", {**account, "sender": OURS})
    await twilio.call_status(phone.sid, "completed")

    async def owed() -> Json | None:
        return next(iter((await api.get("/debts"))["items"]), None)

    debt = await until(owed, what="the debt")
    assert (debt["address"], [cause["what"] for cause in debt["causes"]]) == (ANNA, ["missed_call"])

    async def writes() -> bool:
        # the SMS channel may not listen yet
        await twilio.customer_writes("You did not answer", sender=ANNA, to=OURS)
        return bool(await api.messages())

    await until(writes, what="the customer's SMS", every=0.5)
    (asked, *_) = await api.messages()
    await api.reply(asked["conversation_id"], "Sorry, we were closed. What can we do for you?")

    async def settled() -> bool:
        return not (await api.get("/debts"))["items"]

    await until(settled, what="the end of the debt")
    (closed,) = (await api.get("/debts", {"closed": "true"}))["items"]
    assert closed["closed_by"]


async def test_whoever_is_at_work_is_rung_and_talks(
    api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio
) -> None:
    me = (await api.get("/session"))["user"]["id"]
    await api._ask("PUT", "/presence/devices", json={"devices": [{"kind": "browser"}]})
    await api._ask("PUT", "/presence", json={"chosen": "available"})
    phone = await phone_of(api, network, twilio, api_key_sid=API_KEY, api_key_secret=API_SECRET)
    sid = await rung(phone)
    client = next(phone.twiml.iter("Client"))
    assert client[0].text == f"agent_{me.replace('-', '')}"
    agent = {"CallSid": KID, "ParentCallSid": sid, "To": f"client:{client[0].text}"}
    for status in ("ringing", "in-progress"):
        await phone.tells(client.get("statusCallback"), **agent, CallStatus=status)
    talk = await call_where(api, "the talk", state="active")
    pop = await api.get(f"/calls/{talk['data']['call']}/pop")
    assert (pop["call"]["address"], pop["owed"]) == (ANNA, False)
    talked = {"DialCallStatus": "completed", "DialCallSid": KID, "DialCallDuration": "3"}
    assert await phone.goes_on(phone.named("Dial", "action"), **talked) == ["Pause", "Hangup"]
    await phone.tells(client.get("statusCallback"), **agent, CallStatus="completed")
    await twilio.call_status(phone.sid, "completed")
    entry = await call_where(api, "the answered call", outcome="answered")
    assert entry["data"]["agents"] == [me]
    assert (await api.get("/debts"))["items"] == []


async def rung(phone: Phone) -> str:
    """Ask until somebody is rung: the emulator's own question may have taken the only agent for a moment."""

    async def dials() -> bool:
        return await phone.arrives() == ["Dial"]

    await until(dials, what="the ringing", every=0.5)
    return phone.sid


async def test_an_agent_calls_out_by_their_own_phone_and_the_hub_guards_the_number(
    api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio
) -> None:
    made = await channel(api, network)
    mine = {"kind": "number", "address": MOBILE}
    await api._ask("PUT", "/presence/devices", json={"devices": [mine]})
    order = {"id": str(uuid7()), "channel_id": made["id"], "number": "+12125550123", "device": mine}
    with pytest.raises(ApiProblem, match="not allowed") as refused:
        await api.post("/calls", {**order, "id": str(uuid7()), "number": "+48221002003"})
    assert refused.value.status == 422
    placed = await api.post("/calls", order)
    assert (placed["number"], placed["browser"]) == ("+12125550123", False)
    (call,) = await twilio.calls()
    assert (call["to"], call["from"]) == (MOBILE, OURS)
    await call_where(api, "the call, as it is placed", state="placing")
    key, me = placed["call"], (await api.get("/session"))["user"]["id"].replace("-", "")
    phone = Phone(network, made["webhook_url"], call["sid"], OURS)
    phone.form |= {"From": OURS, "To": MOBILE, "Direction": "outbound-api"}
    about = f"order={key}&user={me}&number=%2B12125550123"
    # the agent presses a key, and Twilio asks whom to call
    assert await phone.goes_on(f"{phone.address}?step=order&{about}&kind=confirm", Digits="1") == ["Dial"]
    number = next(phone.twiml.iter("Number"))
    assert number.text == "+12125550123"
    customer = {"CallSid": KID, "ParentCallSid": call["sid"], "To": "+12125550123", "Direction": "outbound-dial"}
    for status in ("initiated", "ringing", "in-progress", "completed"):
        await phone.tells(number.get("statusCallback"), **customer, CallStatus=status)
    await twilio.call_status(call["sid"], "completed")
    entry = await call_where(api, "the call out", outcome="answered")
    assert entry["data"]["call"] == order["id"]
    assert entry["direction"] == "outbound"


async def test_a_call_an_agent_takes_is_answered_and_recorded_on_two_lanes(
    api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio
) -> None:
    phone = await phone_of(api, network, twilio)
    me = (await api.get("/session"))["user"]["id"].replace("-", "")
    agent = {"CallSid": KID, "ParentCallSid": phone.sid, "To": f"client:agent_{me}"}
    leg = f"{phone.address}?tell=leg&call={phone.sid}&user={me}&party=agent"
    for status in ("ringing", "in-progress"):
        await phone.tells(leg, **agent, CallStatus=status)
    await call_where(api, "the talk", state="active")
    network.recordings[RECORDING] = stereo(5)
    recording = f"{phone.address}?tell=recording&call={phone.sid}&lanes=ca"
    news = {"RecordingSid": RECORDING, "RecordingDuration": "5", "RecordingChannels": "2"}
    await phone.tells(recording, **news, RecordingStatus="completed")
    await phone.tells(leg, **agent, CallStatus="completed")
    await twilio.call_status(phone.sid, "completed")

    entry = await call_where(api, "the answered call", outcome="answered")
    assert "asks_at" not in entry["data"]
    stored = await recording_of(api, entry["data"]["call"])
    assert stored["lanes"] == ["contact", "agent"]


async def test_callbacks_doubled_and_in_any_order_make_one_call(
    api: HubApi, network: TwilioNetwork, twilio: EmulatedTwilio
) -> None:
    phone = await phone_of(api, network, twilio)
    await twilio.call_status(phone.sid, "completed")
    for _ in range(3):
        await phone.arrives()
        await twilio.call_status(phone.sid, "completed")
    entry = await call_where(api, "the call", state="ended")
    assert entry["data"]["outcome"] in ("short_abandon", "abandoned", "missed")
    assert len(await entries(api)) == 1
