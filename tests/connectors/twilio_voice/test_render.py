"""A decision of the call plan as TwiML, and what Twilio asks as what happened to the call."""

import inspect
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID
from xml.etree import ElementTree as ET

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml import voice_response  # type: ignore[import-untyped]  # it ships no types

from connectors.twilio_voice.connector import TwilioVoice
from connectors.twilio_voice.twiml import add, response, written
from hub.contract import CallHappening, Tools
from hub.domain.callflow.plan import Prompt
from hub.domain.callflow.steps import (
    AgentDials,
    Arrived,
    Ask,
    Continued,
    Decision,
    Dial,
    Forward,
    HangUp,
    MessageLeft,
    Position,
    Pressed,
    Rang,
    Reject,
    Ring,
    Say,
    Step,
    TakeMessage,
    Target,
    Wait,
    browser_identity,
    fallback,
)
from hub.domain.ids import CallId, UserId
from tests.connectors.conformance.kit import WEBHOOK_URL, tools_for
from tests.connectors.twilio_voice.accounts import ANNA, KID, ROOT, call, request, settings_for
from tests.connectors.twilio_voice.provider import OURS

AGENT, OTHER = UserId(UUID(int=0xA01)), UserId(UUID(int=0xA02))
ORDER = CallId(UUID(int=0xC01))
AT = Position(version=3, node="queue", entered_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC), rung=(AGENT,))
MOBILE = "+447700900077"
HELLO = Prompt(text="Welcome & hello <you>", language="en-GB")


@pytest.fixture
def voice(tmp_path: Any) -> TwilioVoice:
    return made(tools_for(None, tmp_path))  # type: ignore[arg-type]  # nothing here asks anybody


def made(tools: Tools, **settings: object) -> TwilioVoice:
    return TwilioVoice(settings_for(**settings), tools)  # type: ignore[arg-type]  # none of them is the address


def rendered(voice: TwilioVoice, *steps: Step, form: dict[str, str] | None = None, **query: str) -> ET.Element:
    decision = Decision(steps=steps, position=AT)
    answer = voice.render_decision(decision, request(form or call(), query))
    assert answer.content_type.startswith("text/xml")
    return ET.fromstring(answer.body)  # noqa: S314 - our own


def query_of(address: str | None) -> dict[str, str]:
    assert address is not None
    assert address.startswith(WEBHOOK_URL)
    return dict(parse_qsl(urlsplit(address).query))


def happened(voice: TwilioVoice, form: dict[str, str], **query: str) -> CallHappening:
    found = voice.call_happening(request(form, query))
    assert found is not None
    return found


# --- decisions


def test_the_position_comes_back_with_the_key_the_caller_presses(voice: TwilioVoice) -> None:
    gather = rendered(voice, Ask(prompt=HELLO, digits=2, seconds=7))[0]
    assert (gather.tag, gather.get("numDigits"), gather.get("timeout")) == ("Gather", "2", "7")
    assert [(said.tag, said.text, said.get("language")) for said in gather] == [("Say", HELLO.text, "en-GB")]
    action = query_of(gather.get("action"))
    happening = happened(voice, call(Digits="12", CallStatus="in-progress"), **action)
    assert (happening.what, happening.position, happening.external_id) == (Pressed(digits="12"), AT, ROOT)


