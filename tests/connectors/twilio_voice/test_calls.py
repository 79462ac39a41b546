"""Calls that we place, change, record and listen in on; and what a failure is told as."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import aiohttp
import jwt
import pytest

from connectors.twilio_voice.connector import TwilioVoice
from hub.contract import (
    CallOrder,
    ConnectorError,
    CredentialsRefused,
    LiveCall,
    OutcomeUnknown,
    Rejected,
    RetryLater,
)
from hub.contract.calls import (
    CallCommand,
    Consult,
    EndCall,
    EndConsult,
    Hold,
    Mute,
    Record,
    SendDigits,
    Supervise,
    Transfer,
)
from hub.domain.call import Leg
from hub.domain.call_marks import Party
from hub.domain.callflow.plan import ListenNotice, Prompt
from hub.domain.callflow.steps import Decision, HangUp, Position, Target, Wait, browser_identity
from hub.domain.ids import CallId, ExternalId, UserId
from tests.connectors.conformance.kit import NOW
from tests.connectors.twilio_voice.accounts import ANNA, KID, ROOT, call, connector_at, request
from tests.connectors.twilio_voice.provider import ACCOUNT, KEY, KEY_SECRET, OURS, TOKEN, FakeTwilioVoice

AGENT, COLLEAGUE, MANAGER = (UserId(UUID(int=number)) for number in (0xA01, 0xA02, 0xA03))
ORDER = CallId(UUID(int=0xC01))
MOBILE = "+447700900077"
THIRD = ExternalId("CA" + "d" * 32)
NAME = f"hub-{ROOT}"


def order(**more: object) -> CallOrder:
    given = {
        "call_id": ORDER,
        "agent": Target(kind="number", address=MOBILE, user_id=AGENT),
        "number": ANNA,
        "caller_id": OURS,
    }
    return CallOrder(**(given | more))  # type: ignore[arg-type]  # a builder


def leg(sid: str, party: Party, user: UserId | None = None, address: str = "", *, joined: bool = True) -> Leg:
    return Leg(
        external_id=ExternalId(sid),
        party=party,
        user_id=user,
        address=address,
        began_at=NOW,
        joined_at=NOW if joined else None,
    )


def inbound(*more: Leg) -> LiveCall:
    """A customer's call that an agent has taken."""
    legs = (leg(ROOT, Party.contact, address=ANNA, joined=False), leg(KID, Party.agent, AGENT), *more)
    return LiveCall(
        call_id=ORDER,
        external_id=ExternalId(ROOT),
        legs=legs,
        our_address=OURS,
    )


def outbound() -> LiveCall:
    """A call an agent placed: theirs is the first leg."""
    legs = (leg(ROOT, Party.agent, AGENT), leg(KID, Party.contact, address=ANNA))
    return LiveCall(call_id=ORDER, external_id=ExternalId(ROOT), legs=legs, our_address=OURS)


def browser(user: UserId) -> Target:
    return Target(kind="browser", address=browser_identity(user), user_id=user)


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def changed(twilio: FakeTwilioVoice) -> Sequence[str]:
    """Which calls were given new TwiML, in order."""
    paths = [path for method, path, form in twilio.asked if method == "POST" and "Twiml" in form]
    return [path.rpartition("/")[2].removesuffix(".json") for path in paths]


@pytest.fixture
def voice(twilio: FakeTwilioVoice, http: aiohttp.ClientSession) -> TwilioVoice:
    return connector_at(twilio, http)


# --- placing


