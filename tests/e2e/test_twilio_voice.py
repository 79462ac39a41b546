"""Phone calls through the whole hub, against the emulator's stateful, signed API and a network that runs TwiML."""

import io
import wave
from collections.abc import AsyncIterator, Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.waiting import until
from tests.peers.emulate import Emulate, EmulatedTwilio
from tests.peers.twilio_network import TwilioNetwork

# the first run installs the emulator
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ACCOUNT, TOKEN = "AC" + "0" * 32, "auth-token-of-the-emulated-account"
OURS, ANNA = "+15550100199", "+447700900001"
HUB_NAME = "hub.example.com"
KID, RECORDING = "CA" + "b" * 32, "RE" + "c" * 32


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Emulate]:
    seed = {
        "account": {"sid": ACCOUNT, "auth_token": TOKEN, "friendly_name": "Halden"},
        "phone_numbers": [{"phone_number": OURS}],
    }
    with Emulate(tmp_path / "emulate", "twilio", seed, public_name=HUB_NAME) as running:
        yield running


@pytest.fixture
async def twilio(server: Emulate) -> AsyncIterator[EmulatedTwilio]:
    async with EmulatedTwilio(server, ACCOUNT, TOKEN) as client:
        yield client


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    """A hub under a public name, which only the emulator resolves to this machine."""
    running = HubProcess(tmp_path / "hub", secrets=[TOKEN])
    running.environment = {"HUB_PUBLIC_URL": f"http://{HUB_NAME}:{running.port}"}
    async with running:
        yield running


@pytest.fixture
async def network(hub: HubProcess, twilio: EmulatedTwilio) -> AsyncIterator[TwilioNetwork]:
    async with TwilioNetwork(twilio, hub.url, f"http://{HUB_NAME}:{hub.port}") as running:
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
