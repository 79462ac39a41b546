"""Customers call: the plan is carried out at Asterisk, and the journal tells the call as it was."""

import wave
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from hub.contract import CallUpdate, RecordingReady
from hub.domain.call import Outcome
from hub.domain.call_marks import Ender, Fact
from hub.domain.callflow.plan import BlockList, Prompt
from hub.domain.callflow.steps import MessageLeft, Pressed, Rang
from hub.domain.recording import RecordingState
from tests.connectors.asterisk.desk import ADA, ADAS, BENS, World, desk_of
from tests.connectors.asterisk.plans import MENU, OVERFLOW, ringing
from tests.peers.fake_ari import FakeAri


async def test_an_agent_answers_and_both_talk_until_the_caller_hangs_up(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call("+48221234567", "+15550100", name="Zofia")
        await phone.ringing()
        assert caller.channel.state == "Ring", "not answered before an agent answers"
        phone.answer()
        await ari.heard("ChannelEnteredBridge", 2)
        assert caller.channel.bridge is phone.channel.bridge
        caller.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(caller.id)
        assert (call.outcome, call.ended_by, call.agents) == (Outcome.answered, Ender.contact, (ADA,))
        assert call.answered_at is not None
        assert [leg.ending for leg in call.legs] == ["completed", "completed"]
        await ari.heard("BridgeDestroyed")
        assert ari.pbx.channels == {}


async def test_the_agent_hangs_up_and_the_caller_is_not_left_in_silence(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001", "auto")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await ari.heard("ChannelEnteredBridge", 2)
        phone.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        assert desk.call(caller.id).ended_by is Ender.agent
        assert caller.channel.hung_up


async def test_all_devices_ring_and_the_others_stop_when_one_answers(ari: FakeAri, tmp_path: Path) -> None:
    ada, ben = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1002")
    async with desk_of(ari, tmp_path, ringing(), World(agents=[(ADAS,), (BENS,)])) as desk:
        caller = ari.call()
        await ada.ringing()
        await ben.ringing()
        ben.answer()
        await desk.journaled("ChannelDestroyed", 1)
        await desk.journaled("ChannelEnteredBridge", 2)
        assert ada.channel.hung_up
        assert not ben.channel.hung_up
        assert [leg.ending for leg in desk.call(caller.id).legs if leg.user_id == ADA] == ["cancelled"]


async def test_one_after_the_other_until_somebody_answers(ari: FakeAri, tmp_path: Path) -> None:
    ada, ben = ari.phone("PJSIP/1001", "busy"), ari.phone("PJSIP/1002")
    plan = ringing("round_robin", wait=60)
    async with desk_of(ari, tmp_path, plan, World(agents=[(ADAS,), (BENS,)])) as desk:
        caller = ari.call()
        await ben.ringing()
        assert len(ada.rung) == 1
        assert caller.channel.music == "default"
        ben.answer()
        await ari.heard("ChannelEnteredBridge", 2)
        await ari.until(lambda: caller.channel.music is None)
        assert desk.director.asked[1].what == Rang(result="busy")


async def test_nobody_answers_and_the_caller_leaves_a_message(ari: FakeAri, tmp_path: Path) -> None:
    ari.phone("PJSIP/1001", "reject")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await ari.heard("RecordingStarted")
        assert caller.channel.state == "Up"
        ari.pbx.clock.pass_time(7)
        caller.press("#")
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(caller.id)
        assert [fact.fact for _, fact in desk.director.facts] == [Fact.queued, Fact.gave_up, Fact.voicemail]
        assert (call.outcome, call.ended_by) == (Outcome.voicemail, Ender.hub)
        found = [e for e in desk.events() if isinstance(e, RecordingReady) and e.state == "ready"]
        assert [(e.kind, e.call, e.duration) for e in found] == [("voicemail", caller.id, 7)]
        assert found[0].source is not None
        sound = b"".join([block async for block in desk.connector.fetch_recording(found[0].source)])
        with wave.open(BytesIO(sound)) as file:
            assert file.getnframes() / file.getframerate() >= 6.9
        await desk.connector.delete_recording(found[0].source)
        await desk.connector.delete_recording(found[0].source)
        assert ari.pbx.stored == {}


async def test_a_caller_who_hangs_up_in_the_message_has_left_it(ari: FakeAri, tmp_path: Path) -> None:
    ari.phone("PJSIP/1001", "busy")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await ari.heard("RecordingStarted")
        ari.pbx.clock.pass_time(3)
        caller.hang_up()
        await desk.director.told(MessageLeft)
        assert [fact.fact for _, fact in desk.director.facts][-1] is Fact.voicemail


async def test_a_menu_is_heard_and_a_key_cuts_it_short(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    ari.pbx.playback_seconds = 30
    async with desk_of(ari, tmp_path, MENU):
        caller = ari.call()
        await ari.heard("PlaybackStarted")
        ari.pbx.clock.pass_time(31)
        await ari.heard("PlaybackStarted", 2)
        caller.press("1")
        await phone.ringing()
        played = [params["media"] for method, path, params in ari.requests if "/play/" in path and method == "POST"]
        assert played == ["sound:custom/hello", "sound:beep"]


async def test_a_caller_who_presses_nothing_is_asked_again_and_then_let_go(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, MENU) as desk:
        caller = ari.call()
        await desk.journaled("ChannelDestroyed")
        assert [one.what for one in desk.director.asked[1:]] == [Pressed(), Pressed()]
        assert desk.call(caller.id).outcome is Outcome.left_early


async def test_a_caller_who_leaves_while_it_rings_stops_the_ringing(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await phone.ringing()
        ari.pbx.clock.pass_time(9)
        caller.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        assert phone.channel.hung_up
        call = desk.call(caller.id)
        assert (call.outcome, call.ended_by) == (Outcome.abandoned, Ender.contact)
        assert (await desk.director.told(Rang)).what == Rang(result="cancelled", caller_left=True)


async def test_a_call_goes_on_to_a_number_outside(ari: FakeAri, tmp_path: Path) -> None:
    outside = ari.phone("PJSIP/+48225550199@trunk", "auto")
    async with desk_of(ari, tmp_path, OVERFLOW) as desk:
        caller = ari.call()
        await ari.heard("ChannelEnteredBridge", 2)
        assert outside.channel.bridge is caller.channel.bridge
        outside.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(caller.id)
        assert call.outcome is Outcome.overflow
        assert [leg.party for leg in call.legs] == ["contact", "outside"]


async def test_a_withheld_number_is_nobodys(ari: FakeAri, tmp_path: Path) -> None:
    ari.phone("PJSIP/1001", "auto")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        ari.call("anonymous")
        await desk.journaled("StasisStart")
        began = desk.events()[0]
        assert isinstance(began, CallUpdate)
        assert (began.withheld, began.counterpart, began.our_address) == (True, None, "+15550100")
        await ari.heard("ChannelEnteredBridge", 2)
        assert desk.director.asked[0].withheld


async def test_both_lanes_are_recorded_and_become_one_file(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001", "auto")
    async with desk_of(ari, tmp_path, ringing(recording="on")) as desk:
        caller = ari.call()
        await ari.heard("RecordingStarted", 2)
        ari.pbx.clock.pass_time(5)
        phone.hang_up()
        await desk.journaled("RecordingFinished", 2)
        found = [e for e in desk.events() if isinstance(e, RecordingReady)]
        assert {(e.external_id, e.lanes, e.kind) for e in found} == {
            (found[0].external_id, ("agent", "contact"), "call")
        }
        assert {e.state for e in found} == {RecordingState.running, RecordingState.ready}
        assert found[-1].source is not None
        sound = b"".join([block async for block in desk.connector.fetch_recording(found[-1].source)])
        with wave.open(BytesIO(sound)) as file:
            assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, 8000, 2)
            assert file.getnframes() / 8000 >= 4.9
        assert caller.id in found[0].external_id


async def test_a_full_disk_ends_no_call(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing(recording="on"), record_as="mixed") as desk:
        caller = ari.call()
        await phone.ringing()
        phone.answer()
        await ari.heard("RecordingStarted")
        ari.pbx.fail_recording(next(iter(ari.pbx.live.values())), "No space left on device")
        await desk.journaled("RecordingFailed")
        failed = [e for e in desk.events() if isinstance(e, RecordingReady) and e.state == "failed"]
        assert "No space left on device" in failed[0].reason
        assert caller.channel.bridge is phone.channel.bridge


async def test_a_blocked_caller_is_refused_without_an_answer(ari: FakeAri, tmp_path: Path) -> None:
    blocked = replace(ringing(), block=BlockList(numbers=("+4822*",), answer="busy"))
    async with desk_of(ari, tmp_path, blocked) as desk:
        caller = ari.call("+48221234567")
        await desk.journaled("ChannelDestroyed")
        assert caller.channel.cause == 17
        assert caller.channel.state == "Ring"
        assert desk.call(caller.id).outcome is Outcome.blocked


async def test_uploaded_music_plays_and_what_cannot_be_played_gives_way_to_asterisks(
    ari: FakeAri, tmp_path: Path
) -> None:
    ari.pbx.playback_seconds = 60
    plan = ringing(wait=600, music=Prompt(file="custom/waltz"))
    async with desk_of(ari, tmp_path, plan, World(agents=[])):
        caller = ari.call()
        await ari.heard("PlaybackStarted")
        assert caller.channel.music is None
        ari.pbx.sounds_missing.add("sound:custom/waltz")
        ari.pbx.clock.pass_time(61)
        await ari.until(lambda: caller.channel.music is not None)


async def test_a_woken_call_asks_its_plan_at_once(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    world = World(agents=[], ahead=0)
    async with desk_of(ari, tmp_path, ringing(wait=600), world) as desk:
        caller = ari.call()
        await ari.until(lambda: caller.channel.music)
        world.agents.append((ADAS,))
        await desk.connector.wake(caller.channel.id)  # type: ignore[arg-type]  # an external id
        await phone.ringing()