def test_devices_are_rung_all_at_once_and_the_call_is_not_answered_before_them(voice: TwilioVoice) -> None:
    ring = Ring(
        targets=(
            Target(kind="browser", address=browser_identity(AGENT), user_id=AGENT),
            Target(kind="number", address=MOBILE, user_id=OTHER),
            Target(kind="endpoint", address="sip:1001@pbx.example.com", user_id=OTHER),
        ),
        seconds=20,
        record=True,
    )
    (dial,) = rendered(voice, ring)
    assert dial.get("answerOnBridge") == "true"
    assert (dial.get("timeout"), dial.get("callerId"), dial.get("record")) == ("20", ANNA, "record-from-answer-dual")
    assert query_of(dial.get("recordingStatusCallback")) == {"tell": "recording", "call": ROOT, "lanes": "ca"}
    client, number, sip = dial
    assert [(part.tag, part.text) for part in client] == [("Identity", browser_identity(AGENT)), ("Parameter", None)]
    assert client[1].attrib == {"name": "call", "value": ROOT}
    about = {"tell": "leg", "call": ROOT, "user": AGENT.hex, "party": "agent"}
    assert query_of(client.get("statusCallback")) == about
    assert query_of(number.get("statusCallback"))["kind"] == "confirm"
    assert query_of(number.get("url"))["step"] == "confirm"
    assert (number.text, sip.text) == (MOBILE, "sip:1001@pbx.example.com")


def test_a_caller_without_a_number_is_shown_as_our_own(voice: TwilioVoice) -> None:
    ring = Ring(targets=(Target(kind="number", address=MOBILE),), seconds=20)
    (dial,) = rendered(voice, ring, form=call(From="+266696687"))
    assert dial.get("callerId") == OURS
    assert dial.get("record") is None


def test_of_many_devices_ten_are_rung(voice: TwilioVoice) -> None:
    targets = tuple(Target(kind="browser", address=f"agent_{number}") for number in range(25))
    assert len(rendered(voice, Ring(targets=targets, seconds=20))[0]) == 10


def test_an_agent_on_a_phone_presses_a_key_before_they_are_connected(voice: TwilioVoice) -> None:
    about = {"call": ROOT, "user": AGENT.hex, "party": "agent"}
    asked = voice.answer(request(call(CallSid=KID), {"step": "confirm", **about, "kind": "confirm"}))
    gather = ET.fromstring(asked.body)[0]  # noqa: S314 - our own
    assert query_of(gather.get("action")) == {"step": "confirmed", **about}
    pressed = voice.answer(request(call(CallSid=KID, Digits="5"), {"step": "confirmed", **about}))
    machine = voice.answer(request(call(CallSid=KID, Digits=""), {"step": "confirmed", **about}))
    assert b"<Hangup" not in pressed.body
    assert b"<Hangup" in machine.body


def test_music_is_played_until_its_end_or_a_key(tmp_path: Any) -> None:
    tunes = made(tools_for(None, tmp_path), hold_music="https://music.example.com/a.mp3")  # type: ignore[arg-type]  # nothing here asks anybody
    gather = rendered(tunes, Wait(seconds=8, keys="1"))[0]
    assert [(part.tag, part.text) for part in gather] == [("Play", "https://music.example.com/a.mp3")]
    action = query_of(gather.get("action"))
    assert happened(tunes, call(Digits="1"), **action).what == Pressed(digits="1")
    assert happened(tunes, call(), **action).what == Continued()


def test_without_music_the_wait_is_silent_for_its_time(voice: TwilioVoice) -> None:
    gather = rendered(voice, Wait(seconds=8))[0]
    assert (gather.get("timeout"), len(gather)) == ("8", 0)


def test_a_message_is_recorded_and_told_of_twice(voice: TwilioVoice) -> None:
    record, again = rendered(voice, Say(prompt=HELLO), TakeMessage(seconds=120))[1:]
    assert (record.get("maxLength"), record.get("finishOnKey")) == ("120", "#")
    assert query_of(record.get("recordingStatusCallback")) == {"tell": "recording", "call": ROOT, "kind": "voicemail"}
    assert (again.tag, again.text) == ("Redirect", record.get("action"))
    action = query_of(record.get("action"))
    assert happened(voice, call(RecordingDuration="12"), **action).what == MessageLeft(seconds=12)
    assert happened(voice, call(), **action).what == MessageLeft(seconds=0)