async def test_the_agents_phone_is_rung_and_the_order_travels_along(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    placed = await voice.place_call(order(seconds=30))
    (form,) = twilio.changes("/Calls.json")
    assert placed.external_id.startswith("CA")
    assert (form["To"], form["From"], form["Timeout"]) == ([MOBILE], [OURS], ["30"])
    about = {"order": ORDER.hex, "user": AGENT.hex, "number": ANNA}
    assert query_of(form["StatusCallback"][0]) == {"tell": "placed", **about}
    assert form["StatusCallbackEvent"] == ["initiated", "ringing", "answered", "completed"]
    assert "<Gather" in form["Twiml"][0]
    assert ANNA not in form["Twiml"][0].replace("%2B447700900001", "")


@pytest.mark.parametrize(
    ("status", "code", "error", "words"),
    [
        (400, 21211, Rejected, "no number"),
        (400, 21215, Rejected, "Geo permissions"),
        (400, 21219, Rejected, "trial account"),
        (400, 39999, Rejected, "error 39999"),
        (401, 20003, CredentialsRefused, "auth token"),
        (403, 20005, CredentialsRefused, "suspended"),
        (429, 20429, RetryLater, "more slowly"),
        (503, 0, OutcomeUnknown, "may have begun"),
    ],
)
async def test_a_refusal_says_whether_to_call_again(
    twilio: FakeTwilioVoice, voice: TwilioVoice, status: int, code: int, error: type[Exception], words: str
) -> None:
    twilio.fail(status, code)
    with pytest.raises(error, match=words) as told:
        await voice.place_call(order())
    assert TOKEN not in str(told.value)


async def test_the_wait_twilio_asks_for_is_told(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.fail(429, 20429, **{"Retry-After": "7"})
    with pytest.raises(RetryLater) as told:
        await voice.place_call(order())
    assert told.value.after == timedelta(seconds=7)


async def test_a_call_whose_answer_was_lost_is_unknown_and_placed_once(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    twilio.hang()
    with pytest.raises(OutcomeUnknown):
        await voice.place_call(order())
    twilio.reset()
    with pytest.raises(OutcomeUnknown):
        await voice.place_call(order())
    assert len(twilio.changes("/Calls.json")) == 2


async def test_a_call_that_never_reached_twilio_may_be_placed_again(http: aiohttp.ClientSession) -> None:
    async with FakeTwilioVoice() as twilio:
        voice = connector_at(twilio, http)
    with pytest.raises(RetryLater):
        await voice.place_call(order())


# --- controlling


async def test_holding_moves_both_sides_into_a_conference_first_the_one_that_was_dialled(
    twilio: FakeTwilioVoice, http: aiohttp.ClientSession
) -> None:
    voice = connector_at(twilio, http, hold_music="https://music.example.com/a.mp3")
    await voice.control(inbound(), Hold(on=True))
    assert changed(twilio) == [KID, ROOT]
    assert twilio.conferences == {NAME: [KID, ROOT]}
    (held,) = twilio.changes(f"/Participants/{ROOT}")
    assert (held["Hold"], held["HoldUrl"]) == (["true"], ["https://music.example.com/a.mp3"])
    await voice.control(inbound(), Hold(on=False))
    assert changed(twilio) == [KID, ROOT], "it is in a conference already"
    assert twilio.changes(f"/Participants/{ROOT}")[-1]["Hold"] == ["false"]


async def test_of_a_call_out_the_customers_leg_was_dialled(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    await voice.control(outbound(), Mute(leg=ExternalId(KID), on=True))
    assert changed(twilio) == [KID, ROOT]
    assert twilio.changes(f"/Participants/{KID}")[0]["Muted"] == ["true"]


async def test_a_call_that_does_not_gather_is_left_alone_and_said(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.never_gathers = True
    with pytest.raises(Rejected, match="in time"):
        await voice.control(inbound(), Hold(on=True))
    assert twilio.changes("/Participants") == []


async def test_a_transfer_connects_the_customers_leg_with_the_colleague(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    twilio.recorded[ROOT] = "in-progress"
    await voice.control(inbound(), Transfer(target=browser(COLLEAGUE)))
    assert changed(twilio) == [ROOT]
    twiml = twilio.changes(f"/Calls/{ROOT}")[0]["Twiml"][0]
    assert f'callerId="{ANNA}"' in twiml
    assert browser_identity(COLLEAGUE) in twiml
    assert "record-from-answer-dual" in twiml


async def test_a_transferred_call_out_does_not_end_with_the_agents_leg(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    await voice.control(outbound(), Transfer(target=Target(kind="number", address=MOBILE)))
    first, second = twilio.changes("/Calls/")
    assert query_of(first["StatusCallback"][0]) == {
        "tell": "leg",
        "call": ROOT,
        "party": "agent",
        "user": AGENT.hex,
    }
    assert changed(twilio) == [KID]
    assert f'callerId="{OURS}"' in second["Twiml"][0]


async def test_a_consultation_holds_the_customer_and_ends_with_either_side(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    await voice.control(inbound(), Consult(target=browser(COLLEAGUE)))
    assert twilio.changes(f"/Participants/{ROOT}")[-1]["Hold"] == ["true"]
    (invited,) = twilio.changes("/Participants.json")
    assert invited["To"] == [f"client:{browser_identity(COLLEAGUE)}"]
    assert query_of(invited["StatusCallback"][0])["user"] == COLLEAGUE.hex
    colleague = twilio.conferences[NAME][-1]
    three = inbound(leg(colleague, Party.agent, COLLEAGUE))
    await voice.control(three, EndConsult(complete=True))
    assert twilio.changes(f"/Participants/{colleague}")[-1]["EndConferenceOnExit"] == ["true"]
    assert twilio.changes(f"/Calls/{KID}.json")[-1]["Status"] == ["completed"]
    await voice.control(three, EndConsult(complete=False))
    assert twilio.changes(f"/Calls/{colleague}.json")[-1]["Status"] == ["completed"]


async def test_without_a_consultation_there_is_none_to_end(voice: TwilioVoice) -> None:
    with pytest.raises(Rejected, match="no call to a colleague"):
        await voice.control(inbound(), EndConsult(complete=True))


@pytest.mark.parametrize(
    ("mode", "muted", "coaches"), [("listen", "true", False), ("whisper", "false", True), ("barge", "false", False)]
)
async def test_a_manager_listens_whispers_or_barges_in(
    twilio: FakeTwilioVoice, voice: TwilioVoice, mode: str, muted: str, coaches: bool
) -> None:
    await voice.control(inbound(), Supervise(target=browser(MANAGER), mode=mode))  # type: ignore[arg-type]  # three words
    (invited,) = twilio.changes("/Participants.json")
    assert (invited["Muted"], invited["Coaching"]) == ([muted], [str(coaches).lower()])
    assert (invited.get("CallSidToCoach") == [KID]) is coaches
    assert query_of(invited["StatusCallback"][0])["party"] == "supervisor"


async def test_who_must_know_of_a_manager_is_told_before_they_are_called(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    prompt = Prompt(text="Somebody listens, to train our people.", language="en-GB")
    to_agent, to_all = ListenNotice(to="agent", prompt=prompt), ListenNotice(to="everybody", prompt=prompt)
    await voice.control(inbound(), Supervise(target=browser(MANAGER), mode="listen", notice=to_agent))
    (told,) = twilio.changes(f"/Participants/{KID}.json")
    asked = [path for method, path, _ in twilio.asked if method == "POST" and "/Conferences/" in path]
    assert [path.rpartition("/")[2] for path in asked] == [f"{KID}.json", "Participants.json"]
    answer = voice.answer(request({"CallSid": KID}, query_of(told["AnnounceUrl"][0])))
    assert answer.body.decode().endswith(
        '<Response><Say language="en-GB">Somebody listens, to train our people.</Say></Response>'
    )
    await voice.control(inbound(), Supervise(target=browser(MANAGER), mode="listen", notice=to_all))
    (everybody,) = twilio.changes(f"/Conferences/{NAME}.json")
    assert everybody["AnnounceUrl"] == told["AnnounceUrl"]


async def test_a_manager_who_is_there_changes_how_they_take_part(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    await voice.control(inbound(), Supervise(target=browser(MANAGER), mode="listen"))
    there = inbound(leg(twilio.conferences[NAME][-1], Party.supervisor, MANAGER))
    await voice.control(there, Supervise(target=browser(MANAGER), mode="barge"))
    assert len(twilio.changes("/Participants.json")) == 1
    assert twilio.asked[-1][2]["Muted"] == ["false"]


@pytest.mark.parametrize(("change", "status"), [("pause", "paused"), ("resume", "in-progress"), ("stop", "stopped")])
async def test_a_recording_is_paused_resumed_and_stopped(
    twilio: FakeTwilioVoice, voice: TwilioVoice, change: str, status: str
) -> None:
    twilio.recorded[ROOT] = "in-progress"
    await voice.control(inbound(), Record(change=change))  # type: ignore[arg-type]  # three words
    (form,) = twilio.changes(f"/Calls/{ROOT}/Recordings/Twilio.CURRENT")
    assert form["Status"] == [status]
    assert (form.get("PauseBehavior") == ["silence"]) is (change == "pause")


async def test_a_recording_begun_by_hand_has_both_sides(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    await voice.control(outbound(), Record(change="start"))
    (form,) = twilio.changes("/Recordings.json")
    assert (form["RecordingChannels"], form["RecordingTrack"]) == (["dual"], ["both"])
    assert query_of(form["RecordingStatusCallback"][0]) == {"tell": "recording", "call": ROOT, "lanes": "ac"}


async def test_a_recording_goes_on_in_the_conference(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.recorded[ROOT] = "in-progress"
    await voice.control(inbound(), Hold(on=True))
    assert len(twilio.changes(f"/Calls/{ROOT}/Recordings.json")) == 1


async def test_in_a_conference_the_customers_leg_is_recorded_which_outlives_the_agents(
    twilio: FakeTwilioVoice, voice: TwilioVoice
) -> None:
    twilio.recorded[ROOT] = "in-progress"
    await voice.control(outbound(), Hold(on=True))
    (form,) = twilio.changes(f"/Calls/{KID}/Recordings.json")
    assert query_of(form["RecordingStatusCallback"][0]) == {"tell": "recording", "call": ROOT, "lanes": "ca"}


@pytest.mark.parametrize("command", [Hold(on=True), Transfer(target=browser(COLLEAGUE))])
async def test_what_is_paused_stays_unrecorded_where_the_call_moves_until_somebody_goes_on(
    twilio: FakeTwilioVoice, voice: TwilioVoice, command: CallCommand
) -> None:
    twilio.recorded[ROOT] = "paused"
    await voice.control(inbound(), command)
    assert twilio.changes("/Recordings.json") == []
    assert not any("record-from" in form["Twiml"][0] for form in twilio.changes("/Calls/") if "Twiml" in form)
    del twilio.recorded[ROOT]
    await voice.control(inbound(), Record(change="resume"))
    assert len(twilio.changes(f"/Calls/{ROOT}/Recordings.json")) == 1


@pytest.mark.parametrize("command", [Hold(on=True), Transfer(target=browser(COLLEAGUE))])
async def test_a_recording_begun_by_hand_goes_on_with_its_leg_and_is_not_begun_twice(
    twilio: FakeTwilioVoice, voice: TwilioVoice, command: CallCommand
) -> None:
    twilio.recorded[ROOT], twilio.source = "in-progress", "StartCallRecordingAPI"
    await voice.control(inbound(), command)
    assert twilio.changes("/Recordings.json") == []
    assert not any("record-from" in form["Twiml"][0] for form in twilio.changes("/Calls/") if "Twiml" in form)


async def test_a_recording_that_is_not_there_cannot_be_paused(voice: TwilioVoice) -> None:
    with pytest.raises(Rejected, match="Nothing of this call is recorded"):
        await voice.control(inbound(), Record(change="pause"))


async def test_ending_a_call_that_is_over_is_fine(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    twilio.fail(400, 21220, "Call is not in-progress")
    await voice.control(inbound(), EndCall())
    assert [form["Status"] for form in twilio.changes("/Calls/")[1:]] == [["completed"]]


@pytest.mark.parametrize("command", [Hold(on=True), Transfer(target=browser(COLLEAGUE)), Record(change="start")])
async def test_where_nobody_talks_nothing_is_changed(
    twilio: FakeTwilioVoice, voice: TwilioVoice, command: CallCommand
) -> None:
    over = replace(inbound(), legs=())
    with pytest.raises(Rejected, match="Nobody talks"):
        await voice.control(over, command)
    assert [path for method, path, _ in twilio.asked if method == "POST"] == []


async def test_keys_are_pressed_in_the_browser_phone(voice: TwilioVoice) -> None:
    with pytest.raises(Rejected, match="browser phone"):
        await voice.control(inbound(), SendDigits(digits="1"))


async def test_a_waiting_caller_is_made_to_ask_again_once(twilio: FakeTwilioVoice, voice: TwilioVoice) -> None:
    position = Position(version=2, node="queue")
    waits = Decision(steps=(Wait(seconds=8, music=Prompt(text="Please hold")),), position=position)
    voice.render_decision(waits, request(call(), {}))
    await voice.wake(ExternalId(ROOT))
    await voice.wake(ExternalId(ROOT))
    (form,) = twilio.changes(f"/Calls/{ROOT}")
    assert query_of(form["Url"][0]) == {"step": "wait", "at": position.token()}
    voice.render_decision(waits, request(call(), {}))
    voice.render_decision(Decision(steps=(HangUp(),), position=position), request(call(), {}))
    await voice.wake(ExternalId(ROOT))
    assert len(twilio.changes(f"/Calls/{ROOT}")) == 1


# --- the browser phone


async def test_a_phones_token_is_the_agents_own_and_names_no_number(
    twilio: FakeTwilioVoice, http: aiohttp.ClientSession
) -> None:
    voice = connector_at(twilio, http, api_key_sid=KEY, api_key_secret=KEY_SECRET)
    token = await voice.phone_token(AGENT, "Anna")
    again = await voice.phone_token(COLLEAGUE, "Ben")
    read = jwt.decode(token.values["token"], KEY_SECRET, algorithms=["HS256"], options={"verify_exp": False})
    head = jwt.get_unverified_header(token.values["token"])
    assert head["cty"] == "twilio-fpa;v=1"
    assert (read["iss"], read["sub"], read["exp"]) == (KEY, ACCOUNT, int((NOW + timedelta(hours=1)).timestamp()))
    assert read["grants"]["identity"] == browser_identity(AGENT) == token.identity
    assert read["grants"]["voice"] == {
        "incoming": {"allow": True},
        "outgoing": {"application_sid": twilio.applications[0]["sid"]},
    }
    assert again.identity != token.identity
    assert len(twilio.applications) == 1
    assert token.values["token"] not in repr(token)


async def test_without_an_api_key_the_phone_says_what_is_missing(voice: TwilioVoice) -> None:
    with pytest.raises(ConnectorError, match="API key"):
        await voice.phone_token(AGENT, "Anna")
