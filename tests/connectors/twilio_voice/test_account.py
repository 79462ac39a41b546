"""The number at Twilio: proven, pointed to the hub, watched; lost webhooks found; recordings fetched and deleted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import ValidationError

from connectors.twilio_voice.connector import TwilioVoice
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import (
    CallUpdate,
    ConnectorError,
    CredentialsRefused,
    FetchFailed,
    InboundEvent,
    LegUpdate,
    RecordingReady,
    RetryLater,
)
from hub.domain.call_marks import Fact
from hub.domain.ids import ExternalId
from hub.domain.recording import Lane
from tests.connectors.conformance.kit import CHANNEL, NOW, WEBHOOK_URL, tools_for
from tests.connectors.twilio_voice.accounts import ANNA, KID, ROOT, connector_at, fetching, settings_for
from tests.connectors.twilio_voice.provider import KEY, KEY_SECRET, OURS, TOKEN, FakeTwilioVoice

ADDRESS = f"{WEBHOOK_URL}#rc=2&rp=all"
RECORDING = ExternalId("RE" + "c" * 32)


@pytest.fixture
def voice(twilio: FakeTwilioVoice, http: aiohttp.ClientSession) -> TwilioVoice:
    return connector_at(twilio, http)


async def fetched(voice: TwilioVoice) -> bytes:
    return b"".join([piece async for piece in voice.fetch_recording(RECORDING)])


# --- the number


async def test_check_proves_the_account_and_names_the_number(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    assert await voice.check() == OURS
    twilio.account["status"] = "suspended"
    with pytest.raises(ConnectorError, match="suspended"):
        await voice.check()


async def test_a_number_of_another_account_is_told(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.number["phone_number"] = "+15550100111"
    with pytest.raises(ConnectorError, match="has no number"):
        await voice.check()
    assert "any more" in await voice.subscription()


async def test_refused_credentials_are_told_as_such(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.fail(401, 20003, f"Authenticate {TOKEN}")
    with pytest.raises(CredentialsRefused) as told:
        await voice.check()
    assert TOKEN not in str(told.value)


async def test_the_hub_sets_its_addresses_once_and_sees_when_somebody_changes_them(
    twilio: FakeTwilioVoice, http: aiohttp.ClientSession
) -> None:
    fallback = "https://handler.twilio.com/twiml/EH1"
    voice = connector_at(twilio, http, fallback_url=fallback)
    twilio.number["voice_application_sid"] = "AP1"
    assert "TwiML app" in await voice.subscription()
    await voice.register()
    await voice.register()
    assert len(twilio.changes("/IncomingPhoneNumbers")) == 1
    assert (twilio.number["voice_url"], twilio.number["voice_method"]) == (ADDRESS, "POST")
    assert twilio.number["status_callback"] == f"{WEBHOOK_URL}?tell=call#rc=2&rp=all"
    assert (twilio.number["voice_fallback_url"], twilio.number["voice_application_sid"]) == (fallback, "")
    assert await voice.subscription() == ""
    twilio.number["voice_url"] = "https://studio.example.com"
    assert "somebody else" in await voice.subscription()


async def test_the_app_of_browser_phones_is_made_once_and_kept_right(
    twilio: FakeTwilioVoice, http: aiohttp.ClientSession
) -> None:
    for _ in range(2):
        voice = connector_at(twilio, http, api_key_sid=KEY, api_key_secret=KEY_SECRET)
        await voice.register()
        twilio.applications[0]["voice_url"] = "https://elsewhere.example.com"
    assert [app["friendly_name"] for app in twilio.applications] == [f"Hub phone {CHANNEL}"]
    await connector_at(twilio, http, api_key_sid=KEY, api_key_secret=KEY_SECRET).register()
    assert twilio.applications[0]["voice_url"] == ADDRESS


async def test_an_admin_may_set_the_addresses_by_hand(twilio: FakeTwilioVoice, http: aiohttp.ClientSession) -> None:
    await connector_at(twilio, http, set_webhook=False).register()
    assert twilio.asked == []


async def test_a_hub_that_twilio_cannot_reach_says_so(twilio: FakeTwilioVoice, http: aiohttp.ClientSession) -> None:
    tools = tools_for(http, Path("unused"), webhook_url="http://127.0.0.1:8080/webhooks/k")
    local = connector_at(twilio, http, tools=tools, api_url="https://api.twilio.com")
    await local.register()
    assert "no public address" in await local.subscription()


async def test_the_wizard_is_told_every_step(twilio: FakeTwilioVoice, http: aiohttp.ClientSession) -> None:
    twilio.number["capabilities"] = {"voice": False}
    twilio.account["type"] = "Trial"
    steps = {step.title: step.done for step in await connector_at(twilio, http).setup()}
    assert steps == {
        "The Twilio account is active": True,
        f"The account has our number {OURS}": True,
        "The number can be called": False,
        "Twilio asks the hub about every call": False,
        "Agents can phone in the browser": None,
        "Callers hear something while the hub is down": None,
        "The account is not a trial": False,
    }


# --- what webhooks did not tell


def listed(sid: str, **more: Any) -> dict[str, Any]:
    when = format_datetime(NOW)
    return {
        "sid": sid,
        "parent_call_sid": None,
        "from": ANNA,
        "to": OURS,
        "direction": "inbound",
        "status": "completed",
        "duration": "50",
        "date_created": when,
        "start_time": when,
        "end_time": format_datetime(NOW + timedelta(seconds=50)),
        **more,
    }


async def found(voice: TwilioVoice) -> list[InboundEvent]:
    return [event async for raw in voice.missed(NOW - timedelta(hours=1)) for event in voice.parse(raw)]


async def test_a_call_nobody_told_us_of_is_found_with_its_legs_and_recording(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    answered = format_datetime(NOW + timedelta(seconds=9))
    twilio.listed = [
        listed(ROOT),
        listed(
            KID,
            **{"from": ANNA, "to": "client:agent_" + "0" * 31 + "1", "start_time": answered, "duration": "41"},
            parent_call_sid=ROOT,
            direction="outbound-dial",
        ),
        listed("CA" + "e" * 32, status="in-progress", end_time=None),
    ]
    twilio.recordings = [
        {
            "sid": RECORDING,
            "call_sid": call_sid,
            "status": "completed",
            "channels": 2,
            "source": "DialVerb",
            "duration": "41",
            "start_time": answered,
        }
        for call_sid in (ROOT, "CA" + "f" * 32)
    ]
    events = await found(voice)
    facts = [(type(event), getattr(event, "fact", None)) for event in events]
    assert facts == [
        (CallUpdate, Fact.began),
        (LegUpdate, Fact.leg_ended),
        (CallUpdate, Fact.ended),
        (LegUpdate, Fact.picked_up),
        (LegUpdate, Fact.joined),
        (LegUpdate, Fact.leg_ended),
        (RecordingReady, None),
    ]
    joined = events[4]
    assert isinstance(joined, LegUpdate)
    assert joined.occurred_at == NOW + timedelta(seconds=9)
    recording = events[-1]
    assert isinstance(recording, RecordingReady)
    assert (recording.call, recording.lanes) == (ROOT, (Lane.contact, Lane.agent))


async def test_a_call_out_is_found_by_its_customer(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    phone = "client:agent_" + "0" * 31 + "1"
    twilio.listed = [
        listed(ROOT, **{"from": OURS, "to": phone}, direction="outbound-api"),
        listed(KID, **{"from": OURS, "to": ANNA}, parent_call_sid=ROOT, direction="outbound-dial"),
    ]
    first = (await found(voice))[0]
    assert isinstance(first, CallUpdate)
    assert first.counterpart is not None
    assert first.counterpart.value == ANNA


async def test_calls_that_ended_before_are_not_read_again(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.listed = [listed(ROOT, end_time=format_datetime(NOW - timedelta(hours=2)))]
    assert await found(voice) == []


# --- recordings


async def test_a_recording_is_fetched_with_both_channels_and_no_secret_goes_elsewhere(
    twilio: FakeTwilioVoice, http: aiohttp.ClientSession
) -> None:
    twilio.files[RECORDING] = b"RIFF" + b"x" * 100_000
    assert await fetched(connector_at(twilio, http)) == twilio.files[RECORDING]
    async with store() as (address, asked):
        twilio.files[RECORDING] = f"{address}/file"
        assert await fetched(connector_at(twilio, http, tools=fetching(http))) == b"RIFFstored"
    assert [headers for headers in asked if "Authorization" in headers] == []


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        ("processing", RetryLater, "not finished"),
        ("completed", RetryLater, "not finished"),
        ("absent", FetchFailed, "recorded nothing"),
        ("failed", FetchFailed, "failed"),
        ("", FetchFailed, "deleted"),
    ],
)
async def test_why_a_recording_is_not_there_decides_whether_to_ask_again(
    twilio: FakeTwilioVoice, voice: TwilioVoice, status: str, error: type[Exception], words: str
) -> None:
    twilio.recordings = [{"sid": RECORDING, "status": status}] if status else []
    with pytest.raises(error, match=words):
        await fetched(voice)


async def test_a_store_in_trouble_is_asked_again(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.fail(503)
    with pytest.raises(RetryLater):
        await fetched(voice)
    twilio.fail(401, 20003)
    with pytest.raises(CredentialsRefused):
        await fetched(voice)


async def test_a_recording_is_deleted_at_twilio_only_if_the_channel_is_set_so(
    twilio: FakeTwilioVoice, http: aiohttp.ClientSession
) -> None:
    twilio.files[RECORDING] = b"RIFF"
    await connector_at(twilio, http).delete_recording(RECORDING)
    assert RECORDING in twilio.files
    deleting = connector_at(twilio, http, delete_recordings=True)
    await deleting.delete_recording(RECORDING)
    await deleting.delete_recording(RECORDING)
    assert twilio.files == {}
    twilio.fail(503)
    with pytest.raises(RetryLater):
        await deleting.delete_recording(RECORDING)


# --- settings


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"account_sid": "AC12"}, "not an Account SID"),
        ({"number": "555 0100"}, "country code"),
        ({"application_sid": "AP1"}, "TwiML app"),
        ({"fallback_url": "handler"}, "https://"),
        ({"api_key_sid": KEY}, "both its SID and its secret"),
    ],
)
def test_a_mistake_is_explained_and_no_secret_repeated(given: dict[str, str], words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        settings_for(**given)
    assert TOKEN not in str(refused.value)


def test_a_number_may_be_written_as_people_write_it() -> None:
    made: TwilioVoiceSettings = settings_for(number="+1 (555) 010-0199")
    assert made.number == OURS


@asynccontextmanager
async def store() -> AsyncIterator[tuple[str, list[dict[str, str]]]]:
    """A file store that takes no credentials: its address, and the headers of who asked."""
    asked: list[dict[str, str]] = []

    async def give(request: web.Request) -> web.Response:
        asked.append(dict(request.headers))
        return web.Response(body=b"RIFFstored")

    app = web.Application()
    app.router.add_get("/file", give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    await runner.cleanup()