def test_an_agents_call_out_rings_the_customer_and_tells_of_both(voice: TwilioVoice) -> None:
    dial = Dial(call_id=ORDER, number=ANNA, caller_id=OURS, record=True)
    (made,) = rendered(voice, dial, form=call(From=f"client:{browser_identity(AGENT)}", To=""))
    assert (made.get("callerId"), made[0].text) == (OURS, ANNA)
    about = {"call": ROOT, "order": ORDER.hex, "number": ANNA}
    assert query_of(made.get("recordingStatusCallback")) == {"tell": "recording", **about, "lanes": "ac"}
    assert query_of(made[0].get("statusCallback")) == {"tell": "leg", **about, "party": "contact"}
    over = voice.answer(request(call(), query_of(made.get("action"))))
    assert [verb.tag for verb in ET.fromstring(over.body)] == ["Pause", "Hangup"]  # noqa: S314 - our own


@pytest.mark.parametrize("recognises", [True, False])
def test_a_call_out_is_listened_to_for_a_machine_where_the_setting_says_so(tmp_path: Any, recognises: bool) -> None:
    voice = made(tools_for(None, tmp_path), recognise_machines=recognises)  # type: ignore[arg-type]  # nobody is asked
    (dial,) = rendered(voice, Dial(call_id=ORDER, number=ANNA, caller_id=OURS))
    told = query_of(dial[0].get("amdStatusCallback", WEBHOOK_URL))
    assert (dial[0].get("machineDetection"), told.get("tell")) == (
        ("Enable", "machine") if recognises else (None, None)
    )


def test_overflow_goes_to_the_number_without_asking_for_a_key(voice: TwilioVoice) -> None:
    (dial,) = rendered(voice, Forward(number=MOBILE, seconds=30))
    assert dial[0].get("url") is None
    assert query_of(dial[0].get("statusCallback"))["party"] == "outside"


def test_a_call_is_refused_without_being_answered(voice: TwilioVoice) -> None:
    (reject,) = rendered(voice, Reject(reason="busy"))
    assert (reject.tag, reject.get("reason")) == ("Reject", "busy")


def test_after_a_talk_a_leg_waits_a_moment_for_a_conference_that_may_fetch_it(voice: TwilioVoice) -> None:
    talked = rendered(voice, HangUp(), form=call(DialCallStatus="completed"), step="ring")
    in_vain = rendered(voice, HangUp(), form=call(DialCallStatus="no-answer"), step="ring")
    assert [verb.tag for verb in talked] == ["Pause", "Hangup"]
    assert [verb.tag for verb in in_vain] == ["Hangup"]


def test_what_is_said_where_the_hub_cannot_decide_is_said_and_ends(voice: TwilioVoice) -> None:
    said = rendered(voice, *fallback().steps)
    assert [verb.tag for verb in said] == ["Say", "Hangup"]


def test_every_verb_and_attribute_is_one_that_twilios_library_knows(tmp_path: Any) -> None:
    voice = made(tools_for(None, tmp_path), recognise_machines=True)  # type: ignore[arg-type]  # nobody is asked
    targets = tuple(Target(kind=kind, address="a", user_id=AGENT) for kind in ("browser", "number", "endpoint"))
    steps: list[Step] = [
        *(Say(prompt=HELLO), Ask(prompt=HELLO), Wait(seconds=3), Ring(targets=targets, seconds=9, record=True)),
        *(Forward(number=MOBILE, seconds=9), TakeMessage(seconds=9), Reject(), HangUp()),
        Dial(call_id=ORDER, number=ANNA, caller_id=OURS, record=True),
    ]
    elements = [part for step in steps for part in rendered(voice, step).iter() if part.tag != "Response"]
    unknown = [(part.tag, name) for part in elements for name in part.attrib if name not in known_of(part.tag)]
    assert unknown == []


def known_of(tag: str) -> set[str]:
    """The attributes of a verb in Twilio's library, in TwiML's spelling."""
    makers = [getattr(kind, tag.lower(), None) for kind in vars(voice_response).values() if inspect.isclass(kind)]
    names = {name for maker in makers if maker for name in inspect.signature(maker).parameters}
    return {re.sub("_(.)", lambda found: found[1].upper(), name) for name in names}


@given(text=st.text(max_size=60), name=st.text(max_size=20))
def test_any_text_makes_good_xml(text: str, name: str) -> None:
    document = response()
    add(document, "Say", text, voice=name)
    ET.fromstring(written(document))  # noqa: S314 - our own


# --- happenings


def test_a_new_call_arrives_with_its_caller_and_our_number(voice: TwilioVoice) -> None:
    happening = happened(voice, call())
    assert (happening.what, happening.position, happening.address) == (Arrived(), None, ANNA)
    assert (happening.our_address, happening.withheld) == (OURS, False)
    hidden = happened(voice, call(From="anonymous"))
    assert (hidden.address, hidden.withheld) == ("", True)


@pytest.mark.parametrize(
    ("status", "of_call", "result", "left"),
    [
        ("completed", "in-progress", "answered", False),
        ("no-answer", "in-progress", "no_answer", False),
        ("busy", "in-progress", "busy", False),
        ("canceled", "completed", "cancelled", True),
        ("failed", "in-progress", "failed", False),
        ("", "in-progress", "failed", False),
    ],
)
def test_the_end_of_ringing_says_how_it_ended(
    voice: TwilioVoice, status: str, of_call: str, result: Any, left: bool
) -> None:
    form = call(DialCallStatus=status, CallStatus=of_call)
    assert happened(voice, form, step="ring", at=AT.token()).what == Rang(result=result, caller_left=left)


def test_a_browser_phone_asks_whom_to_call_by_the_order_it_names(voice: TwilioVoice) -> None:
    phone = f"client:{browser_identity(AGENT)}"
    ordered = happened(voice, call(From=phone, To="", call=ORDER.hex)).what
    dialled = happened(voice, call(From=phone, To=ANNA)).what
    assert ordered == AgentDials(user_id=AGENT, call_id=ORDER)
    assert dialled == AgentDials(user_id=AGENT, number=ANNA)


def test_an_agents_own_phone_asks_once_a_key_was_pressed(voice: TwilioVoice) -> None:
    about = {"order": ORDER.hex, "user": AGENT.hex, "number": ANNA, "kind": "confirm"}
    pressed = happened(voice, call(From=OURS, To=MOBILE, Digits="1"), step="order", **about)
    assert pressed.what == AgentDials(user_id=AGENT, call_id=ORDER, number=ANNA)
    assert voice.call_happening(request(call(Digits=""), {"step": "order", **about})) is None


@pytest.mark.parametrize(
    ("form", "query"),
    [
        (call(CallStatus="completed"), {"tell": "call"}),
        (call(), {"step": "confirm"}),
        (call(), {"step": "done"}),
        (call(From="client:somebody"), {}),
        (call(Direction="outbound-api"), {}),
        ({"MessageSid": "SM1"}, {}),
    ],
    ids=["a status", "a key", "the end of a talk", "a strange browser", "a strange call", "a message"],
)
def test_what_asks_no_plan_is_answered_without_one(
    voice: TwilioVoice, form: dict[str, str], query: dict[str, str]
) -> None:
    asked = request(form, query)
    assert voice.call_happening(asked) is None
    assert ET.fromstring(voice.answer(asked).body).tag == "Response"  # noqa: S314 - our own


def test_hostile_digits_and_positions_are_none(voice: TwilioVoice) -> None:
    assert happened(voice, call(Digits="1;DROP"), step="ask", at="%%%").what == Pressed(digits="")
    assert happened(voice, call(Digits="1"), step="ask", at="nonsense").position is None


async def test_the_connector_is_made_without_the_large_library(tmp_path: Any) -> None:
    async with aiohttp.ClientSession() as http:
        assert repr(made(tools_for(http, tmp_path))).startswith("TwilioVoice(")
